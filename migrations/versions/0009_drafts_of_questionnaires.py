"""drafts of questionnaires: undoing, translators' links, versions that cannot be changed

Revision ID: 0009
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0002"
branch_labels = None
depends_on = None

FREEZE = {
    "sqlite": (
        """CREATE TRIGGER questionnaire_version_never_changes BEFORE UPDATE ON questionnaire_version
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a published version never changes'; END $$""",
        """CREATE TRIGGER questionnaire_version_never_changes BEFORE UPDATE ON questionnaire_version
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version()""",
    ),
}
THAW = {
    "sqlite": ("DROP TRIGGER IF EXISTS questionnaire_version_never_changes",),
    "postgresql": (
        "DROP TRIGGER IF EXISTS questionnaire_version_never_changes ON questionnaire_version",
        "DROP FUNCTION IF EXISTS refuse_change_of_version()",
    ),
}


def upgrade() -> None:
    op.add_column(
        "questionnaire", sa.Column("needs_all_texts", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "questionnaire_draft_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], ondelete="CASCADE",
            name=op.f("fk_questionnaire_draft_change_questionnaire_id_questionnaire"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft_change")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_questionnaire_draft_change_questionnaire_id"), "questionnaire_draft_change", ["questionnaire_id"]
    )
    op.create_table(
        "questionnaire_translator_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], ondelete="CASCADE",
            name=op.f("fk_questionnaire_translator_link_questionnaire_id_questionnaire"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_translator_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_questionnaire_translator_link_token_hash")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_questionnaire_translator_link_questionnaire_id"), "questionnaire_translator_link", ["questionnaire_id"]
    )
    for statement in FREEZE.get(op.get_bind().dialect.name, ()):
        op.execute(statement)


def downgrade() -> None:
    for statement in THAW.get(op.get_bind().dialect.name, ()):
        op.execute(statement)
    op.drop_table("questionnaire_translator_link")
    op.drop_table("questionnaire_draft_change")
    with op.batch_alter_table("questionnaire") as batch:
        batch.drop_column("needs_all_texts")
