"""Changes after sending, people who only read, quotas, trials."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("questionnaire") as batch_op:
        batch_op.add_column(sa.Column("allows_changes", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("quotas", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("trial_of_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_questionnaire_trial_of_id"), ["trial_of_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_questionnaire_trial_of_id_questionnaire"),
            "questionnaire",
            ["trial_of_id"],
            ["id"],
            ondelete="CASCADE",
        )
    with op.batch_alter_table("response") as batch_op:
        batch_op.add_column(sa.Column("earlier", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("colleague") as batch_op:
        batch_op.add_column(sa.Column("reads_only", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM questionnaire WHERE trial_of_id IS NOT NULL")
    with op.batch_alter_table("colleague") as batch_op:
        batch_op.drop_column("reads_only")
    with op.batch_alter_table("response") as batch_op:
        batch_op.drop_column("earlier")
    with op.batch_alter_table("questionnaire") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_questionnaire_trial_of_id_questionnaire"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_questionnaire_trial_of_id"))
        batch_op.drop_column("trial_of_id")
        batch_op.drop_column("quotas")
        batch_op.drop_column("allows_changes")
