"""The whole way of an invitation in a real browser: the desk, the mail, the page behind the link, the public page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import CheckedClient, SignInBrowser
from tests.looking import there
from tests.platform.foreign.pictures import picture
from tests.programme.speakers.conftest import DESK, Meeting, invitation_of, link_in, place_of, publish
from tests.secretariat.accounts.conftest import mails
from tests.secretariat.accounts.test_mail import Sink
from tests.test_path import look_at
from workshop.platform.db import db
from workshop.programme.speakers.models import InvitationStatus

SPEAKERS = "/workshops/w/speakers"


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "me.jpg"
    file.write_bytes(picture())
    return file


@pytest.mark.on_both_databases
def test_from_the_desk_to_the_public_page_and_back(
    page: Page, sign_in_browser: SignInBrowser, meeting: Meeting, sink: Sink, photo: Path
) -> None:
    publish(meeting.workshop)
    sign_in_browser(page, "ana")
    page.goto(DESK)
    page.get_by_label("Ines SYNTHETIC").check()
    press(page, "Invite the people ticked…")
    page.get_by_label("Email address").fill("ines@example.org")
    page.get_by_label("Language of the emails").select_option(label="Français")
    press(page, "Preview the emails again")
    expect(page.locator(".letter")).to_contain_text("Ines Synthetic")
    press(page, "Send one invitation")
    expect(page.get_by_role("status")).to_contain_text("on its way")
    mails()
    link = link_in(sink.received[0])
    page.context.clear_cookies()
    page.goto(f"{link}?lang=en")
    press(page, "Accept the invitation")
    expect(page.get_by_role("heading", name="You have accepted")).to_be_visible()
    page.get_by_role("link", name="Your listing in the programme").click()
    page.get_by_label("Form of address").fill("Dr.")
    press(page, "Confirm this listing")
    expect(page.get_by_text("changes proposed")).to_be_visible()
    give_portrait(page, photo)
    page.goto(f"{link}/consent")
    assert page.locator("input[type=checkbox]:checked").count() == 0
    page.get_by_label("My photo may be shown").check()
    page.get_by_label("My biography may be shown").check()
    press(page, "Save my decisions")
    page.goto(SPEAKERS)
    expect(page.get_by_alt_text("Photo of Ines Synthetic")).to_be_visible()
    page.get_by_text("Biography", exact=False).first.click()
    expect(page.get_by_text("Wrote a book.")).to_be_visible()
    assert page.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.goto(f"{link}/consent")
    page.get_by_label("My photo may be shown").uncheck()
    press(page, "Save my decisions")
    page.goto(SPEAKERS)
    expect(page.locator("img")).to_have_count(0)
    expect(page.get_by_text("Biography", exact=False)).to_have_count(1)
    assert invitation_of(meeting.ines).standing is InvitationStatus.ACCEPTED


def give_portrait(page: Page, photo: Path) -> None:
    page.get_by_role("link", name="Biography and photo").click()
    page.get_by_label("English").fill("Wrote a book.")
    expect(page.locator(".count").first).to_have_text("1,487 characters left")
    page.get_by_label("Photo").set_input_files(photo)
    press(page, "Save")


def test_the_time_zone_is_guessed_and_can_be_chosen(
    browser: Browser, server: str, meeting: Meeting, invite: Callable[..., str]
) -> None:
    link = invite(meeting.ines)
    context = browser.new_context(base_url=server, locale="en-GB", timezone_id="Asia/Manila")
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_text("17:00–18:00")).to_be_visible()
    expect(page.get_by_text("10:00–11:00")).to_be_visible()
    page.get_by_label("Show the times also in").select_option("America/New_York")
    press(page, "Save this time zone")
    expect(page.get_by_text("04:00–05:00")).to_be_visible()
    context.close()


def test_all_of_it_works_without_scripts(
    browser: Browser, server: str, meeting: Meeting, invite: Callable[..., str], photo: Path
) -> None:
    link = invite(meeting.ines)
    context = browser.new_context(base_url=server, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Show the times also in").select_option("Asia/Manila")
    press(page, "Save this time zone")
    expect(page.get_by_text("17:00–18:00")).to_be_visible()
    page.get_by_role("link", name="Decline…").click()
    page.get_by_label("Reason").fill("On mission")
    press(page, "Decline the invitation")
    press(page, "Accept the invitation")
    page.get_by_role("link", name="Biography and photo").click()
    page.get_by_label("English").fill("Wrote a book.")
    page.get_by_label("Photo").set_input_files(photo)
    press(page, "Save")
    page.get_by_role("link", name="When you can be there").click()
    page.get_by_label("Only at these times:").check()
    page.get_by_label("Day").first.select_option("2090-03-02")
    page.get_by_label("From").first.fill("09:00")
    page.get_by_label("Until").first.fill("12:00")
    press(page, "Save")
    page.get_by_role("link", name="What may be shown").click()
    page.get_by_label("My contribution may be recorded").check()
    press(page, "Save my decisions")
    assert page.locator(".rows").get_by_text("decided").count() == 1
    context.close()


def test_the_pages_behind_the_link_are_accessible(page: "Page", meeting: Meeting, invite: Callable[..., str]) -> None:
    link = invite(meeting.ines)
    for place in ("", "/entry", "/portrait", "/presence", "/consent", "/decline"):
        page.goto(link + place)
        look_at(page)
    page.goto(f"{link}/entry")
    page.get_by_label("Family name").fill("")
    page.locator("form").evaluate("form => form.noValidate = true")
    press(page, "Confirm this listing")
    expect(page.get_by_role("alert")).to_be_visible()


def test_the_organisers_pages_are_accessible(
    page: "Page", sign_in_browser: SignInBrowser, meeting: Meeting, invite: Callable[..., str], client: CheckedClient
) -> None:
    link = invite(meeting.ines)
    client.fill(f"{link}/entry", data={"family_name": "Other", "function-fr": "Directrice"})
    client.fill(f"{link}/portrait", data={"biography-en": "Wrote a book."})
    client.post(f"{link}/consent", data={"uses": ["biography"]})
    client.post(f"{link}/accept")
    publish(meeting.workshop)
    sign_in_browser(page, "ana")
    place, office = place_of(meeting.ines), place_of(meeting.ines).organisation
    for address in (
        DESK,
        f"{DESK}/invite",
        f"{DESK}/remind",
        f"{DESK}/plan",
        f"{DESK}/{meeting.ines.id}",
        "/workshops/w/desk/organisations",
        f"/workshops/w/desk/organisations/{there(office).id}",
        f"/workshops/w/desk/agenda/sessions/1/people/{place.id}",
        f"/workshops/w/desk/agenda/sessions/1/people/{place.id}/replace",
        SPEAKERS,
        f"{SPEAKERS}/by-country",
    ):
        page.goto(address)
        look_at(page)


def test_taking_over_is_one_click(
    page: "Page", sign_in_browser: SignInBrowser, meeting: Meeting, invite: Callable[..., str], client: CheckedClient
) -> None:
    client.fill(
        f"{invite(meeting.ines)}/entry",
        data={
            "given_name": "Ines",
            "family_name": "Newname",
            "function-en": "Director",
            "organisation": "Office of Examples",
        },
    )
    sign_in_browser(page, "ana")
    page.goto(f"{DESK}/{meeting.ines.id}")
    expect(page.get_by_role("row").filter(has_text="Family name")).to_contain_text(
        re.compile("Synthetic.*Newname", re.S)
    )
    press(page, "Use this")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ines Newname")
    db.session.expire_all()
    assert place_of(meeting.ines).person.family_name == "Newname"
