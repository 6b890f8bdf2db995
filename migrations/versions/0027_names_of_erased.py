"""What a mail quotes, so that it goes with that; the name of a workshop on the list of what was erased."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("quotes", sa.String(), server_default="", nullable=False))
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("key", sa.String(), server_default="", nullable=False))
    connection, workshop = op.get_bind(), sa.table("workshop", sa.column("id"), sa.column("key"))
    for id in connection.scalars(sa.select(workshop.c.id)).all():
        connection.execute(workshop.update().where(workshop.c.id == id).values(key=secrets.token_urlsafe(9)))
    with op.batch_alter_table("workshop") as table:
        table.alter_column("key", existing_type=sa.String(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.drop_column("key")
    with op.batch_alter_table("message") as table:
        table.drop_column("quotes")
