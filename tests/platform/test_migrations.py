"""Migrations on a real database with data in it: up, down, up; the newest equals the models; children survive."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from app import create_app
from config import settings
from tests.looking import there
from workshop.deliberation.capture.models import Point
from workshop.demonstration.loader import load_2005
from workshop.platform import schema
from workshop.platform.db import db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

pytestmark = pytest.mark.own_database

PARENT_AND_CHILD = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "1", None
def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))
    op.create_table("child", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE", name="fk_child"), nullable=False))
    op.execute("INSERT INTO parent (id, name) VALUES (1, 'one')")
    op.execute("INSERT INTO child (id, parent_id) VALUES (1, 1)")
"""
CHANGE_OF_PARENT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "2", "1"
def upgrade():
    with op.batch_alter_table("parent") as batch:
        batch.alter_column("name", type_=sa.Text, nullable=True)
"""
ORPHAN = """
from alembic import op
revision, down_revision = "2", "1"
def upgrade():
    op.execute("INSERT INTO child (id, parent_id) VALUES (2, 99)")
"""


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Flask]:
    """An application on a database of its own; each test begins with another."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    instance = str(tmp_path_factory.mktemp("migrations"))
    environment = {
        "WORKSHOP_MODE": "demo",
        "WORKSHOP_INSTANCE": instance,
        "WORKSHOP_DATABASE_URL": url and f"{url}_migrations_{worker_id}",
    }
    app = create_app(settings(environment))
    yield app
    with app.app_context():
        if url:
            for name in (there(db.engine.url.database), filled(db.engine.url)):
                on_the_server(db.engine.url, f'DROP DATABASE IF EXISTS "{name}"')


@pytest.fixture
def empty_app(own_app: Flask) -> Iterator[Flask]:
    """The application on a database without tables."""
    with own_app.app_context():
        begin_again(db.engine.url)
        yield own_app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def filled_app(empty_app: Flask, once: set[str]) -> Flask:
    """The application on a database of the newest shape with the demonstration in it: filled once, then copied."""
    copy = filled(db.engine.url)
    if copy not in once:
        schema.bring_up_to_date()
        assert load_2005()
        db.session.remove()
        save_as(copy, db.engine.url)
        once.add(copy)
    begin_again(db.engine.url, copy)
    return empty_app


@pytest.fixture(scope="module")
def once() -> set[str]:
    return set()


def filled(url: sa.URL) -> str:
    return f"{url.database}_filled"


