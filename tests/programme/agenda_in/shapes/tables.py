"""Agendas as tables: Markdown, HTML, Word, CSV, XLSX; with columns of every kind, and grids of rooms or days."""

import csv
import io
from collections.abc import Callable
from html import escape

from . import in_words
from .programmes import Entry, Programme

Row = list[str]
Writer = Callable[[Programme], bytes]


def _names(entry: Entry, between: str = "; ") -> str:
    return between.join(who.name for who in entry.speakers)


def _rows(programme: Programme) -> list[Row]:
    """Day, start, end, session, room, speakers, moderator."""
    heads = in_words.HEADINGS[programme.language]
    rows = [[heads[0], heads[2], heads[3], heads[4], heads[5], heads[6], heads[7]]]
    for e in programme.entries:
        who = e.moderator.name if e.moderator else ""
        rows.append([e.day.isoformat(), f"{e.start:%H:%M}", f"{e.end:%H:%M}", e.title, e.room, _names(e), who])
    return rows


def separated(sign: str, code: str) -> Writer:
    def write(programme: Programme) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=sign).writerows(_rows(programme))
        return out.getvalue().encode(code, errors="replace")

    return write


def dates_and_spans(programme: Programme) -> bytes:
    """The day as words, one column for the span, people after commas."""
    heads = in_words.HEADINGS[programme.language]
    out = io.StringIO()
    page = csv.writer(out, delimiter=";")
    page.writerow([heads[0], heads[1], heads[4], heads[6]])
    for e in programme.entries:
        when = in_words.day(e.day, programme.language)
        page.writerow([when, in_words.span(e, programme.language), e.title, _names(e, ", ")])
    return out.getvalue().encode("utf-8-sig")


def american(programme: Programme) -> bytes:
    out = io.StringIO()
    page = csv.writer(out)
    page.writerow(["Date", "Time Start", "Time End", "Session Title", "Room/Location", "Speakers"])
    for e in programme.entries:
        times = [in_words.american(e.start), in_words.american(e.end)]
        page.writerow([f"{e.day:%m/%d/%Y}", *times, e.title, e.room, _names(e)])
    return out.getvalue().encode("utf-8")


def sched(programme: Programme) -> bytes:
    out = io.StringIO()
    page = csv.writer(out)
    page.writerow(["Session Title", "Event Start", "Event End", "Venue", "Speakers", "Description"])
    for e in programme.entries:
        times = [f"{e.day} {e.start:%H:%M}", f"{e.day} {e.end:%H:%M}"]
        page.writerow([e.title, *times, e.room, _names(e, ", "), "A description of one sentence."])
    return out.getvalue().encode("utf-8")


def outlook(programme: Programme) -> bytes:
    out = io.StringIO()
    page = csv.writer(out, quoting=csv.QUOTE_ALL)
    page.writerow(["Subject", "Start Date", "Start Time", "End Date", "End Time", "Location", "Required Attendees"])
    for e in programme.entries:
        day = f"{e.day:%d/%m/%Y}"
        page.writerow([e.title, day, f"{e.start:%H:%M:%S}", day, f"{e.end:%H:%M:%S}", e.room, _names(e)])
    return out.getvalue().encode("utf-8")


def unknown_headings(programme: Programme) -> bytes:
    out = io.StringIO()
    page = csv.writer(out, delimiter=";")
    page.writerow(["Alpha", "Beta", "Gamma"])
    for e in programme.entries:
        page.writerow([e.day.isoformat(), f"{e.start:%H:%M}–{e.end:%H:%M}", e.title])
    return out.getvalue().encode("utf-8")


