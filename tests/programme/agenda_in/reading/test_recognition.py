"""Each kind of file, read; and each kind malformed, refused with the place named."""

from datetime import date, time

import pytest

from tests.looking import there
from tests.platform.foreign.samples import archive
from tests.programme.agenda_in import imports
from workshop.platform.foreign.sandbox import Unreadable
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda_in.prose import clocks
from workshop.programme.agenda_in.prose.calendar_days import read_day
from workshop.programme.agenda_in.reading.recognition import read
from workshop.programme.agenda_in.reading.remarks import Setting
from workshop.programme.papers.models import Kind
from workshop.secretariat.register.name_parts import split_name

ZURICH = Setting("en", "Europe/Zurich")
KINDS = {
    "csv": imports.CSV.encode(),
    "xlsx": imports.xlsx(),
    "docx": imports.docx(),
    "xml": imports.XML.encode(),
    "json": imports.JSON.encode(),
    "ics": imports.ICS.encode(),
    "html": imports.HTML.encode(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_by_its_content_and_tells_the_same_sessions(kind: str) -> None:
    agenda = read(KINDS[kind], ZURICH)
    assert agenda.kind == kind
    told = [
        (dict(each.title), there(each.when.day).day, each.when.start, each.when.end) for each in agenda.sessions[:2]
    ]
    assert told == [
        ({"en": "Welcome"}, date(2026, 3, 2), time(9), time(10)),
        ({"en": "Partnerships that work"}, date(2026, 3, 2), time(10), time(11, 30)),
    ]
    assert agenda.sessions[0].format is Format.WELCOME


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "html"])
def test_people_come_with_function_organisation_and_country(kind: str) -> None:
    people = {who.family_name: who for session in read(KINDS[kind], ZURICH).sessions for who in session.everybody()}
    who = people["Example (synthetic)"]
    assert (who.given_name, who.function, who.organisation, who.country) == (
        "Ana",
        {"en": "Director"},
        "Office of Examples",
        "TUN",
    )


def test_a_word_programme_has_a_chair_a_paper_and_its_plain_paragraphs() -> None:
    agenda = read(KINDS["docx"], ZURICH)
    second, third = agenda.sessions[1:]
    assert [(who.part, who.family_name) for who in second.people] == [(Part.CHAIR, "Sample (synthetic)")]
    assert [[each.kind for each in item.documents] for item in second.items] == [[Kind.DISCUSSION_PAPER]]
    assert (there(third.when.day).day, third.when.start, third.format) == (date(2026, 3, 3), time(9), Format.WRAP_UP)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_french_table_with_semicolons_in_any_encoding(code: str) -> None:
    text = "Jour;Horaire;Séance;Intervenant;Pays\r\n2 mars 2026;10h00–11h30;Première séance;Éva Modèle (synthetic);Pays-Bas\r\n"
    agenda = read(text.encode(code), Setting("fr", "Europe/Paris"))
    session = agenda.sessions[0]
    assert (session.title, session.when.start, session.people[0].given_name) == (
        {"fr": "Première séance"},
        time(10),
        "Éva",
    )
    assert session.people[0].country == "NLD"
    assert any("Windows-1252" in each.message for each in agenda.remarks) == (code == "cp1252")


def test_columns_in_several_languages_and_spanish_headings() -> None:
    text = "Sesión;Título (fr);Hora de inicio;Hora de fin;Fecha;Ponente\nApertura;Ouverture;9:00;10:00;02/03/2026;Lía Santos (synthetic)\n"
    agenda = read(text.encode(), Setting("es", "Europe/Madrid"))
    assert [column.field for column in agenda.columns] == [
        "session",
        "item:fr",
        "start",
        "end",
        "day",
        "people_speaker",
    ]
    assert agenda.sessions[0].format is Format.WELCOME


def test_every_row_is_accounted_for_and_every_cell_that_says_nothing_is_named() -> None:
    text = (
        "Day,Start,End,Session,Speaker,Country\n,,,,Ana Example (synthetic),\n"
        "2026-03-02,25:00,10:00,One,Ben Sample (synthetic),Atlantis\nsome day,9:00,10:00,Two,,\n"
    )
    agenda = read(text.encode(), ZURICH)
    assert [row.rejected != "" for row in agenda.rows] == [True, False, False]
    told = [(each.place, each.message) for each in agenda.remarks]
    assert ("line 3, column 2", "“25:00” is not a time of day that can be read.") in told
    assert ("line 3, column 6", "“Atlantis” is not a known country.") in told
    assert ("line 4, column 1", "“some day” is not a day that can be read.") in told


