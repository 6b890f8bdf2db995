"""The agenda for Word and Excel, opened again by libraries other than those that wrote it where there are such."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from docx.document import Document as WordDocument
from flask.testing import FlaskClient
from lxml import etree
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from tests import factories as make
from tests.cast import Company
from tests.fetching import fetched
from tests.looking import there
from tests.programme.agenda_out.published import FIRST, NINE, group, large, papers, publish, room, session
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Part
from workshop.secretariat.series.models import MeetingMode

pytestmark = pytest.mark.on_one_database("a file made of the released agenda, which is tried beside both")

DOCX, XLSX, CSV = (f"/workshops/w/agenda.{form}" for form in ("docx", "xlsx", "csv"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(client: FlaskClient, lang: str = "en") -> WordDocument:
    answer = fetched(client, f"{DOCX}?lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename=w-{lang}.docx"
    return Document(io.BytesIO(answer.data))


def cells(document: WordDocument) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def full(company: Company) -> None:
    row = session(company.workshop, room=room(company.workshop, "Salle XX"))
    papers(company.workshop, row)
    group(company.workshop, row)
    session(company.workshop, 2, starts_at=NINE + timedelta(days=1))
    publish(company.workshop)


# Word


def test_word_has_a_heading_and_a_table_for_each_day(client: FlaskClient, company: Company) -> None:
    full(company)
    document = opened(client, "fr")
    styles = [(there(line.style).name, line.text) for line in document.paragraphs if there(line.style).name != "Normal"]
    assert styles == [
        ("Title", "A workshop on something"),
        ("Subtitle", "2–3 mars 2026 · Geneva"),
        ("Heading 1", "Lundi 2 mars"),
        ("Heading 1", "Mardi 3 mars"),
    ]
    assert len(document.tables) == 2
    head, first = cells(document)[:2]
    assert head == ["Heure", "Séance"]
    assert first[0] == "09:00–10:00"
    for words in (
        "Partenariats 1",
        "Plénière · Salle XX",
        "What works?",
        "H.E. Ines Chair 1 (synthetic)",
        "Un exposé",
        "Zoë Ñandú 1 (synthetic), Directrice, Bureau des exemples, Tunisie",
        "Déclaration (EN, FR)",
        "Aucun document fourni",
        "A topic",
        "Why?",
    ):
        assert words in first[1], words
    assert "Not yet for anybody" not in str(cells(document))
    headings = [
        line.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for line in cell.paragraphs
        if line.style.name == "Heading 2"
    ]
    assert headings == ["Partenariats 1", "Partenariats 2"]


def test_word_says_its_language_and_title_and_nobodys_name(client: FlaskClient, company: Company) -> None:
    full(company)
    document = opened(client, "fr")
    properties = document.core_properties
    assert (properties.title, properties.language) == ("A workshop on something", "fr")
    assert (properties.author, properties.last_modified_by, properties.comments, properties.keywords) == (
        "",
        "",
        "",
        "",
    )
    assert properties.created == properties.modified == FIRST
    (default,) = document.styles.element.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert default.get(f"{W}val") == "fr"
    marked = {
        run.text: run._r.rPr.find(f"{W}lang").get(f"{W}val")
        for table in document.tables
        for row in table.rows
        for line in row.cells[1].paragraphs
        for run in line.runs
        if run._r.rPr is not None and run._r.rPr.find(f"{W}lang") is not None
    }
    assert marked["What works?"] == "en"
    assert "Partenariats 1" not in marked


def test_word_repeats_the_head_of_a_table_and_keeps_sessions_together(client: FlaskClient, company: Company) -> None:
    full(company)
    for table in opened(client).tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)


def test_word_runs_from_right_to_left_where_the_language_does(client: FlaskClient, company: Company) -> None:
    company.workshop.languages = ["ar", "en"]
    session(company.workshop, title=Words(ar="الهجرة والتنمية"))
    publish(company.workshop)
    document = opened(client, "ar")
    (table,) = document.tables
    assert table._tbl.tblPr.find(f"{W}bidiVisual") is not None
    lines = [*document.paragraphs, *(line for cell in table.rows[1].cells for line in cell.paragraphs)]
    assert all(line._p.pPr.find(f"{W}bidi") is not None for line in lines)
    title = next(run for line in lines for run in line.runs if run.text == "الهجرة والتنمية")
    assert title.font.rtl


def test_word_keeps_its_parts_in_the_order_the_format_demands(client: FlaskClient, company: Company) -> None:
    """Word calls a file damaged in which they are not."""
    company.workshop.languages = ["ar", "en"]
    full(company)
    data = fetched(client, f"{DOCX}?lang=ar").data
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    orders = {
        "pPr": ("pStyle", "keepNext", "keepLines", "bidi", "spacing", "ind", "jc", "rPr"),
        "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "rtl", "cs", "lang"),
        "tblPr": ("tblStyle", "bidiVisual", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblLook"),
    }
    for name, order in orders.items():
        for properties in tree.iter(f"{W}{name}"):
            found = [child.tag.removeprefix(W) for child in properties]
            assert found == sorted(found, key=order.index), found


# Excel


def sheet(client: FlaskClient, lang: str = "en") -> Workbook:
    answer = fetched(client, f"{XLSX}?lang={lang}")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data))


def test_excel_has_a_row_for_each_item(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop, room=room(company.workshop, "Salle XX"))
    row.items.append(make.item(position=2, title=Words(en="Another talk")))
    papers(company.workshop, row)
    db.session.add(make.session(workshop=company.workshop, number=2, title=Words(en="Open")))
    publish(company.workshop)
    (head, first, second, third) = sheet(client, "fr").active.iter_rows(values_only=True)
    nine, ten = (datetime.fromisoformat(f"2026-03-02T{hour}:00") for hour in ("09", "10"))
    assert len(head) == len(set(head)) == 22
    assert first == (
        1,
        nine,
        nine,
        ten,
        "Plénière",
        "Partenariats 1",
        "fr",
        "Salle XX",
        "Présidence\xa0: H.E. Ines Chair 1 (synthetic)",
        1,
        "Un exposé",
        None,
        None,
        20,
        "Zoë Ñandú 1 (synthetic)",
        "Directrice, Bureau des exemples",
        "Tunisie",
        "Aucun document fourni; Déclaration (EN, FR)",
        None,
        None,
        None,
        "What works?",
    )
    assert second[5:8] == first[5:8]
    assert second[9:12] == (2, "Another talk", None)
    assert third[:7] == (2, None, None, None, "Plénière", "Open", "en")


def test_dates_are_dates_to_excel(client: FlaskClient, company: Company) -> None:
    session(company.workshop)
    publish(company.workshop)
    page = sheet(client).active
    assert [page.cell(2, column).is_date for column in (1, 2, 3, 4, 5)] == [False, True, True, True, False]
    assert [page.cell(2, column).number_format for column in (2, 3)] == ["yyyy-mm-dd", "hh:mm"]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "http://evil.example", "\t=1+1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_a_text(client: FlaskClient, company: Company, text: str) -> None:
    row = session(company.workshop, title=Words(en=text), room=room(company.workshop, text))
    row.items[0].title = Words(en=text)
    publish(company.workshop)
    data = fetched(client, f"{XLSX}?lang=en").data
    page = load_workbook(io.BytesIO(data)).active
    for place in (6, 8, 11):
        assert (page.cell(2, place).value, page.cell(2, place).data_type) == (text, "s")
        assert page.cell(2, place).hyperlink is None
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_csv_cell_begins_like_a_formula(client: FlaskClient, company: Company, text: str) -> None:
    row = session(company.workshop, title=Words(en=text), room=room(company.workshop, text))
    row.items[0].title = Words(en=text)
    publish(company.workshop)
    _head, written = csv.reader(io.StringIO(client.get(f"{CSV}?lang=en").data.decode("utf-8-sig")))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in written)
    assert written[5].lstrip("'") == text
    assert written[1:4] == ["2026-03-02", "09:00", "10:00"]


def test_excel_carries_no_name_and_the_moment_of_publication(client: FlaskClient, company: Company) -> None:
    session(company.workshop)
    publish(company.workshop)
    properties = sheet(client).properties
    assert (properties.creator, properties.lastModifiedBy, properties.title) == (None, None, "A workshop on something")
    assert properties.created.replace(tzinfo=UTC) == FIRST
    assert fetched(client, XLSX).data == fetched(client, XLSX).data


def test_excel_runs_from_right_to_left_where_the_language_does(client: FlaskClient, company: Company) -> None:
    company.workshop.languages = ["ar", "en"]
    session(company.workshop)
    publish(company.workshop)
    assert sheet(client, "ar").active.sheet_view.rightToLeft
    assert not sheet(client, "en").active.sheet_view.rightToLeft


# Both


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "ics", "xml", "json"])
def test_characters_that_no_file_can_hold_do_not_stop_it(client: FlaskClient, company: Company, form: str) -> None:
    row = session(company.workshop, title=Words(en="a\x00\x0b\x1b\ufffeb\r\nc"), note=Words(en="\x07"))
    row.appearances[0].person.given_name = "\x01"
    publish(company.workshop)
    assert fetched(client, f"/workshops/w/agenda.{form}").status_code == 200


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "ics", "xml", "json"])
def test_nobody_is_named_who_is_not_on_the_agenda(client: FlaskClient, company: Company, form: str) -> None:
    """Under the Chatham House Rule as otherwise: those published, and nobody from the notes, groups or memberships."""
    row = session(company.workshop, mode=MeetingMode.CHATHAM_HOUSE)
    company.chi.name = "Canary of an account"
    there = make.group(workshop=company.workshop, session=row)
    note = make.point(group=there, text="Canary of a note", noted_by=company.chi.id)
    db.session.add_all([there, note, make.servant(group=there, user=company.chi)])
    publish(company.workshop, names=True)
    row.appearances.append(make.appearance(person=make.person(family_name="Canary of the draft"), part=Part.NOTE_TAKER))
    db.session.commit()
    data = fetched(client, f"/workshops/w/agenda.{form}?lang=en").data
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())
    assert "Ñandú 1 (synthetic)".encode() in data.replace(b"\r\n ", b"")
    assert b"Canary" not in data


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv"])
def test_a_large_workshop_is_whole_in_it(client: FlaskClient, company: Company, form: str) -> None:
    large(company.workshop)
    publish(company.workshop)
    data = fetched(client, f"/workshops/w/agenda.{form}?lang=en").data
    if form == "csv":
        assert data.count(b"Partnerships") == 120
    elif form == "xlsx":
        assert load_workbook(io.BytesIO(data)).active.max_row == 121
    else:
        assert sum(len(table.rows) - 1 for table in Document(io.BytesIO(data)).tables) == 120
