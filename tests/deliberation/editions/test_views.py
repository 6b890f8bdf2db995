"""The released report as everyone reads it, and its way there on the desk."""

import io
import json

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.cast import Company
from tests.conftest import Press, SignedIn
from tests.deliberation.plenary.meeting import Met, saved
from tests.factories import NOON
from tests.fetching import fetched
from tests.looking import there
from workshop.deliberation.editions.edition_print import page_html
from workshop.deliberation.editions.models import CheckDecision, Edition, EditionState, Rendering
from workshop.deliberation.plenary.models import Block
from workshop.platform import files, pdf, tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.platform.pdf import PdfFailed, PdfUnavailable
from workshop.platform.prints import Trouble
from workshop.platform.tasks import Task, TaskState
from workshop.secretariat.series.models import MeetingMode, Visibility

REPORT = "/workshops/w/reports/plenary"
DESK = "/workshops/w/desk/reports"
EDITIONS = f"{DESK}/plenary/editions"


@pytest.fixture
def met(company: Company) -> Met:
    return saved(company.workshop)


@pytest.fixture
def edition(met: Met, as_: SignedIn) -> Edition:
    """The report, compiled by Ana and frozen; nobody else sees it."""
    as_("ana").post(f"{DESK}/plenary/compile", data={"after": 0})
    assert as_("ana").post(EDITIONS).status_code == 302
    return db.session.scalars(select(Edition)).one()


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    press = Press()
    monkeypatch.setattr(pdf, "Renderer", press)
    return press


@pytest.fixture
def rendered(press: Press) -> list[str]:
    """The pages that were made into PDFs."""
    return press.pages


def release(as_: SignedIn, number: int = 1, languages: tuple[str, ...] = ("en", "fr", "es")) -> None:
    """Decide about each hit of the release check, clear it and release it."""
    eva = as_("eva")
    while True:
        page = eva.get(f"{DESK}/plenary/check").text
        keys = [part.split('"')[0] for part in page.split('name="hit" value="')[1:]]
        if not keys:
            break
        eva.post(f"{DESK}/plenary/check", data={"hit": keys[0], "reason": "It is public."})
    assert "is cleared" in eva.post(f"{EDITIONS}/{number}/clear", follow_redirects=True).text
    data = {"languages": list(languages)}
    assert "is released" in as_("ana").post(f"{EDITIONS}/{number}/release", data=data, follow_redirects=True).text


def test_nothing_is_public_until_it_is_released_and_compiling_again_changes_nothing(
    edition: Edition, met: Met, as_: SignedIn, client: FlaskClient
) -> None:
    for name in ("nobody", "ben", "ana"):
        assert as_(name).get(REPORT).status_code == 404, name
    release(as_)
    page = client.get(REPORT).text
    assert "Transfers cost too much." in page
    met.reports[1].key_points[0].text = "A half sentence"
    met.reports[1].signed_at = None
    db.session.commit()
    as_("chi").post(f"{DESK}/plenary/compile", data={"after": 1, "partly": "y"})
    as_("ana").post(f"{DESK}/plenary/proposals")
    as_("ana").post(EDITIONS)
    assert "A half sentence" not in client.get(REPORT).text
    assert "A half sentence" in as_("ana").get(f"{EDITIONS}/2").text


def test_the_steps_are_the_chairs_and_the_organisers(edition: Edition, as_: SignedIn) -> None:
    assert as_("chi").post(f"{EDITIONS}/1/clear").status_code == 403
    assert "has a chair" in as_("ana").post(f"{EDITIONS}/1/clear", follow_redirects=True).text
    assert as_("eva").post(f"{EDITIONS}/1/release", data={"languages": ["en"]}).status_code == 403
    when = {"day": "2100-01-01", "time": "18:00"}
    assert "under review" in as_("chi").post(f"{EDITIONS}/1/review", data=when, follow_redirects=True).text
    assert "Silence until 1 January 2100, 18:00" in as_("eva").get(EDITIONS).text
    edition.review_until = NOON  # long past
    db.session.commit()
    release(as_)
    assert [each.verb for each in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))] == [
        "compile report",
        "make edition",
        "send edition to review",
        "clear edition",
        "release edition",
    ]