def xlsx(programme: Programme) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append([programme.title])
    page.append([])
    for row in _rows(programme):
        page.append(row)
    for place, e in enumerate(programme.entries, 4):
        page.cell(place, 1).value, page.cell(place, 2).value, page.cell(place, 3).value = e.day, e.start, e.end
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_programme(programme: Programme) -> bytes:
    """A programme drawn on a sheet: the day over its rows, no headings."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append([programme.title])
    for day in programme.days:
        page.append([in_words.day(day, programme.language)])
        for e in programme.of(day):
            page.append([in_words.span(e, programme.language), e.title])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def markdown(programme: Programme) -> bytes:
    heads = in_words.HEADINGS[programme.language]
    lines = [f"# {programme.title}"]
    for number, day in enumerate(programme.days, 1):
        lines += ["", f"## {in_words.DAY[programme.language]} {number}, {in_words.day(day, programme.language)}", ""]
        lines += [f"| {heads[1]} | {heads[4]} | {heads[5]} | {heads[6]} |", "|---|---|---|---|"]
        lines += [
            f"| {in_words.span(e, programme.language)} | {e.title} | {e.room} | {_names(e)} |"
            for e in programme.of(day)
        ]
    return "\n".join(lines).encode()


def html_table(programme: Programme) -> bytes:
    said = [f"<html><body><nav>Home</nav><h1>{programme.title}</h1>"]
    for day in programme.days:
        said.append(f"<h2>{in_words.day(day, programme.language)}</h2><table>")
        for e in programme.of(day):
            people = "".join(f"<li>{escape(who.line)}</li>" for who in e.speakers)
            lead = f"<p>{in_words.MODERATOR[programme.language]}: {e.moderator.line}</p>" if e.moderator else ""
            said.append(
                f"<tr><td>{in_words.span(e, programme.language)}</td><td>{escape(e.title)}{lead}<ul>{people}</ul></td></tr>"
            )
        said.append("</table>")
    return "".join([*said, "<footer>Tel. +41 22 000 00 00</footer></body></html>"]).encode()


def html_blocks(programme: Programme) -> bytes:
    said = [f"<!doctype html><html><body><h1>{programme.title}</h1>"]
    for day in programme.days:
        said.append(f"<h2>{in_words.day(day, programme.language)}</h2>")
        for e in programme.of(day):
            people = "".join(f"<li>{escape(who.line)}</li>" for who in e.speakers)
            said.append(
                f"<div><span>{in_words.span(e, programme.language)}</span><h3>{escape(e.title)}</h3><ul>{people}</ul></div>"
            )
    said.append("<p>Contact: meetings@example.org</p></body></html>")
    return "".join(said).encode()


def word(programme: Programme) -> bytes:
    """A letterhead, a template that nobody filled in, a table for each day."""
    import docx

    document = docx.Document()
    document.add_paragraph("The Organization\n17 Sample Street, 1200 Geneva")
    document.add_paragraph(programme.title, style="Title")
    unused = document.add_table(rows=2, cols=3)
    for cell, text in zip(unused.rows[0].cells, ("Prepared by", "Checked by", "Version"), strict=True):
        cell.text = text
    for day in programme.days:
        document.add_paragraph(in_words.day(day, programme.language), style="Heading 1")
        table = document.add_table(rows=0, cols=2)
        for e in programme.of(day):
            cells = table.add_row().cells
            lead = [f"{in_words.MODERATOR[programme.language]}: {e.moderator.line}"] if e.moderator else []
            cells[0].text = in_words.span(e, programme.language)
            cells[1].text = "\n".join([e.title, *lead, *(who.line for who in e.speakers)])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def grid_of_days(programme: Programme) -> bytes:
    """A week at a glance: a column for each day; only what all days have in common stands at the same time."""
    times = sorted({(e.start, e.end) for e in programme.entries})
    heads = ["", *(in_words.day(day, programme.language) for day in programme.days)]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for start, end in times:
        row = [f"{start:%H:%M}–{end:%H:%M}"]
        for day in programme.days:
            row += [next((e.title for e in programme.of(day) if (e.start, e.end) == (start, end)), "")]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join([f"# {programme.title}", "", *lines]).encode()


TABLES: dict[str, Writer] = {
    "CSV, commas": separated(",", "utf-8"),
    "CSV, semicolons, UTF-16": separated(";", "utf-16"),
    "CSV, tabs": separated("\t", "utf-8-sig"),
    "CSV, days in words and spans": dates_and_spans,
    "CSV, American dates and clock": american,
    "CSV of Sched": sched,
    "CSV of Outlook": outlook,
    "CSV with unknown headings": unknown_headings,
    "XLSX with cells of dates and times": xlsx,
    "XLSX drawn as a programme": xlsx_programme,
    "Markdown tables": markdown,
    "HTML table": html_table,
    "HTML blocks": html_blocks,
    "Word with letterhead and an unused table": word,
    "grid of days": grid_of_days,
}
WITHOUT_PEOPLE = {"CSV with unknown headings", "XLSX drawn as a programme", "grid of days"}
WITHOUT_MODERATORS = {
    "CSV, days in words and spans",
    "CSV, American dates and clock",
    "CSV of Sched",
    "CSV of Outlook",
    "Markdown tables",
    "HTML blocks",
}
