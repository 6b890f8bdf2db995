"""Places in single sessions, attendance of groups, files of travel papers, what a list says of participants."""

import sqlalchemy as sa
from alembic import op

revision = "0191"
down_revision = "0180"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('group_head_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['breakout_group.id'], name=op.f('fk_group_head_count_group_id_breakout_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_head_count')),
    sa.UniqueConstraint('group_id', name=op.f('uq_group_head_count_group_id'))
    )
    op.create_table('session_quota',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_quota_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_quota')),
    sa.UniqueConstraint('session_id', name=op.f('uq_session_quota_session_id'))
    )
    op.create_table('session_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('standing', sa.String(length=32), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_session_place_participant_id_participant'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_place_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_place')),
    sa.UniqueConstraint('session_id', 'participant_id', name=op.f('uq_session_place_session_id_participant_id'))
    )
    with op.batch_alter_table('session_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_place_participant_id'), ['participant_id'], unique=False)

    with op.batch_alter_table('session_attendance', schema=None) as batch_op:
        batch_op.add_column(sa.Column('group_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_session_attendance_group_id'), ['group_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_session_attendance_group_id_breakout_group'), 'breakout_group', ['group_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('door', schema=None) as batch_op:
        batch_op.add_column(sa.Column('group_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_door_group_id'), ['group_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_door_group_id_breakout_group'), 'breakout_group', ['group_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('travel_paper', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stored_as', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('file_name', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('file_type', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('reminded_on', sa.Date(), nullable=True))

    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('details', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_column('details')

    with op.batch_alter_table('travel_paper', schema=None) as batch_op:
        batch_op.drop_column('reminded_on')
        batch_op.drop_column('file_type')
        batch_op.drop_column('file_name')
        batch_op.drop_column('stored_as')

    with op.batch_alter_table('door', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_door_group_id_breakout_group'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_door_group_id'))
        batch_op.drop_column('group_id')

    with op.batch_alter_table('session_attendance', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_session_attendance_group_id_breakout_group'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_session_attendance_group_id'))
        batch_op.drop_column('group_id')

    with op.batch_alter_table('session_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_place_participant_id'))

    op.drop_table('session_place')
    op.drop_table('session_quota')
    op.drop_table('group_head_count')
