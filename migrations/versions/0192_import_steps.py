"""What a worker reads of a stranger's file, and takes in, is rows of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0192"
down_revision = "0191"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_import_step_task_id_task"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_step")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_import_step_kind_subject")),
    )
    op.create_index(op.f("ix_import_step_asked_at"), "import_step", ["asked_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_import_step_asked_at"), table_name="import_step")
    op.drop_table("import_step")
