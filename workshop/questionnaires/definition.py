"""What a questionnaire asks: one typed model for the screen, validation, results, paper and XLSForm.

A version keeps it as a JSON document (its keys: `document.py`); `Definition.read` checks and types it.
Shapes of the answers, by type of question:

    one                 "npo"; or "other", with the person's own words (if any) under "B5_other"
    many                ["home", "other"], in the order of the options; own words under "B6_other"
    rank                ["ski", "rem"], the most important first
    matrix              {"com": "mon", "loc": "yr"}, row to column; rows left open are left out
    scale, integer      4
    decimal             "2.5", digits and a point
    money               {"amount": "1200.50", "currency": "EUR"}
    country             "TUN" (ISO 3166-1 alpha-3)
    countries           ["MAR", "TUN"], in the order given
    text, longtext      "Casa Abierta (synthetic)"
    consent             true or false
    consents            ["cont", "res"]; the address given for them under "F4_email"

A question without an answer has no key. "other" is never the code of an ordinary option.
Of a submitted response, a question that has no key was either not asked (`asked` says so) or left without an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .document import DefinitionError, Entry, read_lists, read_section
from .expressions import evaluate
from .questions import Kind, Option, Question, Section

__all__ = ["Definition", "DefinitionError", "Kind", "Option", "Question", "Section"]


@dataclass(frozen=True)
class Definition:
    languages: tuple[str, ...]
    lists: Mapping[str, tuple[Option, ...]]
    sections: tuple[Section, ...]

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Definition":
        """The model of a document. Raises DefinitionError, which names the place of the first fault."""
        entry = Entry(document, "questionnaire")
        languages = tuple(entry.take("languages", list))
        lists = read_lists(entry.take("lists", dict))
        earlier: dict[str, Question] = {}
        sections = tuple(
            read_section(Entry(data, f"section {number}"), lists, earlier)
            for number, data in enumerate(entry.take("sections", list), 1)
        )
        entry.nothing_else()
        if not languages or not sections:
            entry.fail("at least one language and one section are needed.")
        if len({section.code for section in sections}) < len(sections):
            entry.fail("two sections have the same code.")
        return cls(languages, lists, sections)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def section(self, code: str) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)

    def question(self, code: str) -> Question | None:
        return next((question for question in self.questions if question.code == code), None)

    def asked(self, answers: Mapping[str, Any]) -> frozenset[str]:
        """The codes of the questions these answers lead to. An answer to a question that is not asked counts as none."""
        counted: dict[str, Any] = {}
        codes = []
        for question in self.questions:
            if question.condition is None or evaluate(question.condition, counted):
                codes.append(question.code)
                if question.code in answers:
                    counted[question.code] = answers[question.code]
        return frozenset(codes)
