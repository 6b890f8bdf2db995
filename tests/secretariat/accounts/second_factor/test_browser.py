"""An authenticator app set up and asked for in a real browser, with and without scripts."""

import pyotp
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from tests.browsing import axe_faults, sticks_out_of
from tests.secretariat.accounts.conftest import PASSWORD
from tests.secretariat.accounts.second_factor.test_views import codes_on, key_on
from workshop.platform.db import db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.second_factor.models import Authenticator


def type_password(page: Page) -> None:
    page.goto("/sign-in?next=/account/sign-in")
    page.fill("#email", "ana@example.org")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_it_is_set_up_and_asked_for_without_scripts(browser: Browser, server: str, ana: User) -> None:
    context = browser.new_context(base_url=server, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    type_password(page)
    page.get_by_role("button", name="Set up an authenticator app").click()
    page.get_by_role("img", name="QR code with the key shown below").wait_for()
    app = pyotp.TOTP(key_on(page.content()))
    page.fill("#code", app.now())
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    codes = codes_on(page.content())
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("10 codes are left").wait_for()
    context.clear_cookies()
    type_password(page)
    page.fill("#code", codes[0])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("9 codes are left").wait_for()
    db.session.execute(update(Authenticator).values(last_step=0))
    db.session.commit()
    context.clear_cookies()
    type_password(page)
    page.fill("#code", app.now())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/account/sign-in")
    context.close()


def test_codes_are_copied_and_printed_with_scripts(page: Page, ana: User) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("window.print = () => { window.printed = true; }")
    type_password(page)
    page.get_by_role("button", name="Set up an authenticator app").click()
    page.wait_for_url("**/account/second-factor")
    assert axe_faults(page) == []
    page.fill("#code", pyotp.TOTP(key_on(page.content())).now())
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == codes_on(page.content())
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") is True
    assert axe_faults(page) == []
    assert not sticks_out_of(page)
    page.context.clear_cookies()
    type_password(page)
    page.get_by_role("heading", name="Your code").wait_for()
    assert axe_faults(page) == []
    assert not sticks_out_of(page)
    page.goto("/account/confirm")
