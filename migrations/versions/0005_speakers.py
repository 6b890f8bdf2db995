"""Speakers: places taken over, statements read by others, what they give by personal link, letters to them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('invitation_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('reminder_subject', sa.JSON(), nullable=False),
    sa.Column('reminder_text', sa.JSON(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('remind_before', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_invitation_plan_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation_plan')),
    sa.UniqueConstraint('workshop_id', name=op.f('uq_invitation_plan_workshop_id'))
    )
    op.create_table('speaker_profile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('biography', sa.JSON(), nullable=False),
    sa.Column('photo_key', sa.String(), nullable=True),
    sa.Column('photo_stored_as', sa.String(), nullable=False),
    sa.Column('needs', sa.String(), nullable=False),
    sa.Column('proposal', sa.JSON(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('granted', sa.JSON(), nullable=False),
    sa.Column('consent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('held_back', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('place_reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_speaker_profile_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_speaker_profile_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speaker_profile')),
    sa.UniqueConstraint('photo_key', name=op.f('uq_speaker_profile_photo_key')),
    sa.UniqueConstraint('workshop_id', 'person_id', name=op.f('uq_speaker_profile_workshop_id_person_id'))
    )
    with op.batch_alter_table('speaker_profile', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_speaker_profile_person_id'), ['person_id'], unique=False)

    op.create_table('consent_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('profile_id', sa.Integer(), nullable=False),
    sa.Column('use', sa.String(length=32), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['profile_id'], ['speaker_profile.id'], name=op.f('fk_consent_entry_profile_id_speaker_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_entry'))
    )
    with op.batch_alter_table('consent_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_entry_profile_id'), ['profile_id'], unique=False)

    op.create_table('invitation_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('invitation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('step', sa.Date(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_invitation_mail_invitation_id_invitation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_invitation_mail_message_id_message'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation_mail')),
    sa.UniqueConstraint('invitation_id', 'step', name=op.f('uq_invitation_mail_invitation_id_step'))
    )
    op.create_table('replacement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('appearance_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('function', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('replaced_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['appearance_id'], ['appearance.id'], name=op.f('fk_replacement_appearance_id_appearance'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_replacement_organisation_id_organisation'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_replacement_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['replaced_by'], ['user.id'], name=op.f('fk_replacement_replaced_by_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replacement'))
    )
    with op.batch_alter_table('replacement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_replacement_appearance_id'), ['appearance_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_replacement_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_replacement_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('appearance', schema=None) as batch_op:
        batch_op.add_column(sa.Column('perspective', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('role_label', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('delivered_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('delivered_by_function', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('formerly', sa.JSON(), server_default='[]', nullable=False))
        batch_op.create_index(batch_op.f('ix_appearance_delivered_by_id'), ['delivered_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_appearance_delivered_by_id_person'), 'person', ['delivered_by_id'], ['id'], ondelete='RESTRICT')

    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link_seed', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('reason', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('honorifics', sa.JSON(), server_default='{}', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('honorifics')

    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_column('reason')
        batch_op.drop_column('link_seed')

    with op.batch_alter_table('appearance', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_appearance_delivered_by_id_person'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_appearance_delivered_by_id'))
        batch_op.drop_column('formerly')
        batch_op.drop_column('delivered_by_function')
        batch_op.drop_column('delivered_by_id')
        batch_op.drop_column('role_label')
        batch_op.drop_column('perspective')

    with op.batch_alter_table('replacement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_replacement_person_id'))
        batch_op.drop_index(batch_op.f('ix_replacement_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_replacement_appearance_id'))

    op.drop_table('replacement')
    op.drop_table('invitation_mail')
    with op.batch_alter_table('consent_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_entry_profile_id'))

    op.drop_table('consent_entry')
    with op.batch_alter_table('speaker_profile', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_speaker_profile_person_id'))

    op.drop_table('speaker_profile')
    op.drop_table('invitation_plan')
