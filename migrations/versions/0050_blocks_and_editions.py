"""Reports in blocks, evidence by foreign key, and editions that never change: each report as it stood becomes one."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0023"
branch_labels = None
depends_on = None

REPORT = sa.table(
    "plenary_report",
    *(sa.column(name) for name in ("id", "edition", "slug")),
    sa.column("title", sa.JSON()),
    sa.column("workshop_id", sa.Integer()),
    sa.column("compiled_at", sa.DateTime(timezone=True)),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("kind", sa.String()),
    sa.column("compilings", sa.Integer()),
)
PARAGRAPH = sa.table(
    "paragraph",
    *(sa.column(name) for name in ("id", "report_id", "position", "chapter", "number")),
    *(sa.column(name, sa.JSON()) for name in ("heading", "subheading", "text", "originals", "table")),
)
SOURCE = sa.table(
    "paragraph_source",
    *(sa.column(name) for name in ("id", "paragraph_id", "kind", "source_id", "fingerprint")),
    sa.column("label", sa.JSON()),
)
EDITION = sa.table(
    "edition",
    *(sa.column(name) for name in ("id", "report_id", "number", "digest", "state", "withdrawn_because")),
    *(sa.column(name, sa.JSON()) for name in ("title", "content", "manifest")),
    sa.column("made_at", sa.DateTime(timezone=True)),
)
RELEASE = sa.table(
    "edition_release",
    *(sa.column(name) for name in ("edition_id", "language")),
    sa.column("released_at", sa.DateTime(timezone=True)),
)
WORKSHOP = sa.table("workshop", sa.column("id"), sa.column("languages", sa.JSON()))


def upgrade() -> None:
    op.create_table(
        "check_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("hit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("excerpt", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user.id"], name=op.f("fk_check_decision_decided_by_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["plenary_report.id"],
            name=op.f("fk_check_decision_report_id_plenary_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_decision")),
        sa.UniqueConstraint("report_id", "hit", name=op.f("uq_check_decision_report_id_hit")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("review_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cleared_by_id"], ["user.id"], name=op.f("fk_edition_cleared_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_edition_made_by_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["plenary_report.id"], name=op.f("fk_edition_report_id_plenary_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_edition_report_id_number")),
    )
    op.create_table(
        "report_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("chapter", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("subheading", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("originals", sa.JSON(), nullable=False),
        sa.Column("table", sa.JSON(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("compiled", sa.String(), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=True),
        sa.Column("left_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edited_by"], ["user.id"], name=op.f("fk_report_block_edited_by_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["plenary_report.id"],
            name=op.f("fk_report_block_report_id_plenary_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_block")),
        sa.UniqueConstraint("report_id", "key", name=op.f("uq_report_block_report_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_release_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["user.id"], name=op.f("fk_edition_release_released_by_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_release")),
        sa.UniqueConstraint("edition_id", "language", name=op.f("uq_edition_release_edition_id_language")),
    )
    op.create_table(
        "report_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_report_comment_author_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["block_id"], ["report_block.id"], name=op.f("fk_report_comment_block_id_report_block"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_comment")),
    )
    with op.batch_alter_table("report_comment") as batch_op:
        batch_op.create_index(batch_op.f("ix_report_comment_block_id"), ["block_id"], unique=False)

    op.create_table(
        "recommendation_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_number_recommendation_id_recommendation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_recommendation_number_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_number")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_recommendation_number_recommendation_id")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_recommendation_number_workshop_id_number")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("group_report_id", sa.Integer(), nullable=True),
        sa.Column("key_point_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("recommendation_id", sa.Integer(), nullable=True),
        sa.Column("chosen_by", sa.Integer(), nullable=True),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("stays_as", sa.String(), nullable=False),
        sa.Column("stays_because", sa.String(), nullable=False),
        sa.Column("stays_by", sa.Integer(), nullable=True),
        sa.Column("stays_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["block_id"], ["report_block.id"], name=op.f("fk_evidence_block_id_report_block"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by"], ["user.id"], name=op.f("fk_evidence_chosen_by_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_evidence_document_id_document"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["breakout_group.id"], name=op.f("fk_evidence_group_id_breakout_group"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_report_id"],
            ["group_report.id"],
            name=op.f("fk_evidence_group_report_id_group_report"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["key_point_id"], ["key_point.id"], name=op.f("fk_evidence_key_point_id_key_point"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_evidence_milestone_id_milestone"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["point.id"], name=op.f("fk_evidence_point_id_point"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_evidence_recommendation_id_recommendation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_evidence_session_id_session"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_evidence_snapshot_id_snapshot"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["stays_by"], ["user.id"], name=op.f("fk_evidence_stays_by_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_evidence_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_block_id"), ["block_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_group_report_id"), ["group_report_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_key_point_id"), ["key_point_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_milestone_id"), ["milestone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_point_id"), ["point_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_recommendation_id"), ["recommendation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_snapshot_id"), ["snapshot_id"], unique=False)

    op.create_table(
        "recommendation_support",
        sa.Column("number_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["block_id"],
            ["report_block.id"],
            name=op.f("fk_recommendation_support_block_id_report_block"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["number_id"],
            ["recommendation_number.id"],
            name=op.f("fk_recommendation_support_number_id_recommendation_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number_id", "block_id", name=op.f("pk_recommendation_support")),
    )
    op.execute("DELETE FROM rendering")
    make_editions(op.get_bind())
    op.drop_table("paragraph_source")
    op.drop_table("paragraph")
    with op.batch_alter_table("plenary_report") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=32), nullable=False, server_default="plenary"))
        batch_op.add_column(sa.Column("compilings", sa.Integer(), nullable=False, server_default="0"))
        batch_op.alter_column("compiled_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.drop_column("published_at")
        batch_op.drop_column("edition")
    with op.batch_alter_table("plenary_report") as batch_op:
        batch_op.alter_column("kind", existing_type=sa.String(length=32), server_default=None)
        batch_op.alter_column("compilings", existing_type=sa.Integer(), server_default=None)
    op.drop_table("rendering")
    _create_rendering("edition")


def make_editions(connection: sa.Connection) -> None:
    """What was compiled last is an edition: released where it was public, else a draft."""
    for report in connection.execute(
        sa.select(REPORT.c["id", "edition", "title", "workshop_id", "compiled_at", "published_at"])
    ).all():
        rows = connection.execute(
            sa.select(PARAGRAPH).where(PARAGRAPH.c.report_id == report.id).order_by(PARAGRAPH.c.position)
        )
        content = [_written(connection, row) for row in rows.all()]
        manifest: dict[str, object] = {"template": "before editions", "sources": {}, "modes": {}}
        said = json.dumps([report.title, content, manifest], sort_keys=True, ensure_ascii=False)
        connection.execute(
            EDITION.insert().values(
                report_id=report.id,
                number=report.edition,
                title=report.title,
                content=content,
                manifest=manifest,
                digest=hashlib.sha256(said.encode()).hexdigest(),
                made_at=report.compiled_at,
                state="released" if report.published_at else "draft",
                withdrawn_because="",
            )
        )
        if report.published_at:
            edition = connection.scalar(sa.select(EDITION.c.id).where(EDITION.c.report_id == report.id))
            languages = connection.scalar(sa.select(WORKSHOP.c.languages).where(WORKSHOP.c.id == report.workshop_id))
            for code in languages or ["en"]:
                connection.execute(
                    RELEASE.insert().values(edition_id=edition, language=code, released_at=report.published_at)
                )


def _written(connection: sa.Connection, row: sa.Row) -> dict[str, object]:
    sources = connection.execute(sa.select(SOURCE).where(SOURCE.c.paragraph_id == row.id).order_by(SOURCE.c.id)).all()
    return {
        "chapter": row.chapter,
        "key": "",
        "block": None,
        "number": row.number,
        "heading": row.heading,
        "subheading": row.subheading,
        "text": row.text,
        "originals": row.originals,
        "table": row.table,
        "words": {},
        "sources": [
            {"kind": each.kind, "id": each.source_id, "label": each.label, "fingerprint": each.fingerprint}
            for each in sources
        ],
    }


def _create_rendering(of: str) -> None:
    table = {"edition": "edition", "report": "plenary_report"}[of]
    op.create_table(
        "rendering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(f"{of}_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            [f"{of}_id"], [f"{table}.id"], name=op.f(f"fk_rendering_{of}_id_{table}"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_rendering_task_id_task"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendering")),
        sa.UniqueConstraint(
            f"{of}_id", "language", "fingerprint", name=op.f(f"uq_rendering_{of}_id_language_fingerprint")
        ),
    )
    op.create_index(op.f(f"ix_rendering_{of}_id"), "rendering", [f"{of}_id"])


def downgrade() -> None:
    op.drop_table("rendering")
    _create_rendering("report")
    op.create_table(
        "paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chapter", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("subheading", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("originals", sa.JSON(), nullable=False),
        sa.Column("table", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["plenary_report.id"], name=op.f("fk_paragraph_report_id_plenary_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph")),
    )
    op.create_index(op.f("ix_paragraph_report_id"), "paragraph", ["report_id"])
    op.create_table(
        "paragraph_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraph.id"],
            name=op.f("fk_paragraph_source_paragraph_id_paragraph"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph_source")),
    )
    op.create_index(op.f("ix_paragraph_source_paragraph_id"), "paragraph_source", ["paragraph_id"])
    # Only the report to the plenary existed, and always compiled.
    op.execute("DELETE FROM plenary_report WHERE kind <> 'plenary'")
    op.execute("UPDATE plenary_report SET compiled_at = (SELECT max(made_at) FROM edition) WHERE compiled_at IS NULL")
    op.execute("DELETE FROM plenary_report WHERE compiled_at IS NULL")
    with op.batch_alter_table("plenary_report") as batch_op:
        batch_op.drop_column("kind")
        batch_op.drop_column("compilings")
        batch_op.add_column(sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("compiled_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("plenary_report") as batch_op:
        batch_op.alter_column("edition", existing_type=sa.Integer(), server_default=None)
    take_newest_editions(op.get_bind())
    for table in (
        "recommendation_support",
        "recommendation_number",
        "evidence",
        "report_comment",
        "edition_release",
        "report_block",
        "edition",
        "check_decision",
    ):
        op.drop_table(table)


def take_newest_editions(connection: sa.Connection) -> None:
    """The newest edition of each report becomes its paragraphs again; public where it was released."""
    editions = connection.execute(sa.select(EDITION).order_by(EDITION.c.number)).all()
    for edition in {each.report_id: each for each in editions}.values():
        released = connection.scalar(
            sa.select(sa.func.max(RELEASE.c.released_at, type_=sa.DateTime(timezone=True))).where(
                RELEASE.c.edition_id == edition.id
            )
        )
        connection.execute(
            REPORT.update()
            .where(REPORT.c.id == edition.report_id)
            .values(edition=edition.number, published_at=released if edition.state == "released" else None)
        )
        for position, each in enumerate(edition.content, 1):
            chapter = each["chapter"] if each["chapter"] not in ("summary", "discussion") else "opening"
            said = {name: each[name] for name in ("number", "heading", "subheading", "text", "originals", "table")}
            if each["words"]:
                said |= {"text": each["words"], "originals": []}
            connection.execute(
                PARAGRAPH.insert().values(report_id=edition.report_id, position=position, chapter=chapter, **said)
            )
            paragraph = connection.scalar(sa.select(sa.func.max(PARAGRAPH.c.id)))
            for source in each["sources"]:
                connection.execute(
                    SOURCE.insert().values(
                        paragraph_id=paragraph,
                        kind=source["kind"],
                        source_id=source["id"] or 0,
                        label=source["label"],
                        fingerprint=source["fingerprint"],
                    )
                )
