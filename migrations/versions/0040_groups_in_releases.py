"""Break-out groups and their questions are published with the agenda: the newest releases get what was public with them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0020"
branch_labels = None
depends_on = None

NEWEST = """
SELECT id, workshop_id, agenda FROM release AS r
WHERE number = (SELECT max(number) FROM release WHERE workshop_id = r.workshop_id)
"""
GROUPS = "SELECT id, session_id, number, topic FROM breakout_group WHERE workshop_id = :workshop ORDER BY number"
QUESTIONS = "SELECT text FROM group_question WHERE group_id = :group ORDER BY position"


def upgrade() -> None:
    connection = op.get_bind()
    for release in connection.execute(sa.text(NEWEST)).all():
        agenda = _read(release.agenda)
        for group in connection.execute(sa.text(GROUPS), {"workshop": release.workshop_id}).all():
            asked = connection.execute(sa.text(QUESTIONS), {"group": group.id}).scalars()
            stored = {"number": group.number, "topic": _read(group.topic), "questions": [_read(text) for text in asked]}
            for session in agenda:
                if session["id"] == group.session_id:
                    session.setdefault("groups", []).append(stored)
        _write(connection, release.id, agenda)


def downgrade() -> None:
    connection = op.get_bind()
    for release in connection.execute(sa.text("SELECT id, agenda FROM release")).all():
        agenda = _read(release.agenda)
        for session in agenda:
            session.pop("groups", None)
        _write(connection, release.id, agenda)


def _read(value):
    return json.loads(value) if isinstance(value, str) else value


def _write(connection, id, agenda):
    table = sa.table("release", sa.column("id"), sa.column("agenda", sa.JSON))
    connection.execute(table.update().where(table.c.id == id).values(agenda=agenda))
