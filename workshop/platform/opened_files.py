"""What stands in a file that was opened apart, as plain data: it comes back from the child as JSON."""

from typing import Literal, NotRequired, TypedDict, final

from .foreign import sandbox
from .foreign.limits import AGENDA, SHEETS, SURVEY, TABLE, Limit

Paragraphs = list[tuple[bool, list[str]]]  # of one cell: whether each is a bullet, and its lines


@final
class LinePart(TypedDict):
    """A line of a document: its text, its number, whether it is a bullet, its level as a heading."""

    line: tuple[str, int, bool, int]


@final
class TablePart(TypedDict):
    """A table of a document, counted from 1."""

    table: int
    rows: list[list[Paragraphs]]


class NumberedRows(TypedDict):
    """A sheet: the rows that hold something, each with its number."""

    name: str
    rows: list[tuple[int, list[str]]]


class ScheduleEvent(TypedDict):
    """An event of a schedule in XML, and the line it begins in."""

    facts: dict[str, str]
    people: list[str]
    room: str
    day: str
    line: int


class CalendarEvent(TypedDict):
    """An event of a calendar, and the line it begins in. Times are as written; None where they cannot be read."""

    line: int
    uid: str
    status: str
    location: str
    description: str
    title: str
    language: str
    repeats: bool
    categories: list[str]
    attendees: list[str]
    start: str | None
    end: str
    zone_differs: NotRequired[bool]


class AgendaFile(TypedDict):
    """Whether the encoding of its text had to be guessed."""

    guessed: NotRequired[bool]


class AgendaText(AgendaFile):
    kind: Literal["text", "pdf", "pptx", "odt", "odp"]
    text: str


class AgendaParts(AgendaFile):
    kind: Literal["docx", "html"]
    parts: list[LinePart | TablePart]


class AgendaSheets(AgendaFile):
    kind: Literal["xlsx"]
    sheets: list[NumberedRows]


class XmlSchedule(AgendaFile):
    kind: Literal["xml"]
    made_by: str
    events: list[ScheduleEvent]


class JsonSchedule(AgendaFile):
    kind: Literal["json"]
    document: object


class Calendar(AgendaFile):
    kind: Literal["ics"]
    made_by: str
    events: list[CalendarEvent]


OpenedAgenda = AgendaText | AgendaParts | AgendaSheets | XmlSchedule | JsonSchedule | Calendar


class FilledCells(TypedDict):
    """A sheet of a form: its columns, its rows as filled cells by column, and rows with cells under no heading."""

    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]
    headless: list[int]


class XlsForm(TypedDict):
    """The sheets that are read, and the names of others that hold something."""

    kind: Literal["xlsform"]
    sheets: dict[str, FilledCells]
    others: list[str]


class LimeSurvey(TypedDict):
    """The tables of a survey; `left` names what else lay in its archive: answers, and who was invited."""

    kind: Literal["limesurvey"]
    left: list[str]
    tables: dict[str, list[dict[str, str]]]
    languages: list[str]


class OwnQuestionnaire(TypedDict):
    kind: Literal["json"]
    document: object


OpenedSurvey = XlsForm | LimeSurvey | OwnQuestionnaire


def opened_agenda(content: bytes, *, name: str = "", limit: Limit = AGENDA) -> OpenedAgenda:
    """An agenda in whatever kind of file. Raises Unreadable, as all of these do."""
    found: OpenedAgenda = sandbox.read(limit, content, name=name)
    return found


def opened_survey(content: bytes, *, name: str = "") -> OpenedSurvey:
    """A questionnaire of somebody else, or one of our own."""
    found: OpenedSurvey = sandbox.read(SURVEY, content, name=name)
    return found


def opened_form_sheets(content: bytes) -> dict[str, FilledCells]:
    """The sheets of a workbook by name."""
    found: dict[str, FilledCells] = sandbox.read(SHEETS, content)["sheets"]
    return found


def opened_tables(content: bytes, *, name: str = "", headings: list[str]) -> list[NumberedRows]:
    """The sheets of a workbook, or a text as one; by the `headings` its separator is told."""
    found: list[NumberedRows] = sandbox.read(TABLE, content, name=name, headings=headings)["sheets"]
    return found