def test_a_name_typed_by_a_rapporteur_stops_the_clearing_until_somebody_decides(
    met: Met, as_: SignedIn, client: FlaskClient
) -> None:
    met.reports[1].differences = "Bea Silent disagreed."
    as_("ana").post(f"{DESK}/plenary/compile", data={"after": 0})
    as_("ana").post(EDITIONS)
    answer = as_("eva").post(f"{EDITIONS}/1/clear", follow_redirects=True).text
    assert "nobody has decided about" in answer
    page = as_("chi").get(f"{DESK}/plenary/check").text
    assert "<mark>Bea Silent</mark> disagreed." in page
    refused = as_("chi").post(f"{DESK}/plenary/check", data={"hit": "x", "reason": ""}, follow_redirects=True).text
    assert "Say why it is kept." in refused
    assert db.session.scalars(select(CheckDecision)).all() == []
    release(as_)
    assert "Bea Silent disagreed." in client.get(REPORT).text
    assert "It is public." in as_("chi").get(f"{DESK}/plenary/check").text


def test_what_rests_on_something_struck_is_not_cleared(edition: Edition, met: Met, as_: SignedIn) -> None:
    met.point.struck_at = NOON
    db.session.commit()
    assert "Some paragraphs are based on sources" in as_("eva").post(f"{EDITIONS}/1/clear", follow_redirects=True).text
    assert "2 paragraphs are based on something" in as_("eva").get(EDITIONS).text


def test_paper_says_nothing_of_what_became_of_sources(edition: Edition, app: Flask) -> None:
    with app.test_request_context():
        assert "withdrawn or has changed" not in page_html(edition, "en")


def test_once_a_session_is_more_confidential_the_public_sees_nothing(
    edition: Edition, met: Met, as_: SignedIn, client: FlaskClient
) -> None:
    release(as_)
    assert client.get(REPORT).status_code == 200
    search = "/workshops/w/search?q=transfers"
    assert "cost too much" in client.get(search).text
    assert REPORT in client.get("/workshops/w/reports").text
    met.plenary.mode = MeetingMode.CHATHAM_HOUSE
    met.workshop.changed_in_public()
    db.session.commit()
    assert "cost too much" not in client.get(search).text
    assert REPORT not in client.get("/workshops/w/reports").text
    for path in (REPORT, f"{REPORT}.pdf", f"{REPORT}.docx", f"{REPORT}.txt", f"{REPORT}.json", f"{REPORT}/pdf"):
        assert client.get(path).status_code == 404, path
    assert "more confidential" in as_("ana").get(EDITIONS).text


def test_withdrawn_it_is_gone_and_restored_it_is_back(edition: Edition, as_: SignedIn, client: FlaskClient) -> None:
    release(as_)
    ana = as_("ana")
    assert "Say why" in ana.post(f"{EDITIONS}/1/withdraw", data={"because": ""}, follow_redirects=True).text
    assert client.get(REPORT).status_code == 200
    ana.post(f"{EDITIONS}/1/withdraw", data={"because": "A wrong table"})
    assert client.get(REPORT).status_code == 404
    assert "A wrong table" in ana.get(EDITIONS).text
    ana.post(f"{EDITIONS}/1/restore")
    assert client.get(REPORT).status_code == 200


def test_of_a_workshop_that_is_not_public_no_report_is(
    edition: Edition, company: Company, as_: SignedIn, client: FlaskClient
) -> None:
    release(as_)
    company.workshop.visibility = Visibility.PRIVATE
    db.session.commit()
    assert client.get(REPORT).status_code == 404


def test_languages_come_out_one_by_one(edition: Edition, as_: SignedIn, client: FlaskClient) -> None:
    release(as_, languages=("en",))
    assert '<span lang="fr" dir="ltr">Le codéveloppement</span>' in client.get(f"{REPORT}?lang=fr").text
    assert client.get(f"{REPORT}.txt?lang=fr").text.startswith("Report to the plenary")
    as_("ana").post(f"{EDITIONS}/1/release", data={"languages": ["fr"]})
    assert client.get(f"{REPORT}.txt?lang=fr").text.startswith("Compte rendu à la plénière")


