"""People choose their group by a link of their own, wait for a seat, and are told by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('seat_choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_seat_choice_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_choice')),
    sa.UniqueConstraint('session_id', name=op.f('uq_seat_choice_session_id'))
    )
    with op.batch_alter_table('seated_person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('waits_for_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('told_of', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('token_hash', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_seated_person_waits_for_id'), ['waits_for_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_seated_person_token_hash'), ['token_hash'])
        batch_op.create_foreign_key(batch_op.f('fk_seated_person_waits_for_id_breakout_group'), 'breakout_group', ['waits_for_id'], ['id'], ondelete='SET NULL')



def downgrade() -> None:
    with op.batch_alter_table('seated_person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_seated_person_waits_for_id_breakout_group'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_seated_person_token_hash'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_seated_person_waits_for_id'))
        batch_op.drop_column('token_hash')
        batch_op.drop_column('told_of')
        batch_op.drop_column('waits_since')
        batch_op.drop_column('waits_for_id')
        batch_op.drop_column('email')

    op.drop_table('seat_choice')
