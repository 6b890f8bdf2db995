"""The umbrella body of an organisation, and the language of its other names."""

import sqlalchemy as sa
from alembic import op

revision = "0290"
down_revision = "0231"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation_alias", sa.Column("language", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.add_column(sa.Column("umbrella_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_organisation_umbrella_id"), ["umbrella_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_umbrella_id_organisation"),
            "organisation",
            ["umbrella_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_organisation_umbrella_id_organisation"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_organisation_umbrella_id"))
        batch_op.drop_column("umbrella_id")
    op.drop_column("organisation_alias", "language")
