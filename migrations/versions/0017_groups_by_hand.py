"""Break-out groups with seats, languages, times and a mode of their own; codes for those found on the spot."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["breakout_group.id"], name=op.f("fk_group_code_group_id_breakout_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_group_code_made_by_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["used_by"], ["user.id"], name=op.f("fk_group_code_used_by_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_group_code_token_hash")),
    )
    with op.batch_alter_table("group_code") as table:
        table.create_index(op.f("ix_group_code_group_id"), ["group_id"])
    with op.batch_alter_table("breakout_group") as table:
        table.add_column(sa.Column("seats", sa.Integer(), nullable=True))
        table.add_column(sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))
        table.add_column(sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("mode", sa.String(length=32), nullable=True))
    with op.batch_alter_table("user") as table:
        table.add_column(sa.Column("is_guest", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("user") as table:
        table.drop_column("is_guest")
    with op.batch_alter_table("breakout_group") as table:
        for name in ("mode", "ends_at", "starts_at", "languages", "seats"):
            table.drop_column(name)
    op.drop_table("group_code")
    # Nobody could moderate a workshop as a whole before.
    op.execute("DELETE FROM membership WHERE role = 'moderator'")
