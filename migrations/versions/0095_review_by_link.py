"""An edition sent round by link, and the remarks on it."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_seed", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_review_copy_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_review_copy_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_copy")),
        sa.UniqueConstraint("edition_id", "participant_id", name=op.f("uq_review_copy_edition_id_participant_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_review_copy_token_hash")),
    )
    op.create_index(op.f("ix_review_copy_participant_id"), "review_copy", ["participant_id"])
    op.create_table(
        "report_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["block_id"], ["report_block.id"], name=op.f("fk_report_remark_block_id_report_block"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["review_copy.id"], name=op.f("fk_report_remark_copy_id_review_copy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user.id"], name=op.f("fk_report_remark_decided_by_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_report_remark_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_remark")),
    )
    for column in ("edition_id", "copy_id", "block_id"):
        op.create_index(op.f(f"ix_report_remark_{column}"), "report_remark", [column])


def downgrade() -> None:
    op.drop_table("report_remark")
    op.drop_table("review_copy")
