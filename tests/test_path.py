"""The whole path, as people walk it: the real program in its own processes, a real browser, the workshop of 2005.

Every page on the way is looked at by axe, in English and in French, and must fit a phone 320 pixels wide.
"""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browsing import axe_faults, follow, sticks_out_of
from tests.installations import started
from tests.looking import there
from workshop.platform import pdf

W = "/workshops/migration-and-development-2005/"
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def demonstration(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(shutil.copytree(loaded_instance, tmp_path_factory.mktemp("demonstration") / "instance")) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, demonstration: str) -> Iterator[Page]:
    context = browser.new_context(base_url=demonstration, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert complaints == []


def look_at(page: Page) -> None:
    """Axe finds nothing, in English and French; nothing sticks out of a phone; dark colours hold too."""
    here = page.url.split("?")[0].split("#")[0]
    for language in ("fr", "en"):
        page.goto(f"{here}?lang={language}")
        assert page.locator("html").get_attribute("lang") == language
        assert axe_faults(page) == [], f"{here} ({language})"
    assert not sticks_out_of(page), f"{here} is wider than a phone"


def sign_in(page: Page, who: str) -> None:
    page.goto("/sign-in")
    with page.expect_navigation():
        page.locator(f"button[value='{who}@example.org']").click()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button and wait for the page it leads to."""
    follow(page, page.get_by_role("button", name=name).first)


def test_public_pages(tab: Page) -> None:
    for place in (
        "/",
        "/series/international-dialogue-on-migration/",
        W,
        f"{W}agenda",
        f"{W}speakers",
        f"{W}papers",
        "/help",
        "/privacy",
        "/accessibility",
        "/publications/achieving-policy-coherence",
        "/contacts",
        "/sign-in",
        f"{W}questionnaires/diaspora",
    ):
        assert there(tab.goto(place)).status == 200
        look_at(tab)


def test_the_way_from_the_front_page_to_a_paper(tab: Page) -> None:
    tab.goto("/")
    tab.get_by_role("link", name=re.compile("Mainstreaming Migration")).click()
    tab.get_by_role("link", name="Read the agenda").click()
    expect(tab.locator("article.session")).to_have_count(9)
    expect(tab.get_by_text("No document provided")).to_have_count(2)
    tab.get_by_role("link", name="Français").click()
    expect(tab.locator("html")).to_have_attribute("lang", "fr")
    expect(tab.locator("cite:has-text('Le Codeveloppment') span[lang]")).to_have_count(0)


def test_organiser_edits_and_publishes(tab: Page, tmp_path: Path) -> None:
    sign_in(tab, "organiser")
    for place in ("desk/", "desk/agenda", "desk/papers", "desk/stages", "desk/agenda/sessions/3"):
        tab.goto(W + place)
        look_at(tab)
    tab.get_by_label("English").first.fill("Partnerships, changed")
    press(tab, "Save")
    tab.goto(f"{W}desk/agenda/sessions/3/items/new")
    look_at(tab)
    fill_new_item(tab)
    file = tmp_path / "statement.pdf"
    file.write_bytes(PAPER)
    tab.locator("input[type=file]").set_input_files(file)
    press(tab, "Upload")
    look_at(tab)
    press(tab, re.compile("^Publish"))
    tab.goto(f"{W}desk/agenda")
    follow(tab, tab.get_by_role("link", name="Publish the agenda"))
    look_at(tab)
    press(tab, "Publish the agenda")
    look_at(tab)
    tab.goto(f"{W}agenda?lang=en")
    expect(tab.get_by_text("Partnerships, changed")).to_be_visible()
    expect(tab.get_by_text("A talk added today")).to_be_visible()
    with tab.expect_download() as download:
        tab.get_by_role("link", name=re.compile("Statement EN")).click()
    assert Path(download.value.path()).read_bytes() == PAPER


def fill_new_item(tab: Page) -> None:
    """An item with a speaker and an expected statement; ends on the page of that document."""
    tab.get_by_label("English").first.fill("A talk added today")
    tab.get_by_label("Given name").fill("Ines")
    tab.get_by_label("Family name").fill("Example (synthetic)")
    tab.get_by_label(re.compile("^Document")).select_option(label="Statement")
    press(tab, "Add the item")
    tab.goto(f"{W}desk/papers?lang=en")
    tab.get_by_role("row").filter(has_text="A talk added today").get_by_role("link").first.click()


def test_respondent_answers_and_comes_back(tab: Page) -> None:
    tab.goto(f"{W}questionnaires/diaspora?lang=en")
    press(tab, "Begin")
    look_at(tab)
    tab.get_by_label("Yes, I agree").check()
    tab.get_by_label("Without any name").check()
    tab.get_by_label("Myself only").check()
    expect(tab.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    link = re.sub(r"/[A-F](\?.*)?$", "", tab.url)
    tab.context.clear_cookies()
    tab.goto(link)
    tab.goto(f"{link}/A?lang=en")
    expect(tab.get_by_label("Myself only")).to_be_checked()
    for code in "BCDEF":
        tab.goto(f"{link}/{code}?lang=en")
        look_at(tab)
    tab.goto(f"{link}/summary?lang=en")
    look_at(tab)


def test_results_group_report_and_plenary_report(tab: Page) -> None:
    take_snapshot(tab)
    write_group_report(tab)
    compile_report(tab)


def take_snapshot(tab: Page) -> None:
    sign_in(tab, "organiser")
    tab.goto(f"{W}desk/questionnaires/results")
    look_at(tab)
    follow(tab, tab.get_by_role("link", name="Create a snapshot of: Questionnaire for diaspora organisations"))
    look_at(tab)
    press(tab, re.compile("^Create the snapshot"))
    look_at(tab)
    hidden = tab.get_by_text(re.compile("under 5|withheld"))
    end = time.monotonic() + 60
    while not hidden.count() and time.monotonic() < end:  # the worker fills it
        tab.wait_for_timeout(500)
        tab.reload()
    look_at(tab)
    expect(hidden.first).to_be_visible()


def write_group_report(tab: Page) -> None:
    tab.context.clear_cookies()
    sign_in(tab, "rapporteur")
    tab.goto(f"{W}breakouts/2/notes?lang=en")
    look_at(tab)
    tab.get_by_label("Practice").check()
    tab.get_by_label(re.compile("^The point")).fill("A joint desk answers within a week. (synthetic)")
    tab.get_by_role("button", name="Add the point").click()
    expect(tab.get_by_text("A joint desk answers within a week.").first).to_be_visible()
    tab.goto(f"{W}breakouts/2/report?lang=en")
    look_at(tab)
    tab.locator("[name=lens_national]").fill("One office answers. (synthetic)")
    tab.locator("[name=lens_multilateral]").fill("Fund the registry. (synthetic)")
    press(tab, "Sign off as rapporteur")
    expect(tab.get_by_text("Signed off by the rapporteur")).to_be_visible()
    tab.context.clear_cookies()
    sign_in(tab, "chair")
    tab.goto(f"{W}breakouts/2/report?lang=en")
    press(tab, "Sign off as moderator")
    expect(tab.get_by_text("Signed off", exact=True)).to_be_visible()
    look_at(tab)


def compile_report(tab: Page) -> None:
    """What was said anew is proposed, used, frozen, checked, cleared by the chair, and then everybody reads it."""
    reports = f"{W}desk/reports/plenary"
    tab.context.clear_cookies()
    sign_in(tab, "organiser")
    tab.goto(f"{W}desk/reports?lang=en")
    look_at(tab)
    tab.goto(f"{reports}/compile?lang=en")
    look_at(tab)
    tab.locator("#partly").check()
    press(tab, "Compile")
    look_at(tab)
    tab.goto(f"{reports}/edit/summary?lang=en")
    press(tab, "Add a paragraph")
    tab.locator("#words-en").fill("Written **roles** help.")
    press(tab, "Save")
    look_at(tab)
    tab.goto(f"{reports}/editions?lang=en")
    look_at(tab)
    press(tab, re.compile("^Make edition"))
    tab.context.clear_cookies()
    sign_in(tab, "chair")
    tab.goto(f"{reports}/check?lang=en")
    look_at(tab)
    while tab.locator("[name=reason]").count():
        tab.locator("[name=reason]").first.fill("It is public already.")
        tab.locator(".check-hits button").first.click()
    tab.goto(f"{reports}/editions?lang=en")
    press(tab, "Clear it")
    tab.context.clear_cookies()
    sign_in(tab, "organiser")
    tab.goto(f"{reports}/editions?lang=en")
    tab.locator("[name=languages][value=en]").check()
    press(tab, "Release")
    look_at(tab)
    tab.goto(f"{W}reports?lang=en")
    look_at(tab)
    address = f"{W}reports/plenary"
    tab.goto(f"{address}?lang=en")
    look_at(tab)
    expect(tab.get_by_text("roles", exact=True).first).to_be_visible()
    words = set(re.findall(r"\w+", tab.locator("article").inner_text()))
    pages = fetch_pdf(tab, f"{address}.pdf?lang=en")
    said = set(re.findall(r"\w+", "\n".join(page.extract_text() for page in pages)))
    assert len(pages) >= 5
    assert len(words - said) < len(words) * 0.02, sorted(words - said)


def fetch_pdf(tab: Page, address: str) -> list[Any]:
    """Wait for the worker to have made it, then read it."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        answer = tab.request.get(address)
        if answer.headers["content-type"] == "application/pdf":
            import io

            return list(PdfReader(io.BytesIO(answer.body())).pages)
        time.sleep(0.5)
    raise AssertionError("the PDF was not made within a minute")


def test_pdf_engine_is_here_in_ci() -> None:
    try:
        pdf.engine()
    except pdf.PdfUnavailable as error:
        pytest.skip(str(error))
