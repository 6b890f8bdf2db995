"""Small questionnaires for tests, written short."""

from typing import Any

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import Expression, to_text
from workshop.consultation.questions.question import Question
from workshop.consultation.questions.questionnaire_document import Document, OptionDraft, QuestionDraft, option
from workshop.demonstration.questionnaires_2005 import read_document

LISTS = {
    "yesno": ["y", "n"],
    "fields": ["edu", "hea", "wat", "!no"],
    "rows": ["com", "gov"],
    "columns": ["low", "high"],
}


def document(*questions: QuestionDraft, **sections: list[QuestionDraft]) -> Document:
    """A document with these questions in section A, or with the sections named. `!no` is an exclusive option."""
    return {
        "languages": ["en", "fr"],
        "lists": {name: [_option(code) for code in codes] for name, codes in LISTS.items()},
        "sections": [
            {"code": code, "title": {"en": f"Part {code}"}, "questions": list(listed)}
            for code, listed in (sections or {"A": list(questions)}).items()
        ],
    }


def _option(code: str) -> OptionDraft:
    plain = code.removeprefix("!")
    return option(plain, {"en": plain.capitalize()}, exclusive=code != plain)


def asks(code: str, type: str, **but: Any) -> QuestionDraft:
    return {"code": code, "type": type, "text": {"en": f"Question {code}"}} | but


def question(type: str, **but: Any) -> Question:
    """One question Q1 of this type."""
    return Definition.read(document(asks("Q1", type, **but))).questions[0]


def diaspora() -> Definition:
    """The real one: 34 questions."""
    return Definition.read(read_document())


def text_of(condition: Expression | None) -> str:
    """A condition that must be there, as it is written."""
    assert condition is not None
    return to_text(condition)
