"""Each role's front page, walked in a real browser on the demonstration: every link on it opens, and axe finds nothing in
English and in Arabic, light and dark; nothing sticks out of a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import axe_faults, sticks_out_of
from tests.installations import started
from tests.looking import there

DESK = "/workshops/diasporas-and-data/desk/"
PAST = "/workshops/migration-and-development-2005/"
QUESTIONNAIRE = f"{PAST}desk/questionnaires/diaspora/"
RESULTS = (
    *("snapshots", "snapshots/2", "snapshots/2/compare/1", "snapshots/2/cross?rows=A3&columns=C3"),
    *("snapshots/2/filter?only=A3%3D2", "snapshots/2/rates", "snapshots/2/files", "snapshots/2/findings/new/C3"),
    *("snapshots/2/present", "respondents", "shown", "tables", "tables/C3", "texts", "texts/F2"),
    *("what-we-heard", "what-we-heard/entries/1"),
)
PUBLIC = ("results/2", "what-we-heard")
# What each finds beside what every member finds: words of its front page, and words that are not on it.
FOUND = {
    "organiser": (["What is due", "Changes to the agenda"], []),
    "analyst": (["What is due", "Answers to the questionnaires"], ["Changes to the agenda", "Set dates"]),
    "chair": (["Your sessions"], ["Report of group"]),
    "rapporteur": (["Your group", "Group 1: Counting"], ["Report of group 2"]),
    "focal-point": (["Questionnaires", "not begun"], ["Notes", "Report of group"]),
    "speaker": (["Invitation to speak", "Your sessions", "Papers"], ["Report of group"]),
    "translator": (["Texts in French", "missing"], ["Notes", "Report of group", "Set dates"]),
    "participant": (["Programme and calendar"], ["Notes", "Report of group", "Set dates"]),
}
pytestmark = pytest.mark.on_one_database("pages of the demonstration in a browser")


@pytest.fixture(scope="module")
def demonstration(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(shutil.copytree(loaded_instance, tmp_path_factory.mktemp("roles") / "instance")) as address:
        yield address


@pytest.mark.parametrize("role", FOUND)
def test_the_front_page_of_each_role(browser: Browser, demonstration: str, role: str) -> None:
    context = browser.new_context(base_url=demonstration, locale="en-GB", viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto("/sign-in")
    with tab.expect_navigation():
        tab.locator(f"button[value='{role}@example.org']").click()
    tab.goto("/home")
    assert tab.locator(f"main a[href='{DESK}']").count() == 1
    tab.goto(DESK)
    said = tab.locator("main").inner_text()
    present, absent = FOUND[role]
    assert [words for words in present if words not in said] == []
    assert [words for words in absent if words in said] == []
    links = tab.eval_on_selector_all("main a[href^='/'], header a[href^='/']", "all => all.map(a => a.href)")
    answers = {link: context.request.get(link).status for link in dict.fromkeys(links)}
    assert {link: status for link, status in answers.items() if status >= 400} == {}
    assert not sticks_out_of(tab)
    look_in_arabic_and_dark(tab, [DESK])
    context.close()


def look_in_arabic_and_dark(tab: Page, addresses: list[str]) -> None:
    """English and light is looked at on the way; these are the two that nobody who tests reads."""
    tab.emulate_media(color_scheme="dark")
    for address in addresses:
        tab.goto(f"{address}?lang=ar")
        assert tab.locator("html").get_attribute("dir") == "rtl"
        assert axe_faults(tab) == [], address
        assert not sticks_out_of(tab), address
    tab.emulate_media(color_scheme="light")


def test_the_desk_in_arabic_and_dark(browser: Browser, demonstration: str) -> None:
    context = browser.new_context(base_url=demonstration, locale="ar", viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto("/sign-in")
    with tab.expect_navigation():
        tab.locator("button[value='organiser@example.org']").click()
    places = (
        "agenda",
        "speakers",
        "papers",
        "questionnaires",
        "breakouts",
        "reports",
        "outbox",
        "members",
        "programme",
    )
    more = ("programme/4", "agenda/rooms", "agenda/sessions/4/roles", "questionnaires/diasporas/responses")
    look_in_arabic_and_dark(tab, [f"{DESK}{place}" for place in (*places, *more)])
    for address in ("questionnaires/results?lang=fr", "questionnaires/results?lang=es", "members?lang=es"):
        tab.goto(f"{DESK}{address}")  # a state can be a long sentence there
        assert not sticks_out_of(tab), address
    look_at_results_on_a_phone(tab)
    context.close()


def look_at_results_on_a_phone(tab: Page) -> None:
    """Every page of results at 320 pixels: English in light colours, Arabic in dark ones."""
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.goto(f"{QUESTIONNAIRE}snapshots/2/findings")
    finding = there(tab.locator("main a[href*='/desk/findings/']").first.get_attribute("href"))
    tab.goto(f"{QUESTIONNAIRE}texts/F2")
    quote = there(tab.locator("main a[href$='/quote']").first.get_attribute("href"))
    own = [f"{QUESTIONNAIRE}{place}" for place in RESULTS]
    public = [finding.replace("/desk/", "/"), *(f"{PAST}questionnaires/diaspora/{page}" for page in PUBLIC)]
    for address in (*own, f"{PAST}desk/questionnaires/results", f"{PAST}desk/briefing/5", finding, quote, *public):
        for language, colours in (("en", "light"), ("ar", "dark")):
            tab.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            tab.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert axe_faults(tab) == [], f"{address} ({language})"
            assert tab.evaluate("document.documentElement.scrollWidth") <= 320, f"{address} ({language})"
