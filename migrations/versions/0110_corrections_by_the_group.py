"""Corrections to a group report by its members, and when it was presented."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['user.id'], name=op.f('fk_correction_decided_by_user'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['report_id'], ['group_report.id'], name=op.f('fk_correction_report_id_group_report'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_report_id'), ['report_id'], unique=False)

    op.create_table('correction_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['user.id'], name=op.f('fk_correction_link_made_by_user'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['report_id'], ['group_report.id'], name=op.f('fk_correction_link_report_id_group_report'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_correction_link_token_hash'))
    )
    with op.batch_alter_table('correction_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_link_report_id'), ['report_id'], unique=False)

    with op.batch_alter_table('group_report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('presented_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('group_report', schema=None) as batch_op:
        batch_op.drop_column('presented_at')

    with op.batch_alter_table('correction_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_correction_link_report_id'))

    op.drop_table('correction_link')
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_correction_report_id'))

    op.drop_table('correction')
