"""Snapshots of several versions, filled by a worker; who answers; a ledger of what was shown to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("questionnaire") as table:
        table.add_column(
            sa.Column("respondents", sa.String(length=32), nullable=False, server_default="organisations")
        )
        table.add_column(sa.Column("individuals_by", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("states_beside", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("plenary_report") as table:
        table.add_column(sa.Column("results_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_plenary_report_results_id_snapshot"), "snapshot", ["results_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("snapshot") as table:
        table.add_column(sa.Column("questionnaire_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("rounded", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("as_of", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("versions", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("definition", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(
            sa.Column("respondents", sa.String(length=32), nullable=False, server_default="organisations")
        )
        table.add_column(sa.Column("invited", sa.Integer(), nullable=True))
        table.add_column(sa.Column("individuals", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("beside", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("taken_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("frozen", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("problem", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("task_id", sa.Integer(), nullable=True))
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("precision", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_disclosure_snapshot_id_snapshot"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("snapshot_id", "table", name=op.f("uq_disclosure_snapshot_id_table")),
    )
    _fill(op.get_bind())
    with op.batch_alter_table("snapshot") as table:
        table.alter_column("questionnaire_id", nullable=False, existing_type=sa.Integer())
        table.drop_constraint(op.f("uq_snapshot_version_id_number"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_snapshot_questionnaire_id_number"), ["questionnaire_id", "number"]
        )
        table.create_foreign_key(
            op.f("fk_snapshot_questionnaire_id_questionnaire"),
            "questionnaire",
            ["questionnaire_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        table.create_foreign_key(op.f("fk_snapshot_task_id_task"), "task", ["task_id"], ["id"], ondelete="SET NULL")
        table.drop_column("held_back")


def _fill(bind: sa.Connection) -> None:
    """What organisers, chairs and rapporteurs could read until now counts as shown, with exact figures."""
    bind.execute(
        sa.text(
            "UPDATE snapshot SET questionnaire_id = (SELECT v.questionnaire_id FROM questionnaire_version v"
            " WHERE v.id = snapshot.version_id), definition = (SELECT v.definition FROM questionnaire_version v"
            " WHERE v.id = snapshot.version_id)"
        )
    )
    snapshots = sa.table("snapshot", *map(sa.column, ("id", "version_id", "published", "held_back", "taken_at")))
    columns = sa.table("snapshot_column", sa.column("snapshot_id"), sa.column("question"))
    versions = sa.table("questionnaire_version", sa.column("id"), sa.column("number"))
    shown = sa.table("snapshot", sa.column("id"), sa.column("shared"), sa.column("versions", sa.JSON()))
    ledger = sa.table(
        "disclosure", *map(sa.column, ("snapshot_id", "table", "precision", "audience", "at"))
    )
    numbers = dict(bind.execute(sa.select(versions.c.id, versions.c.number)).all())
    for each in bind.execute(sa.select(snapshots)).all():
        bind.execute(
            shown.update().where(shown.c.id == each.id).values(
                shared=not each.held_back, versions=[numbers[each.version_id]]
            )
        )
        if each.held_back:
            continue
        asked = bind.execute(sa.select(columns.c.question).where(columns.c.snapshot_id == each.id)).scalars()
        audience = "everyone" if each.published else "staff"
        for question in sorted({name.partition(".")[0] for name in asked}):
            bind.execute(
                ledger.insert().values(
                    snapshot_id=each.id, table=question, precision="exact", audience=audience, at=each.taken_at
                )
            )


def downgrade() -> None:
    """Of several snapshots of one version none is held back afterwards; those not shown are."""
    with op.batch_alter_table("snapshot") as table:
        table.add_column(sa.Column("held_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        sa.text(
            "UPDATE snapshot SET held_back = NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.snapshot_id = snapshot.id)"
        )
    )
    with op.batch_alter_table("snapshot") as table:
        table.drop_constraint(op.f("fk_snapshot_questionnaire_id_questionnaire"), type_="foreignkey")
        table.drop_constraint(op.f("fk_snapshot_task_id_task"), type_="foreignkey")
        table.drop_constraint(op.f("uq_snapshot_questionnaire_id_number"), type_="unique")
        table.create_unique_constraint(op.f("uq_snapshot_version_id_number"), ["version_id", "number"])
        table.alter_column("held_back", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
        for name in (
            "questionnaire_id",
            "shared",
            "rounded",
            "as_of",
            "versions",
            "definition",
            "respondents",
            "invited",
            "individuals",
            "beside",
            "taken_by",
            "frozen",
            "problem",
            "task_id",
        ):
            table.drop_column(name)
    op.drop_table("disclosure")
    with op.batch_alter_table("plenary_report") as table:
        table.drop_constraint(op.f("fk_plenary_report_results_id_snapshot"), type_="foreignkey")
        table.drop_column("results_id")
    with op.batch_alter_table("questionnaire") as table:
        for name in ("respondents", "individuals_by", "states_beside"):
            table.drop_column(name)
