"""The agenda on paper: the programme, and the overview on one page; and when a PDF of it must be made anew."""

import hashlib
from functools import cache

from flask import render_template

from workshop.platform.pdf import STATIC, Pdf, Renderer

from .models import Layout
from .published_programme import Programme

PAGES = {
    Layout.PROGRAMME: "programme/agenda_out/pdf/programme.html",
    Layout.OVERVIEW: "programme/agenda_out/pdf/overview.html",
}
STYLESHEET = "css/programme.css"
DENSITIES = ("roomy", "close", "dense")  # how tightly an overview is set
ROOM_FOR = {"roomy": 16, "close": 44}  # sessions that may fit on a page


def page_html(programme: Programme, layout: Layout, density: str = "") -> str:
    """The page that is made into a PDF."""
    return render_template(PAGES[layout], programme=programme, workshop=programme.workshop, density=density)


def fingerprint(programme: Programme, layout: Layout) -> str:
    """What the PDF is made of: the same programme in the same looks gives the same."""
    page = page_html(programme, layout)
    return hashlib.sha256(f"{looks()}|{page}".encode()).hexdigest()[:32]


@cache
def looks() -> str:
    return hashlib.sha256((STATIC / STYLESHEET).read_bytes()).hexdigest()


def make_pdf(programme: Programme, layout: Layout) -> Pdf:
    """The PDF. Raises PdfUnavailable without Pango, PdfFailed when it passes a limit.

    An overview is set as roomily as one page allows; one that needs more pages even when set tightly gets them.
    """
    pdf = None
    for density in densities(len(programme.blocks)) if layout is Layout.OVERVIEW else ("",):
        with Renderer(STYLESHEET) as renderer:
            pdf = renderer.render(page_html(programme, layout, density))
        if pdf.pages == 1:
            break
    assert pdf  # noqa: S101  # there is a density at least
    return pdf


def densities(sessions: int) -> list[str]:
    """Those that may bring so many sessions onto one page; the last of them is made whatever it needs."""
    return [each for each in DENSITIES if sessions <= ROOM_FOR.get(each, sessions)]
