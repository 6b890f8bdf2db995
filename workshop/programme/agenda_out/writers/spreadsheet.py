"""The agenda as a table, for Excel and as CSV: a row for each item, with the columns of its session."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.platform import comma_separated
from workshop.platform.i18n import direction

from ..blocks import Block, Entry, Who
from ..published_programme import Programme

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (8, 12, 8, 8, 16, 40, 12, 16, 40, 8, 40, 24, 16, 9, 40, 40, 24, 30, 12, 40, 40, 60)
LONGEST = 32_000  # characters that Excel takes in a cell

Cell = str | int | datetime | None


def columns() -> list[str]:
    return [
        _("Number"),
        _("Date"),
        _("Start"),
        _("End"),
        _("Format"),
        _("Session"),
        _("Language"),
        _("Room"),
        _("People in the session"),
        _("Item"),
        _("Title of the item"),
        _("Role"),
        _("Perspective"),
        _("Minutes"),
        _("Speakers"),
        _("Functions and organisations"),
        _("Countries"),
        _("Documents"),
        _("Last day"),
        _("Subtitle"),
        _("Note"),
        _("Guiding questions"),
    ]


def rows(programme: Programme) -> Iterator[list[Cell]]:
    """A session without items has one row."""
    for block in programme.blocks:
        for number, entry in enumerate(block.entries or [None], 1):
            yield [*_of_session(programme, block), *_of_item(block, entry, number), *_texts(programme, block, number)]


def _of_session(programme: Programme, block: Block) -> list[Cell]:
    zone = ZoneInfo(programme.zone)
    starts_at, ends_at = (
        at.astimezone(zone).replace(tzinfo=None) if at else None for at in (block.starts_at, block.ends_at)
    )
    people = "; ".join(_("%(part)s:", part=who.role) + f" {who.line}" for who in block.people)
    return [
        block.number,
        starts_at,
        starts_at,
        ends_at,
        block.kind,
        block.title.text,
        block.title.language,
        block.room,
        people,
    ]


def _of_item(block: Block, entry: Entry | None, number: int) -> list[Cell]:
    of_session = [paper.line for paper in block.papers] if number == 1 else []
    if entry is None:
        return [None, "", "", "", None, "", "", "", "; ".join(of_session)]
    people = entry.people
    return [
        number,
        entry.title.text,
        entry.role.text,
        entry.perspective,
        entry.minutes,
        "; ".join(who.name for who in people),
        "; ".join(filter(None, map(_standing, people))),
        "; ".join(filter(None, (who.country for who in people))),
        "; ".join([*of_session, *(paper.line for paper in entry.papers)]),
    ]


def _texts(programme: Programme, block: Block, number: int) -> list[Cell]:
    """What a session says, once: beside its first item. The last day only where it is another than the first."""
    if number > 1:
        return ["", "", "", ""]
    zone = ZoneInfo(programme.zone)
    first, last = (at.astimezone(zone).date() if at else None for at in (block.starts_at, block.ends_at))
    until = last.isoformat() if first and last and last != first else ""
    questions = "\n".join(question.text for question in block.questions)
    return [until, block.subtitle.text, block.note.text, questions]


def _standing(who: Who) -> str:
    return ", ".join(filter(None, (who.function.text, who.organisation.text)))


def as_xlsx(programme: Programme) -> bytes:
    """Dates and times are such to Excel; a text that looks like a formula stays a text."""
    import xlsxwriter  # here because few requests need it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    published = programme.release.published_at.replace(tzinfo=None)
    book.set_properties({"title": programme.title.text, "subject": programme.edition, "created": published})
    page = book.add_worksheet(_("Agenda")[:31])
    if direction(programme.language) == "rtl":
        page.right_to_left()
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    plain, day, clock = (
        book.add_format({"valign": "top", "text_wrap": True} | more)
        for more in ({}, {"num_format": "yyyy-mm-dd"}, {"num_format": "hh:mm"})
    )
    kinds = {1: day, 2: clock, 3: clock}
    for place, (name, width) in enumerate(zip(columns(), WIDTHS, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, name, head)
    for line, row in enumerate(rows(programme), 1):
        for place, value in enumerate(row):
            _write(page, line, place, value, kinds.get(place, plain))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, line if programme.blocks else 1), len(WIDTHS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _write(page: "Worksheet", line: int, place: int, value: Cell, kind: object) -> None:
    if value in ("", None):
        return
    if isinstance(value, str):
        page.write_string(line, place, value[:LONGEST], kind)
    elif isinstance(value, datetime):
        page.write_datetime(line, place, value, kind)
    else:
        page.write_number(line, place, value, kind)


def as_csv(programme: Programme) -> bytes:
    """The same for any program."""
    return comma_separated.as_csv([columns(), *map(_as_written, rows(programme))])


def _as_written(row: Sequence[Cell]) -> list[Cell]:
    number, day, start, end, *rest = row
    return [number, _shown(day, "%Y-%m-%d"), _shown(start, "%H:%M"), _shown(end, "%H:%M"), *rest]


def _shown(moment: Cell, pattern: str) -> str:
    return moment.strftime(pattern) if isinstance(moment, datetime) else ""