def test_a_schedule_with_markup_in_its_texts_is_still_a_schedule() -> None:
    marked = imports.XML.replace("What pays.", "<![CDATA[<p>What <b>pays</b>.</p><ul><li>Fees</li></ul>]]>")
    agenda = read(marked.encode(), ZURICH)
    assert (agenda.kind, len(agenda.sessions)) == ("xml", 2)
    assert agenda.sessions[1].note == {"en": "What **pays**.\n\n- Fees"}


def test_nothing_of_a_page_but_its_text_is_read() -> None:
    agenda = read(imports.HTML.encode(), ZURICH)
    assert "alert" not in repr(agenda)


BOMB = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;&b;">]>'
MALFORMED = {
    "empty": (b" \n", "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "Accepted are"),
    "zeros": (bytes(2000), "byte 0"),
    "a PDF that is none": (b"%PDF-1.7 ...", "damaged"),
    "an old Word file": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), "older Office"),
    "another archive": (archive({"a.txt": b"x"}), "neither"),
    "no session": (b"Dear colleague,\nthank you.", "No session was found"),
    "XML cut short": (imports.XML[:300].encode(), "line 4, column"),
    "other XML": (b"<?xml version='1.0'?>\n\n<rss/>", "<rss> in line 3"),
    "XML with entities": (f"<?xml version='1.0'?>\n{BOMB}<schedule/>".encode(), "in line 2"),
    "XML without days": (b"<schedule/>", "no <day>"),
    "JSON cut short": (imports.JSON[:200].encode(), "line 2, column"),
    "other JSON": (b'{"schedule": {}}', "$.schedule.conference is missing"),
    "JSON with a wrong list": (b'{"schedule": {"conference": {"days": [{"rooms": {"A": 1}}]}}}', "days[0].rooms['A']"),
    "calendar cut short": (imports.ICS[:150].encode(), "does not end"),
    "calendar with rubbish": (imports.ICS.replace("SUMMARY:Welcome", "?").encode(), "line 8"),
    "calendar that ends twice": (b"BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n", "line 2"),
    "Word cut short": (imports.docx()[:-300], "damaged"),
    "spreadsheet cut short": (imports.xlsx()[:1500], "damaged"),
    "Word without a body": (archive({"word/document.xml": b"<a/>"}), "no body"),
    "Word with broken XML": (
        archive({"word/document.xml": b"<a>\n<b></a>"}),
        "word/document.xml is malformed in line 2",
    ),
    "spreadsheet with broken XML": (archive({"xl/workbook.xml": b"<a"}), "damaged"),
    "quotes that do not close": (b'Session,Speaker\nOne,"Ana\n', "line 2"),
}


@pytest.mark.parametrize(("content", "told"), MALFORMED.values(), ids=MALFORMED)
def test_what_is_malformed_is_refused_with_its_place(content: bytes, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content, ZURICH)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10:00–11:30", time(10), time(11, 30)),
        ("10h – 11h30", time(10), time(11, 30)),
        ("9 a.m. to 1.30 p.m.", time(9), time(13, 30)),
        ("2:00–3:30 pm", time(14), time(15, 30)),
        ("09.30", time(9, 30), None),
        ("de 9:00 a 10:15", time(9), time(10, 15)),
    ],
)
def test_spans_as_people_write_them(text: str, start: time, end: time | None) -> None:
    assert clocks.read_span(text) == (start, end)


@pytest.mark.parametrize("text", ["Session 3", "3.5 million", "25:00", "2026", "Article 12", "10% growth"])
def test_what_is_no_time(text: str) -> None:
    assert clocks.leading_span(text) is None
    assert clocks.read_span(text) is None or text == "2026"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wednesday, 2 February 2005", date(2005, 2, 2)),
        ("Mercredi 2 février 2005", date(2005, 2, 2)),
        ("2 de febrero de 2005", date(2005, 2, 2)),
        ("February 2, 2005", date(2005, 2, 2)),
        ("02/02/2005", date(2005, 2, 2)),
        ("1er février 2005", date(2005, 2, 1)),
    ],
)
def test_days_as_people_write_them(text: str, day: date) -> None:
    assert there(read_day(text)).day == day


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("Bart von Bartheld", ("Bart", "von Bartheld")),
        ("Ana MARÍA López", ("Ana", "MARÍA López")),
        ("Li WEI", ("Li", "WEI")),
        ("NGUYEN Van An", ("Van An", "NGUYEN")),
        ("Pelé", ("", "Pelé")),
        ("Ana Example (synthetic)", ("Ana", "Example (synthetic)")),
    ],
)
def test_names_are_split_by_capitals_and_particles(name: str, split: tuple[str, str]) -> None:
    assert split_name(name) == split
