"""The page that is made into the PDF of a questionnaire, and when it must be made anew."""

import hashlib
import json
from datetime import datetime

from flask import render_template
from markupsafe import Markup

from workshop.platform.i18n import direction
from workshop.platform.prints import layout

from ..edition import Edition
from .printed_form import paper
from .printed_parts import speaking

STYLESHEET = "css/paper.css"
LAID_OUT_BY = (
    "templates/consultation/survey_files/pdf/*.html",
    "static/css/paper.css",
    "workshop/consultation/survey_files/paper/*.py",
    "workshop/consultation/questions/logic/condition_words.py",
)


def page_html(of: Edition, language: str, *, at: datetime) -> str:
    """The page, in one language of the questionnaire."""
    with speaking(language):
        sheets = paper(of, language, at=at)

        def spoken(code: str) -> Markup:
            """The marks of a text in another language than the paper's."""
            if not code or code == language:
                return Markup("")
            return Markup(' lang="{}" dir="{}"').format(code.replace("_", "-"), direction(code))

        return render_template(
            "consultation/survey_files/pdf/paper.html",
            paper=sheets,
            workshop=of.questionnaire.workshop,
            spoken=spoken,
            closes=sheets.closing_day,
        )


def print_of(of: Edition, language: str, *, at: datetime) -> str:
    """The fingerprint of the PDF needed now. The year of printing stands on it where a limit is the current year."""
    questionnaire = of.questionnaire
    told = [
        of.document,
        of.mark,
        of.title,
        of.introduction,
        questionnaire.workshop.title,
        questionnaire.asked_by,
        questionnaire.purpose,
        questionnaire.readers,
        str(questionnaire.kept_until),
        questionnaire.asks_publication,
        questionnaire.anonymity,
        str(questionnaire.closes_at),
        language,
        at.year,
        layout(LAID_OUT_BY, language),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
