"""The new pages in a real browser: axe finds nothing, in English and in French, and all fits a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignInBrowser
from tests.platform.foreign import samples
from tests.platform.test_access import publish_agenda
from tests.programme.papers.test_submission_views import invitation
from tests.programme.papers.test_views import at
from tests.secretariat.accounts.conftest import mails
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import Session
from workshop.programme.papers.models import Document, DocumentFile, Embargo, State
from workshop.programme.speakers.models import Invitation

__all__ = ["invitation"]


@pytest.fixture
def document(session: Session, company: Company) -> Document:
    row = make.document(
        workshop=company.workshop,
        session=session,
        item=session.items[0],
        languages=["en", "fr"],
        symbol="IDM/2005/3",
        symbol_key="idm/2005/3",
        due_on=company.workshop.starts_on,
    )
    listed = make.document(
        workshop=company.workshop,
        session=session,
        title=Words(en="Facts"),
        state=State.PUBLISHED,
        embargo=Embargo.SESSION_ENDS,
    )
    session.starts_at = session.ends_at = None
    db.session.add_all([row, listed])
    publish_agenda(company)
    return row


def look_at(page: Page, address: str) -> None:
    for language in ("fr", "en"):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert axe_faults(page) == [], address
    assert not sticks_out_of(page), address


def test_the_pages_are_accessible_and_fit_a_phone(
    page: "Page", sign_in_browser: SignInBrowser, company: Company, document: Document
) -> None:
    for address in (
        "/workshops/w/papers",
        "/workshops/w/search",
        "/workshops/w/search?q=talk",
        "/workshops/w/search?q=zzz",
    ):
        look_at(page, address)
    sign_in_browser(page, "ana")
    desk = "/workshops/w/desk"
    for address in (
        f"{desk}/papers/languages",
        f"{desk}/papers/reminders",
        f"{desk}/search?q=talk",
        at(document),
        at(document, "edit"),
        f"{desk}/papers",
    ):
        look_at(page, address)


def test_an_author_hands_in_by_link_and_removes_what_it_tells(
    page: Page, company: Company, document: Document, invitation: Invitation, tmp_path: Path
) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(samples.word_document())
    look_at(page, "/s/her-secret/documents")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name=re.compile("^Submit the file")).click()
    expect(page.get_by_role("status").filter(has_text="Received: paper.docx")).to_be_visible()
    mails()
    expect(page.get_by_text("Last saved by")).to_be_visible()  # without being asked to load again
    look_at(page, "/s/her-secret/documents")
    page.get_by_role("button", name=re.compile("^Remove this")).click()
    expect(page.get_by_role("status").filter(has_text="without metadata")).to_be_visible()
    mails()
    expect(page.get_by_text("reveal nothing about people")).to_be_visible()


def test_a_file_under_embargo_says_when(page: Page, company: Company, session: Session, document: Document) -> None:
    row = make.document(workshop=company.workshop, session=session, state=State.PUBLISHED, embargo=Embargo.SESSION_ENDS)
    row.files.append(make_file())
    db.session.add(row)
    db.session.commit()
    look_at(page, f"/papers/{row.key}/en")
    expect(page.get_by_text("Check against delivery")).to_be_visible()


def make_file() -> DocumentFile:
    from tests.programme.papers.test_views import a_file

    return a_file()


def test_search_from_the_box_by_keyboard(page: Page, company: Company, document: Document) -> None:
    page.goto("/workshops/w/agenda?lang=en")
    page.get_by_role("searchbox").first.fill("tlak")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sessions and items")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("talk")
