"""From an empty production installation to a public workshop, as a secretariat walks it that never saw the program.

Two days, twelve sessions, two colleagues who were invited by letter, three groups, a questionnaire, three languages.
"""

import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import axe_faults, sticks_out_of
from tests.installations import environment, free_port, in_production, workshop
from tests.looking import matched
from tests.platform.sink import Sink

pytestmark = pytest.mark.on_one_database("its own processes, on the database of a new installation")
PASSWORD = "a long enough one"
SETUP = (
    *("setup", "--email", "olga@example.org", "--name", "Olga Sample", "--title", "Series of examples"),
    *("--slug", "first", "--place", "Geneva", "--zone", "Europe/Zurich"),
    *("--first-day", "2031-03-04", "--last-day", "2031-03-05"),
)
W = "/workshops/skills-that-travel"


@pytest.fixture
def letters() -> Iterator[Sink]:
    sink = Sink(free_port())
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def installation(tmp_path: Path, letters: Sink) -> Iterator[str]:
    made = workshop(*SETUP, env=environment(tmp_path, WORKSHOP_SETUP_PASSWORD=PASSWORD))
    assert "/workshops/first/desk/" in made.stdout, made.stderr
    with in_production(tmp_path, WORKSHOP_MAIL_URL=f"smtp://127.0.0.1:{letters.port}") as address:
        yield address


@pytest.fixture
def tab(browser: Browser, installation: str) -> Iterator[Page]:
    context = browser.new_context(base_url=installation, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=isinstance(name, str)).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def fill(page: Page, field: str, *texts: str) -> None:
    """A field of several languages: the working language, then the others, unfolded first."""
    for code, text in zip(("en", "fr", "es"), texts, strict=False):
        control = page.locator(f"#{field}-{code}")
        folded = page.locator("details.others", has=control)
        folded.evaluate_all("all => all.forEach(each => { each.open = true })")
        control.fill(text)


def looks_right(page: Page) -> None:
    assert axe_faults(page) == [], page.url
    assert not sticks_out_of(page), page.url


def letter_to(sink: Sink, address: str) -> EmailMessage:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = [each for each in sink.received if each["To"] == address]
        if found:
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address} came")


def test_from_setup_to_a_public_workshop(tab: Page, browser: Browser, installation: str, letters: Sink) -> None:
    begin(tab)
    describe(tab)
    invite(tab, "ines@example.org", "Ines Sample", "Rapporteur")
    invite(tab, "noor@example.org", "Noor Sample", "Programme officer")
    join(browser, installation, letter_to(letters, "ines@example.org"))
    join(browser, installation, letter_to(letters, "noor@example.org"))
    add_a_room(tab)
    name_the_groups(tab)
    ask_a_question(tab)
    publish(tab)
    read_as_a_stranger(browser, installation)


def begin(tab: Page) -> None:
    """Signs in, and begins a workshop from an outline: twelve sessions and three groups."""
    tab.goto("/workshops/first/desk/")
    tab.get_by_label("Email address").first.fill("olga@example.org")
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    press(tab, "Sign in")
    expect(tab.get_by_role("heading", name="Setting up")).to_be_visible()
    assert "Report to the plenary" not in tab.content()
    tab.goto("/workshops/new")
    looks_right(tab)
    tab.get_by_label("Title").fill("Skills that travel")
    tab.get_by_label("First day").fill("2031-05-06")
    tab.get_by_label("Last day").fill("2031-05-07")
    tab.get_by_label("Place").fill("Geneva")
    for language in ("French", "Spanish"):
        tab.get_by_label(language, exact=True).check()
    tab.get_by_label(re.compile("Two-day inter-sessional workshop")).check()
    press(tab, "Begin the workshop")
    expect(tab).to_have_url(re.compile(f"{W}/desk/$"))
    looks_right(tab)
    tab.goto(f"{W}/desk/agenda")
    assert tab.locator("main a[href*='/agenda/sessions/']").count() >= 12


def describe(tab: Page) -> None:
    tab.goto(f"{W}/desk/settings")
    fill(tab, "title", "Skills that travel", "Des compétences qui voyagent", "Competencias que viajan")
    fill(tab, "introduction", "Two days on skills.", "Deux jours sur les compétences.", "Dos días sobre competencias.")
    press(tab, "Save")
    looks_right(tab)
    tab.goto(f"{W}/desk/settings/contact")
    tab.get_by_label("Contact name").fill("Office of Examples")
    tab.get_by_label("Email address").fill("office@example.org")
    press(tab, "Save")
    expect(tab.get_by_text("The settings are saved.")).to_be_visible()


def invite(tab: Page, email: str, name: str, role: str) -> None:
    tab.goto(f"{W}/desk/members/invite")
    tab.get_by_label("Email address").fill(email)
    tab.get_by_label("Name").fill(name)
    tab.get_by_label(role, exact=True).check()
    press(tab, "Send the invitation")
    expect(tab.get_by_text(email).first).to_be_visible()


def join(browser: Browser, installation: str, letter: EmailMessage) -> None:
    """Behind the link of her letter a colleague sets a password, and is on the desk."""
    own = browser.new_context(base_url=installation, locale="en-GB")
    page = own.new_page()
    page.goto(matched(r"https?://\S+/invitations/\S+", letter.get_content())[0])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Accept the invitation")
    expect(page).to_have_url(re.compile(f"{W}/desk/$"))
    own.close()


def add_a_room(tab: Page) -> None:
    tab.goto(f"{W}/desk/agenda/rooms")
    tab.get_by_label("Name of the room").fill("Sample Hall")
    press(tab, re.compile("Add"))
    expect(tab.get_by_text("The room is added.")).to_be_visible()


def name_the_groups(tab: Page) -> None:
    for number, topic in enumerate(("Recognition", "Recruitment", "Return"), 1):
        tab.goto(f"{W}/desk/breakouts/{number}/edit")
        fill(tab, "topic", topic)
        press(tab, "Save")
    tab.goto(f"{W}/desk/breakouts/1/people")
    tab.get_by_label("Member").select_option(label="Ines Sample")
    tab.get_by_label("Part", exact=True).select_option(label="Rapporteur")
    press(tab, "Add")
    expect(tab.get_by_text("Ines Sample").first).to_be_visible()
    looks_right(tab)


def ask_a_question(tab: Page) -> None:
    tab.goto(f"{W}/desk/questionnaires/new")
    fill(tab, "title", "Before the meeting", "Avant la réunion", "Antes de la reunión")
    press(tab, re.compile("^(Create|Add|New|Begin).*"))
    assert "/questionnaires/before-the-meeting" in tab.url


def publish(tab: Page) -> None:
    tab.goto(f"{W}/desk/agenda/publish")
    press(tab, re.compile("^Publish"))
    tab.goto(f"{W}/desk/settings/visibility")
    looks_right(tab)
    press(tab, "Make public")
    expect(tab.get_by_text("The workshop is now public.")).to_be_visible()


def read_as_a_stranger(browser: Browser, installation: str) -> None:
    context = browser.new_context(base_url=installation, locale="en-GB")
    page = context.new_page()
    titles = {"en": "Skills that travel", "fr": "Des compétences qui voyagent", "es": "Competencias que viajan"}
    for language, title in titles.items():
        page.goto(f"{W}/?lang={language}")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        looks_right(page)
    page.goto(f"{W}/agenda?lang=en")
    for topic in ("Recognition", "Recruitment", "Return"):
        expect(page.get_by_text(topic).first).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="Skills that travel").first).to_be_visible()
    expect(page.locator("a[href='/workshops/first/']")).to_have_count(0)
    context.close()
