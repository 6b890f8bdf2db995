"""Which kind of file this is, judged by its content alone, and reading it."""

import re

from flask_babel import gettext as _

from workshop.platform.foreign import archives
from workshop.platform.foreign.archives import MEGABYTE, Unreadable, opened

from ..prose import html_markup
from ..prose.running_text import read_lines
from ..prose.text_lines import Line, lines_of
from . import docx_reader, frab_reader, icalendar_reader, sheet_reader
from .agenda_file import Agenda
from .columns import known
from .records import header_of, read_table
from .remarks import Setting
from .text_tables import Table, is_schedule, schedule_lines
from .warnings import look_over

LARGEST = 12 * MEGABYTE
LARGEST_TEXT = 3 * MEGABYTE
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
HTML = re.compile(
    r"<(?:!doctype html|html|body|head|div|p|h[1-6]|ul|ol|li|table|section|article|main|span|br|b|strong|a)\b[^>]*>",
    re.IGNORECASE,
)
ACCEPTED = "DOCX, XLSX, CSV, HTML, iCalendar, frab XML, frab JSON"


def read(content: bytes, setting: Setting) -> Agenda:
    """The agenda in this file. Raises Unreadable, written for the person, when there is none."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than %(most)s MB, far more than an agenda.", most=LARGEST // MEGABYTE))
    agenda = _office(content, setting) if content.startswith(b"PK") else _text(content, setting)
    if not agenda.rows:
        raise Unreadable(
            _("No session was found in the file (%(kind)s, from line 1 to its end).", kind=agenda.kind.upper())
        )
    look_over(agenda)
    return agenda


def _office(content: bytes, setting: Setting) -> Agenda:
    with opened(content) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        agenda = Agenda("docx", setting.language)
        _parts(docx_reader.parts_of(content), agenda, setting)
        return agenda
    if any(name.startswith("xl/") for name in names):
        agenda = Agenda("xlsx", setting.language)
        _sheets(sheet_reader.workbook_tables(content), agenda, setting)
        return agenda
    raise Unreadable(
        _(
            "The file is an archive, but neither a Word document (DOCX) nor a spreadsheet (XLSX). Accepted are text and %(kinds)s.",
            kinds=ACCEPTED,
        )
    )


def _text(content: bytes, setting: Setting) -> Agenda:
    if content.startswith(b"%PDF-"):
        raise Unreadable(_("This is a PDF. Copy its text and paste it, or use the file it was made from."))
    if content.startswith(OLD_OFFICE):
        raise Unreadable(
            _("This is an older Office file, or one protected by a password. Please save it as DOCX or XLSX.")
        )
    if content.startswith(b"{\\rtf"):
        raise Unreadable(_("This is RTF. Please save it as DOCX, or paste its text."))
    text, guessed = archives.decoded(content)
    start = text.lstrip()[:400]
    declared = re.match(r"<\?xml|<schedule\b", start) and not re.search(r"<html\b|<!doctype html", start, re.IGNORECASE)
    if declared or (start.startswith("<") and not HTML.search(text[:200_000])):
        agenda = Agenda("xml", setting.language)
        frab_reader.read_xml(content.lstrip(), agenda, setting)
    elif start[:1] in {"{", "["} and not start.startswith("[]"):
        agenda = Agenda("json", setting.language)
        frab_reader.read_json(text, agenda, setting)
    elif start[:15].upper().startswith("BEGIN:VCALENDAR"):
        agenda = Agenda("ics", setting.language)
        icalendar_reader.read_calendar(text, agenda, setting)
    else:
        agenda = _words(text, setting)
    if guessed:
        agenda.remark(_("line %(number)s", number=1), guessed)
    return agenda


def _words(text: str, setting: Setting) -> Agenda:
    """HTML, a table of separated values, or plain text."""
    if len(text) > LARGEST_TEXT:
        raise Unreadable(
            _(
                "The text is longer than %(most)s million characters, far more than an agenda.",
                most=LARGEST_TEXT // MEGABYTE,
            )
        )
    if len(HTML.findall(text[:200_000])) >= 3 or re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE):
        agenda = Agenda("html", setting.language)
        _parts(html_markup.parts_of(text), agenda, setting)
        return agenda
    if mark := _separated_by(text, setting):
        agenda = Agenda("csv", setting.language)
        table = sheet_reader.separated_table(text, mark)
        header = header_of(table)
        read_table(table, agenda, setting.columns, header if header is not None else 0)
        return agenda
    agenda = Agenda("text", setting.language)
    read_lines(list(lines_of(text)), agenda)
    return agenda


def _separated_by(text: str, setting: Setting) -> str:
    """The separator of a table; "" for running text, whose commas agree on nothing."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    for mark in sheet_reader.DELIMITERS:
        if known([cell.strip('" ') for cell in first.split(mark)]) >= 2:
            return mark
    mark = sheet_reader.delimiter_of(text)
    lines = [line for line in text.split("\n") if line.strip()]
    return mark if mark and len(lines) >= 2 and first.count(mark) >= 2 and mark != "," else ""


def _sheets(tables: list[Table], agenda: Agenda, setting: Setting) -> None:
    """Sheets whose headings are known; where there are none, the first."""
    if not tables:
        raise Unreadable(_("The spreadsheet is empty."))
    headed = [(table, header) for table in tables if (header := header_of(table)) is not None]
    if not headed:
        first = next(n for n, row in enumerate(tables[0].rows) if any(row))
        agenda.remark(tables[0].place(first, None), _("No heading was recognised here; say what the columns hold."))
        headed = [(tables[0], first)]
    for table in tables:
        if table not in [each for each, _header in headed]:
            agenda.remark(
                table.place(0, None),
                _("The sheet “%(sheet)s” has no headings that are known; it was not read.", sheet=table.name),
            )
    for table, header in headed:
        read_table(table, agenda, setting.columns, header)


def _parts(parts: list[Line | Table], agenda: Agenda, setting: Setting) -> None:
    """Lines and tables of a document, in order. A table with known columns is read as records, a programme as lines."""
    lines: list[Line] = []
    for each in parts:
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
