"""Sending a questionnaire out: recipients, letters, reminders; mails that did not arrive."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('questionnaire_letter_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_questionnaire_letter_text_questionnaire_id_questionnaire'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_letter_text')),
    sa.UniqueConstraint('questionnaire_id', 'kind', name=op.f('uq_questionnaire_letter_text_questionnaire_id_kind'))
    )
    op.create_table('questionnaire_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('moment', sa.String(length=32), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_questionnaire_reminder_questionnaire_id_questionnaire'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_reminder')),
    sa.UniqueConstraint('questionnaire_id', 'moment', name=op.f('uq_questionnaire_reminder_questionnaire_id_moment'))
    )
    op.create_table('recipient',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('category', sa.String(length=32), nullable=True),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('issue', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('invited', sa.Boolean(), nullable=False),
    sa.Column('opened', sa.Boolean(), nullable=False),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.Column('declined', sa.Boolean(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_recipient_organisation_id_organisation'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_recipient_questionnaire_id_questionnaire'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_recipient_response_id_response'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recipient')),
    sa.UniqueConstraint('key', name=op.f('uq_recipient_key')),
    sa.UniqueConstraint('questionnaire_id', 'email', name=op.f('uq_recipient_questionnaire_id_email')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_recipient_token_hash'))
    )
    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recipient_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recipient_response_id'), ['response_id'], unique=False)

    op.create_table('questionnaire_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('written_on', sa.Date(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_questionnaire_letter_message_id_message'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_questionnaire_letter_recipient_id_recipient'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_letter')),
    sa.UniqueConstraint('recipient_id', 'step', name=op.f('uq_questionnaire_letter_recipient_id_step'))
    )
    with op.batch_alter_table('questionnaire_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questionnaire_letter_message_id'), ['message_id'], unique=False)

    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('secret', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('failure', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('language', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('anonymity', sa.String(length=32), server_default='confidential', nullable=False))
        batch_op.add_column(sa.Column('interim_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('accepts_late', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_late', sa.Boolean(), server_default=sa.false(), nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_column('is_late')

    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.drop_column('accepts_late')
        batch_op.drop_column('interim_at')
        batch_op.drop_column('anonymity')

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_column('language')
        batch_op.drop_column('email')

    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_column('failure')
        batch_op.drop_column('secret')

    with op.batch_alter_table('questionnaire_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questionnaire_letter_message_id'))

    op.drop_table('questionnaire_letter')
    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recipient_response_id'))
        batch_op.drop_index(batch_op.f('ix_recipient_organisation_id'))

    op.drop_table('recipient')
    op.drop_table('questionnaire_reminder')
    op.drop_table('questionnaire_letter_text')
