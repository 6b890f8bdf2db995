"""The people of a break-out session and their seats in its groups."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seated_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("delegation", sa.String(), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("sex", sa.String(length=32), nullable=True),
        sa.Column("seniority", sa.String(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("sits_with", sa.String(), nullable=False),
        sa.Column("sits_apart", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_seated_person_session_id_session"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["breakout_group.id"],
            name=op.f("fk_seated_person_group_id_breakout_group"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seated_person")),
        sa.UniqueConstraint(
            "session_id", "name", "delegation", name=op.f("uq_seated_person_session_id_name_delegation")
        ),
    )
    op.create_table(
        "seating_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("grouping", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_seating_run_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seating_run")),
        sa.UniqueConstraint("session_id", name=op.f("uq_seating_run_session_id")),
    )
    with op.batch_alter_table("seated_person") as table:
        table.create_index(op.f("ix_seated_person_session_id"), ["session_id"])
        table.create_index(op.f("ix_seated_person_group_id"), ["group_id"])


def downgrade() -> None:
    op.drop_table("seating_run")
    op.drop_table("seated_person")
