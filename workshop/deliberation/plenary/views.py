"""The report to the plenary as everyone reads it: a page, and a PDF in each language, served from storage."""

from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, prints
from workshop.platform.access import limited, public
from workshop.platform.caching import not_modified, tag_page
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.secretariat.series.queries import roles_in_workshop

from . import bp, queries
from .models import PlenaryReport, Rendering
from .multilingual_prose import percent, with_originals
from .report_print import Reading, print_of
from .rules import EDITORS
from .source_addresses import addresses
from .sources import Current, state_of
from .tasks import RENDER, STEPS

bp.add_app_template_filter(with_originals, "printed")
bp.add_app_template_filter(percent)


@dataclass
class Sheet:
    """A report, what became of its sources, and the one PDF of it that is wanted."""

    report: PlenaryReport
    inside: bool
    current: Current
    language: str
    fingerprint: str

    @property
    def address(self) -> dict[str, str]:
        return {"slug": self.report.workshop.slug, "report": self.report.slug, "lang": self.language}

    def url(self, endpoint: str) -> str:
        """A page of this report, in the language it is read in."""
        return url_for(endpoint, slug=self.report.workshop.slug, report=self.report.slug, lang=self.language)

    @property
    def rendering(self) -> Rendering | None:
        """The PDF of the report as it stands, made or asked for."""
        return db.session.scalar(queries.rendering(self.report, self.language, self.fingerprint))


def sheet(slug: str, name: str) -> Sheet:
    """A report that this reader may see: a published one, or the draft of those who work on it. 404 otherwise."""
    report: PlenaryReport = db.one_or_404(queries.report(slug, name))
    inside = works_on(slug)
    if not inside and not (report.published_at and report.workshop.published):
        abort(404)
    current = queries.current(db.session, report.workshop)
    wanted = language_of_paper(report)
    return Sheet(report, inside, current, wanted, print_of(report, wanted, current))


def works_on(slug: str) -> bool:
    if not current_user.is_authenticated:
        return False
    return any(
        membership.role in EDITORS for _, membership in db.session.execute(roles_in_workshop(current_user, slug))
    )


def language_of_paper(report: PlenaryReport) -> str:
    """The reader's language where the report is written in it, else the first of the workshop."""
    languages = report.workshop.languages
    return language() if language() in languages else languages[0]


@bp.get("/workshops/<slug>/reports/<report>")
@public
def report(slug: str, report: str) -> str | HttpResponse:
    """The report as a page."""
    it = sheet(slug, report)
    workshop = it.report.workshop
    version = (workshop.version, it.report.edition, state_of(it.report.paragraphs, it.current))
    build = current_app.config["BUILD"]
    if fresh := not_modified(*version, build=build):
        return fresh
    tag_page(*version, build=build)
    address = addresses(workshop, it.current, inside=it.inside)
    reading = Reading(it.report, it.current, inside=it.inside, address=address)
    return render_template("deliberation/plenary/report.html", **page_context(it), reading=reading, on_paper=False)


def page_context(it: Sheet) -> dict[str, object]:
    """What the pages of a report have in common."""
    workshop = db.session.execute(queries.page_of(it.report.workshop)).one()
    return {"report": it.report, "workshop": workshop, "inside": it.inside, "paper_language": it.language}


@bp.get("/workshops/<slug>/reports/<report>.pdf")
@public
def pdf(slug: str, report: str) -> HttpResponse:
    """The PDF from storage; where it must be made first, the page that says so."""
    it = sheet(slug, report)
    rendering = it.rendering
    if rendering is None or not rendering.stored_as:
        return redirect(it.url("plenary.pdf_progress"))
    if fresh := not_modified(rendering.stored_as, build=""):
        return fresh
    tag_page(rendering.stored_as, build="")
    response = HttpResponse(files.get(rendering.stored_as), mimetype="application/pdf")
    name = f"{it.report.workshop.slug}-{it.report.slug}-{it.language}.pdf"
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response


@bp.get("/workshops/<slug>/reports/<report>/pdf")
@public
def pdf_progress(slug: str, report: str) -> str:
    """How far the PDF is, or the button that asks for it."""
    it = sheet(slug, report)
    return render_template(
        "deliberation/plenary/pdf_progress.html",
        **page_context(it),
        address=it.address,
        opens=it.url("plenary.pdf"),
        **prints.progress(it.rendering, STEPS),
    )


@bp.post("/workshops/<slug>/reports/<report>/pdf")
@public
@limited("10 per minute")
def ask_for_pdf(slug: str, report: str) -> HttpResponse:
    """Have the PDF made, once: one that is being made is waited for."""
    it = sheet(slug, report)
    rendering = it.rendering or Rendering(report=it.report, language=it.language, fingerprint=it.fingerprint)
    prints.ask(rendering, RENDER, STEPS, at=now())
    db.session.commit()
    return redirect(it.url("plenary.pdf_progress"))
