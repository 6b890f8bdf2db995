"""Anonymous answers: used invitations on a tally sheet, no times and no language; a name of each set of answers for the
list of what was erased.
"""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0040"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
questionnaire = sa.table(
    "questionnaire",
    sa.column("id"),
    sa.column("anonymity"),
    *(sa.column(name, WHEN) for name in ("opens_at", "interim_at", "closes_at")),
)
version = sa.table(
    "questionnaire_version", sa.column("id"), sa.column("questionnaire_id"), sa.column("definition", sa.JSON())
)
response = sa.table(
    "response",
    *(sa.column(name) for name in ("id", "key", "version_id", "language", "channel")),
    *(sa.column(name, WHEN) for name in ("begun_at", "saved_at", "submitted_at")),
    *(sa.column(name, sa.JSON()) for name in ("consent", "notice")),
)


def upgrade() -> None:
    with op.batch_alter_table("questionnaire") as table:
        table.add_column(sa.Column("tally", sa.String(), server_default="", nullable=False))
    with op.batch_alter_table("response") as table:
        table.add_column(sa.Column("key", sa.String(), server_default="", nullable=False))
    connection = op.get_bind()
    keys = [{"of": id, "new": secrets.token_urlsafe(9)} for id in connection.scalars(sa.select(response.c.id))]
    if keys:
        named = response.update().where(response.c.id == sa.bindparam("of")).values(key=sa.bindparam("new"))
        connection.execute(named, keys)
    with op.batch_alter_table("response") as table:
        table.alter_column("key", existing_type=sa.String(), existing_nullable=False, server_default=None)
    for row in connection.execute(sa.select(questionnaire).where(questionnaire.c.anonymity == "anonymous")).all():
        forget(connection, row)


def forget(connection: sa.Connection, asked: sa.Row) -> None:
    """What was kept of anonymous answers beyond what is needed now: days, languages, whose invitation was opened."""
    connection.execute(
        sa.text("UPDATE recipient SET opened = false WHERE questionnaire_id = :id").bindparams(id=asked.id)
    )
    known = [each for each in (asked.opens_at, asked.interim_at, asked.closes_at) if each]

    def period(at: datetime | None) -> datetime | None:
        passed = [each + timedelta(seconds=1) for each in known if at and each < at]
        return at and max(passed, default=at.replace(day=1, hour=0, minute=0, second=0, microsecond=0))

    versions = connection.execute(sa.select(version).where(version.c.questionnaire_id == asked.id)).all()
    first = {row.id: row.definition["languages"][0] for row in versions}
    online = sa.select(response).where(response.c.version_id.in_(first), response.c.channel == "online")
    changed = [
        {
            "of": row.id,
            "language": first[row.version_id],
            "begun_at": period(row.begun_at),
            "saved_at": period(row.saved_at),
            "submitted_at": period(row.submitted_at),
            "consent": {"version": row.consent["version"]} if row.consent else {},
            "notice": {},
        }
        for row in connection.execute(online)
    ]
    if changed:
        connection.execute(response.update().where(response.c.id == sa.bindparam("of")), changed)


def downgrade() -> None:
    with op.batch_alter_table("response") as table:
        table.drop_column("key")
    with op.batch_alter_table("questionnaire") as table:
        table.drop_column("tally")
