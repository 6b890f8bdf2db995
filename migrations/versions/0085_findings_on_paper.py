"""Findings on paper: titles of tables, exchange rates, quotes, briefings of sessions, who was invited, cited findings."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_exchange_rate_snapshot_id_snapshot"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rate")),
        sa.UniqueConstraint("snapshot_id", "currency", name=op.f("uq_exchange_rate_snapshot_id_currency")),
    )
    op.create_table(
        "table_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("in_summary", sa.Boolean(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("guiding_question_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guiding_question_id"],
            ["guiding_question.id"],
            name=op.f("fk_table_choice_guiding_question_id_guiding_question"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_table_choice_questionnaire_id_questionnaire"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_table_choice_session_id_session"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_choice")),
        sa.UniqueConstraint("questionnaire_id", "table", name=op.f("uq_table_choice_questionnaire_id_table")),
    )
    with op.batch_alter_table("table_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_choice_guiding_question_id"), ["guiding_question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_table_choice_session_id"), ["session_id"], unique=False)

    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("masks", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_quote_finding_id_finding"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_quote_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint(
            "finding_id", "response_id", "question", name=op.f("uq_quote_finding_id_response_id_question")
        ),
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_response_id"), ["response_id"], unique=False)

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("finding_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_evidence_finding_id"), ["finding_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_evidence_finding_id_finding"), "finding", ["finding_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guiding_question_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_finding_guiding_question_id"), ["guiding_question_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_finding_guiding_question_id_guiding_question"),
            "guiding_question",
            ["guiding_question_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("result_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("session_id", sa.Integer(), nullable=True))
        batch_op.alter_column("snapshot_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_result_file_session_id"), ["session_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_result_file_session_id_session"), "session", ["session_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invited_by", sa.JSON(), server_default="{}", nullable=False))



def downgrade() -> None:
    """What the tables before cannot hold goes: files that are made again on demand, and citations of findings."""
    op.execute("DELETE FROM evidence WHERE kind = 'finding'")
    op.execute(
        "DELETE FROM result_file WHERE snapshot_id IS NULL OR kind IN "
        "('deck', 'summary', 'summary_docx', 'codebook', 'labels', 'answers', 'briefing', 'briefing_docx')"
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_column("invited_by")

    with op.batch_alter_table("result_file", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_result_file_session_id_session"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_result_file_session_id"))
        batch_op.alter_column("snapshot_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("session_id")

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_finding_guiding_question_id_guiding_question"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_finding_guiding_question_id"))
        batch_op.drop_column("guiding_question_id")

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_evidence_finding_id_finding"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_evidence_finding_id"))
        batch_op.drop_column("finding_id")

    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_response_id"))

    op.drop_table("quote")
    with op.batch_alter_table("table_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_table_choice_session_id"))
        batch_op.drop_index(batch_op.f("ix_table_choice_guiding_question_id"))

    op.drop_table("table_choice")
    op.drop_table("exchange_rate")
