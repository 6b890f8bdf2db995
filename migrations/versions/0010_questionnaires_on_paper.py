"""Questionnaires on paper: their PDFs, made once for each language and state."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "printing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_printing_questionnaire_id_questionnaire"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_printing_task_id_task"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printing")),
        sa.UniqueConstraint(
            "questionnaire_id", "language", "fingerprint", name=op.f("uq_printing_questionnaire_id_language_fingerprint")
        ),
    )
    with op.batch_alter_table("printing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_printing_questionnaire_id"), ["questionnaire_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("printing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_printing_questionnaire_id"))

    op.drop_table("printing")
