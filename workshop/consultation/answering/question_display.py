"""What the pages of a questionnaire show: each question ready to be drawn."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType

from markupsafe import Markup

from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questions import answer_wording, entries
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.figures import typed_figures
from workshop.consultation.questions.logic.expressions import names
from workshop.consultation.questions.logic.filled_texts import filled_question, filled_section, speaker
from workshop.consultation.questions.question import Question, Section
from workshop.platform.i18n import language
from workshop.secretariat.register import countries

from . import section_paging
from .display.drawings import Drawings, Shown
from .display.shown_question import Surroundings, show_question


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
    manner: tuple[object, ...] | None = None,
) -> dict[str, object]:
    """What the page of a section is drawn from, by name.

    `errors` are the problems to show, by question; `typed` is what stands in the form in place of what is kept; `more` is the question for which more places were asked. With `manner` what looks the same for everyone is kept (see drawings.py).
    """
    counted = definition.settled(response.answers)[1]
    pages = section_paging.pages_of(definition, counted)
    here = frozenset(each.code for q in section.questions for each in (q, *q.questions))
    drawings = Drawings(definition, at, *manner) if manner is not None else None
    around = Surroundings(definition.everything, counted, here, at, seed=str(response.id or ""), more=more)
    return {
        "section": filled_section(section, around.say),
        "questions": [
            _shown(question, section, definition, response, errors.get(question.code, ""), around, typed, drawings)
            for question in section_paging.on_page(section, counted)
        ],
        "known": answers_elsewhere(section, counted, here),
        "number": pages.index(section) + 1 if section in pages else 1,
        "count": len(pages),
        "pages": [filled_section(each, around.say) for each in pages],
        "countries": country_options(language()),
        "currencies": currency_options(language()),
        "draw": drawings.draw if drawings else (lambda shown, macro: macro(shown)),
        "chosen_of": chosen_of,
        "decimal_mark": typed_figures.decimal_mark,
        "place_name": answer_wording.place,
    }


def _shown(
    question: Question,
    section: Section,
    definition: Definition,
    response: Response,
    error: str,
    around: Surroundings,
    typed: Mapping[str, entries.Entry],
    drawings: Drawings | None,
) -> Shown:
    kept = entries.entry_to_show(question, response.answers, response.drafts)
    is_new = not kept and section.code not in response.done and question.code not in response.drafts
    entry = typed.get(question.code, entries.default_entry(question) if is_new else kept)
    is_blank = not entry and not kept and not error and around.more != question.code
    if drawings and is_blank and (drawn := drawings.find(question)):
        return drawn
    only_if = answer_wording.only_if(question, section, definition)
    return show_question(question, around, entry=entry, was=kept, error=error, only_if=only_if)


@cache
def country_options(language: str) -> Markup:
    return _options(countries.in_order(language))


@cache
def currency_options(language: str) -> Markup:
    return _options((code, f"{code} – {name}") for code, name in typed_figures.in_order(language))


def _options(choices: Iterable[tuple[str, str]]) -> Markup:
    """The options of a long list, drawn once for each language: to draw them took most of a page's time."""
    return Markup().join(Markup("<option value={}>{}\n").format(code, name) for code, name in choices)


def chosen_of(options: Markup, code: str) -> Markup:
    """The same with one of them chosen; none where there is no such code."""
    return options.replace(f"<option value={code}>", Markup("<option value={} selected>").format(code), 1)


def answers_elsewhere(section: Section, counted: Mapping[str, object], here: Collection[str]) -> dict[str, object]:
    """The answers from elsewhere that this page looks at, and no others."""
    trees = [
        tree
        for question in section.questions
        for each in (question, *question.questions)
        for tree in (each.condition, each.required_if, each.filter, each.calculation, each.times)
        if tree is not None
    ]
    wanted = frozenset[str]().union(*map(names, trees))
    return {code: counted[code] for code in sorted((wanted & counted.keys()) - set(here))}


def summary(
    definition: Definition, response: Response, problems: Mapping[str, str]
) -> list[tuple[Section, list[Answered]]]:
    """Everything asked, by section, with its answer or what was typed instead."""
    asked, counted = definition.settled(response.answers)
    say = speaker(definition.everything, counted)
    return [
        (
            filled_section(section, say),
            [
                _answered(filled_question(q, say), response, problems.get(q.code, ""))
                for q in section.questions
                if q.asks and q.code in asked
            ],
        )
        for section in section_paging.pages_of(definition, counted)
    ]


def _answered(question: Question, response: Response, problem: str) -> Answered:
    return Answered(question, answer_wording.lines(question, response.answers), problem)
