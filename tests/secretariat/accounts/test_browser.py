"""The sign-in page in a real browser."""

from playwright.sync_api import Browser, Page

from tests.secretariat.accounts.conftest import PASSWORD
from workshop.secretariat.accounts.models import User


def test_a_password_can_be_looked_at_while_typing_and_is_hidden_again_when_sent(page: "Page", ana: User) -> None:
    page.goto("/sign-in?next=/account")
    page.fill("#email", "ana@example.org")
    page.fill("#password", PASSWORD)
    assert page.get_attribute("#password", "type") == "password"
    page.get_by_role("button", name="Show").click()
    assert page.get_attribute("#password", "type") == "text"
    page.get_by_role("button", name="Hide").click()
    assert page.get_attribute("#password", "type") == "password"
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/account")
    assert page.inner_text("h1") == "Ana"
    page.goto("/account/browsers")
    assert page.inner_text(".browsers b").startswith("Chrome, ")


def test_signing_in_needs_no_script(browser: Browser, server: str, ana: User) -> None:
    context = browser.new_context(base_url=server, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in?next=/account")
    page.fill("#email", "ana@example.org")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    assert page.inner_text(".flash") == "You are signed out."
    context.close()
