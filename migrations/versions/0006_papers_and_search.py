"""Papers: embargoes, symbols, owners, links, reminders, what files say; and tasks of every day."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('daily_task',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('name', 'day', name=op.f('pk_daily_task'))
    )
    op.create_table('reminder_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_reminder_plan_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_plan')),
    sa.UniqueConstraint('workshop_id', name=op.f('uq_reminder_plan_workshop_id'))
    )
    op.create_table('document_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_link_document_id_document'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_document_link_token_hash'))
    )
    with op.batch_alter_table('document_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_link_document_id'), ['document_id'], unique=False)

    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_reminder_document_id_document'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('document_id', 'step', 'recipient', name=op.f('uq_reminder_document_id_step_recipient'))
    )
    op.create_table('file_text',
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['document_file.id'], name=op.f('fk_file_text_file_id_document_file'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('file_id', name=op.f('pk_file_text'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('email', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('symbol', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('symbol_kind', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('symbol_number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('symbol_key', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('embargo', sa.String(length=32), server_default='none', nullable=False))
        batch_op.add_column(sa.Column('embargo_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_document_person_id'), ['person_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_document_workshop_id_symbol_key'), ['workshop_id', 'symbol_key'])
        batch_op.create_foreign_key(batch_op.f('fk_document_person_id_person'), 'person', ['person_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('document_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('held', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('examined', sa.String(length=32), server_default='waiting', nullable=False))
        batch_op.add_column(sa.Column('traces', sa.JSON(), server_default='[]', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('document_file', schema=None) as batch_op:
        batch_op.drop_column('traces')
        batch_op.drop_column('examined')
        batch_op.drop_column('held')

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_document_person_id_person'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_document_workshop_id_symbol_key'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_document_person_id'))
        batch_op.drop_column('embargo_until')
        batch_op.drop_column('embargo')
        batch_op.drop_column('symbol_key')
        batch_op.drop_column('symbol_number')
        batch_op.drop_column('symbol_kind')
        batch_op.drop_column('symbol')
        batch_op.drop_column('email')
        batch_op.drop_column('person_id')

    op.drop_table('file_text')
    op.drop_table('reminder')
    with op.batch_alter_table('document_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_link_document_id'))

    op.drop_table('document_link')
    op.drop_table('reminder_plan')
    op.drop_table('daily_task')
