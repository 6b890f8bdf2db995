"""The information note that went with a letter is kept with it."""

import sqlalchemy as sa
from alembic import op

revision = "0171"
down_revision = "0111"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('delegation_letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('annex', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('delegation_letter', schema=None) as batch_op:
        batch_op.drop_column('annex')
