"""Points keep when, where and under which mode they were typed; plenary sessions have points of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NAME = sa.String(length=32)


def upgrade() -> None:
    with op.batch_alter_table("point") as table:
        table.add_column(sa.Column("typed_at", MOMENT, nullable=True))
        table.add_column(sa.Column("mode", NAME, nullable=True))
        table.add_column(sa.Column("category", NAME, nullable=True))
        table.add_column(sa.Column("may_quote", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("channel", NAME, server_default="screen", nullable=False))
        table.add_column(sa.Column("device", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("sequence", sa.Integer(), nullable=True))
        table.add_column(sa.Column("relation", NAME, nullable=True))
        table.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        for name in ("about_id", "replaces_id"):
            table.create_index(op.f(f"ix_point_{name}"), [name])
            table.create_foreign_key(op.f(f"fk_point_{name}_point"), "point", [name], ["id"], ondelete="SET NULL")
    op.create_table(
        "session_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("typed_at", MOMENT, nullable=True),
        sa.Column("mode", NAME, nullable=True),
        sa.Column("perspective", NAME, nullable=True),
        sa.Column("category", NAME, nullable=True),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel", NAME, server_default="screen", nullable=False),
        sa.Column("device", sa.String(), server_default="", nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("relation", NAME, nullable=True),
        sa.Column("struck_at", MOMENT, nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("turn", NAME, nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_session_point_{column}_{table}"), ondelete=ondelete
            )
            for column, table, ondelete in (
                ("noted_by", "user", "SET NULL"),
                ("session_id", "session", "CASCADE"),
                ("question_id", "guiding_question", "SET NULL"),
                ("wording_id", "question_wording", "SET NULL"),
                ("about_id", "session_point", "SET NULL"),
                ("replaces_id", "session_point", "SET NULL"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_point")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_session_point_session_id_number")),
        sa.UniqueConstraint("session_id", "client_key", name=op.f("uq_session_point_session_id_client_key")),
    )
    with op.batch_alter_table("session_point") as table:
        for name in ("session_id", "question_id", "wording_id", "about_id", "replaces_id"):
            table.create_index(op.f(f"ix_session_point_{name}"), [name])


def downgrade() -> None:
    op.drop_table("session_point")
    with op.batch_alter_table("point") as table:
        for name in ("about_id", "replaces_id"):
            table.drop_constraint(op.f(f"fk_point_{name}_point"), type_="foreignkey")
            table.drop_index(op.f(f"ix_point_{name}"))
        for name in (
            "replaces_id about_id relation sequence device channel may_quote category mode typed_at".split()
        ):
            table.drop_column(name)
