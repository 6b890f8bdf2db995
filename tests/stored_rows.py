"""The rows of the database: taken out, read once and put into an empty one again, many times as quick as making them."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import Table, select, text

from workshop.platform.db import Base, db

Rows = Sequence[tuple[Table, list[dict[str, Any]]]]
COUNT_ON = "SELECT setval(quote_ident(sequencename), 100000) FROM pg_sequences"  # PostgreSQL counts apart from the rows


def rows_after(app: Flask, fill: Callable[[], object]) -> Rows:
    """What that leaves in an empty database, which is empty again afterwards."""
    with app.app_context():
        fill()
        rows = read_rows()
        db.session.remove()
        empty_tables()
    return rows


def read_rows() -> Rows:
    with db.engine.connect() as connection:
        found = [(table, connection.execute(select(table)).mappings().all()) for table in Base.metadata.sorted_tables]
    return [(table, [dict(row) for row in rows]) for table, rows in found if rows]


def put_rows(rows: Rows) -> None:
    with db.engine.begin() as connection:
        for table, each in rows:
            connection.execute(table.insert(), each)
        if connection.dialect.name == "postgresql":
            connection.execute(text(COUNT_ON))


def empty_tables() -> None:
    """Only tables that have rows are touched: truncating them all takes PostgreSQL longer than most tests."""
    with db.engine.begin() as connection:
        filled = set(connection.scalars(text(_names_of_filled_tables())))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in filled:
                connection.execute(table.delete())
        if connection.dialect.name == "postgresql":  # ids count from 1 again, as they do on SQLite
            connection.execute(text(COUNT_FROM_ONE))


COUNT_FROM_ONE = "SELECT setval(quote_ident(sequencename), 1, false) FROM pg_sequences WHERE last_value IS NOT NULL"


@cache
def _names_of_filled_tables() -> str:
    names = [table.name for table in Base.metadata.sorted_tables]
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)  # noqa: S608
