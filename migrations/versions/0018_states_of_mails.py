"""A mail has a state and the workshop whose organisers see it; a task remembers since when it is tried."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WRITTEN_OF = ("reminder", "document_link", "release_told")  # from now on they know their mail

# Whose mail it was, where a row says so.
WORKSHOP_OF_QUESTIONNAIRES = """
UPDATE message SET workshop_id = (
    SELECT questionnaire.workshop_id FROM questionnaire_letter
    JOIN recipient ON recipient.id = questionnaire_letter.recipient_id
    JOIN questionnaire ON questionnaire.id = recipient.questionnaire_id
    WHERE questionnaire_letter.message_id = message.id)
WHERE id IN (SELECT message_id FROM questionnaire_letter)
"""
WORKSHOP_OF_INVITATIONS = """
UPDATE message SET workshop_id = (
    SELECT invitation.workshop_id FROM invitation_mail JOIN invitation ON invitation.id = invitation_mail.invitation_id
    WHERE invitation_mail.message_id = message.id)
WHERE id IN (SELECT message_id FROM invitation_mail WHERE message_id IS NOT NULL)
"""
# What was given up stays so: nobody expects an invitation of last year. What waited for a mail server still waits.
STATES = """
UPDATE message SET state = CASE
    WHEN reason <> '' AND sent_at IS NULL THEN 'refused'
    WHEN reason <> '' THEN 'returned'
    WHEN sent_at IS NOT NULL THEN 'sent'
    WHEN EXISTS (SELECT 1 FROM task WHERE task.kind = 'mail.deliver' AND task.subject_id = message.id
                 AND task.state = 'failed') THEN 'given_up'
    ELSE 'queued' END
"""


def upgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('workshop_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('state', sa.String(length=32), server_default='queued', nullable=False))
        batch_op.add_column(sa.Column('leaving_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('failure', new_column_name='reason')
        batch_op.create_foreign_key(batch_op.f('fk_message_workshop_id_workshop'), 'workshop', ['workshop_id'], ['id'], ondelete='CASCADE')
        batch_op.create_index(batch_op.f('ix_message_workshop_id'), ['workshop_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_state'), ['state'], unique=False)
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.add_column(sa.Column('first_due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_task_subject_id'), ['subject_id'], unique=False)
    for table in WRITTEN_OF:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('message_id', sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_message_id_message'), 'message', ['message_id'], ['id'], ondelete='SET NULL')
    op.execute(WORKSHOP_OF_QUESTIONNAIRES)
    op.execute(WORKSHOP_OF_INVITATIONS)
    op.execute(STATES)
    op.execute("UPDATE task SET first_due_at = due_at")
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.alter_column('state', server_default=None)
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.alter_column('first_due_at', nullable=False)


def downgrade() -> None:
    op.execute("UPDATE message SET reason = '' WHERE state NOT IN ('refused', 'returned')")
    for table in WRITTEN_OF:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_message_id_message'), type_='foreignkey')
            batch_op.drop_column('message_id')
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_task_subject_id'))
        batch_op.drop_column('first_due_at')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_state'))
        batch_op.drop_index(batch_op.f('ix_message_workshop_id'))
        batch_op.drop_constraint(batch_op.f('fk_message_workshop_id_workshop'), type_='foreignkey')
        batch_op.alter_column('reason', new_column_name='failure')
        batch_op.drop_column('leaving_at')
        batch_op.drop_column('state')
        batch_op.drop_column('workshop_id')
