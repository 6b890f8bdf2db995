"""What the pages of a questionnaire show: each question ready to be drawn."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType

from markupsafe import Markup

from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questions import answer_wording, entries, figures
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import names, to_json
from workshop.consultation.questions.question import Kind, Question, Section
from workshop.platform.i18n import language
from workshop.secretariat.register import countries

from . import section_paging


@dataclass(frozen=True)
class DisplayedQuestion:
    """A question on a page: what was typed, what is wrong with it, and when it is asked.

    `tree` is its condition for the script, as JSON, where it depends on answers of the same page; else empty.
    `held` names the file that was sent before. `more` asks for all places of a question about countries; without it one is shown until a second is filled.
    """

    question: Question
    entry: entries.Entry
    error: str
    limits: str
    only_if: str
    tree: str
    was: str
    more: bool = False
    held: str = ""

    @property
    def places(self) -> int:
        one = self.question.type is Kind.COUNTRIES and not self.more and len(self.entry) < 2
        return 1 if one else self.question.places

    @property
    def unit(self) -> str:
        return answer_wording.unit(self.question)

    @property
    def most(self) -> int | None:
        """How many choices or characters there may be; the script counts along."""
        return self.question.max_choices or self.question.max_length

    @property
    def described_by(self) -> str:
        """The ids of hint, error and unit, for aria-describedby."""
        hinted = self.question.hint or self.question.why or self.limits or self.only_if
        ids = {"hint": hinted, "error": self.error, "unit": self.unit}
        return " ".join(f"{self.question.code}-{name}" for name, there in ids.items() if there)

    def name(self, part: str) -> str:
        return entries.name(self.question, part)

    def text(self, part: str = "") -> str:
        return self.entry.get(part, [""])[0]

    def chose(self, code: str, part: str = "") -> bool:
        return code in self.entry.get(part, [])


@dataclass(frozen=True)
class Answered:
    """A question in the summary: its answer line by line, or what is wrong with what was typed (the message repeats it)."""

    question: Question
    lines: list[answer_wording.Line]
    problem: str


def page(
    definition: Definition,
    section: Section,
    response: Response,
    errors: Mapping[str, str],
    *,
    more: str,
    at: datetime,
    typed: Mapping[str, entries.Entry] = MappingProxyType({}),
) -> dict[str, object]:
    """What the page of a section is drawn from, by name.

    `errors` are the problems to show, by question; `typed` is what stands in the form in place of what is kept; `more` is the question for which more places were asked.
    """
    pages = section_paging.pages(definition, response.answers)
    return {
        "section": section,
        "questions": [
            _shown(question, section, definition, response, errors.get(question.code, ""), more, at, typed)
            for question in section_paging.on_page(definition, section, response.answers)
        ],
        "known": answers_elsewhere(definition, section, response.answers),
        "number": pages.index(section) + 1 if section in pages else 1,
        "count": len(pages),
        "countries": country_options(language()),
        "currencies": currency_options(language()),
        "chosen_of": chosen_of,
        "place_name": answer_wording.place,
    }


def _shown(
    question: Question,
    section: Section,
    definition: Definition,
    response: Response,
    error: str,
    more: str,
    at: datetime,
    typed: Mapping[str, entries.Entry],
) -> DisplayedQuestion:
    kept = entries.entry_to_show(question, response.answers, response.drafts)
    entry = typed.get(question.code, kept)
    only_if = answer_wording.only_if(question, section, definition)
    return DisplayedQuestion(
        question=question,
        entry=entry,
        held=" ".join(str(line.text) for line in answer_wording.lines(question, response.answers))
        if question.type is Kind.FILE
        else "",
        error=error,
        limits=answer_wording.limits(question, at),
        only_if=only_if,
        tree=json.dumps(to_json(question.condition)) if question.condition and only_if else "",
        was=entries.fingerprint(kept),
        more=more == question.code,
    )


@cache
def country_options(language: str) -> Markup:
    return _options(countries.in_order(language))


@cache
def currency_options(language: str) -> Markup:
    return _options((code, f"{code} – {name}") for code, name in figures.in_order(language))


def _options(choices: Iterable[tuple[str, str]]) -> Markup:
    """The options of a long list, drawn once for each language: to draw them took most of a page's time."""
    return Markup().join(Markup("<option value={}>{}\n").format(code, name) for code, name in choices)


def chosen_of(options: Markup, code: str) -> Markup:
    """The same with one of them chosen; none where there is no such code."""
    return options.replace(f"<option value={code}>", Markup("<option value={} selected>").format(code), 1)


def answers_elsewhere(definition: Definition, section: Section, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers from elsewhere that conditions on this page look at, and no others."""
    wanted = frozenset[str]().union(*(names(q.condition) for q in section.questions if q.condition))
    here = {question.code for question in section.questions}
    asked = definition.asked(answers)
    return {code: answers[code] for code in sorted((wanted & asked & answers.keys()) - here)}


def summary(
    definition: Definition, response: Response, problems: Mapping[str, str]
) -> list[tuple[Section, list[Answered]]]:
    """Everything asked, by section, with its answer or what was typed instead."""
    asked, asking = definition.asked(response.answers), frozenset(q.code for q in definition.answerable)
    return [
        (
            section,
            [_answered(q, response, problems.get(q.code, "")) for q in section.questions if q.code in asked & asking],
        )
        for section in section_paging.pages(definition, response.answers)
    ]


def _answered(question: Question, response: Response, problem: str) -> Answered:
    return Answered(question, answer_wording.lines(question, response.answers), problem)
