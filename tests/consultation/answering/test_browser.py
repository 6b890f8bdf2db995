"""The script of the questionnaire in a real browser: it only makes nicer what works without it."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests import factories as make
from tests.browsing import axe_faults, follow
from tests.looking import there
from workshop.consultation.questionnaires.models import Response
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform.db import db

OPEN = "/workshops/w/questionnaires/q"


@pytest.fixture(autouse=True)
def _diaspora(app: Flask) -> None:
    db.session.add(make.version(read_document()))
    db.session.commit()


def begin(page: Page) -> str:
    """Begin in this tab; the address of the personal link."""
    page.goto(OPEN)
    follow(page, "main form button")
    return page.url.rsplit("/", 1)[0]


def the_answers() -> dict[str, Any]:
    db.session.expire_all()
    return db.session.scalars(select(Response)).one().answers


def saved(page: Page) -> None:
    """Wait until the page says so."""
    page.locator(".saved[role=status]", has_text="Saved at ").wait_for()


def test_questions_come_and_go_with_a_warning(page: "Page") -> None:
    link = begin(page)
    page.goto(f"{link}/D")
    assert page.get_by_text("Only if you answered").count() == 0, "with the script the question itself comes and goes"
    expect(page.locator("#D4")).to_be_hidden()
    page.check("#D3-o-y")
    page.fill("#D4-amount", "500")
    page.check("#D3-o-n")
    expect(page.locator("#D4")).to_be_hidden()
    warning = page.get_by_text("“Total sent” is no longer asked. What you wrote there will not be submitted.")
    expect(warning).to_be_visible()
    page.check("#D3-o-y")
    assert page.input_value("#D4-amount") == "500"
    assert warning.count() == 0


def test_conditions_look_at_earlier_pages_too(page: Page) -> None:
    link = begin(page)
    page.check("#A1-o-yes")
    page.check("#A2-o-anon")
    page.check("#A3-o-org")
    page.click(".actions button[value=next]")
    page.wait_for_url(f"{link}/B")
    expect(page.locator("#B8")).to_be_hidden()
    page.fill("#B7", "1 200")
    expect(page.locator("#B8")).to_be_visible()
    page.fill("#B7", "0")
    expect(page.locator("#B8")).to_be_hidden()


def test_an_exclusive_choice_unticks_the_others_and_limits_are_counted(page: "Page") -> None:
    link = begin(page)
    page.goto(f"{link}/D")
    page.check("#D1-o-edu")
    page.check("#D1-o-no")
    assert not page.is_checked("#D1-o-edu")
    page.check("#D1-o-edu")
    assert not page.is_checked("#D1-o-no")
    page.goto(f"{link}/F")
    for code in ("mon", "mgt", "leg", "net"):
        page.check(f"#F1-o-{code}")
    assert page.locator("#F1 .count").inner_text() == "4 of at most 3"


def test_it_saves_as_one_goes_also_what_is_wrong(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/B")
    page.fill("#B1", "Casa Abierta (synthetic)")
    page.fill("#B4", "20005")
    with page.expect_response(lambda answer: "B4" in (answer.request.post_data or "")):
        page.click("h1")
    page.reload()
    assert page.input_value("#B4") == "20005"
    assert page.input_value("#B1") == "Casa Abierta (synthetic)"
    assert page.evaluate("localStorage.length") == 0, "nothing stays behind in the browser once the server has it"


def test_with_the_line_down_it_is_kept_and_sent_later(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/F")
    page.context.set_offline(True)
    page.fill("#F2", "Written on the train")
    page.click("h1")
    page.get_by_text("You are offline. Saved in this browser").wait_for()
    page.click(".actions button[value=next]")
    page.wait_for_timeout(300)
    assert page.url == f"{link}/F", "it stays where everything still stands"
    assert page.input_value("#F2") == "Written on the train"
    page.context.set_offline(False)
    saved(page)
    assert the_answers() == {"F2": "Written on the train"}


def test_what_could_not_be_sent_comes_back_with_the_link(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/F")
    page.context.set_offline(True)
    page.fill("#F2", "Written on the train")
    page.check("#F1-o-mon")
    page.get_by_text("You are offline. Saved in this browser").wait_for()
    later = page.context.new_page()
    page.close()
    later.context.set_offline(False)
    later.goto(f"{link}/F")
    assert later.input_value("#F2") == "Written on the train"
    assert later.is_checked("#F1-o-mon")
    saved(later)
    assert the_answers() == {"F1": ["mon"], "F2": "Written on the train"}


def test_what_the_browser_kept_does_not_replace_newer_answers(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/F")
    page.context.set_offline(True)
    page.fill("#F2", "Old, never sent")
    page.get_by_text("You are offline. Saved in this browser").wait_for()
    later = page.context.new_page()
    page.close()
    later.wait_for_timeout(1500)  # a closing tab sends what it holds; whether that gets through is left to chance here
    db.session.rollback()
    response = db.session.scalars(db.select(Response)).one()
    response.answers = {"F2": "Newer, from another device"}
    db.session.commit()
    later.context.set_offline(False)
    later.goto(f"{link}/F")
    assert later.input_value("#F2") == "Newer, from another device"
    assert later.evaluate("localStorage.length") == 0


def test_leaving_a_page_sends_what_was_just_typed(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/F")
    page.fill("#F2", "Typed and sent at once")
    page.press("#F3-o-onsite", "Space")
    page.click(".actions button[value=next]")
    page.wait_for_url(f"{link}/summary")
    assert the_answers() == {"F2": "Typed and sent at once", "F3": "onsite"}
    page.goto(f"{link}/F")
    assert page.evaluate("localStorage.length") == 0


def test_the_language_changes_without_losing_a_word(page: Page) -> None:
    link = begin(page)
    page.fill("#A4", "Secretary")
    page.click("header button[value=fr]")
    page.wait_for_url(f"{link}/A?lang=fr")
    assert page.input_value("#A4") == "Secretary"
    assert page.locator("html").get_attribute("lang") == "fr"


def test_enter_in_a_field_goes_on_and_does_not_change_the_language(page: "Page") -> None:
    link = begin(page)
    page.check("#A1-o-yes")
    page.check("#A2-o-anon")
    page.check("#A3-o-org")
    page.press("#A4", "Enter")
    page.wait_for_url(f"{link}/B")
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_answer_is_cleared(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/C")
    expect(page.locator("#C3 .clear")).to_be_hidden()
    page.check("#C3-o-y")
    page.click("#C3 .clear button")
    page.wait_for_url(f"{link}/C#C3")
    assert not page.is_checked("#C3-o-y")
    assert the_answers() == {}


def test_own_words_belong_to_other(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/B")
    expect(page.locator("#B5-own")).to_be_hidden()
    page.check("#B5-o-other")
    page.fill("#B5-own", "Circle of friends")
    page.check("#B5-o-npo")
    page.click(".actions button[value=back]")
    page.wait_for_url(f"{link}/A")
    assert the_answers() == {"B5": "npo"}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    link = begin(page)
    for part in ("A", "B", "C", "D", "E", "F", "summary", "withdraw"):
        page.goto(f"{link}/{part}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part
        if width == 320 and part == "C":
            assert there(page.locator("#C1 tbody tr").first.bounding_box())["height"] > 200, (
                "each row is a group of its own"
            )


def test_it_works_with_scripts_switched_off(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    link = begin(page)
    page.check("#A1-o-yes")
    page.check("#A2-o-named")
    page.check("#A3-o-ind")
    page.press("#A4", "Enter")
    assert page.url == f"{link}/B"
    page.select_option("#B2", "CHE")
    page.select_option("#B3-1", "TUN")
    page.click(".actions button[value=next]")
    page.click(".actions button[value=next]")
    page.check("#D1-o-no")
    for _section in "DEF":
        page.click(".actions button[value=next]")
    follow(page, "text=Submit my answers")
    assert page.url == f"{link}/thanks"
    context.close()
    assert the_answers() == {"A1": True, "A2": "named", "A3": "ind", "B2": "CHE", "B3": ["TUN"], "D1": ["no"]}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_axe_finds_nothing(page: Page, language: str) -> None:

    page.goto(f"{OPEN}?lang={language}")
    faults = axe_faults(page)
    link = begin(page)
    follow(page, ".actions button[value=next]")  # with errors
    faults += axe_faults(page)
    for part in ("B", "C", "D", "E", "F", "summary", "withdraw"):
        page.goto(f"{link}/{part}")
        faults += axe_faults(page)
    follow(page, "form button")
    faults += axe_faults(page)
    assert faults == []
