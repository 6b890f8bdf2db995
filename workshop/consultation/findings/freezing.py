"""Freezing answers: from responses to columns of codes that lead back to nobody."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime
from decimal import Decimal
from operator import itemgetter
from typing import Protocol

from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import names
from workshop.consultation.questions.question import Kind, Question
from workshop.platform.db import Words

from .models import Snapshot, SnapshotColumn
from .suppression import threshold
from .tallies.spread import cuts
from .tallies.traits import BAND, Traits, banded

NOT_ASKED, NO_ANSWER, FIRST = 0, 1, 2
ANSWERED, CHOSEN, UNRANKED = FIRST, FIRST + 1, FIRST
OTHER = "other"
MOST_WAYS = 20_000
FIGURES = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR}
CODED = {Kind.ONE, Kind.SCALE, Kind.COUNTRY}
PARTED = {Kind.MANY, Kind.RANK, Kind.MATRIX}


class Answered(Protocol):
    """As much of a response as freezing looks at; for who answered and how, see `traits.py`."""

    @property
    def state(self) -> ResponseState: ...
    @property
    def answers(self) -> Mapping[str, object]: ...
    @property
    def is_synthetic(self) -> bool: ...


def freeze(
    version: QuestionnaireVersion,
    definition: Definition,
    responses: Iterable[Answered],
    *,
    number: int,
    title: Words,
    caveat: Words,
    at: datetime,
    asked_in: Mapping[int, Definition] | None = None,
) -> Snapshot:
    """A snapshot of the submitted answers as they stand. `version` is the newest of those counted."""
    snapshot = Snapshot(
        version=version, number=number, taken_at=at, responses=0, title=title, caveat=caveat, versions=[version.number]
    )
    fill(snapshot, definition, responses, asked_in=asked_in)
    return snapshot


def fill(
    snapshot: Snapshot,
    definition: Definition,
    responses: Iterable[Answered],
    *,
    asked_in: Mapping[int, Definition] | None = None,
) -> None:
    """Put the submitted answers into a snapshot. What comes, changes or is withdrawn later does not reach it.

    Texts and personal answers are counted, never kept. The rows are shuffled once, by the system's own source of
    chance, so that a row of the snapshot cannot be told from its place to be this or that response.

    `asked_in`: where answers to several versions are counted, what each version asked, by its number.
    """
    writers = [_Writer(question) for question in definition.answerable]
    traits = Traits(snapshot.questionnaire)
    ways = defaultdict(
        lambda: Ways(definition, definition), {n: Ways(own, definition) for n, own in (asked_in or {}).items()}
    )
    count, synthetic = 0, False
    by_code = [(writer.question.code, writer.write) for writer in writers]
    for response in responses:
        if response.state is not ResponseState.SUBMITTED or not traits.note(response):
            continue
        answers = response.answers
        asked = ways[getattr(response, "version", 0)].asked(answers)
        for code, write in by_code:
            write(answers.get(code), asked=code in asked)
        count, synthetic = count + 1, synthetic or response.is_synthetic
    order = list(range(count))
    random.SystemRandom().shuffle(order)
    columns = [column for writer in writers for column in writer.columns(order)]
    columns += [
        SnapshotColumn(position=0, question=name, options=options, codes=_in_order(codes, order))
        for name, options, codes in traits.columns()
    ]
    for position, column in enumerate(columns, 1):
        column.position = position
    snapshot.responses, snapshot.includes_synthetic, snapshot.columns = count, synthetic, columns
    snapshot.individuals, snapshot.beside = traits.individuals, traits.beside


def parts_of(question: Question) -> list[str]:
    """The names of a question's columns."""
    if question.type not in PARTED or question.personal:
        return [question.code]
    parts = question.rows if question.type is Kind.MATRIX else question.options
    codes = [part.code for part in parts] + ([OTHER] if question.other else [])
    return [f"{question.code}.{code}" for code in codes]


class Ways:
    """Which questions a response to one version was asked, among those that are still of the same type.

    That depends on few answers, so a hundred thousand responses go few ways.
    """

    def __init__(self, own: Definition, together: Definition) -> None:
        self.own = own
        types = {question.code: question.type for question in own.questions}
        self.same = {q.code for q in together.questions if types.get(q.code) is q.type}
        looked_at = (names(question.condition) for question in own.questions if question.condition)
        self.names = sorted({name for each in looked_at for name in each})
        self.known: dict[str, Set[str]] = {}

    def asked(self, answers: Mapping[str, object]) -> Set[str]:
        key = repr([answers.get(name) for name in self.names])
        if key not in self.known:
            if len(self.known) > MOST_WAYS:
                self.known.clear()
            self.known[key] = self.own.asked(answers) & self.same
        return self.known[key]


