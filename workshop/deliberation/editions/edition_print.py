"""An edition on sheets of paper: the page that is set, and when a PDF must be made anew."""

import hashlib
from datetime import datetime

from flask import render_template

from workshop.deliberation.plenary.multilingual_prose import spoken_in
from workshop.deliberation.plenary.reading import Reading
from workshop.platform.prints import layout

from .models import Edition, EditionState

LAID_OUT_BY = (
    "templates/deliberation/editions/pdf/*.html",
    "templates/deliberation/editions/_*.html",
    "templates/deliberation/plenary/_*.html",
    "static/css/report.css",
)
FINAL = (EditionState.CLEARED, EditionState.RELEASED, EditionState.WITHDRAWN)


def print_of(edition: Edition, language: str) -> str:
    """The fingerprint of the PDF that this edition needs: its text, whether it is a draft, and how it is set."""
    corrected = edition.corrigendum.text if edition.corrigendum else {}
    facts = f"{edition.digest}|{corrected}|{edition.state in FINAL}|{issued_at(edition)}|{language}|{layout(LAID_OUT_BY, language)}"
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def issued_at(edition: Edition) -> datetime:
    """The date it bears: that of its clearing, before that of its making."""
    return edition.cleared_at or edition.made_at


def page_html(edition: Edition, language: str) -> str:
    """The page that is made into a PDF. Paper cannot tell what became of a source later, so it says nothing of it."""
    with spoken_in(language):
        return render_template(
            "deliberation/editions/pdf/report.html",
            edition=edition,
            report=edition.report,
            workshop=edition.report.workshop,
            reading=Reading(edition.paragraphs),
            is_draft=edition.state not in FINAL,
            on_paper=True,
            issued_at=issued_at(edition),
        )
