"""Invitations to take part in a workshop, with the roles they give."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NEW_ROLES = ("programme", "documents", "analyst", "translator", "moderator")


def upgrade() -> None:
    op.create_table(
        "member_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("inviter_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_member_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_member_invitation_token_hash"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_member_invitation_workshop_id_workshop", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["inviter_id"], ["user.id"], name="fk_member_invitation_inviter_id_user", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_member_invitation_workshop_id", "member_invitation", ["workshop_id"])
    op.create_index("ix_member_invitation_inviter_id", "member_invitation", ["inviter_id"])


def downgrade() -> None:
    op.drop_table("member_invitation")
    # Roles that the program did not know before: who holds no other stays as a participant.
    new = ", ".join(f"'{role}'" for role in NEW_ROLES)
    op.execute(
        f"""INSERT INTO membership (user_id, workshop_id, role)
        SELECT DISTINCT user_id, workshop_id, 'participant' FROM membership AS new WHERE role IN ({new})
        AND NOT EXISTS (SELECT 1 FROM membership AS old WHERE old.user_id = new.user_id
        AND old.workshop_id = new.workshop_id AND old.role NOT IN ({new}))"""  # noqa: S608
    )
    op.execute(f"DELETE FROM membership WHERE role IN ({new})")  # noqa: S608
