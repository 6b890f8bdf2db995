"""The tables of the database: brought to the newest form, or asked whether they are.

Alembic is imported only where a migration runs: it would cost every start a quarter of a second and every process 12 MB.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from workshop.platform.db import db

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
LINE = {name: re.compile(rf'^{name}(?:: str)? = "(\w+)"', re.M) for name in ("revision", "down_revision")}


def bring_up_to_date() -> None:
    """Run the migrations that this database has not seen, if any. An empty database has seen nothing to be kept: it is
    made as the newest leaves it, which takes a tenth of the time."""
    if is_up_to_date():
        return
    from alembic import command

    if inspect(db.engine).get_table_names():
        command.upgrade(config_of(MIGRATIONS), "head")
    else:
        db.create_all()
        command.stamp(config_of(MIGRATIONS), "head")


def is_up_to_date() -> bool:
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == newest())


def newest() -> str:
    """The number of the last migration: the one that no other follows, whatever the order of the numbers."""
    sources = [path.read_text(encoding="utf-8") for path in MIGRATIONS.glob("versions/[0-9]*_*.py")]
    numbers = {name: {found[1] for text in sources if (found := LINE[name].search(text))} for name in LINE}
    return max(numbers["revision"] - numbers["down_revision"], default="0000")


def write_migration(message: str) -> None:
    """A new migration from what the models say and this database, which must be up to date, does not have."""
    from alembic import command

    highest = max((path.name[:4] for path in MIGRATIONS.glob("versions/[0-9]*_*.py")), default="0000")
    number = f"{int(highest) + 1:04}"
    command.revision(config_of(MIGRATIONS), message, autogenerate=True, rev_id=number)


def config_of(folder: Path) -> "Config":
    """What Alembic needs to run the migrations in `folder`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
