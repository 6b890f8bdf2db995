"""The page that is made into the PDF of a questionnaire, and when it must be made anew."""

import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import render_template
from markupsafe import Markup

from workshop.i18n import direction

from .edition import Edition
from .paper import paper, speaking
from .paper_words import said

ROOT = Path(__file__).resolve().parents[2]
STYLESHEET = "css/paper.css"
LAID_OUT_BY = ("templates/instruments/pdf/*.html", "static/css/paper.css", "workshop/instruments/paper*",
               "workshop/instruments/routing*.py")  # fmt: skip


def laid_out(of: Edition, language: str, *, at: datetime) -> str:
    """The page, in one language of the questionnaire."""
    with speaking(language):
        sheets = paper(of, language, at=at)

        def spoken(code: str) -> Markup:
            """The marks of a text in another language than the paper's."""
            if not code or code == language:
                return Markup("")
            return Markup(' lang="{}" dir="{}"').format(code.replace("_", "-"), direction(code))

        return render_template(
            "instruments/pdf/paper.html", paper=sheets, workshop=of.questionnaire.workshop, _=said, spoken=spoken,
            closes=sheets.closing_day,
        )  # fmt: skip


def print_of(of: Edition, language: str, *, at: datetime) -> str:
    """The fingerprint of the PDF needed now. The year of printing stands on it where a limit is the current year."""
    questionnaire = of.questionnaire
    told = [of.document, of.title, of.introduction, questionnaire.workshop.title, str(questionnaire.closes_at),
            language, at.year, layout_of(language)]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def layout_of(language: str) -> str:
    """A hash of how it is set on paper, and of our words in that language."""
    digest = hashlib.sha256()
    for pattern in (*LAID_OUT_BY, f"translations/{language}/**/*.po"):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
