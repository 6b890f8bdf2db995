"""Word documents and workbooks that a worker makes are rows of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0172"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "made_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_made_file_task_id_task"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_file")),
        sa.UniqueConstraint("kind", "fingerprint", name=op.f("uq_made_file_kind_fingerprint")),
    )
    op.create_index(op.f("ix_made_file_asked_at"), "made_file", ["asked_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_made_file_asked_at"), table_name="made_file")
    op.drop_table("made_file")