def save_as(copy: str, url: sa.URL) -> None:
    db.engine.dispose()  # SQLite brings its log into the file; PostgreSQL copies only what nobody uses
    if url.get_backend_name() == "sqlite":
        shutil.copy(there(url.database), copy)
    else:
        on_the_server(url, f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{url.database}"')


def begin_again(url: sa.URL, copy: str = "") -> None:
    """Put an empty database, or a copy of that one, in place of the application's."""
    db.engine.dispose()
    name = there(url.database)
    if url.get_backend_name() == "sqlite":
        for part in ("", "-wal", "-shm"):
            Path(name + part).unlink(missing_ok=True)
        if copy:
            shutil.copy(copy, name)
    else:
        template = f' TEMPLATE "{copy}"' if copy else ""
        on_the_server(url, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"{template}')


def on_the_server(url: sa.URL, *statements: str) -> None:
    db.engine.dispose()
    engine = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def shape() -> dict[str, Any]:
    """Every table with its columns, keys, indexes and checks, as the database tells them."""
    inspector = sa.inspect(db.engine)
    return {
        table: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(table)
            ),
            "primary": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(map(str, inspector.get_foreign_keys(table))),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
            "indexes": sorted(map(str, inspector.get_indexes(table))),
            "checks": sorted(map(str, inspector.get_check_constraints(table))),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def count(table: str) -> int:
    with db.engine.connect() as connection:
        return connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() or 0  # noqa: S608


def test_up_down_and_up_again_with_the_demonstration_in_it(filled_app: Flask) -> None:
    before = shape()
    assert count("workshop") == 1
    command.downgrade(schema.config_of(schema.MIGRATIONS), "base")
    assert shape() == {}
    schema.bring_up_to_date()
    assert shape() == before
    assert load_2005()


def test_the_newest_migration_makes_what_the_models_say(empty_app: Flask) -> None:
    command.upgrade(schema.config_of(schema.MIGRATIONS), "head")
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
        connection.rollback()
    made_by_migrations = shape()
    with db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE alembic_version"))
    db.drop_all()
    db.create_all()
    assert shape() == made_by_migrations


def test_questions_asked_before_wordings_were_kept_get_their_first(filled_app: Flask) -> None:
    db.session.remove()
    ours = ScriptDirectory(str(schema.MIGRATIONS)).get_revision("0004")
    command.downgrade(schema.config_of(schema.MIGRATIONS), str(ours.down_revision))
    schema.bring_up_to_date()
    for table, wordings in (("guiding_question", "question_wording"), ("group_question", "group_question_wording")):
        assert count(f"{table} AS q JOIN {wordings} AS w ON w.question_id = q.id AND w.number = 1") == count(table) > 0
    assert count("point WHERE question_id IS NOT NULL AND wording_id IS NULL") == 0 < count("point")
    point = db.session.scalars(sa.select(Point).where(Point.wording_id.is_not(None)).limit(1)).one()
    assert point.wording
    assert point.question
    assert (point.wording.text, point.wording.since.tzinfo is not None) == (point.question.text, True)


BEFORE_STATES = """
INSERT INTO message (id, recipient, subject, text, written_at, sent_at, secret, failure) VALUES
 (901, 'a@example.org', 'S', '', '2026-01-01 00:00:00+00:00', '2026-01-01 00:01:00+00:00', '', ''),
 (902, 'b@example.org', 'S', 'T', '2026-01-01 00:00:00+00:00', NULL, '', '550 no'),
 (903, 'c@example.org', 'S', '', '2026-01-01 00:00:00+00:00', '2026-01-01 00:01:00+00:00', '', 'smtp 550'),
 (904, 'd@example.org', 'S', 'T', '2026-01-01 00:00:00+00:00', NULL, '', ''),
 (905, 'e@example.org', 'S', 'T', '2026-01-01 00:00:00+00:00', NULL, '', '');
INSERT INTO task (id, kind, subject_id, due_at, state, step, steps, attempts, error) VALUES
 (901, 'mail.deliver', 904, '2026-01-01 00:04:01+00:00', 'failed', 0, 1, 5, 'refused'),
 (902, 'mail.deliver', 905, '2026-01-01 00:00:00+00:00', 'done', 0, 1, 1, '');
"""


def rows(statement: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def run(script: str) -> None:
    with db.engine.begin() as connection:
        for statement in script.split(";")[:-1]:
            connection.execute(sa.text(statement))


def test_mails_of_before_get_the_state_they_were_in_and_lose_nothing(filled_app: Flask) -> None:
    db.session.remove()
    ours = next(
        each for each in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions() if "mail has a state" in each.doc
    )
    command.downgrade(schema.config_of(schema.MIGRATIONS), str(ours.down_revision))
    run(BEFORE_STATES)
    kept = "SELECT id, recipient, text, {}, sent_at IS NULL FROM message WHERE id > 900 ORDER BY id"
    before = rows(kept.format("failure"))
    command.upgrade(schema.config_of(schema.MIGRATIONS), ours.revision)
    states = [row[0] for row in rows("SELECT state FROM message WHERE id > 900 ORDER BY id")]
    assert states == ["sent", "refused", "returned", "given_up", "queued"]
    assert rows(kept.format("reason")) == before
    assert count("task WHERE first_due_at <> due_at") == 0 < count("task")
    command.downgrade(schema.config_of(schema.MIGRATIONS), str(ours.down_revision))
    assert rows(kept.format("failure")) == before
    schema.bring_up_to_date()


def test_roles_that_did_not_exist_before_become_participation(filled_app: Flask) -> None:
    workshop, user = (there(db.session.scalar(sa.select(sa.func.min(kind.id)))) for kind in (Workshop, User))
    db.session.remove()
    with db.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM membership"))
        for role in ("analyst", "programme", "chair"):
            add = "INSERT INTO membership (user_id, workshop_id, role) VALUES (:user, :workshop, :role)"
            connection.execute(sa.text(add), {"user": user, "workshop": workshop, "role": role})
            connection.execute(sa.text(add), {"user": user + 1, "workshop": workshop, "role": role})
        connection.execute(sa.text("DELETE FROM membership WHERE user_id = :user AND role = 'chair'"), {"user": user})
        connection.execute(sa.text(INVITATION), {"workshop": workshop, "user": user})
    assert count("member_invitation") == 1
    command.downgrade(schema.config_of(schema.MIGRATIONS), "0015")
    with db.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT user_id, role FROM membership ORDER BY user_id")).all()
    assert rows == [(user, "participant"), (user + 1, "chair")]
    schema.bring_up_to_date()
    assert count("member_invitation") == 0


INVITATION = """
INSERT INTO member_invitation
    (workshop_id, email, name, roles, language, inviter_id, sent_at, token_hash, expires_at)
VALUES (:workshop, 'mia@example.org', '', '["analyst"]', 'en', :user, '2026-03-02 12:00', 'x', '2026-03-16 12:00')
"""


def test_an_old_database_is_noticed(empty_app: Flask) -> None:
    assert not schema.is_up_to_date()
    schema.bring_up_to_date()
    assert schema.is_up_to_date()


def test_the_migrations_stand_in_one_row_with_the_newest_last() -> None:
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.newest()]


@pytest.fixture
def other_migrations(tmp_path: Path) -> Path:
    """A folder with our env.py and a first migration that makes a parent with a child."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("versions", "__pycache__"))
    (folder / "versions").mkdir()
    (folder / "versions" / "first.py").write_text(PARENT_AND_CHILD)
    return folder


def test_changing_a_parent_table_keeps_its_children(empty_app: Flask, other_migrations: Path) -> None:
    command.upgrade(schema.config_of(other_migrations), "head")
    (other_migrations / "versions" / "second.py").write_text(CHANGE_OF_PARENT)
    command.upgrade(schema.config_of(other_migrations), "head")
    assert (count("parent"), count("child")) == (1, 1)


def test_a_migration_that_leaves_orphans_fails(empty_app: Flask, other_migrations: Path) -> None:
    command.upgrade(schema.config_of(other_migrations), "head")
    (other_migrations / "versions" / "second.py").write_text(ORPHAN)
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        command.upgrade(schema.config_of(other_migrations), "head")
