"""Indexes in the order in which lists of a hundred thousand answers are read and counted, and of what others point to."""

from alembic import op

revision = "0023"
down_revision = "0031"
branch_labels = None
depends_on = None

ANSWERS = {
    "ix_response_of_version": ["version_id", "state", "id"],
    "ix_response_of_version_by_day": ["version_id", "state", "submitted_at", "id"],
    "ix_response_of_version_by_channel": ["version_id", "channel", "state"],
}


FOUND_BY = (("organisation_alias", "organisation_id"), ("key_point", "question_id"), ("recommendation", "question_id"))


def upgrade() -> None:
    with op.batch_alter_table("response") as table:
        for name, columns in ANSWERS.items():
            table.create_index(name, columns)
        table.drop_index("ix_response_version_id")
        table.drop_index("ix_response_state")
    for table_name, column in FOUND_BY:
        op.create_index(f"ix_{table_name}_{column}", table_name, [column])


def downgrade() -> None:
    for table_name, column in FOUND_BY:
        op.drop_index(f"ix_{table_name}_{column}", table_name)
    with op.batch_alter_table("response") as table:
        table.create_index("ix_response_version_id", ["version_id"])
        table.create_index("ix_response_state", ["state"])
        for name in ANSWERS:
            table.drop_index(name)
