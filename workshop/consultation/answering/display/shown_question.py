"""One question ready to be drawn: its words with earlier answers in them, what was typed, and what the script needs."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workshop.consultation.questions import answer_checks, answer_wording, entries
from workshop.consultation.questions.answers import accept
from workshop.consultation.questions.choices import long_lists
from workshop.consultation.questions.figures import figure_answers
from workshop.consultation.questions.logic.counted_answers import columns_of, how_many, offered, settle_into
from workshop.consultation.questions.logic.evaluation import evaluate
from workshop.consultation.questions.logic.expressions import COLUMN, conjuncts, names, to_json
from workshop.consultation.questions.logic.filled_texts import Say, filled_question, filled_text, repeated, speaker
from workshop.consultation.questions.question import Kind, Option, Question
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import language, reading


@dataclass(frozen=True)
class DisplayedQuestion:
    """A question on a page: what was typed, what is wrong with it, and when it is asked.

    `tree`, `required_tree`, `filter` and `calculation` are for the script, as JSON, where they depend on answers of the
    same page; else empty. `live` are its text and hint with the names of such answers still in them.
    `held` names the file that was sent before; `readings` are the figures that were possibly meant, and how each is written.
    `more` asks for all places of a question about countries; without it one is shown until a second is filled.
    `list_length` is that of a list which is searched, `unseen` how many more were found than are shown.
    `entries` are those of a repeat; `within` is the code that a question has there.
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
    readings: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    required_tree: str = ""
    filter: str = ""
    calculation: str = ""
    live: Mapping[str, str] = field(default_factory=dict)
    entries: tuple["DisplayedEntry", ...] = ()
    within: str = ""
    list_length: int = 0
    unseen: int = 0

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

    @property
    def can_grow(self) -> bool:
        """Whether a repeat may have one more entry."""
        return self.question.times is None and len(self.entries) < self.question.most_entries

    def name(self, part: str) -> str:
        return entries.name(self.question, part)

    def text(self, part: str = "") -> str:
        return self.entry.get(part, [""])[0]

    def chose(self, code: str, part: str = "") -> bool:
        return code in self.entry.get(part, [])

    def seen_by_filter(self, option: Option) -> str:
        """What the filter of the choices looks at in one of them, for the script."""
        return json.dumps({name.removeprefix(COLUMN): value for name, value in columns_of(option).items()})


@dataclass(frozen=True)
class DisplayedEntry:
    """One entry of a repeat."""

    number: int
    name: str
    questions: tuple[DisplayedQuestion, ...]


@dataclass(frozen=True)
class Surroundings:
    """What a page knows beside the question: the answers that count, the questions on it, and all of the questionnaire."""

    everything: Mapping[str, Question]
    counted: Mapping[str, object]
    here: frozenset[str]
    at: datetime
    seed: str = ""
    more: str = ""

    @property
    def say(self) -> Say:
        return speaker(self.everything, self.counted)


def show_question(
    question: Question,
    around: Surroundings,
    *,
    entry: entries.Entry,
    was: entries.Entry,
    error: str = "",
    only_if: str = "",
) -> DisplayedQuestion:
    """A question with what stands in its controls. `was` is what is kept of it."""
    here, counted = around.here, around.counted
    depends = {
        key: _depends(getattr(question, key), here) for key in ("condition", "required_if", "filter", "calculation")
    }
    filled = _in_random_order(filled_question(question, around.say), around.seed)
    possible = offered(filled, counted) if question.filter and not depends["filter"] else filled.options
    searched, unseen = long_lists.is_long(question) and len(possible) > long_lists.LONG, 0
    if searched:
        codes = [code for part in ("", "other") for code in entry.get(part, [])]
        listed, unseen = long_lists.to_choose_from(possible, codes, entry.get(long_lists.FIND, [""])[0])
        filled = replace(filled, options=listed)
    elif possible != filled.options:
        filled = replace(filled, options=_still_chosen(filled, possible, entry))
    return DisplayedQuestion(
        question=filled,
        entry=entry,
        held=" ".join(str(line.text) for line in answer_wording.lines(question, counted))
        if question.type is Kind.FILE
        else "",
        error=error,
        limits=answer_wording.limits(question, around.at),
        only_if=only_if,
        tree=depends["condition"] if only_if or question.type is Kind.CALCULATION or question.within else "",
        was=entries.fingerprint(was),
        more=around.more == question.code,
        readings=_readings(question, entry, around.at),
        is_required=answer_checks.is_required(question, counted),
        required_tree=depends["required_if"],
        filter=depends["filter"],
        calculation=json.dumps(to_json(question.calculation)) if question.calculation else "",
        live=_live(question, around),
        list_length=len(possible) if searched else 0,
        unseen=unseen,
        entries=_entries(question, around, entry, error),
    )


