"""Random questionnaires that are all valid, for properties."""

from typing import Any

from hypothesis import strategies as st

from tests.consultation.questions.logic.test_expressions import trees
from workshop.consultation.questions.questionnaire_document import (
    Document,
    OptionDraft,
    QuestionDraft,
    SectionDraft,
    option,
)

LANGUAGES = ("en", "fr", "ar")
WORDS = st.sampled_from(
    ("Yes", "A long label, with “quotes”", "a < b & c", "= 1 + 1", "No-break space", "Two\nlines", "سؤال", "#1")
)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), WORDS, min_size=1)
MAYBE = st.dictionaries(st.sampled_from(LANGUAGES), WORDS)
LISTS = {"yesno": ("y", "n"), "a list": ("a", "b-c", "1", "D_4"), "rows": ("r1", "2"), "spare": ("x",)}
SEVERAL = ("many", "consents")
FIGURES = ("integer", "decimal", "money")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Up to three sections of up to five questions of any kind, with conditions and limits."""
    codes: list[str] = []
    made: Document = {
        "languages": list(LANGUAGES),
        "lists": {name: [_option(draw, code) for code in listed] for name, listed in LISTS.items()},
        "sections": [_section(draw, letter, codes) for letter in "ABC"[: draw(st.integers(1, 3))]],
    }
    if title := draw(MAYBE):
        made["title"] = title
    if introduction := draw(MAYBE):
        made["introduction"] = introduction
    return made


def _option(draw: st.DrawFn, code: str) -> OptionDraft:
    return option(code, draw(TEXTS), exclusive=draw(st.booleans()))


def _section(draw: st.DrawFn, letter: str, codes: list[str]) -> SectionDraft:
    section: SectionDraft = {"code": letter, "title": draw(TEXTS), "questions": []}
    if note := draw(MAYBE):
        section["note"] = note
    if condition := _condition(draw, codes):
        section["condition"] = condition["condition"]
    for number in range(1, draw(st.integers(1, 5)) + 1):
        section["questions"].append(_question(draw, f"{letter}{number}", codes))
    return section


def _said(key: str, words: dict[str, str]) -> dict[str, Any]:
    return {key: words} if words else {}


def _condition(draw: st.DrawFn, codes: list[str]) -> dict[str, str]:
    if not codes or not draw(st.booleans()):
        return {}
    name = draw(st.sampled_from(codes))
    return {
        "condition": draw(
            st.sampled_from(
                (
                    f"${{{name}}} != ''",
                    f"${{{name}}} > 2.5 or ${{{name}}} = -1",
                    f"not(${{{name}}} = '' and 3 < ${{{name}}})",
                    f"count-selected(${{{name}}}) >= 2",
                )
            )
        )
    }


def _question(draw: st.DrawFn, code: str, codes: list[str]) -> QuestionDraft:
    kind = draw(st.sampled_from(sorted(KINDS)))
    question: QuestionDraft = (
        {"code": code, "type": kind, "text": draw(TEXTS)} | KINDS[kind](draw) | _condition(draw, codes)
    )
    question |= {key: words for key in ("hint", "why") if (words := draw(MAYBE))}
    marks = ("personal", "sensitive", *(("required",) if kind != "note" else ()))
    question |= {key: True for key in marks if draw(st.booleans())}
    if kind not in ("matrix", "note", "file") and draw(st.booleans()):
        question["limit"] = draw(
            st.sampled_from((". != 'x'", ". >= 5", "not(. = 3) or . > 10", "count-selected(.) <= 4"))
        )
        question |= _said("limit_message", draw(MAYBE))
    if kind not in ("matrix", "note", "file"):
        codes.append(code)
    return question


def _few(draw: st.DrawFn, **values: st.SearchStrategy[Any]) -> dict[str, Any]:
    return {key: draw(strategy) for key, strategy in values.items() if draw(st.booleans())}


LISTED = st.sampled_from(("yesno", "a list"))
DAYS = st.sampled_from(("2005-02-28", "today"))
KINDS: dict[str, Any] = {
    "one": lambda draw: {"options": draw(LISTED), "other": draw(st.booleans())},
    "many": lambda draw: (
        {"options": draw(LISTED), "other": draw(st.booleans())}
        | _few(draw, min_choices=st.just(1), max_choices=st.integers(1, 3))
    ),
    "rank": lambda draw: {"options": draw(LISTED)} | _few(draw, top=st.integers(1, 2)),
    "matrix": lambda draw: {"rows": draw(st.sampled_from(("rows", "yesno"))), "columns": draw(LISTED)},
    "scale": lambda draw: {
        "min": draw(st.integers(-1, 1)),
        "max": draw(st.integers(2, 8)),
        "ends": {k: v for k in ("low", "high") if (v := draw(MAYBE))},
    },
    "integer": lambda draw: _few(draw, min=st.integers(-5, 0), max=st.integers(1, 9), unit=st.just("persons")),
    "decimal": lambda draw: _few(
        draw, min=st.just("-0.5"), max=st.just("99.99"), decimals=st.integers(0, 4), unit_label=TEXTS
    ),
    "money": lambda draw: _few(draw, min=st.just(0), currency=st.just("EUR")),
    "date": lambda draw: _few(draw, earliest=DAYS, latest=DAYS),
    "year": lambda draw: _few(draw, min=st.just(1850), max=st.just("current_year")),
    "country": lambda draw: {},
    "countries": lambda draw: _few(draw, min_choices=st.just(2), max_choices=st.integers(2, 5)),
    "text": lambda draw: _few(draw, max_length=st.integers(1, 500)),
    "longtext": lambda draw: _few(draw, max_length=st.integers(1, 5000)),
    "file": lambda draw: _few(draw, kinds=st.just(["pdf", "docx"]), max_size=st.integers(1, 9)),
    "email": lambda draw: {},
    "note": lambda draw: {},
    "consent": lambda draw: _few(draw, on_no=st.just("end")),
    "consents": lambda draw: {"options": draw(LISTED)} | _few(draw, reveals=st.just("email")),
}
__all__ = ["documents", "trees"]
