"""Badges on paper: eight on a sheet, some hundreds at a time, joined into one file."""

import hashlib
import io
from collections.abc import Sequence

from flask import render_template

from workshop.platform import prints
from workshop.platform.i18n import language
from workshop.platform.mail import link_to
from workshop.platform.pdf import Pdf, Renderer
from workshop.secretariat.series.models import Workshop

from .badge_layout import Face, face
from .models import Badge

STYLESHEET = "css/badges.css"
PAGE = "participation/attendance/pdf/badges.html"
MADE_BY = ("templates/participation/attendance/pdf/*.html", f"static/{STYLESHEET}")
FOLDER = "badges"  # of its own, so that what names somebody erased can be removed
AT_ONCE, ON_A_SHEET = 240, 8


def fingerprint(badges: Sequence[Badge], code: str) -> str:
    """Of which badges, with which names, in which looks."""
    said = [(each.key, each.participant.plain_name, each.participant.category.value) for each in badges]
    return hashlib.sha256(f"{prints.layout(MADE_BY, code)}|{said!r}".encode()).hexdigest()[:32]


def face_of(badge: Badge) -> Face:
    who = badge.participant
    return face(who, who.body_in(language()), link_to("attendance.badge", key=badge.key))


def make_pdf(workshop: Workshop, badges: Sequence[Badge]) -> Pdf:
    """The PDF. Raises PdfUnavailable without Pango, PdfFailed when it passes a limit."""
    from pypdf import PdfReader, PdfWriter  # here because only badges are joined

    joined, pages = PdfWriter(), 0
    for start in range(0, len(badges), AT_ONCE):
        faces = [face_of(each) for each in badges[start : start + AT_ONCE]]
        sheets = [faces[first : first + ON_A_SHEET] for first in range(0, len(faces), ON_A_SHEET)]
        with Renderer(STYLESHEET) as renderer:
            part = renderer.render(render_template(PAGE, workshop=workshop, sheets=sheets))
        joined.append(PdfReader(io.BytesIO(part.content)))
        pages += part.pages
    out = io.BytesIO()
    joined.write(out)
    return Pdf(out.getvalue(), pages)
