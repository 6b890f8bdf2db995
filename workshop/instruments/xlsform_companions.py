"""Rows beside a question for what is written beside its answer: own words, an address, a currency."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from workshop.questionnaires.expressions import Expression, Or, Selected
from workshop.questionnaires.questions import Question
from workshop.questionnaires.wording import OWN_WORDS

from .expressions_xlsform import write
from .languages import in_each
from .xlsform_words import EMAIL, OTHER, OWN


def other_row(question: Question, name: str, languages: Sequence[str]) -> dict[str, Any]:
    label = in_each(languages, lambda: _("Other: please say which"))
    return _row(question, name, "other_text", label) | {
        "relevant": write(Selected(question.code, OTHER)), "constraint": f"string-length(.) <= {OWN_WORDS}",
    }  # fmt: skip


def email_row(question: Question, name: str, languages: Sequence[str]) -> dict[str, Any]:
    label = in_each(languages, lambda: _("E-mail address we may use for this"))
    given: list[Expression] = [Selected(question.code, o.code) for o in question.options if not o.exclusive]
    relevant = {"relevant": write(Or(tuple(given)) if len(given) > 1 else given[0])} if given else {}
    return _row(question, name, "email_text", label) | relevant | {"constraint": f"regex(., '{EMAIL}')"}


def currency_row(question: Question, name: str, languages: Sequence[str]) -> dict[str, Any]:
    label = in_each(languages, lambda: _("Currency (three letters, such as EUR)"))
    relevant = {"relevant": write(question.own_condition)} if question.own_condition else {}
    return _row(question, name, "currency_text", label) | {"constraint": "regex(., '^[A-Z]{3}$')"} | relevant


def _row(question: Question, name: str, kind: str, label: Any) -> dict[str, Any]:
    return {"type": "text", "name": name, "label": label, f"{OWN}type": kind, f"{OWN}part_of": question.code}
