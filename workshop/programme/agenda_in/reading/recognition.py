"""Reading an agenda in whatever kind of file it came. The file is opened apart; only plain facts of it are read here."""

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

from ..prose.running_text import read_lines
from ..prose.text_lines import Line, lines_of
from . import frab_reader, icalendar_reader
from .agenda_file import Agenda
from .document_lines import lines_and_tables
from .records import header_of, read_table
from .remarks import Setting
from .sheet_tables import separated_by, separated_table, workbook_tables
from .text_tables import is_schedule, schedule_lines
from .warnings import look_over

LARGEST = AGENDA.sent


def read(content: bytes, setting: Setting, *, name: str = "") -> Agenda:
    """The agenda in this file. Raises Unreadable, written for the person, when there is none."""
    found = opened_agenda(content, name=name, limit=AGENDA)
    agenda = Agenda(found["kind"], setting.language)
    _read_kind(found, agenda, setting)
    if found.get("guessed"):
        agenda.remark(
            _("line %(number)s", number=1),
            _("The text is not UTF-8; it was read as Windows-1252 (Western European). Check the accents."),
        )
    if not agenda.rows:
        raise Unreadable(
            _("No session was found in the file (%(kind)s, from line 1 to its end).", kind=agenda.kind.upper())
        )
    look_over(agenda)
    return agenda


def _read_kind(found: OpenedAgenda, agenda: Agenda, setting: Setting) -> None:
    if found["kind"] == "text":
        _text(found, agenda, setting)
    elif found["kind"] == "xlsx":
        _sheets(found, agenda, setting)
    elif found["kind"] == "xml":
        frab_reader.read_xml(found, agenda, setting)
    elif found["kind"] == "json":
        frab_reader.read_json(found, agenda, setting)
    elif found["kind"] == "ics":
        icalendar_reader.read_calendar(found, agenda, setting)
    else:
        _parts(found, agenda, setting)


def _text(found: AgendaText, agenda: Agenda, setting: Setting) -> None:
    """A table of separated values, or running text."""
    if sign := separated_by(found["text"]):
        agenda.kind = "csv"
        table = separated_table(found["text"], sign)
        header = header_of(table)
        read_table(table, agenda, setting.columns, header if header is not None else 0)
    else:
        read_lines(list(lines_of(found["text"])), agenda)


def _sheets(found: AgendaSheets, agenda: Agenda, setting: Setting) -> None:
    """Sheets whose headings are known; where there are none, the first."""
    tables = workbook_tables(found["sheets"])
    if not tables:
        raise Unreadable(_("The spreadsheet is empty."))
    headed = [(table, header) for table in tables if (header := header_of(table)) is not None]
    if not headed:
        first = next(n for n, row in enumerate(tables[0].rows) if any(row))
        agenda.remark(tables[0].place(first, None), _("No heading was recognised here; say what the columns contain."))
        headed = [(tables[0], first)]
    for table in tables:
        if table not in [each for each, _header in headed]:
            agenda.remark(
                table.place(0, None),
                _("The sheet “%(sheet)s” has no known headings; it was not read.", sheet=table.name),
            )
    for table, header in headed:
        read_table(table, agenda, setting.columns, header)


def _parts(found: AgendaParts, agenda: Agenda, setting: Setting) -> None:
    """Lines and tables of a document, in order. A table with known columns is read as records, a programme as lines."""
    lines: list[Line] = []
    for each in lines_and_tables(found["parts"]):
        if isinstance(each, Line):
            lines.append(each)
            continue
        header = header_of(each)
        stacked = any("\n" in cell for row in each.rows for cell in row)
        if header is not None and not (stacked and is_schedule(each)):
            read_lines(lines, agenda)
            lines = []
            read_table(each, agenda, setting.columns, header)
        else:
            lines += schedule_lines(each, begin=header + 1 if header is not None else 0)
    read_lines(lines, agenda)