def test_numbers_are_frozen_and_two_editions_are_compared(edition: Edition, met: Met, as_: SignedIn) -> None:
    numbers = [(each.block, each.number) for each in edition.paragraphs]
    block = db.session.scalars(select(Block).where(Block.key.contains("speakers"))).one()
    block.words = Words(en="Two people spoke, one of them twice.")
    db.session.commit()
    assert "Nothing has changed" not in as_("ana").post(EDITIONS, follow_redirects=True).text
    assert "Nothing has changed since edition 2" in as_("ana").post(EDITIONS, follow_redirects=True).text
    db.session.expire_all()
    assert [(each.block, each.number) for each in edition.paragraphs] == numbers
    page = as_("eva").get(f"{EDITIONS}/2/changes/1").text
    assert "<ins>" in page
    assert "<del>" in page
    assert page.count('class="compared"') == 1


def test_the_public_is_not_given_addresses_of_notes(edition: Edition, as_: SignedIn, client: FlaskClient) -> None:
    release(as_)
    assert "/breakouts/" not in client.get(REPORT).text
    assert "/workshops/w/breakouts/1/notes#point-1" in as_("chi").get(f"{EDITIONS}/1").text


def test_a_struck_point_is_explained_to_those_inside_and_noted_for_the_public(
    edition: Edition, met: Met, as_: SignedIn, client: FlaskClient
) -> None:
    release(as_)
    met.point.struck_at = NOON
    db.session.commit()
    assert "Based on: point 1.1, which was struck out on 2 March 2026." in as_("ana").get(f"{EDITIONS}/1").text
    page = client.get(REPORT).text
    assert "struck" not in page
    assert page.count("A source of this paragraph was withdrawn or has changed since.") == 2  # and the table of points


def test_the_page_keeps_foreign_words_and_says_how_to_cite(
    edition: Edition, as_: SignedIn, client: FlaskClient
) -> None:
    release(as_)
    page = client.get(REPORT).text
    assert '<p class="para" id="p1">' in page
    assert "Les transferts coûtent {0} trop cher &lt;b&gt;" in page
    assert "Cite as: " in page
    french = client.get(f"{REPORT}?lang=fr").text
    assert '<html lang="fr"' in french
    assert '<span lang="fr" dir="ltr">Le codéveloppement</span>' not in french


