"""A question that was not discussed in its group is recorded as such."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_not_discussed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["group_question.id"],
            name=op.f("fk_question_not_discussed_question_id_group_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user.id"], name=op.f("fk_question_not_discussed_recorded_by_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_not_discussed")),
        sa.UniqueConstraint("question_id", name=op.f("uq_question_not_discussed_question_id")),
    )


def downgrade() -> None:
    op.drop_table("question_not_discussed")
