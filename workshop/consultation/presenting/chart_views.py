"""A table as a picture, and the results full screen, page by page."""

from flask import Response as HttpResponse
from flask import abort, render_template

from workshop.consultation.findings import rules as findings_rules
from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.consultation.findings.models import TIMES, Snapshot
from workshop.consultation.findings.queries import shown_workshop
from workshop.consultation.findings.queries import snapshot as snapshot_of
from workshop.consultation.questions.answer_wording import UNITS
from workshop.platform.access import limited, public
from workshop.platform.db import db
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries
from .charts import as_png, as_svg
from .crossed_tables import with_crossings
from .models import FindingState
from .pictures import caveat_of, chart_of
from .views import readable_snapshot, shown_tables


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/charts/<table>/<picture>")
@holding(*findings_rules.READERS)
@limited("60 per minute")
def chart(workshop: Workshop, questionnaire: str, number: int, table: str, picture: str) -> HttpResponse:
    """The picture of a table for those who may read the snapshot."""
    snapshot = readable_snapshot(workshop, questionnaire, number)
    return table_as(picture, snapshot, table, earlier=None)


@bp.get("/workshops/<slug>/questionnaires/<questionnaire>/results/<int:number>/charts/<table>/<picture>")
@public
@limited("60 per minute")
def public_chart(slug: str, questionnaire: str, number: int, table: str, picture: str) -> HttpResponse:
    workshop = db.one_or_404(shown_workshop(slug))
    snapshot = db.one_or_404(snapshot_of(workshop.id, questionnaire, number).where(Snapshot.published))
    return table_as(picture, snapshot, table, earlier=())


def table_as(kind: str, snapshot: Snapshot, name: str, *, earlier: tuple[()] | None) -> HttpResponse:
    """One table as a picture, in the language of the page; a file that cannot act on our pages."""
    if kind not in {"svg", "png"}:
        abort(404)
    tables = shown_tables(snapshot) if earlier is None else tables_of(snapshot, earlier)
    shown = (each for each in with_crossings(snapshot, tables) if each.has_figures)
    table = next((each for each in shown if each.question == name), None) or abort(404)
    svg = as_svg(chart_of(table, snapshot, language()))
    body, media_type = (as_png(svg), "image/png") if kind == "png" else (svg.encode(), "image/svg+xml")
    response = HttpResponse(body, mimetype=media_type)
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"{name.replace(TIMES, '-')}-{language()}.{kind}"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/present")
@holding(*findings_rules.READERS)
def present(workshop: Workshop, questionnaire: str, number: int) -> str:
    """Full screen, one table a page, by keyboard; findings first, in their order."""
    snapshot = readable_snapshot(workshop, questionnaire, number)
    shown = with_crossings(snapshot, shown_tables(snapshot))
    tables = {table.question: table for table in shown if table.has_figures}
    found = db.session.scalars(queries.findings_of(snapshot))
    written = [each for each in found if each.table in tables and each.state is not FindingState.WITHDRAWN]
    pages = [(each, tables[each.table]) for each in written]
    return render_template(
        "consultation/presenting/present.html",
        workshop=workshop,
        snapshot=snapshot,
        pages=pages or [(None, table) for table in tables.values()],
        caveat=caveat_of(snapshot, language()),
        units=UNITS,
    )