class _Writer:
    """The columns of one question while the responses go by."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.kind = None if question.personal else question.type
        self.parts = [name.rpartition(".")[2] for name in parts_of(question)]
        self.codes = [bytearray() for _ in self.parts]
        self.options = _options(question)
        self.code_of = {option: FIRST + index for index, option in enumerate(self.options)}
        self.figures: dict[str, list[Decimal]] = {}
        self.named: dict[str, int] = {}
        self.row_figures: dict[str, dict[int, Decimal]] = {}  # by currency and row, until they are banded

    def write(self, answer: object, *, asked: bool) -> None:
        """Asked for every question of every response: whatever does not depend on the answer was found out before."""
        if not asked or answer in (None, "", [], {}):
            code = NO_ANSWER if asked else NOT_ASKED
            for column in self.codes:
                column.append(code)
        elif self.kind in CODED:
            self.codes[0].append(self._code(str(answer)))
        else:
            for column, code in zip(self.codes, self._codes(answer), strict=True):
                column.append(code)

    def _codes(self, answer: object) -> list[int]:
        match self.kind, answer:
            case Kind.MANY, list(chosen):
                return [CHOSEN if part in chosen else FIRST for part in self.parts]
            case Kind.RANK, list(ranked):
                place = {code: number for number, code in enumerate(ranked, 1)}
                return [UNRANKED + place.get(part, 0) for part in self.parts]
            case Kind.MATRIX, dict(chosen):
                return [self.code_of[chosen[part]] if part in chosen else NO_ANSWER for part in self.parts]
            case _:
                self._add_figure(self.kind, answer)
                return [ANSWERED]

    def _add_figure(self, kind: Kind | None, answer: object) -> None:
        """Figures and countries are kept beside the codes, where no row leads to them."""
        match kind, answer:
            case Kind.MONEY, {"amount": amount, "currency": currency}:
                self._note_figure(currency, Decimal(str(amount)))
            case Kind.COUNTRIES, list(named):
                self.named |= {code: self.named.get(code, 0) + 1 for code in named}
            case _ if kind in FIGURES:
                self._note_figure("", Decimal(str(answer)))

    def _note_figure(self, currency: str, figure: Decimal) -> None:
        self.figures.setdefault(currency, []).append(figure)
        self.row_figures.setdefault(currency, {})[len(self.codes[0])] = figure

    def _code(self, option: str) -> int:
        """The code of an option. Countries are listed as they come: there are fewer than 254."""
        if self.question.type is Kind.COUNTRY and option not in self.code_of:
            self.code_of[option] = FIRST + len(self.options)
            self.options.append(option)
        return self.code_of[option]

    def columns(self, order: list[int]) -> Iterator[SnapshotColumn]:
        self._sort_options()
        numbers: dict[str, int | list[str]] = {
            key: [str(n) for n in sorted(values)] for key, values in sorted(self.figures.items())
        }
        for name, codes in zip(parts_of(self.question), self.codes, strict=True):
            yield SnapshotColumn(
                position=0,
                question=name,
                options=list(self.options),
                codes=_in_order(codes, order),
                numbers=numbers | dict(sorted(self.named.items())),
            )
        yield from self._bands(order)

    def _bands(self, order: list[int]) -> Iterator[SnapshotColumn]:
        """A figure in bands, "~B4"; sums of money for each currency that enough answered in, "~E1.CHF"."""
        for currency, figures in sorted(self.row_figures.items()):
            edges = cuts(sorted(figures.values()), self.question.unit, k=threshold(self.question))
            if edges:
                options, bands = banded(self.codes[0], figures, edges)
                name = f"{BAND}{self.question.code}" + (f".{currency}" if currency else "")
                yield SnapshotColumn(position=0, question=name, options=options, codes=_in_order(bands, order))

    def _sort_options(self) -> None:
        """Countries stand by their code: as they came they would tell who answered first."""
        if self.question.type is Kind.COUNTRY and not self.question.personal:
            self.options.sort()
            came = bytes(self.code_of.values())
            now = bytes(FIRST + self.options.index(code) for code in self.code_of)
            self.codes = [column.translate(bytes.maketrans(came, now)) for column in self.codes]


def _options(question: Question) -> list[str]:
    if question.personal:
        return ["answered"]
    match question.type:
        case Kind.ONE:
            return [option.code for option in question.options] + ([OTHER] if question.other else [])
        case Kind.SCALE:
            return [str(step) for step in question.steps]
        case Kind.COUNTRY:
            return []
        case Kind.MANY:
            return ["not chosen", "chosen"]
        case Kind.RANK:
            return ["not ranked", *(str(place) for place in range(1, question.places + 1))]
        case Kind.MATRIX:
            return [column.code for column in question.columns]
    return ["answered"]


def _in_order(codes: bytearray, order: list[int]) -> bytes:
    if len(order) < 2:  # itemgetter of one index gives no sequence
        return bytes(codes)
    return bytes(itemgetter(*order)(codes))
