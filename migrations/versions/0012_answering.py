"""What respondents are told, how their answers may be published, and until when they are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked_by', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('purpose', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('readers', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('kept_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('asks_publication', sa.Boolean(), server_default=sa.true(), nullable=False))

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('publication', sa.String(length=32), server_default='totals', nullable=False))
        batch_op.add_column(sa.Column('notice', sa.JSON(), server_default='{}', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_column('notice')
        batch_op.drop_column('publication')

    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.drop_column('asks_publication')
        batch_op.drop_column('kept_until')
        batch_op.drop_column('readers')
        batch_op.drop_column('purpose')
        batch_op.drop_column('asked_by')

