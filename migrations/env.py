"""Runs the migrations on the application's database, SQLite or PostgreSQL."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from workshop.platform.db import UTCDateTime, WordsColumn, WordsListColumn, db


def plain_type(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Migrations name plain types, so that an old one still runs when our own types have changed."""
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, WordsColumn | WordsListColumn):
        return "sa.JSON()"
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


def run() -> None:
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # SQLite changes a table by copying it and dropping the old one; with foreign keys on, dropping a
            # parent would silently delete its children.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection, target_metadata=db.metadata, render_item=plain_type, render_as_batch=True
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            connection.commit()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"foreign keys broken by the migration: {broken}")


run()
