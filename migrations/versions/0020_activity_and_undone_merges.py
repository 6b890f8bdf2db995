"""Who changed what and when; what merging two organisations moved, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("who_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("object_kind", sa.String(), nullable=False),
        sa.Column("object_row", sa.Integer(), nullable=False),
        sa.Column("object_name", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_change_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["who_id"], ["user.id"], name=op.f("fk_change_who_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["about_id"], ["user.id"], name=op.f("fk_change_about_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change") as table:
        table.create_index("ix_change_workshop_id_id", ["workshop_id", "id"])
        table.create_index("ix_change_object", ["object_kind", "object_row"])
        table.create_index(op.f("ix_change_who_id"), ["who_id"])
        table.create_index(op.f("ix_change_about_id"), ["about_id"])
    op.create_table(
        "organisation_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Integer(), nullable=True),
        sa.Column("merged", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_merge_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_merge")),
    )
    with op.batch_alter_table("organisation_merge") as table:
        table.create_index(op.f("ix_organisation_merge_organisation_id"), ["organisation_id"])


def downgrade() -> None:
    op.drop_table("organisation_merge")
    op.drop_table("change")
