"""Publishing, reading and comparing releases in a browser, for everyone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browsing import axe_faults, follow, sticks_out_of
from tests.cast import Company
from tests.conftest import SignInBrowser
from tests.looking import there
from workshop.platform.db import Words, db
from workshop.programme.speakers.models import Invitation


def look_at(page: Page) -> None:
    assert axe_faults(page) == [], page.url
    assert not sticks_out_of(page), page.url


@pytest.mark.on_both_databases
def test_from_the_draft_to_the_mail_and_to_what_the_public_reads(
    page: Page, sign_in_browser: SignInBrowser, company: Company
) -> None:
    session = make.session(
        workshop=company.workshop,
        number=3,
        title=Words(en="Partnerships"),
        starts_at=make.NOON,
        ends_at=make.NOON + timedelta(hours=1),
    )
    session.appearances = [make.appearance()]
    db.session.add(session)
    db.session.flush()
    db.session.add(
        Invitation(
            workshop=company.workshop, person=session.appearances[0].person, email="ines@example.org", language="fr"
        )
    )
    db.session.commit()
    sign_in_browser(page, "ana")
    page.goto("/workshops/w/desk/agenda")
    for _round in range(2):
        follow(page, page.get_by_role("link", name="Publish the agenda"))
        look_at(page)
        page.get_by_role("button", name="Publish the agenda").click()
        page.get_by_text("The agenda is published.").wait_for()
        look_at(page)
        session.starts_at = there(session.starts_at) + timedelta(minutes=15)
        db.session.commit()
        page.goto("/workshops/w/desk/agenda")
    follow(page, page.get_by_role("link", name="Releases so far"))
    look_at(page)
    page.get_by_role("link", name=re.compile("Notify people affected.*Rev.1")).click()
    page.locator("summary", has_text="Preview the email").click()
    look_at(page)
    page.get_by_role("button", name="Send the emails").click()
    page.get_by_role("heading", name="Already notified").wait_for()
    for address in ("agenda", "agenda/releases", "agenda/releases/1", "agenda/changes?from=1&to=2"):
        page.goto(f"/workshops/w/{address}")
        look_at(page)
    expect(page.get_by_text("Session 3 moved from 13:00 to 13:15")).to_be_visible()