def test_word_text_and_data_say_the_same(edition: Edition, as_: SignedIn, client: FlaskClient) -> None:
    release(as_)
    answer = fetched(client, f"{REPORT}.docx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=w-plenary-en.docx"
    document = Document(io.BytesIO(answer.data))
    heads = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 1"]
    assert heads[1].startswith("1. ")
    words = "\n".join(each.text for each in document.paragraphs)
    text = client.get(f"{REPORT}.txt").text
    data = json.loads(client.get(f"{REPORT}.json").text)
    assert document.core_properties.author == ""
    for each in data["paragraphs"]:
        if each["number"]:
            said = f"{each['number']}. {each['text']['en']}"
            assert said in words
            assert said in text
    assert {"kind": "point", "name": {"": "1.1"}} in [s for each in data["paragraphs"] for s in each["sources"]]
    assert "noted_by" not in client.get(f"{REPORT}.json").text


# The PDF


def test_it_is_made_once_and_then_served_from_storage(
    edition: Edition, as_: SignedIn, client: FlaskClient, rendered: list[str]
) -> None:
    release(as_)
    assert client.get(f"{REPORT}.pdf?lang=fr").headers["Location"] == f"{REPORT}/pdf?lang=fr"
    tasks.run_due()
    first = client.get(f"{REPORT}.pdf?lang=fr")
    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.headers["Content-Disposition"] == "inline; filename=w-plenary-fr.pdf"
    count = len(rendered)
    assert client.get(f"{REPORT}.pdf?lang=fr").data == first.data
    assert tasks.run_due() == 0
    assert len(rendered) == count


def test_a_draft_says_so_on_paper_and_the_cleared_text_does_not(
    edition: Edition, as_: SignedIn, rendered: list[str]
) -> None:
    tasks.run_due()
    assert all("Draft, not for circulation" in each or "Projet" in each or "Borrador" in each for each in rendered)
    drafts = len(rendered)
    release(as_)
    tasks.run_due()
    assert len(rendered) == drafts + 3
    assert not any("Draft, not for circulation" in each for each in rendered[drafts:])


def test_a_task_that_runs_twice_renders_once(edition: Edition, rendered: list[str]) -> None:
    first = there(db.session.scalars(select(Task)).first())
    tasks.run_task(first.id)
    first.state, first.taken_until = TaskState.READY, None
    db.session.commit()
    tasks.run_task(first.id)
    assert len(rendered) == 1
    [made] = db.session.scalars(select(Rendering).where(Rendering.stored_as != ""))
    assert files.get(made.stored_as) == b"%PDF-1.7 number 1"


@pytest.mark.parametrize(
    ("failure", "problem", "words"),
    [
        (pdf.PdfUnavailable(pdf.MISSING), Trouble.UNAVAILABLE, "sudo apt install libpango-1.0-0"),
        (pdf.PdfFailed("too long"), Trouble.FAILED, "The PDF could not be created."),
    ],
)
def test_where_it_cannot_be_made_the_page_says_so_and_it_can_be_tried_again(
    edition: Edition,
    as_: SignedIn,
    client: FlaskClient,
    press: Press,
    failure: PdfFailed | PdfUnavailable,
    problem: Trouble,
    words: str,
) -> None:
    release(as_)
    press.failure = failure
    tasks.run_due()
    assert {r.problem for r in db.session.scalars(select(Rendering))} == {problem}
    page = client.get(f"{REPORT}/pdf").text
    assert words in page
    assert "Try again" in page
    press.failure = None
    client.post(f"{REPORT}/pdf")
    assert tasks.run_due() == 1
    assert client.get(f"{REPORT}.pdf").status_code == 200


def test_in_a_browser_the_page_says_by_itself_when_the_pdf_is_ready(
    edition: Edition, as_: SignedIn, page: Page, rendered: list[str]
) -> None:
    release(as_)
    page.goto(f"{REPORT}/pdf?lang=en")
    expect(page.get_by_role("link", name="Check again")).to_be_visible()
    tasks.run_due()
    page.get_by_role("link", name="Open the PDF").wait_for()


def test_the_list_of_reports_shows_what_is_out(edition: Edition, as_: SignedIn, client: FlaskClient) -> None:
    release(as_, languages=("en",))
    page = client.get("/workshops/w/reports").text
    assert f'href="{REPORT}"' in page
    assert "PDF, English" in page
    assert db.session.scalars(select(Edition)).one().state is EditionState.RELEASED


def test_a_released_edition_has_one_corrigendum_shown_with_it_everywhere(
    edition: Edition, as_: SignedIn, client: FlaskClient, app: Flask
) -> None:
    path = f"{EDITIONS}/1/corrigendum"
    said = {"text-en": "§1: for 2005 read 2006.", "text-fr": "§1 : lire 2006.", "text-es": "§1: léase 2006."}
    early = as_("ana").post(path, data=said)
    assert early.status_code == 422
    assert "Only an edition that is public is corrected." in early.text
    release(as_)
    before, content = edition.digest, edition.content
    assert "every language in which" in as_("ana").post(path, data={"text-en": "§1."}).text
    named = as_("ana").post(path, data=said | {"text-en": "Bea Silent did not speak."})
    assert "Check these names and words first: Bea Silent." in named.text
    assert "The corrigendum is public." in as_("ana").post(path, data=said, follow_redirects=True).text
    db.session.expire_all()
    assert (edition.digest, edition.content) == (before, content)
    for file in (REPORT, f"{REPORT}.txt", f"{REPORT}.json"):
        assert "for 2005 read 2006" in client.get(file).text, file
    with app.test_request_context():
        assert "lire 2006" in page_html(edition, "fr")
    words = Document(io.BytesIO(fetched(client, f"{REPORT}.docx").data))
    assert "§1: for 2005 read 2006." in [line.text for line in words.paragraphs]
    assert "has its corrigendum" in as_("ana").post(path, data=said).text
