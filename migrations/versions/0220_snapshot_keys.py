"""A key for each snapshot, by which what was counted of it is found again."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0220"
down_revision = "0192"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("snapshot", sa.Column("key", sa.String(), nullable=False, server_default=""))
    snapshots = sa.table("snapshot", sa.column("id"), sa.column("key"))
    bind = op.get_bind()
    for id in bind.execute(sa.select(snapshots.c.id)).scalars().all():
        bind.execute(sa.update(snapshots).where(snapshots.c.id == id).values(key=secrets.token_urlsafe(9)))


def downgrade() -> None:
    op.drop_column("snapshot", "key")
