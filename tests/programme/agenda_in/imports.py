"""Small files of each kind that tell the same programme, and what a test needs to take one in."""

import io
from typing import Any

from workshop.platform.db import db, now
from workshop.programme.agenda_in import queries
from workshop.programme.agenda_in.import_report import AgendaReport
from workshop.programme.agenda_in.reading.recognition import read
from workshop.programme.agenda_in.rules import take_in

CSV = (
    "Number,Day,Start,End,Room,Session,Format,Item,Speaker,Function,Organisation,Country,Document\n"
    "1,2026-03-02,09:00,10:00,Room A,Welcome,Welcome,,,,,,\n"
    "2,2026-03-02,10:00,11:30,Room A,Partnerships that work,Panel,Paying for registries,Ana Example (synthetic),Director,"
    "Office of Examples,Tunisia,Presentation\n"
    "2,,,,,,,What it costs,Ben Sample (synthetic),Head,House of Work,Philippines,Statement\n"
)
XML = """<?xml version="1.0" encoding="utf-8"?>
<schedule><conference><title>A workshop</title></conference><day index="1" date="2026-03-02"><room name="Room A">
<event id="1" guid="a-1"><date>2026-03-02T09:00:00+01:00</date><start>09:00</start><duration>01:00</duration>
<title>Welcome</title><language>en</language><persons><person id="1">Ana Example (synthetic)</person></persons></event>
<event id="2" guid="a-2"><date>2026-03-02T10:00:00+01:00</date><start>10:00</start><duration>01:30</duration>
<title>Partnerships that work</title><type>Panel</type><abstract>What pays.</abstract></event>
</room></day></schedule>"""
JSON = """{"schedule": {"conference": {"days": [{"index": 1, "date": "2026-03-02", "rooms": {"Room A": [
{"id": 1, "guid": "a-1", "date": "2026-03-02T09:00:00+01:00", "duration": "01:00", "title": "Welcome", "language": "en",
 "persons": [{"public_name": "Ana Example (synthetic)"}]},
{"id": 2, "guid": "a-2", "date": "2026-03-02T10:00:00+01:00", "duration": "01:30", "title": "Partnerships that work",
 "type": "Panel", "abstract": "What pays."}]}}]}}}"""
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//An office//EN
BEGIN:VEVENT
UID:a-1
DTSTART:20260302T080000Z
DTEND:20260302T090000Z
SUMMARY:Welcome
LOCATION:Room A
END:VEVENT
BEGIN:VEVENT
UID:a-2
DTSTART;TZID=Europe/Zurich:20260302T100000
DURATION:PT1H30M
SUMMARY:Partnerships that work
CATEGORIES:Panel
LOCATION:Room A
DESCRIPTION:What pays.
END:VEVENT
END:VCALENDAR
"""
HTML = """<html><head><title>x</title><script>alert("x")</script></head><body><h1>Agenda</h1><h3>Monday 2 March 2026</h3>
<table><tr><td>09:00–10:00</td><td>Welcome<ul><li>Ana Example (synthetic), Director, Office of Examples, Tunisia</li></ul></td></tr>
<tr><td>10:00–11:30</td><td>Partnerships that work<p>Chair: Ben Sample (synthetic), Head, House of Work, Philippines</p>
<ul><li>Paying for registries (Discussion Paper)</li></ul></td></tr></table><img src=x onerror="alert(1)"></body></html>"""


def xlsx(rows: list[list[Any]] | None = None) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    for row in rows or [line.split(",") for line in CSV.splitlines()]:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("Draft programme")
    document.add_paragraph("Monday 2 March 2026", style="Heading 1")
    table = document.add_table(rows=0, cols=2)
    for time, what in (
        ("09:00–10:00", "Welcome\nAna Example (synthetic), Director, Office of Examples, Tunisia"),
        (
            "10:00–11:30",
            "Partnerships that work\nChair: Ben Sample (synthetic), Head, House of Work, Philippines\nPaying for registries (Discussion Paper)",
        ),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = time, what
    document.add_paragraph("Tuesday 3 March 2026", style="Heading 1")
    document.add_paragraph("09:00–09:30 Wrap-up")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def take(workshop: Any, content: str | bytes, **how: Any) -> AgendaReport:
    """Read it, take it in and commit; the import report."""
    setting = queries.setting(db.session, workshop)
    agenda = read(content.encode() if isinstance(content, str) else content, setting)
    with db.session.no_autoflush:
        taking = take_in(agenda, queries.known_of_workshop(db.session, workshop), at=now(), **how)
        result = taking.comparison.report()
    db.session.add_all(taking.added)
    db.session.commit()
    db.session.expire_all()
    return result
