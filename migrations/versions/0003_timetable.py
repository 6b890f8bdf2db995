"""The timetable: where sessions stood before a move, the order of rooms, expected people, which clashes count."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('session_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_session_move_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_move')),
    sa.UniqueConstraint('key', name=op.f('uq_session_move_key'))
    )
    with op.batch_alter_table('session_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_move_workshop_id'), ['workshop_id'], unique=False)

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('position', sa.Integer(), server_default='0', nullable=False))

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('expected', sa.Integer(), nullable=True))

    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('clash_levels', sa.JSON(), server_default='{}', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_column('clash_levels')

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('expected')

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('position')

    with op.batch_alter_table('session_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_move_workshop_id'))

    op.drop_table('session_move')