def _depends(tree: object, here: frozenset[str]) -> str:
    """The tree for the script, where it looks at answers of this page."""
    return json.dumps(to_json(tree)) if tree is not None and names(tree) & here else ""  # type: ignore[arg-type]


def _live(question: Question, around: Surroundings) -> dict[str, str]:
    """Text and hint in the language of the page, where they repeat answers of the same page."""
    found = {}
    for key, words in (("text", question.text), ("hint", question.hint)):
        if here := repeated(words) & around.here:
            found[key] = filled_text(Words(words).in_(reading(), language(), "en")[0], around.say, but=here)
    return found


def _in_random_order(question: Question, seed: str) -> Question:
    """The options in an order that stays the same for one respondent; those chosen alone stay last."""
    if not question.shuffle or not seed:
        return question
    mixed = [option for option in question.options if not option.exclusive]
    random.Random(f"{seed}/{question.code}").shuffle(mixed)  # noqa: S311 - an order to read in, no secret
    return replace(question, options=(*mixed, *(option for option in question.options if option.exclusive)))


def _still_chosen(question: Question, options: tuple[Option, ...], entry: entries.Entry) -> tuple[Option, ...]:
    """The options offered, with those chosen before, so that nothing disappears unseen."""
    chosen = {code for codes in entry.values() for code in codes}
    return tuple(option for option in question.options if option in options or option.code in chosen)


def _readings(question: Question, entry: entries.Entry, at: datetime) -> tuple[tuple[str, str], ...]:
    typed = entry.get("amount" if question.type is Kind.MONEY else "", [""])[0]
    if question.type not in {Kind.DECIMAL, Kind.MONEY} or not typed:
        return ()
    asked = figure_answers.readings_to_choose(question, typed, at=at)
    return tuple((format(each, "f"), answer_wording.figure(question, each)) for each in asked)


def _entries(question: Question, around: Surroundings, entry: entries.Entry, error: str) -> tuple[DisplayedEntry, ...]:
    """The entries of a repeat: those typed, as many as are wanted, and a blank one to begin with or where asked for."""
    if question.type is not Kind.REPEAT:
        return ()
    typed = entries.entries_within(question, entry)
    wanted = how_many(question, around.counted)
    last = max([*typed, question.least or 0])
    blank = wanted is None and (not last or around.more == question.code)
    count = min(max(last, wanted or 0) + blank, question.most_entries)
    return tuple(
        DisplayedEntry(
            number,
            answer_wording.entry_name(question, number),
            tuple(_inner(question, around, number, typed.get(number, {}), is_wrong=bool(error))),
        )
        for number in range(1, count + 1)
    )


def _inner(
    question: Question,
    around: Surroundings,
    number: int,
    typed: Mapping[str, entries.Entry],
    *,
    is_wrong: bool,
) -> list[DisplayedQuestion]:
    """The questions of one entry that are asked, or may be once others of it are answered."""
    answers = _as_far_as_taken(question, typed, around.at)
    own = dict(around.counted)
    asked = settle_into(own, question.questions, answers)
    inside = Surroundings(
        around.everything, own, around.here | {q.code for q in question.questions}, around.at, around.seed
    )
    found = []
    for inner in question.questions:
        parts = conjuncts(inner.condition) if inner.condition else ()
        if not all(names(part) & inside.here or evaluate(part, around.counted) for part in parts):
            continue
        entry = typed.get(inner.code, {})
        error = _problem(inner, entry, answers, own, around.at) if is_wrong and inner.code in asked else ""
        drawn = show_question(inner, inside, entry=entry, was={}, error=error)
        code = f"{question.code}.{number}.{inner.code}"
        found.append(replace(drawn, question=replace(drawn.question, code=code), within=inner.code))
    return found


def _as_far_as_taken(question: Question, typed: Mapping[str, entries.Entry], at: datetime) -> dict[str, object]:

    answers: dict[str, object] = {}
    for inner in question.questions:
        try:
            answers |= accept(inner, typed.get(inner.code, {}), at=at)
        except RuleBroken:
            continue
    return answers


def _problem(
    inner: Question, entry: entries.Entry, answers: Mapping[str, object], own: Mapping[str, object], at: datetime
) -> str:

    try:
        accept(inner, entry, at=at)
    except RuleBroken as refusal:
        return str(refusal.message)
    return answer_checks.fault(inner, answers, own, at=at, on_paper=False) if inner.asks else ""
