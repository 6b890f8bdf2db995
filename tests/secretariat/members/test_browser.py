"""The whole way in a real browser: invited on the desk, a letter from a real mail server, the desk behind its link."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignInBrowser
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.members.conftest import MEMBERS, PASSWORD, delivered, link_in, roles_of
from workshop.secretariat.series.models import Role


def looks_right(tab: Page) -> None:
    assert axe_faults(tab) == [], tab.url
    assert not sticks_out_of(tab), tab.url


@pytest.mark.on_both_databases
def test_from_the_invitation_to_the_desk_and_the_second_click(
    page: Page, browser: Browser, server: str, sign_in_browser: SignInBrowser, sink: Sink
) -> None:
    sign_in_browser(page, "ana")
    page.goto(MEMBERS)
    looks_right(page)
    page.get_by_role("link", name="Invite a colleague").click()
    looks_right(page)
    page.get_by_label("Email address").fill("mia@example.org")
    page.get_by_label("Name").fill("Mia")
    page.get_by_label("Programme officer", exact=True).check()
    page.get_by_label("Language of the letter").select_option("fr")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation to mia@example.org is on its way.")).to_be_visible()
    looks_right(page)

    (letter,) = delivered(sink)
    assert letter["To"] == "mia@example.org"
    assert "Destinataire\u00a0: Mia" in letter.get_content()
    assert "Gestion du programme" in letter.get_content()

    own = browser.new_context(base_url=server, locale="en-GB")
    tab = own.new_page()
    tab.goto(link_in(letter))
    looks_right(tab)
    tab.get_by_label("Your name").fill("Mia Sample")
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Accept the invitation").click()
    tab.wait_for_url("**/workshops/w/desk/")
    expect(tab.get_by_text("You are now a member of this workshop.")).to_be_visible()
    expect(tab.get_by_role("link", name="Agenda", exact=True)).to_be_visible()
    expect(tab.get_by_role("link", name="Settings", exact=True)).to_have_count(0)
    assert roles_of("mia@example.org") == [Role.PROGRAMME]
    tab.goto(MEMBERS)
    expect(tab.get_by_role("heading", name="Not part of your role")).to_be_visible()
    looks_right(tab)
    tab.goto(link_in(letter))
    expect(tab.get_by_role("heading", name="This invitation was used already")).to_be_visible()
    looks_right(tab)
    own.close()


def test_the_page_of_a_member_and_the_administration(
    page: Page, sign_in_browser: SignInBrowser, company: Company
) -> None:
    sign_in_browser(page, "ana")
    page.goto(f"{MEMBERS}/{company.ben.id}")
    page.get_by_text("What each role can do").click()
    looks_right(page)
    sign_in_browser(page, "ida")
    page.goto("/administration")
    looks_right(page)
