"""Answers typed in from paper, and checked by a second person. When a link expires follows from the closing date."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('transcription',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('scan', sa.JSON(), nullable=False),
    sa.Column('typed_by', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('returned', sa.String(), nullable=False),
    sa.Column('checked_by', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_transcription_response_id_response'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transcription')),
    sa.UniqueConstraint('key', name=op.f('uq_transcription_key')),
    sa.UniqueConstraint('response_id', name=op.f('uq_transcription_response_id'))
    )
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.String(length=32), server_default='online', nullable=False))
    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.drop_column('expires_at')


def downgrade() -> None:
    # What was typed in and not checked stays as begun, so it does not count; no page there leads to it.
    op.execute("UPDATE response SET state = 'begun' WHERE state = 'entered'")
    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.add_column(sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_column('channel')
    op.drop_table('transcription')
