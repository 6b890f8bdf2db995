"""Who can see a workshop is a decision with four states; what settings say of it; administrators."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TEXTS = ("venue", "session_before", "session_after")
LINES = ("opens_at", "closes_at", "contact_name", "contact_email", "contact_phone", "logo", "logo_text")


def upgrade() -> None:
    with op.batch_alter_table("user") as table:
        table.add_column(sa.Column("is_administrator", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("series") as table:
        table.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("visibility", sa.String(length=32), server_default="private", nullable=False))
        for name in TEXTS:
            table.add_column(sa.Column(name, sa.JSON(), server_default="{}", nullable=False))
        for name in LINES:
            table.add_column(sa.Column(name, sa.String(), server_default="", nullable=False))
        for name in ("themes", "goals"):
            table.add_column(sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
        table.add_column(sa.Column("retention_months", sa.Integer(), nullable=True))
        table.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("removed_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("steps_put_away", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE workshop SET visibility = 'public' WHERE published")
    with op.batch_alter_table("workshop") as table:
        table.alter_column("visibility", server_default=None)
        table.drop_column("published")
    # Until now whoever organised a workshop did what an administrator does.
    op.execute(
        'UPDATE "user" SET is_administrator = true WHERE id = (SELECT min(user_id) FROM membership WHERE role = \'organiser\')'
    )


def downgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("published", sa.Boolean(), server_default=sa.false(), nullable=False))
    # What was only announced, or had been removed, must not become readable.
    op.execute("UPDATE workshop SET published = true WHERE visibility IN ('public', 'archived') AND removed_at IS NULL")
    with op.batch_alter_table("workshop") as table:
        table.alter_column("published", server_default=None)
        for name in ("visibility", *TEXTS, *LINES, "themes", "goals", "retention_months", "removed_at", "removed_by"):
            table.drop_column(name)
        table.drop_column("steps_put_away")
    with op.batch_alter_table("series") as table:
        table.drop_column("removed_at")
        table.drop_column("archived_at")
    with op.batch_alter_table("user") as table:
        table.drop_column("is_administrator")
