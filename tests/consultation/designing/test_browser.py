"""The editor in a real browser: by mouse, by keyboard and without a script; and that every screen is accessible."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Locator, Page, expect

from tests import factories as make
from tests.browsing import axe_faults
from tests.cast import Company
from tests.conftest import SignInBrowser
from tests.consultation.designing.test_editor_views import DRAFT as SMALL
from tests.consultation.questions.documents import asks
from tests.looking import there
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions import draft_editing
from workshop.platform.db import Words, db

DRAFT = draft_editing.add_question(SMALL, "B", asks("B2", "text"))
EDIT = "/workshops/w/desk/questionnaires/q"


@pytest.fixture
def desk(company: Company, page: Page, sign_in_browser: SignInBrowser) -> Page:
    """A tab of the organiser, signed in, in the outline of a draft."""
    db.session.add(make.questionnaire(workshop=company.workshop, title=Words(en="Survey"), draft=DRAFT))
    db.session.commit()
    sign_in_browser(page, "ana")
    page.goto(f"{EDIT}/edit")
    return page


def order() -> dict[str, list[str]]:
    db.session.rollback()
    db.session.expire_all()
    draft = db.session.scalars(sa.select(Questionnaire)).one().draft
    return {section["code"]: [each["code"] for each in section["questions"]] for section in draft["sections"]}


def test_questions_are_dragged_to_another_place(desk: Page) -> None:
    grip, target = desk.locator("#at-A1 .handle"), desk.locator("#at-B1")
    desk.set_viewport_size({"width": 1280, "height": 1400})
    start, end = there(grip.bounding_box()), there(target.bounding_box())
    desk.mouse.move(start["x"] + 5, start["y"] + 5)
    desk.mouse.down()
    desk.mouse.move(end["x"] + 40, end["y"] + end["height"] / 2)
    desk.mouse.move(end["x"] + 40, end["y"] + end["height"] - 4)
    with desk.expect_navigation():
        desk.mouse.up()
    assert order() == {"A": ["A2"], "B": ["B1", "A1", "B2"]}
    expect(desk.locator("#at-A1")).to_be_visible()


def test_the_whole_way_by_keyboard(desk: Page) -> None:
    desk.get_by_role("button", name=re.compile("^Down.*A1")).focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert order() == {"A": ["A2", "A1"], "B": ["B1", "B2"]}
    desk.get_by_role("button", name=re.compile("^Remove.*A2")).focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Undo").focus()
    with desk.expect_navigation():
        desk.keyboard.press("Space")
    assert order() == {"A": ["A2", "A1"], "B": ["B1", "B2"]}
    desk.get_by_text("Add a question to section B").focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name="ranking").last.focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    desk.get_by_label("English").first.focus()
    desk.keyboard.type("What matters most?")
    desk.get_by_label("Answers for a new list").focus()
    desk.keyboard.type("Jobs\nSchools")
    desk.get_by_label("How many places").focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert order()["B"] == ["B1", "B2", "B3"]


def test_faults_are_told_while_a_condition_is_typed(desk: Page) -> None:
    desk.goto(f"{EDIT}/questions/B1")
    desk.get_by_label("Asked only if").fill("${A1} = 'perhaps'")
    desk.get_by_text("“perhaps” is not among the answers to A1.").wait_for()
    desk.get_by_label("Asked only if").fill("${A1} = 'n'")
    desk.get_by_text("“perhaps” is not among the answers to A1.").wait_for(state="detached")


def test_the_helper_offers_the_answers_of_the_question_chosen(desk: Page) -> None:
    desk.goto(f"{EDIT}/questions/B1")
    desk.get_by_text("Write the condition by choosing").click()
    desk.select_option("#helper-question", "A2")
    expect(desk.locator("input#helper-value")).to_be_visible()
    desk.select_option("#helper-question", "A1")
    desk.select_option("#helper-value", "n")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Add to the condition").click()
    assert desk.get_by_label("Asked only if").input_value() == "${A1} = 'y' and ${A1} = 'n'"
    desk.get_by_text("This condition can never be true").wait_for()


@pytest.mark.on_one_database("what is looked at is what the script in the browser does")
def test_questions_come_and_go_in_the_preview_and_nothing_is_sent(desk: Page) -> None:
    draft = draft_editing.put(DRAFT, "B1", into="A", before=None)
    db.session.scalars(sa.select(Questionnaire)).one().draft = draft
    db.session.commit()
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    desk.goto(f"{EDIT}/preview")
    expect(desk.locator("[name=B1]")).to_be_hidden()
    desk.check("#A1-o-y")
    expect(desk.locator("[name=B1]")).to_be_visible()
    desk.fill("[name=B1]", "Typed")
    desk.check("#A1-o-n")
    expect(desk.locator("[name=B1]")).to_be_hidden()
    assert desk.evaluate("localStorage.length") == 0
    assert sent == []


@pytest.fixture
def plain(company: Company, browser: Browser, server: str, sign_in_browser: SignInBrowser) -> Iterator[Page]:
    """The same tab without scripts."""
    db.session.add(make.questionnaire(workshop=company.workshop, title=Words(en="Survey"), draft=DRAFT))
    db.session.commit()
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in_browser(page, "ana")
    page.goto(f"{EDIT}/edit")
    yield page
    context.close()


def press(page: Page, locator: Locator) -> None:
    """Click what leads to another page, and be there."""
    with page.expect_navigation():
        locator.click()


def test_all_of_it_without_a_script(plain: Page) -> None:
    plain.get_by_text("Move to another place").click()
    plain.select_option("#what", "B1")
    plain.select_option("#where", "A/A1")
    press(plain, plain.get_by_role("button", name="Move", exact=True))
    assert order() == {"A": ["B1", "A1", "A2"], "B": ["B2"]}
    press(plain, plain.get_by_role("button", name="Undo"))
    press(plain, plain.get_by_role("link", name=re.compile("^B1:")).first)
    plain.get_by_text("Write the condition by choosing").click()
    plain.select_option("#helper-question", "A2")
    plain.select_option("#helper-sign", "answered")
    press(plain, plain.get_by_role("button", name="Add to the condition"))
    assert plain.get_by_label("Asked only if").input_value() == "${A1} = 'y' and ${A2} != ''"
    press(plain, plain.get_by_role("button", name="Save the question").last)
    press(plain, plain.get_by_role("link", name="Preview").first)
    plain.check("#A1-o-y")
    plain.fill("[name=A2]", "Words")
    press(plain, plain.get_by_role("button", name="Save and continue").last)
    expect(plain.locator("[name=B1]")).to_be_visible()


SCREENS = (
    "",
    "/q/edit",
    "/q/questions/A1",
    "/q/questions/A2",
    "/q/sections/A/questions/new?type=scale",
    "/q/sections/A",
    "/q/lists/yesno",
    "/q/text",
    "/q/languages",
    "/q/languages/fr",
    "/q/preview",
    "/q/publish",
    "/q/versions",
    "/q/settings",
    "/q/sections/A/library",
    "/new",
)


@pytest.mark.on_one_database("axe and the width look at a page that is the same beside any database")
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_screen_is_accessible_and_fits_a_phone(desk: Page, lang: str) -> None:
    for each in SCREENS:
        address = f"/workshops/w/desk/questionnaires{each}"
        desk.set_viewport_size({"width": 320, "height": 640})
        desk.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), each
        desk.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), each
        desk.set_viewport_size({"width": 1280, "height": 900})
        found = axe_faults(desk)
        assert found == [], each
