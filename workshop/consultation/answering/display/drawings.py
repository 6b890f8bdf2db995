"""A question that is not answered yet looks the same to everyone: it is drawn once for each language of a published version.

What holds anything of a respondent is drawn for that page and not kept: an answer, a problem, a text that repeats an answer,
an order drawn by lot. The drawings live as long as the definition does (see `read_published`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import g
from markupsafe import Markup

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.filled_texts import is_filled
from workshop.consultation.questions.question import Kind, Question
from workshop.platform.i18n import language, reading

from .shown_question import DisplayedQuestion

MOST = 600  # of one version; then all are drawn anew
CHANGING = {Kind.REPEAT, Kind.CALCULATION, Kind.FILE}


@dataclass(frozen=True)
class DrawnQuestion:
    """A question of which the drawing is there. `fell_back` says that a text of it was only there in another language."""

    question: Question
    markup: Markup
    fell_back: bool
    error: str = ""


Shown = DisplayedQuestion | DrawnQuestion


class Drawings:
    """Those of one page; `manner` is what changes how questions look on it beside the language, such as who types."""

    def __init__(self, definition: Definition, at: datetime, *manner: object) -> None:
        self._kept = definition.drawings
        self._manner = (reading(), language(), at.date(), *manner)
        self._wanted: set[str] = set()

    def find(self, question: Question) -> DrawnQuestion | None:
        """The drawing of a question without an answer. Where there is none yet, the one that is made will be kept."""
        found = self._kept.get((question.code, *self._manner))
        if isinstance(found, DrawnQuestion):
            return found
        if _is_steady(question):
            self._wanted.add(question.code)
        return None

    def draw(self, shown: Shown, macro: Callable[[DisplayedQuestion], Markup]) -> Markup:
        """For the page: what is kept, or what the macro makes of it."""
        fell_back = g.get("fell_back", False)
        if isinstance(shown, DrawnQuestion):
            g.fell_back = fell_back or shown.fell_back
            return shown.markup
        g.fell_back = False
        markup = macro(shown)
        if shown.question.code in self._wanted:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[(shown.question.code, *self._manner)] = DrawnQuestion(shown.question, markup, g.fell_back)
        g.fell_back = fell_back or g.fell_back
        return markup


def _is_steady(question: Question) -> bool:
    """Whether nothing but its own answer and its problem changes how it looks."""
    if question.type in CHANGING or question.shuffle or question.filter or question.required_if:
        return False
    return not is_filled(question)
