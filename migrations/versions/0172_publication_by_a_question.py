"""A question of the questionnaire may ask how answers may be published."""

import sqlalchemy as sa
from alembic import op

revision = "0172"
down_revision = "0171"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("questionnaire") as table:
        table.add_column(sa.Column("publication_by", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("questionnaire") as table:
        table.drop_column("publication_by")
