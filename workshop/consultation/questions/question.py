"""A question, its options and its section, as typed and frozen objects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from workshop.platform.db import Words
from workshop.platform.labels import Labelled

from .logic.expressions import Expression, Operand

CURRENT_YEAR = "current_year"
TODAY = "today"
MOST_ENTRIES = 50


class Kind(Labelled):
    """How a question is answered. The labels are what an editor reads."""

    ONE = "one", _l("one answer from a list")
    MANY = "many", _l("several answers from a list")
    RANK = "rank", _l("ranking")
    MATRIX = "matrix", _l("table of rows and columns")
    SCALE = "scale", _l("scale")
    INTEGER = "integer", _l("whole number")
    DECIMAL = "decimal", _l("number with decimals")
    MONEY = "money", _l("amount of money")
    DATE = "date", _l("date")
    TIME = "time", _l("time of day")
    MOMENT = "moment", _l("date and time")
    YEAR = "year", _l("year")
    COUNTRY = "country", _l("one country")
    COUNTRIES = "countries", _l("several countries")
    TEXT = "text", _l("short text")
    LONGTEXT = "longtext", _l("long text")
    FILE = "file", _l("file")
    EMAIL = "email", _l("email address")
    CONSENT = "consent", _l("consent, yes or no")
    CONSENTS = "consents", _l("several consents")
    NOTE = "note", _l("note without an answer")
    CALCULATION = "calculation", _l("calculation")
    REPEAT = "repeat", _l("repeated questions")


@dataclass(frozen=True)
class Option:
    """`exclusive`: chosen alone or not at all ("None of these"). `columns` are what a filter of choices looks at."""

    code: str
    label: Words
    exclusive: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question. `options`, `rows` and `columns` are resolved; `*_list` name the lists they come from.

    condition          when it is asked, that of its section included; `own_condition` is without it
    limit              what its answer, named ".", must fulfil; `limit_message` is said when it does not
    unit, unit_label   what a figure counts: one of wording.UNITS, or words of its own
    kinds, max_size    of a file: extensions, and megabytes
    earliest, latest   of a date; "today" is the day of answering
    minimum, maximum   limits of a figure; the latter may be "current_year", see `highest`
    max_length         characters of a text
    min_, max_choices  of many, consents and countries
    top                how many places of a rank are asked for
    decimals           digits after the point, at most
    currency           ISO 4217; empty leaves it to the respondent
    on_no              "end": refusing this consent ends the questionnaire
    reveals            "email": who gives one of these consents is asked for an address
    why                why we ask, shown with the question
    guidance           for whoever asks or types in; never shown to respondents
    required_if        when it must be answered, where that depends on other answers
    default            what the form holds at first, as typed: a figure, a text, codes with a space between
    filter             which of the options are offered, by their columns and by earlier answers
    shuffle, look      options in a random order; "minimal" shows a long list as one line that opens
    calculation        what a calculation works out
    questions          of a repeat: what each of its entries asks; `least` and `most` entries, or as many as `times` says
    item               what one entry is called
    within             the repeat that asks this question
    """

    code: str
    type: Kind
    text: Words
    hint: Words = field(default_factory=Words)
    why: Words = field(default_factory=Words)
    required: bool = False
    personal: bool = False
    sensitive: bool = False
    condition: Expression | None = None
    own_condition: Expression | None = None
    limit: Expression | None = None
    limit_message: Words = field(default_factory=Words)
    options: tuple[Option, ...] = ()
    options_list: str = ""
    other: bool = False
    min_choices: int | None = None
    max_choices: int | None = None
    top: int | None = None
    rows: tuple[Option, ...] = ()
    rows_list: str = ""
    columns: tuple[Option, ...] = ()
    columns_list: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | str | None = None
    max_length: int | None = None
    decimals: int = 2
    unit: str = ""
    unit_label: Words = field(default_factory=Words)
    currency: str = ""
    low: Words = field(default_factory=Words)
    high: Words = field(default_factory=Words)
    on_no: str = ""
    reveals: str = ""
    kinds: tuple[str, ...] = ()
    max_size: int | None = None
    earliest: str = ""
    latest: str = ""
    guidance: Words = field(default_factory=Words)
    required_if: Expression | None = None
    default: str = ""
    filter: Expression | None = None
    shuffle: bool = False
    look: str = ""
    calculation: Operand | None = None
    questions: tuple["Question", ...] = ()
    least: int | None = None
    most: int | None = None
    times: Operand | None = None
    item: Words = field(default_factory=Words)
    within: str = ""

    @property
    def places(self) -> int:
        """How many places a rank has, or how many countries may be named."""
        if self.type is Kind.COUNTRIES:
            return self.max_choices or 5
        return min(self.top or len(self.options), len(self.options))

    @property
    def steps(self) -> range:
        """The points of a scale."""
        return range(int(self.minimum or 0), int(Decimal(self.maximum or 0)) + 1)

    @property
    def most_entries(self) -> int:
        """How many entries a repeat may have."""
        return min(self.most or MOST_ENTRIES, MOST_ENTRIES)

    @property
    def asks(self) -> bool:
        """Whether a person answers it."""
        return self.type not in {Kind.NOTE, Kind.CALCULATION}

    @property
    def ends_on_no(self) -> bool:
        return self.on_no == "end"

    @property
    def beside(self) -> str:
        """The key of what is written beside the answer (own words, an address), or nothing."""
        return f"{self.code}_other" if self.other else f"{self.code}_email" if self.reveals else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which answers to this question are kept."""
        return (self.code, self.beside) if self.beside else (self.code,)

    def highest(self, at: datetime) -> Decimal | None:
        """The upper limit of a figure at that time."""
        if isinstance(self.maximum, str):
            return Decimal(at.year)
        return self.maximum

    def days(self, at: datetime) -> tuple[date | None, date | None]:
        """The earliest and the latest day that a date may be at that time."""
        first, last = (
            at.date() if day == TODAY else date.fromisoformat(day) if day else None
            for day in (self.earliest, self.latest)
        )
        return first, last

    @property
    def has_limits(self) -> bool:
        return self.minimum is not None or self.maximum is not None

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Section:
    """One page of questions."""

    code: str
    title: Words
    questions: tuple[Question, ...]
    note: Words = field(default_factory=Words)
    condition: Expression | None = None

    def question(self, code: str) -> Question:
        return next(question for question in self.questions if question.code == code)
