"""Badges on paper: eight on a sheet, some hundreds at a time, joined into one file."""

import hashlib
import io
from collections.abc import Sequence

from flask import render_template
from flask_babel import gettext as _

from workshop.participation.delegations.statuses import STATES
from workshop.platform import prints
from workshop.platform.i18n import language
from workshop.platform.mail import link_to
from workshop.platform.pdf import Pdf, Renderer
from workshop.secretariat.register.countries import name_of
from workshop.secretariat.series.models import Workshop

from .badge_layout import Face, face
from .models import Badge

STYLESHEET = "css/badges.css"
PAGE = "participation/attendance/pdf/badges.html"
MADE_BY = ("templates/participation/attendance/pdf/*.html", f"static/{STYLESHEET}")
FOLDER = "badges"  # of its own, so that what names somebody erased can be removed
AT_ONCE, ON_A_SHEET = 504, 8  # so many stay within 200 MB


def fingerprint(badges: Sequence[Badge], code: str) -> str:
    """Of which badges, with which names, in which looks."""
    said = [(each.key, each.participant.plain_name, each.participant.category.value) for each in badges]
    return hashlib.sha256(f"{prints.layout(MADE_BY, code)}|{said!r}".encode()).hexdigest()[:32]


def face_of(badge: Badge) -> Face:
    """Whoever speaks for a State without a delegation bears its name."""
    who, code = badge.participant, language()
    state = name_of(who.country, code) if who.category in STATES and who.country else ""
    return face(who, who.body_in(code) or state, link_to("attendance.badge", key=badge.key))


def make_pdf(workshop: Workshop, badges: Sequence[Badge]) -> Pdf:
    """The PDF. Raises PdfUnavailable without Pango, PdfFailed when it passes a limit."""
    parts = [render_part(workshop, badges[start : start + AT_ONCE]) for start in range(0, max(1, len(badges)), AT_ONCE)]
    return parts[0] if len(parts) == 1 else join_parts(parts)


def render_part(workshop: Workshop, badges: Sequence[Badge]) -> Pdf:
    with Renderer(STYLESHEET) as renderer:
        faces = [face_of(each) for each in badges]
        sheets = [faces[first : first + ON_A_SHEET] for first in range(0, len(faces), ON_A_SHEET)]
        return renderer.render(render_template(PAGE, workshop=workshop, sheets=sheets))


def join_parts(parts: Sequence[Pdf]) -> Pdf:
    """One file that says its title and language; what reads a page aloud is only in a file of one part."""
    from pypdf import PdfReader, PdfWriter  # here because only badges are joined
    from pypdf.generic import NameObject, TextStringObject

    writer = PdfWriter()
    for part in parts:
        writer.append(PdfReader(io.BytesIO(part.content)))
    writer.add_metadata({"/Title": _("Badges"), "/Creator": "Intersession"})
    writer.root_object[NameObject("/Lang")] = TextStringObject(language())
    out = io.BytesIO()
    writer.write(out)
    return Pdf(out.getvalue(), sum(part.pages for part in parts))
