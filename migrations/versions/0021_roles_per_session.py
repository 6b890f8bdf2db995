"""Who serves one session; roles that hold in certain sessions only; names of rooms in every language."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_role_session_id_session"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_session_role_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_role")),
        sa.UniqueConstraint("session_id", "user_id", "role", name=op.f("uq_session_role_session_id_user_id_role")),
    )
    with op.batch_alter_table("session_role") as table:
        table.create_index(op.f("ix_session_role_user_id"), ["user_id"])
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("limited", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("room") as table:
        table.add_column(sa.Column("names", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("room") as table:
        table.drop_column("names")
    # A role for one session would open everything without its limit.
    op.execute("DELETE FROM membership WHERE limited")
    with op.batch_alter_table("membership") as table:
        table.drop_column("limited")
    op.drop_table("session_role")
