"""What organisers prepare: availability, invitations, named releases, drafts of questionnaires."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('availability',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_availability_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_availability_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_availability'))
    )
    with op.batch_alter_table('availability', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_availability_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_availability_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('standing', sa.String(length=32), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invitation_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_invitation_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_invitation_workshop_id_person_id'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('draft', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))

    with op.batch_alter_table('questionnaire_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('comparable', sa.Boolean(), server_default=sa.true(), nullable=False))

    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('note', sa.JSON(), server_default='{}', nullable=False))

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('interpreted', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hard_stops', sa.JSON(), server_default='["13:00", "18:00"]', nullable=False))
        batch_op.add_column(sa.Column('interpreter_teams', sa.Integer(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_column('interpreter_teams')
        batch_op.drop_column('hard_stops')

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('interpreted')

    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_column('note')
        batch_op.drop_column('name')

    with op.batch_alter_table('questionnaire_version', schema=None) as batch_op:
        batch_op.drop_column('comparable')
        batch_op.drop_column('note')

    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.drop_column('revision')
        batch_op.drop_column('draft')

    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_person_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('availability', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_availability_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_availability_person_id'))

    op.drop_table('availability')
