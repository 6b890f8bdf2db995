"""What stands on the sheets of a questionnaire, before it becomes PDF or Word."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import force_locale, get_locale

from workshop.consultation.questions.question import Kind
from workshop.platform.i18n import LOCALES


@dataclass(frozen=True)
class PrintedText:
    """A text of the questionnaire and the language it is in."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Choice:
    """Something to tick; `lines` to write beside it; `alone` when it is ticked alone or not at all."""

    label: PrintedText
    lines: bool = False
    alone: bool = False


@dataclass
class PrintedQuestion:
    """One question as drawn. `draw` names the shape of its answer; the rest is what that shape needs."""

    number: str
    kind: Kind
    text: PrintedText
    hint: PrintedText
    why: PrintedText
    guidance: PrintedText
    required: bool
    limits: str
    go_to: list[str]
    draw: str
    choices: list[Choice] = field(default_factory=list)
    rows: list[PrintedText] = field(default_factory=list)
    points: list[int] = field(default_factory=list)
    ends: tuple[PrintedText, PrintedText] = (PrintedText("", ""), PrintedText("", ""))
    lines: int = 0
    unit: str = ""
    labels: list[str] = field(default_factory=list)  # what is written on each line
    stop: str = ""  # what ends the questionnaire


@dataclass
class Part:
    code: str
    title: PrintedText
    note: PrintedText
    questions: list[PrintedQuestion]


@dataclass
class Paper:
    """The sheets in one language; `own` is the language of our own words on them."""

    language: str
    own: str
    title: PrintedText
    introduction: PrintedText
    told: list[tuple[str, PrintedText]]
    publications: list[str]
    parts: list[Part]
    edition: str
    closes_at: datetime | None
    zone: str

    @property
    def closing_day(self) -> str:
        """In the words of the language that is being spoken."""
        closes = self.closes_at
        return format_date(closes.astimezone(ZoneInfo(self.zone)), "long", locale=get_locale()) if closes else ""


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Our own words inside are said in this language, or in English."""
    with force_locale(LOCALES[own_language(code)]):
        yield


def own_language(code: str) -> str:
    """The language that our own words are in on paper of this language."""
    return code if code in LOCALES else "en"
