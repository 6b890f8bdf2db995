"""The programme and the overview on paper: what is in them, how they are tagged, and when they are made."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from pypdf import PdfReader

from tests import factories as make
from tests.cast import Company
from tests.conftest import Press, count_statements
from tests.looking import there
from tests.programme.agenda_out.published import group, large, papers, publish, room, session
from workshop.platform import pdf, tasks
from workshop.platform.db import Words, db
from workshop.platform.pdf import PdfFailed, PdfUnavailable
from workshop.platform.prints import Trouble
from workshop.platform.tasks import Task
from workshop.programme.agenda.models import Session
from workshop.programme.agenda_out import programme_print
from workshop.programme.agenda_out.models import AgendaPrint, Layout
from workshop.programme.agenda_out.queries import published_programme
from workshop.secretariat.series.models import MeetingMode, Visibility

PROGRAMME, OVERVIEW = "/workshops/w/agenda.pdf", "/workshops/w/agenda/overview.pdf"
PROGRESS = "/workshops/w/agenda/pdf/programme?lang=en"

ON_PAPER = pytest.mark.on_one_database("the same page is set on paper beside any database")


@pytest.fixture
def agenda(company: Company) -> Session:
    row = session(company.workshop, room=room(company.workshop, "Salle XX"))
    papers(company.workshop, row)
    group(company.workshop, row)
    publish(company.workshop)
    return row


def made(client: FlaskClient, address: str, lang: str = "en") -> PdfReader:
    """Asked for, made by the worker, fetched and opened."""
    assert client.get(f"{address}?lang={lang}").status_code == 302
    tasks.run_due()
    answer = client.get(f"{address}?lang={lang}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(BytesIO(answer.data))


def text_of(document: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in document.pages))


def tags(node: Any) -> Iterator[str]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            yield kid["/S"]
            yield from tags(kid)


# On paper


@ON_PAPER
@pytest.mark.usefixtures("engine")
def test_the_programme_says_all_that_the_page_says(client: FlaskClient, agenda: Session) -> None:
    said = text_of(made(client, PROGRAMME, "fr"))
    for words in (
        "A workshop on something",
        "2–3 mars 2026",
        "lundi 2 mars",
        "09:00–10:00",
        "Salle XX",
        "Partenariats 1",
        "What works?",
        "H.E. Ines Chair 1 (synthetic)",
        "Zoë Ñandú 1 (synthetic)",
        "Directrice",
        "Bureau des exemples",
        "Tunisie",
        "Un exposé",
        "Déclaration (EN, FR)",
        "Aucun document fourni",
        "A topic",
        "Why?",
    ):
        assert words.casefold() in said.casefold(), words
    assert "Not yet for anybody" not in said


@ON_PAPER
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("address", [PROGRAMME, OVERVIEW])
def test_it_is_tagged_titled_and_says_its_language(client: FlaskClient, agenda: Session, address: str) -> None:
    document = made(client, address, "fr")
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert there(there(document.metadata).title).startswith("A workshop on something – ")
    assert not there(document.metadata).author
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", xmp)
    found = list(tags(root["/StructTreeRoot"]))
    assert (found.count("/H1"), found.count("/H2")) == (1, 1)
    assert ("/H3" in found) == (address == PROGRAMME)
    assert ("/Table" in found, "/TH" in found) == (address == OVERVIEW,) * 2


@ON_PAPER
@pytest.mark.usefixtures("engine")
def test_sheets_are_a4(client: FlaskClient, agenda: Session) -> None:
    for address in (PROGRAMME, OVERVIEW):
        width, height = made(client, address).pages[0].mediabox[2:]
        assert (round(width), round(height)) == (595, 842)


@ON_PAPER
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("count", [9, 30, 120])
def test_the_overview_is_one_page(client: FlaskClient, company: Company, count: int) -> None:
    large(company.workshop, count)
    publish(company.workshop)
    document = made(client, OVERVIEW)
    said = text_of(document)
    assert len(document.pages) == 1
    assert all(f"Partnerships {n} " in said for n in range(1, count + 1))
    assert said.count("Room ") >= count


@ON_PAPER
@pytest.mark.usefixtures("engine")
def test_an_overview_that_needs_more_pages_says_which_is_which(client: FlaskClient, company: Company) -> None:
    large(company.workshop, 300, rooms=20)
    publish(company.workshop)
    document = made(client, OVERVIEW)
    said = text_of(document)
    assert len(document.pages) > 1
    assert f"1 / {len(document.pages)}" in said
    assert all(f"Partnerships {n} " in said for n in range(1, 301))


@ON_PAPER
@pytest.mark.usefixtures("engine")
def test_a_programme_runs_from_right_to_left_where_the_language_does(client: FlaskClient, company: Company) -> None:
    company.workshop.languages = ["ar", "en"]
    session(company.workshop, title=Words(ar="الهجرة والتنمية"))
    publish(company.workshop)
    document = made(client, PROGRAMME, "ar")
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert "الهجرة" in text_of(document) or "ةرجهلا" in text_of(document)


@ON_PAPER
def test_a_chatham_house_session_names_no_more_than_the_agenda(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop, mode=MeetingMode.CHATHAM_HOUSE)
    release = publish(company.workshop, names=True)
    company.chi.name = "Canary"
    their = make.group(workshop=company.workshop, session=row)
    db.session.add_all([their, make.servant(group=their, user=company.chi)])
    db.session.commit()
    client.get(f"{PROGRAMME}?lang=en")
    wanted = db.session.scalars(db.select(AgendaPrint)).one()
    page = programme_print.page_html(there(published_programme(db.session, company.workshop, "en")), Layout.PROGRAMME)
    assert wanted.layout is Layout.PROGRAMME
    assert release.agenda[0]["people"][0]["name"] in page
    assert "Canary" not in page


@ON_PAPER
@pytest.mark.usefixtures("agenda")
def test_no_text_runs_or_fetches_on_paper(client: FlaskClient, company: Company) -> None:
    session(company.workshop, 2, title=Words(en='<script>x</script><img src="file:///etc/passwd">'))
    publish(company.workshop, 2)
    for layout in Layout:
        page = programme_print.page_html(there(published_programme(db.session, company.workshop, "en")), layout)
        assert "<script" not in page
        assert "<img" not in page


# When it is made


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    press = Press()
    monkeypatch.setattr(programme_print, "Renderer", press)
    return press


def test_it_is_made_once_and_served_until_the_programme_changes(
    client: FlaskClient, company: Company, agenda: Session, press: Press
) -> None:
    asked = client.get(f"{PROGRAMME}?lang=en")
    assert asked.headers["Location"] == PROGRESS
    assert "ETag" not in asked.headers
    assert client.get(f"{PROGRAMME}?lang=en").status_code == 302  # asked for already
    assert len(db.session.scalars(db.select(Task)).all()) == 1
    assert 'data-poll="2"' in client.get(PROGRESS).text
    tasks.run_due()
    assert "The PDF is ready." in client.get(PROGRESS).text
    first = client.get(f"{PROGRAMME}?lang=en")
    assert first.headers["Content-Disposition"] == "inline; filename=w-programme-en.pdf"
    with count_statements() as statements:
        again = client.get(f"{PROGRAMME}?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, len(statements)) == (304, 1)
    company.workshop.changed_in_public()  # something that the programme does not print
    assert client.get(f"{PROGRAMME}?lang=en").data == first.data
    agenda.title = Words(en="Alliances")
    db.session.commit()
    assert client.get(f"{PROGRAMME}?lang=en").data == first.data  # the draft alone changes nothing
    publish(company.workshop, 2)
    assert client.get(f"{PROGRAMME}?lang=en").status_code == 302
    tasks.run_due()
    assert client.get(f"{PROGRAMME}?lang=en").data != first.data
    assert len(press.pages) == 2
    assert len(db.session.scalars(db.select(AgendaPrint)).all()) == 1  # the old one is forgotten


def test_each_language_and_layout_is_a_pdf_of_its_own(client: FlaskClient, agenda: Session, press: Press) -> None:
    for address in (PROGRAMME, OVERVIEW):
        for code in ("en", "fr"):
            client.get(f"{address}?lang={code}")
    tasks.run_due()
    assert (
        len({client.get(f"{address}?lang={code}").data for address in (PROGRAMME, OVERVIEW) for code in ("en", "fr")})
        == 4
    )


def test_what_is_outdated_before_it_is_made_is_not_made(
    client: FlaskClient, company: Company, agenda: Session, press: Press
) -> None:
    client.get(f"{PROGRAMME}?lang=en")
    agenda.title = Words(en="Alliances")
    publish(company.workshop, 2)
    tasks.run_due()
    assert press.pages == []
    assert db.session.scalars(db.select(AgendaPrint)).all() == []
    assert "Create the PDF" in client.get(PROGRESS).text


@pytest.mark.parametrize(
    ("failure", "trouble", "said"),
    [
        (pdf.PdfUnavailable(pdf.MISSING), Trouble.UNAVAILABLE, "sudo apt install libpango-1.0-0"),
        (pdf.PdfFailed("too long"), Trouble.FAILED, "The PDF could not be created."),
    ],
)
def test_a_failure_is_told_and_can_be_tried_again(
    client: FlaskClient, agenda: Session, press: Press, failure: PdfFailed | PdfUnavailable, trouble: Trouble, said: str
) -> None:
    press.failure = failure
    client.get(f"{PROGRAMME}?lang=en")
    tasks.run_due()
    assert db.session.scalars(db.select(AgendaPrint.problem)).one() is trouble
    assert said in client.get(PROGRESS).text
    assert client.get(f"{PROGRAMME}?lang=en").headers["Location"] == PROGRESS
    assert tasks.run_due() == 0  # not by itself
    press.failure = None
    client.post(PROGRESS)
    tasks.run_due()
    assert client.get(f"{PROGRAMME}?lang=en").status_code == 200


def test_there_is_nothing_without_a_release_or_of_another_layout(client: FlaskClient, company: Company) -> None:
    session(company.workshop)
    db.session.commit()
    for address in (PROGRAMME, OVERVIEW, PROGRESS, "/workshops/w/agenda/pdf/poster"):
        assert client.get(address).status_code == 404
    publish(company.workshop)
    company.workshop.visibility = Visibility.PRIVATE
    for address in (PROGRAMME, OVERVIEW, PROGRESS):
        assert client.get(address).status_code == 404
    assert db.session.scalars(db.select(AgendaPrint)).all() == []


@pytest.mark.parametrize("length", [1, 3])
def test_a_pdf_in_storage_takes_few_statements_whatever_its_length(
    client: FlaskClient, company: Company, press: Press, length: int
) -> None:
    for number in range(1, length + 1):
        row = session(company.workshop, number)
        papers(company.workshop, row)
        group(company.workshop, row, number)
    publish(company.workshop)
    client.get(f"{PROGRAMME}?lang=en")
    tasks.run_due()
    for expected in (6, 1):  # the second time it is kept
        with count_statements() as statements:
            assert client.get(f"{PROGRAMME}?lang=en").status_code == 200
        assert len(statements) == expected


def test_in_a_browser_the_page_says_by_itself_when_the_pdf_is_ready(page: Page, agenda: Session, press: Press) -> None:
    page.goto(PROGRESS)
    page.get_by_role("button", name="Create the PDF").click()
    page.get_by_text("Waiting in the queue.").wait_for()
    tasks.run_due()
    page.get_by_role("link", name="Open the PDF").wait_for()
