"""What a person said about the order of day and month in an imported agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agenda_import") as table:
        table.add_column(sa.Column("month_first", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("agenda_import") as table:
        table.drop_column("month_first")
