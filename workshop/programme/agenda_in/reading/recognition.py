"""Reading an agenda in whatever kind of file it came. The file is opened apart; only plain facts of it are read here."""

from collections.abc import Sequence

from flask_babel import gettext as _

from workshop.platform.foreign.limits import AGENDA
from workshop.platform.foreign.sandbox import Unreadable
from workshop.platform.opened_files import (
    AgendaParts,
    AgendaSheets,
    AgendaText,
    OpenedAgenda,
    opened_agenda,
)

from ..prose.calendar_days import Day
from ..prose.text_lines import Line, lines_of
from ..tables.records import header_of, read_table
from ..tables.sheet_tables import separated_by, separated_table, workbook_tables
from ..tables.text_tables import Table, is_schedule, schedule_lines
from . import frab_reader, icalendar_reader, json_reader
from .agenda_file import Agenda
from .competition import read_lines
from .day_clock import settle_times
from .document_lines import lines_and_tables, with_tables
from .remarks import Setting
from .warnings import look_over

LARGEST = AGENDA.sent


def read(content: bytes, setting: Setting, *, name: str = "") -> Agenda:
    """The agenda in this file. Raises Unreadable, written for the person, when there is none."""
    return read_opened(opened_agenda(content, name=name, limit=AGENDA), setting)


def read_opened(found: OpenedAgenda, setting: Setting) -> Agenda:
    """The agenda in what was opened apart. Raises Unreadable as `read` does."""
    agenda = Agenda(found["kind"], setting.language)
    _read_kind(found, agenda, setting)
    if found.get("guessed"):
        agenda.remark(
            _("line %(number)s", number=1),
            _("The text is not UTF-8; it was read as Windows-1252 (Western European). Check the accents."),
        )
    if not agenda.sessions and not any(row.rejected for row in agenda.rows):
        raise Unreadable(
            _("No session was found in the file (%(kind)s, from line 1 to its end).", kind=agenda.kind.upper())
        )
    settle_times(agenda, month_first=setting.month_first)
    look_over(agenda)
    return agenda


def _read_kind(found: OpenedAgenda, agenda: Agenda, setting: Setting) -> None:
    match found["kind"]:
        case "docx" | "html":
            _parts(found, agenda, setting)
        case "xlsx":
            _sheets(found, agenda, setting)
        case "xml":
            frab_reader.read_xml(found, agenda, setting)
        case "json":
            json_reader.read_json(found, agenda, setting)
        case "ics":
            icalendar_reader.read_calendar(found, agenda, setting)
        case _:
            _text(found, agenda, setting)


def _text(found: AgendaText, agenda: Agenda, setting: Setting) -> None:
    """A table of separated values, or running text."""
    if sign := separated_by(found["text"]):
        table = separated_table(found["text"], sign)
        header = header_of(table)
        if header is not None or not is_schedule(table):
            agenda.kind = "csv"
            read_table(table, agenda, setting, header if header is not None else 0)
        else:
            read_lines(list(schedule_lines(table)), agenda)
    else:
        _mixed(with_tables(lines_of(found["text"])), agenda, setting)


def _sheets(found: AgendaSheets, agenda: Agenda, setting: Setting) -> None:
    """Sheets whose headings are known, or that are drawn as a programme; where there are none, the first."""
    tables = workbook_tables(found["sheets"])
    if not tables:
        raise Unreadable(_("The spreadsheet is empty."))
    known = [table for table in tables if header_of(table) is not None or is_schedule(table)]
    if not known:
        first = next(n for n, row in enumerate(tables[0].rows) if any(row))
        agenda.remark(tables[0].place(first, None), _("No heading was recognised here; say what the columns contain."))
        read_table(tables[0], agenda, setting, first)
        known = tables[:1]
    for table in tables:
        if not any(table is each for each in known):
            agenda.remark(
                table.place(0, None),
                _("The sheet “%(sheet)s” has no known headings; it was not read.", sheet=table.name),
            )
    if agenda.rows:
        return
    for table in known:
        header = header_of(table)
        if header is not None and not is_stacked(table):
            read_table(table, agenda, setting, header)
        else:
            begin = header + 1 if header is not None else 0
            read_lines(list(schedule_lines(table, begin=begin)), agenda)


def is_stacked(table: Table) -> bool:
    """Whether the cells of a programme hold several lines each: title, people, questions."""
    return is_schedule(table) and any("\n" in cell for row in table.rows for cell in row)


def _parts(found: AgendaParts, agenda: Agenda, setting: Setting) -> None:
    _mixed(lines_and_tables(found["parts"]), agenda, setting)


def _mixed(parts: Sequence[Line | Table], agenda: Agenda, setting: Setting) -> None:
    """Lines and tables of a document, in order. A table with known columns is read as records, a programme as lines.

    Where tables hold the programme, lines around them only say the day.
    """
    tables = [each for each in parts if isinstance(each, Table)]
    programmes = [each for each in tables if header_of(each) is not None or is_schedule(each)]
    lines: list[Line] = []
    day: Day | None = None
    for each in parts:
        if isinstance(each, Line):
            lines.append(each)
            continue
        header = header_of(each)
        if header is not None and not is_stacked(each):
            day = read_lines(lines, agenda, day, alone=False)
            lines = []
            day = read_table(each, agenda, setting, header, day)
        elif is_schedule(each):
            lines += schedule_lines(each, begin=header + 1 if header is not None else 0)
        elif programmes:
            _leave_out(each, agenda)
        else:
            lines += schedule_lines(each)
    read_lines(lines, agenda, day, alone=not agenda.sessions)


def _leave_out(table: Table, agenda: Agenda) -> None:
    """A table that is no programme, beside one that is."""
    agenda.remark(table.place(0, None), _("This table has neither times nor headings that are known; it was not read."))
