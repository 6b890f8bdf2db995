"""Writing a condition by choosing: a question, how it compares, and an answer. And checking one while it is typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.consultation.questions import draft_editing
from workshop.consultation.questions.document_checks import UNCOMPARED
from workshop.consultation.questions.draft_checks import readable
from workshop.consultation.questions.logic.answer_domains import NUMERIC, SEVERAL
from workshop.consultation.questions.logic.condition_words import ConditionWords
from workshop.consultation.questions.logic.draft_conditions import Conditions, Fault
from workshop.consultation.questions.logic.expressions import NUMBER, And, Or, is_date, to_text
from workshop.consultation.questions.logic.grammar import ExpressionError, parse, parse_calculation
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.register.countries import countries, name_of

SIGNS = {"is": "=", "is-not": "!=", "less": "<", "at-most": "<=", "more": ">", "at-least": ">="}


@dataclass(frozen=True)
class Choice:
    """A question that a condition may look at, and the answers one may choose: code and words."""

    code: str
    text: str
    several: bool
    answers: list[tuple[str, str]]


def signs() -> dict[str, str]:
    """How an answer compares, in words."""
    return {
        "is": _("is, or includes"),
        "is-not": _("is not, or does not include"),
        "more": _("is more than"),
        "at-least": _("is at least"),
        "less": _("is less than"),
        "at-most": _("is at most"),
        "answered": _("is answered"),
        "open": _("is left blank"),
    }


def choices(document: Document, before: str, language: str) -> list[Choice]:
    """The questions before this question or section, whose answers can be compared."""
    found: list[Choice] = []
    repeat = draft_editing.repeat_of(document, before)
    for section in draft_editing.sections(document):
        if section["code"] == before:
            break
        for question in draft_editing.with_inner(section["questions"]):
            if question["code"] == before:
                return found
            if (asked_in := draft_editing.repeat_of(document, question["code"])) and asked_in is not repeat:
                continue
            kind = Kind(question["type"])
            if kind not in UNCOMPARED:
                text = Words(question.get("text", {})).in_(language)[0]
                found.append(Choice(question["code"], text, kind in SEVERAL, _answers(question, document, language)))
    return found


def _answers(question: QuestionDraft, document: Document, language: str) -> list[tuple[str, str]]:
    match Kind(question["type"]):
        case Kind.CONSENT:
            return [("yes", _("Yes")), ("no", _("No"))]
        case Kind.ONE | Kind.MANY | Kind.RANK | Kind.CONSENTS:
            listed = document["lists"].get(question.get("options", ""), [])
            named = [(option["code"], Words(option.get("label", {})).in_(language)[0]) for option in listed]
            return named + ([("other", _("Other"))] if question.get("other") else [])
        case Kind.SCALE:
            return [
                (str(step), str(step)) for step in range(int(question.get("min", 0)), int(question.get("max", 0)) + 1)
            ]
    return []


def compose(document: Document, chosen: Mapping[str, str]) -> str:
    """The condition that was chosen. Raises RuleBroken where the answer does not go with the question."""
    code, sign, typed = (chosen.get(f"helper-{part}", "").strip() for part in ("question", "sign", "value"))
    question = draft_editing.question(document, code)
    if question is None or sign not in signs():
        raise RuleBroken(_("Choose a question and a comparison."), "condition")
    if sign in {"answered", "open"}:
        return f"${{{code}}} {'!=' if sign == 'answered' else '='} ''"
    kind = Kind(question["type"])
    value = _value(question, document, typed, kind)
    if kind in SEVERAL:
        if sign not in {"is", "is-not"}:
            return f"count-selected(${{{code}}}) {SIGNS[sign]} {value}"
        included = f"selected(${{{code}}}, '{value}')"
        return included if sign == "is" else f"not({included})"
    is_figure = kind in NUMERIC or (kind is Kind.CALCULATION and NUMBER.fullmatch(value))
    written = value if is_figure else f"'{value}'"
    return f"${{{code}}} {SIGNS[sign]} {written}"


def _value(question: QuestionDraft, document: Document, typed: str, kind: Kind) -> str:
    """The code of the answer meant by a code or by its words; a number or date as it is."""
    known = _answers(question, document, document["languages"][0])
    if kind in {Kind.COUNTRY, Kind.COUNTRIES}:
        known = [(code, name_of(code, language)) for code in countries() for language in ("en", "fr", "es")]
    for code, words in known:
        if typed == code or (typed and typed.casefold() == words.casefold()):
            return code
    if kind is Kind.DATE and is_date(typed):
        return typed
    if NUMBER.fullmatch(typed) and (kind in NUMERIC or kind in SEVERAL):
        return typed
    if known or not typed or kind in NUMERIC | {Kind.DATE} or "'" in typed:
        raise RuleBroken(
            _("“%(typed)s” is not an answer to %(code)s.", typed=typed, code=question["code"]), "condition"
        )
    return typed


def join_conditions(before: str, added: str, joint: str) -> str:
    """Both conditions, or either; with brackets where they are needed, as far as what stands there can be read."""
    if not before.strip():
        return added
    try:
        parts = (parse(before), parse(added))
    except ExpressionError:
        return f"{before} {'or' if joint == 'or' else 'and'} {added}"
    return to_text(Or(parts) if joint == "or" else And(parts))


def speaker(document: Document, language: str) -> Callable[[str, str], str]:
    """Says the expression in one of the fields in words; "" where it cannot be read."""
    speak = ConditionWords(readable(document).questions, (language, *document["languages"]), {})

    def say(key: str, text: str) -> str:
        try:
            return speak.operand(parse_calculation(text)) if key in {"calculation", "times"} else speak.of(parse(text))
        except ExpressionError:
            return ""

    return say


def in_words(document: Document, texts: Mapping[str, str], language: str) -> dict[str, str]:
    """Each expression said in words, by key; none for what cannot be read."""
    say = speaker(document, language)
    return {key: said for key, text in texts.items() if (said := say(key, text))}


def remarks(document: Document, *, kind: str, code: str, key: str, text: str, section: str, type: str) -> list[Fault]:
    """What is wrong with a condition or limit as it is being typed, were it saved like this.

    A question that was never saved stands at the end of its `section`, a section at the end of all.
    """
    if kind not in {"question", "section"} or key not in draft_editing.EXPRESSIONS or (type and type not in set(Kind)):
        raise RuleBroken(_("This cannot be checked."))
    if kind == "section" and draft_editing.section(document, code) is None:
        document, code = draft_editing.add_section(document, {"en": "…"})
    if kind == "question" and draft_editing.question(document, code) is None:
        document = draft_editing.add_question(document, section, {"code": code, "type": type, "text": {"en": "…"}})
    changed = with_text(document, kind=kind, code=code, key=key, text=text)
    faults = Conditions(changed, readable(changed).questions).faults()
    return [fault for fault in faults if (fault.kind, fault.code, fault.field) == (kind, code, key)]


def with_text(document: Document, *, kind: str, code: str, key: str, text: str) -> Document:
    values = {key: " ".join(text.split())}
    if kind == "section":
        return draft_editing.edit_section(document, code, **values)
    return draft_editing.edit_question(document, code, **values)
