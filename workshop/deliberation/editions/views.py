"""A report as everyone reads it: the released edition, as a page, a PDF, a Word document, plain text and JSON."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.feedback.queries import reports_resting_on
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding
from workshop.deliberation.plenary import queries as plenary_queries
from workshop.deliberation.plenary.evidence.source_addresses import addresses
from workshop.deliberation.plenary.evidence.sources import Current
from workshop.deliberation.plenary.paragraphs import SourceKind
from workshop.deliberation.plenary.reading import Reading
from workshop.platform import files, made_files, prints
from workshop.platform.access import limited, public
from workshop.platform.caching import keep_page, read_state
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .edition_content import modes_now
from .edition_print import print_of
from .models import Edition, EditionState, Rendering
from .plain_formats import as_json, as_text
from .tasks import DOCUMENT, RENDER, STEPS


@dataclass
class Sheet:
    """The public edition of a report in the language it is read in, with what became of its sources."""

    edition: Edition
    current: Current
    language: str

    @property
    def address(self) -> dict[str, str]:
        report = self.edition.report
        return {"slug": report.workshop.slug, "report": report.slug, "lang": self.language}

    def url(self, endpoint: str) -> str:
        report = self.edition.report
        return url_for(endpoint, slug=report.workshop.slug, report=report.slug, lang=self.language)

    @property
    def file_name(self) -> str:
        report = self.edition.report
        return f"{report.workshop.slug}-{report.slug}-{self.language}"

    @property
    def rendering(self) -> Rendering | None:
        """The PDF of this edition, made or asked for."""
        return db.session.scalar(queries.rendering(self.edition, self.language, print_of(self.edition, self.language)))


def sheet(slug: str, name: str) -> Sheet:
    """The edition of a report that everyone may read. 404 where none was released, the newest was withdrawn, or a session
    it tells of has become more confidential since."""
    edition: Edition = db.one_or_404(queries.released(slug, name))
    workshop = edition.report.workshop
    if edition.state is not EditionState.RELEASED or not workshop.published:
        abort(404)
    current = plenary_queries.current(db.session, workshop)
    if rules.stricter_now(edition, modes_now(db.session, workshop.id)):
        abort(404)
    out = edition.languages_out
    return Sheet(edition, current, language() if language() in out else out[0])


def state_of(slug: str, report: str) -> tuple[object, ...] | None:
    """What a released report depends on: itself, and everything that its sources are made of."""
    row = read_state(queries.REPORT_STATE, {"slug": slug, "report": report})
    return row and tuple(row)


@bp.get("/workshops/<slug>/reports/<report>")
@public
@keep_page(state_of)
def report(slug: str, report: str) -> str:
    """The report as a page."""
    it = sheet(slug, report)
    address = addresses(it.edition.report.workshop, it.current, inside=False)
    reading = Reading(it.edition.paragraphs_out, it.current, address=address)
    return render_template("deliberation/editions/report.html", **page_context(it), reading=reading, on_paper=False)


def page_context(it: Sheet) -> dict[str, object]:
    """What the pages of a report have in common."""
    workshop = db.session.execute(queries.page_of(it.edition.report.workshop)).one()
    return {"edition": it.edition, "report": it.edition.report, "workshop": workshop, "paper_language": it.language}


@bp.get("/workshops/<slug>/reports/<report>.pdf")
@public
@keep_page(state_of)
def pdf(slug: str, report: str) -> HttpResponse:
    """The PDF from storage; where it must be made first, the page that says so."""
    it = sheet(slug, report)
    rendering = it.rendering
    if rendering is None or not rendering.stored_as:
        return redirect(it.url("editions.pdf_progress"))
    return named(
        HttpResponse(files.get(rendering.stored_as), mimetype="application/pdf"), f"{it.file_name}.pdf", "inline"
    )


@reports_resting_on.by
def reports_told(
    workshop: Workshop, snapshots: Collection[Snapshot], findings: Collection[Finding]
) -> Iterator[tuple[str, str]]:
    """To respondents: the reports in which results that count their answers, or findings about them, are evidence."""
    wanted = {(SourceKind.SNAPSHOT, each.id) for each in snapshots} | {
        (SourceKind.FINDING, each.id) for each in findings
    }
    modes = modes_now(db.session, workshop.id)
    for edition in db.session.scalars(queries.released_editions(workshop.id)):
        cited = {(source.kind, source.source_id) for each in edition.paragraphs for source in each.sources}
        if not wanted.isdisjoint(cited) and not rules.stricter_now(edition, modes):
            yield (
                edition.title.in_(language())[0],
                url_for("editions.report", slug=workshop.slug, report=edition.report.slug),
            )


def named(response: HttpResponse, name: str, disposition: str = "attachment") -> HttpResponse:
    response.headers.set("Content-Disposition", disposition, filename=name)
    return response


@bp.get("/workshops/<slug>/reports/<report>/pdf")
@public
def pdf_progress(slug: str, report: str) -> str:
    """How far the PDF is, or the button that asks for it."""
    it = sheet(slug, report)
    return render_template(
        "deliberation/editions/pdf_progress.html",
        **page_context(it),
        address=it.address,
        opens=it.url("editions.pdf"),
        **prints.progress(it.rendering, STEPS),
    )


@bp.post("/workshops/<slug>/reports/<report>/pdf")
@public
@limited("10 per minute")
def ask_for_pdf(slug: str, report: str) -> HttpResponse:
    """Have the PDF made, once: one that is being made is waited for."""
    it = sheet(slug, report)
    rendering = it.rendering or Rendering(
        edition=it.edition, language=it.language, fingerprint=print_of(it.edition, it.language)
    )
    prints.ask(rendering, RENDER, STEPS, at=now())
    db.session.commit()
    return redirect(it.url("editions.pdf_progress"))


@bp.get("/workshops/<slug>/reports/<report>.docx")
@public
@limited("60 per minute")
def docx(slug: str, report: str) -> HttpResponse:
    """The report as a Word document, with real headings, numbers and tables."""
    it = sheet(slug, report)
    return made_files.give(
        DOCUMENT, f"{it.file_name}.docx", language=it.language, back=it.url("editions.report"), edition=it.edition.id
    )


@bp.get("/workshops/<slug>/reports/<report>.txt")
@public
def text(slug: str, report: str) -> HttpResponse:
    """The words alone."""
    it = sheet(slug, report)
    return HttpResponse(as_text(it.edition, it.language), mimetype="text/plain")


@bp.get("/workshops/<slug>/reports/<report>.json")
@public
def data(slug: str, report: str) -> HttpResponse:
    """Paragraphs with what each rests on, for machines and auditors."""
    it = sheet(slug, report)
    return HttpResponse(as_json(it.edition), mimetype="application/json")
