"""Every wording of a guiding question, what happened on the day, and who was told of a release."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('release_told',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_release_told_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_told_release_id_release'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_told')),
    sa.UniqueConstraint('release_id', 'person_id', name=op.f('uq_release_told_release_id_person_id'))
    )
    with op.batch_alter_table('release_told', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_told_person_id'), ['person_id'], unique=False)

    op.create_table('question_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['guiding_question.id'], name=op.f('fk_question_wording_question_id_guiding_question'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_wording')),
    sa.UniqueConstraint('question_id', 'number', name=op.f('uq_question_wording_question_id_number'))
    )
    op.create_table('run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pressed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_by', sa.Integer(), nullable=True),
    sa.Column('rehearsal', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_run_item_id_item'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_run_session_id_session'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['started_by'], ['user.id'], name=op.f('fk_run_started_by_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run'))
    )
    with op.batch_alter_table('run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_run_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_run_session_id'), ['session_id'], unique=False)

    op.create_table('stage_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_stage_note_item_id_item'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_stage_note_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_note'))
    )
    with op.batch_alter_table('stage_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_note_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stage_note_session_id'), ['session_id'], unique=False)

    op.create_table('group_question_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['group_question.id'], name=op.f('fk_group_question_wording_question_id_group_question'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_question_wording')),
    sa.UniqueConstraint('question_id', 'number', name=op.f('uq_group_question_wording_question_id_number'))
    )
    with op.batch_alter_table('point', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wording_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_point_wording_id'), ['wording_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_point_wording_id_group_question_wording'), 'group_question_wording', ['wording_id'], ['id'], ondelete='SET NULL')
    first_wordings()


def first_wordings() -> None:
    """What each question says now is its first wording, also of the points noted under it."""
    begun = sa.literal(datetime.now(UTC), sa.DateTime(timezone=True))
    for question, wording in (("guiding_question", "question_wording"), ("group_question", "group_question_wording")):
        asked = sa.table(question, sa.column("id"), sa.column("text", sa.JSON))
        into = sa.table(wording, *map(sa.column, ("question_id", "number", "text", "since")))
        rows = sa.select(asked.c.id, sa.literal(1), asked.c.text, begun)
        op.execute(into.insert().from_select(["question_id", "number", "text", "since"], rows))
    op.execute(
        "UPDATE point SET wording_id = (SELECT id FROM group_question_wording AS w WHERE w.question_id = point.question_id)"
    )


def downgrade() -> None:
    with op.batch_alter_table('point', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_point_wording_id_group_question_wording'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_point_wording_id'))
        batch_op.drop_column('wording_id')

    op.drop_table('group_question_wording')
    with op.batch_alter_table('stage_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_note_session_id'))
        batch_op.drop_index(batch_op.f('ix_stage_note_item_id'))

    op.drop_table('stage_note')
    with op.batch_alter_table('run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_run_session_id'))
        batch_op.drop_index(batch_op.f('ix_run_item_id'))

    op.drop_table('run')
    op.drop_table('question_wording')
    with op.batch_alter_table('release_told', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_release_told_person_id'))

    op.drop_table('release_told')
