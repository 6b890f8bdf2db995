"""Codes of answers in words, who gave them, and campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_text_code_questionnaire_id_questionnaire"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_code")),
        sa.UniqueConstraint(
            "questionnaire_id", "question", "name", name=op.f("uq_text_code_questionnaire_id_question_name")
        ),
    )
    op.create_table(
        "text_coding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"], ["text_code.id"], name=op.f("fk_text_coding_code_id_text_code"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_text_coding_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_coding")),
        sa.UniqueConstraint("code_id", "response_id", "coder", name=op.f("uq_text_coding_code_id_response_id_coder")),
    )
    with op.batch_alter_table("text_coding") as table:
        table.create_index(op.f("ix_text_coding_response_id"), ["response_id"])
    op.create_table(
        "similar_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_similar_text_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similar_text")),
        sa.UniqueConstraint("response_id", "question", name=op.f("uq_similar_text_response_id_question")),
    )


def downgrade() -> None:
    op.drop_table("similar_text")
    op.drop_table("text_coding")
    op.drop_table("text_code")
