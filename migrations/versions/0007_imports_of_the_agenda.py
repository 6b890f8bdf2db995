"""Imports of the agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agenda_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('stored_as', sa.String(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('account', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['user.id'], name=op.f('fk_agenda_import_made_by_user'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_agenda_import_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_import')),
    sa.UniqueConstraint('key', name=op.f('uq_agenda_import_key'))
    )
    with op.batch_alter_table('agenda_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_import_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('imported_columns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_imported_columns_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_columns')),
    sa.UniqueConstraint('workshop_id', name=op.f('uq_imported_columns_workshop_id'))
    )
    op.create_table('imported_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('of', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('appearance_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['appearance_id'], ['appearance.id'], name=op.f('fk_imported_entry_appearance_id_appearance'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_imported_entry_document_id_document'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['breakout_group.id'], name=op.f('fk_imported_entry_group_id_breakout_group'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_imported_entry_item_id_item'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_imported_entry_session_id_session'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_imported_entry_workshop_id_workshop'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_entry'))
    )
    with op.batch_alter_table('imported_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imported_entry_appearance_id'), ['appearance_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imported_entry_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imported_entry_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imported_entry_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imported_entry_session_id'), ['session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imported_entry_workshop_id'), ['workshop_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('imported_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_imported_entry_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_imported_entry_session_id'))
        batch_op.drop_index(batch_op.f('ix_imported_entry_item_id'))
        batch_op.drop_index(batch_op.f('ix_imported_entry_group_id'))
        batch_op.drop_index(batch_op.f('ix_imported_entry_document_id'))
        batch_op.drop_index(batch_op.f('ix_imported_entry_appearance_id'))

    op.drop_table('imported_entry')
    op.drop_table('imported_columns')
    with op.batch_alter_table('agenda_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_import_workshop_id'))

    op.drop_table('agenda_import')
