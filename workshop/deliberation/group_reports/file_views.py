"""The report of a group to take away: as a Word document, as a printed page, as slides to report from."""

from flask import abort, url_for
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.capture.rules import READERS
from workshop.platform import made_files
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp
from .tasks import DOCUMENT, PAGE, SLIDES
from .views import desk_of


@bp.get("/workshops/<slug>/breakouts/<int:number>/report.docx")
@holding(*READERS)
def word(workshop: Workshop, number: int) -> HttpResponse:
    """For those who may read the page, whatever its state: the document says whether it is signed."""
    return file_of_report(workshop, number, DOCUMENT, "report.docx")


@bp.get("/workshops/<slug>/breakouts/<int:number>/report.pdf")
@holding(*READERS)
def page(workshop: Workshop, number: int) -> HttpResponse:
    """To hand out in the room, or to print for the file."""
    return file_of_report(workshop, number, PAGE, "report.pdf")


@bp.get("/workshops/<slug>/breakouts/<int:number>/report-slides.pdf")
@holding(*READERS)
def slides(workshop: Workshop, number: int) -> HttpResponse:
    """For whoever reports from the group in the plenary: a page for each question, and no name on any."""
    return file_of_report(workshop, number, SLIDES, "slides.pdf")


def file_of_report(workshop: Workshop, number: int, kind: str, name: str) -> HttpResponse:
    """Made for its state of now; nothing to make where the rapporteur has not begun."""
    report = desk_of(workshop, number).report or abort(404)
    back = url_for("group_reports.group", slug=workshop.slug, number=number)
    return made_files.give(kind, f"group-{number}-{name}", language=language(), back=back, report=report.id)
