"""Typing in what came on paper, in a real browser: saved as one types, handed over, checked."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests import factories as make
from tests.browsing import axe_faults, follow, sticks_out_of
from tests.cast import Company
from tests.conftest import SignInBrowser
from tests.consultation.transcription.test_paper_views import FORM, PDF, RECEIVED
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.db import db, now
from workshop.secretariat.series.models import Membership, Role


def look_at(page: Page) -> None:
    """Axe finds nothing, and nothing sticks out of a phone."""
    faults = axe_faults(page)
    assert faults == [], page.url
    assert not sticks_out_of(page), page.url


@pytest.mark.on_both_databases
def test_from_the_paper_to_the_count(
    page: Page, company: Company, sign_in_browser: SignInBrowser, tmp_path: Path
) -> None:
    db.session.add(Membership(user=company.ben, workshop=company.workshop, role=Role.ORGANISER))
    asked = make.questionnaire(workshop=company.workshop, slug="ask", closes_at=now() - timedelta(days=1))
    db.session.add(make.version(FORM, questionnaire=asked))
    db.session.commit()
    (tmp_path / "scan.pdf").write_bytes(PDF)
    sign_in_browser(page, "ana")
    page.goto(RECEIVED)
    look_at(page)
    follow(page, "text=Type in answers from paper")
    look_at(page)
    page.check("text=on paper")
    page.set_input_files("#scan", tmp_path / "scan.pdf")
    follow(page, "text=Save and begin typing")
    look_at(page)
    page.check("label:has-text('Yes')")
    follow(page, ".actions button[value=next]")
    with page.expect_response(lambda answer: answer.url.endswith("/save") and answer.ok):
        page.fill("#B1", "Trees")
        page.press("#B1", "Tab")
    follow(page, ".actions button[value=next]")
    look_at(page)
    page.fill("#note", "B2 was blotted.")
    follow(page, "text=Submit for checking")
    expect(page.get_by_text("another organiser must check them")).to_be_visible()

    sign_in_browser(page, "ben")
    page.reload()
    look_at(page)
    expect(page.get_by_text("B2 was blotted.")).to_be_visible()
    follow(page, "text=Confirm: matches the paper")
    expect(page.get_by_text("The answers count now.")).to_be_visible()
    db.session.expire_all()
    response = db.session.scalars(select(Response)).one()
    assert (response.state, response.answers) == (ResponseState.SUBMITTED, {"A1": True, "B1": "Trees"})
