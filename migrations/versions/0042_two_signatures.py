"""Rapporteur and moderator sign a group report, each for themselves; a key point may stay without a source, with a reason.

What a rapporteur ticked in the name of the moderator was no signature, and goes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("group_report") as table:
        table.add_column(sa.Column("moderator_signed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("moderator_signed_by", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_group_report_moderator_signed_by_user"), "user", ["moderator_signed_by"], ["id"], ondelete="SET NULL"
        )
        table.drop_column("moderator_agrees")
    with op.batch_alter_table("key_point") as table:
        table.add_column(sa.Column("kept_reason", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("kept_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_key_point_kept_by_user"), "user", ["kept_by"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("key_point") as table:
        table.drop_constraint(op.f("fk_key_point_kept_by_user"), type_="foreignkey")
        table.drop_column("kept_by")
        table.drop_column("kept_reason")
    with op.batch_alter_table("group_report") as table:
        table.add_column(sa.Column("moderator_agrees", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.drop_constraint(op.f("fk_group_report_moderator_signed_by_user"), type_="foreignkey")
        table.drop_column("moderator_signed_by")
        table.drop_column("moderator_signed_at")
