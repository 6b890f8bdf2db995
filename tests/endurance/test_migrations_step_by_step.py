"""Each migration down and up again by itself, with the demonstration in the database: what both forms can hold is the same
afterwards, row by row and column by column. Every day the newest three; at length all of them.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask

from tests.platform.test_migrations import empty_app, own_app
from workshop.demonstration.loader import load_2005
from workshop.platform import schema
from workshop.platform.db import db

from . import FULL, note

__all__ = ["empty_app", "own_app"]
pytestmark = pytest.mark.own_database
Rows = dict[object, dict[str, Any]]
STEPS = 1000 if FULL else 3
# What the older form has no word for, and so loses on the way down: by the migration, the beginning of where it stands.
LOST = {
    "0061": "evidence",  # kinds of sources that are cited only since
    "0040": "release",  # releases had no groups
    "0019": "membership",  # roles of later become participation
    "0014": "response",  # answers from paper had no state of their own
}


def everything() -> dict[str, Rows]:
    """Every row of every table by its key."""
    found: dict[str, Rows] = {}
    with db.engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in sorted(set(inspector.get_table_names()) - {"alembic_version"}):
            keys = inspector.get_pk_constraint(table)["constrained_columns"]
            rows = connection.execute(sa.text(f'SELECT * FROM "{table}"')).mappings()  # noqa: S608
            found[table] = {tuple(row[key] for key in keys): dict(row) for row in rows}
    return found


def steps() -> Iterator[tuple[str, str]]:
    """Each revision with the one below it, from the newest down."""
    for script in ScriptDirectory.from_config(schema.config_of(schema.MIGRATIONS)).walk_revisions():
        yield script.revision, str(script.down_revision or "base")


def differences(before: dict[str, Rows], below: dict[str, Rows], after: dict[str, Rows]) -> list[str]:
    """Where what the older form could hold is not as it was."""
    found = []
    for table in sorted(below.keys() & before.keys()):
        for key in below[table].keys() & before[table].keys():
            held = below[table][key].keys() & before[table][key].keys()
            was, now = before[table][key], after[table].get(key, {})
            found += [f"{table}{key}.{name}" for name in sorted(held) if was[name] != now.get(name, "gone")]
        found += [f"{table}{key} is new" for key in after[table].keys() - before[table].keys()]
        found += [f"{table}{key} is gone" for key in before[table].keys() - after[table].keys()]
    return found


def test_each_migration_keeps_what_both_forms_can_hold(empty_app: Flask) -> None:
    schema.bring_up_to_date()
    assert load_2005()
    db.session.remove()
    config, tried, faults = schema.config_of(schema.MIGRATIONS), 0, dict[str, list[str]]()
    for revision, below in islice(steps(), STEPS):
        before = everything()
        command.downgrade(config, below)
        older = everything()
        if below != "base":
            command.upgrade(config, revision)
            found = differences(before, older, everything())
            if strange := [each for each in found if not each.startswith(LOST.get(revision, "nothing"))]:
                faults[revision] = strange[:5]
            command.downgrade(config, below)
        tried += 1
    note(f"migrations one by one: {tried}, with {len(faults)} that lose something")
    assert faults == {}
