"""The run sheet in a browser: its keys, switching them off, without scripts, for everyone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories as make
from tests.browsing import axe_faults
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser
from workshop.platform.db import Words, db
from workshop.programme.runsheet.models import Run

DAY = "/workshops/w/desk/run-sheet/2026-03-02"


@pytest.fixture
def sheet(company: Company) -> None:
    for number, title in ((1, "Opening"), (2, "Closing")):
        begin = make.NOON + timedelta(hours=number)
        db.session.add(
            make.session(
                workshop=company.workshop,
                number=number,
                title=Words(en=title),
                starts_at=begin,
                ends_at=begin + timedelta(hours=1),
            )
        )
    db.session.commit()


def began() -> int:
    db.session.expire_all()
    return len(db.session.scalars(db.select(Run)).all())


def test_keys_begin_end_and_undo(page: Page, sign_in_browser: SignInBrowser, sheet: None) -> None:
    sign_in_browser(page, "ana")
    page.goto(DAY)
    expect(page.locator(".keys")).to_be_visible()
    page.keyboard.press("n")
    page.get_by_role("button", name="End: Opening").wait_for()
    page.keyboard.press("n")
    page.get_by_role("button", name="End: Closing").wait_for()
    page.keyboard.press("e")
    page.get_by_text("Nothing is running.").wait_for()
    page.keyboard.press("u")
    page.get_by_role("button", name="End: Closing").wait_for()
    assert began() == 2


def test_keys_can_be_switched_off_and_stay_off(page: "Page", sign_in_browser: SignInBrowser, sheet: None) -> None:
    sign_in_browser(page, "ana")
    page.goto(DAY)
    page.get_by_label("Shortcuts on").uncheck()
    page.reload()
    assert not page.get_by_label("Shortcuts on").is_checked()
    page.keyboard.press("n")
    page.get_by_role("button", name="Begin: Opening").click()
    page.get_by_role("button", name="End: Opening").wait_for()
    assert began() == 1


def test_a_key_with_control_is_the_browsers(page: "Page", sign_in_browser: SignInBrowser, sheet: None) -> None:
    sign_in_browser(page, "ana")
    page.goto(DAY)
    page.keyboard.press("Alt+n")
    page.keyboard.press("n")
    page.get_by_role("button", name="End: Opening").wait_for()
    assert began() == 1


def test_without_scripts_there_are_buttons_and_no_legend_of_keys(
    browser: Browser, server: str, sign_in_browser: SignInBrowser, sheet: None
) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    sign_in_browser(page, "ana")
    page.goto(DAY)
    expect(page.locator(".keys")).to_be_hidden()
    page.get_by_role("button", name="Begin: Opening").click()
    page.get_by_role("button", name="End: Opening").wait_for()
    page.get_by_role("button", name="Undo the last action").click()
    page.get_by_text("Nothing has begun yet.").wait_for()
    context.close()


@pytest.mark.parametrize("address", [DAY, f"{DAY}/notes/1/0"])
def test_everyone_can_use_it(page: Page, sign_in_browser: SignInBrowser, sheet: None, address: str) -> None:
    sign_in_browser(page, "ana")
    page.goto(DAY)
    page.keyboard.press("n")
    page.get_by_role("button", name="End: Opening").wait_for()
    page.goto(address)
    assert axe_faults(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.on_both_databases
def test_what_somebody_else_presses_is_seen_without_loading_anew(
    page: Page, as_: SignedIn, sign_in_browser: SignInBrowser, sheet: None
) -> None:
    sign_in_browser(page, "ana")
    page.clock.install()
    page.goto(DAY)
    page.get_by_text("Nothing has begun yet.").wait_for()
    entry = page.locator("form[data-key=n] input[name=entry]").input_value()
    as_("eva").post(f"{DAY}/begin", data={"entry": entry, "seen": ""})
    page.clock.fast_forward(21_000)
    page.get_by_role("button", name="End: Opening").wait_for()
    assert "Opening" in page.locator("#said").inner_text()
    page.keyboard.press("e")
    page.get_by_text("Nothing is running.").wait_for()
