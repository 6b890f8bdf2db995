"""Paragraphs may rest on what was noted in a session."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("session_point_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_evidence_session_point_id_session_point"),
            "session_point",
            ["session_point_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_evidence_session_point_id"), ["session_point_id"])


def downgrade() -> None:
    op.execute("DELETE FROM evidence WHERE kind = 'session_point'")
    with op.batch_alter_table("evidence") as table:
        table.drop_index(op.f("ix_evidence_session_point_id"))
        table.drop_constraint(op.f("fk_evidence_session_point_id_session_point"), type_="foreignkey")
        table.drop_column("session_point_id")
