"""The list of participants on paper, and when a PDF of it must be made anew."""

import hashlib
from collections.abc import Sequence

from flask import render_template

from workshop.platform import prints
from workshop.platform.pdf import Pdf, Renderer
from workshop.secretariat.series.models import Workshop

from ..models import ListEdition
from .list_files import designations, notes_of
from .participants_list import ListPart

STYLESHEET = "css/participants.css"
PAGE = "participation/registration/pdf/participants.html"
FOLDER = "participants"  # of its own, so that what names somebody erased can be removed
MADE_BY = ("templates/participation/registration/pdf/*.html", f"static/{STYLESHEET}")


def fingerprint(edition: ListEdition, parts: Sequence[ListPart], language: str) -> str:
    """Of which people, in which looks: whoever opts out is not printed again."""
    said = f"{prints.layout(MADE_BY, language)}|{edition.id}|{parts!r}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def make_pdf(workshop: Workshop, edition: ListEdition, parts: Sequence[ListPart]) -> Pdf:
    """The PDF. Raises PdfUnavailable without Pango, PdfFailed when it passes a limit."""
    with Renderer(STYLESHEET) as renderer:
        page = render_template(
            PAGE,
            workshop=workshop,
            edition=edition,
            parts=parts,
            notes=notes_of(edition),
            designations=designations(),
        )
        return renderer.render(page)
