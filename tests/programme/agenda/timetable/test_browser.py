"""The editor in a real browser: by mouse, by keyboard, by plain forms with scripts off; and looked at by axe."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, Route, expect

from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from tests.looking import there
from tests.programme.agenda.timetable.test_views import (
    DESK,
    NINE,
    TIMETABLE,
    clock,
    rooms,  # noqa: F401 (fixtures)
    seen,
    sessions,  # noqa: F401 (fixtures)
)
from workshop.platform.db import db
from workshop.programme.agenda.models import Session


@pytest.fixture
def editor(page: Page, sign_in_browser: SignInBrowser, sessions: list[Session]) -> Page:  # noqa: F811
    """The timetable, open in the organiser's browser."""
    sign_in_browser(page, "ana")
    page.set_viewport_size({"width": 1280, "height": 2400})  # a mouse cannot reach below the window
    page.goto(TIMETABLE)
    expect(page.locator(".grip").first).to_be_visible()
    return page


def drag(page: Page, session: Session, to: tuple[float, float]) -> None:
    """Take a block by its upper edge, carry it there, let go."""
    box = there(page.locator(f"#session-{session.number}").bounding_box())
    page.mouse.move(box["x"] + 8, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.move(*to, steps=4)


def middle(locator: Locator) -> tuple[float, float]:
    locator.scroll_into_view_if_needed()
    box = there(locator.bounding_box())
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def at(page: Page, room: str, hour: str) -> tuple[float, float]:
    """Where an hour begins in the column of a room."""
    head = there(page.locator(".head", has_text=room).bounding_box())
    line = there(page.locator(".hour", has_text=hour).bounding_box())
    return head["x"] + 20, line["y"] + 4


def now_stands(page: Page, text: str) -> None:
    expect(page.locator("#moved")).to_contain_text(text)


def test_by_mouse_to_another_time_and_room(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    drag(editor, sessions[0], at(editor, "Room B", "14:00"))
    expect(editor.locator(".shadow")).to_have_text("14:00–15:00 Session 1")
    editor.mouse.up()
    now_stands(editor, "Session 1 is now on Monday 2 March, 14:00–15:00, in Room B.")
    expect(editor.locator("#said")).to_contain_text("Session 1 is now on")
    expect(editor.locator("#session-1 .grip")).to_be_focused()
    assert (clock(sessions[0]), there(sessions[0].room).name) == ("Mon 14:00–15:00", "Room B")


def test_by_mouse_to_another_day_and_out_of_the_timetable(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    drag(editor, sessions[0], middle(editor.locator(".days a", has_text="Tuesday")))
    editor.mouse.up()
    now_stands(editor, "Tuesday 3 March, 09:00–10:00, in Room A.")
    expect(editor).to_have_url(re.compile("day=2026-03-03"))
    drag(editor, sessions[0], middle(editor.locator("#unplaced")))
    editor.mouse.up()
    now_stands(editor, "Session 1 has no time now.")
    assert clock(sessions[0]) == "open"


def test_by_mouse_out_of_the_list_with_what_follows_moving_along(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    editor.get_by_label("What follows in that room moves along").check()
    drag(editor, sessions[3], at(editor, "Room A", "10:00"))
    editor.mouse.up()
    now_stands(editor, "Session 4 is now on Monday 2 March, 10:00–11:00, in Room A. One other session moved along.")
    expect(editor.get_by_label("What follows in that room moves along")).to_be_checked()
    assert (clock(sessions[3]), clock(sessions[1])) == ("Mon 10:00–11:00", "Mon 11:00–12:00")


@pytest.mark.on_one_database("what is looked at is what the script in the browser does")
def test_escape_while_dragging_leaves_it(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    drag(editor, sessions[0], at(editor, "Room B", "14:00"))
    expect(editor.locator(".shadow")).to_be_visible()
    editor.keyboard.press("Escape")
    expect(editor.locator(".shadow")).to_have_count(0)
    editor.mouse.up()
    expect(editor.locator("#said")).to_have_text("Session 1 stays where it was.")
    assert (clock(sessions[0]), sessions[0].revision) == ("Mon 09:00–10:00", 1)


def test_undo_after_dragging(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    drag(editor, sessions[0], at(editor, "Room B", "14:00"))
    editor.mouse.up()
    now_stands(editor, "14:00–15:00")
    editor.get_by_role("button", name="Undo").click()
    now_stands(editor, "09:00–10:00, in Room A.")
    assert (clock(sessions[0]), there(sessions[0].room).name) == ("Mon 09:00–10:00", "Room A")


def test_by_keyboard(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    said = editor.locator("#said")
    editor.locator("#session-1 .grip").focus()
    editor.keyboard.press("Enter")
    expect(said).to_contain_text("Session 1 is picked up.")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        editor.keyboard.press(key)
    expect(said).to_have_text("Session 1: Monday 2 March, 09:10–10:10, Room B.")
    editor.keyboard.press("PageDown")
    expect(said).to_have_text("Session 1: Tuesday 3 March, 09:10–10:10, Room B.")
    editor.keyboard.press(" ")
    now_stands(editor, "Session 1 is now on Tuesday 3 March, 09:10–10:10, in Room B.")
    expect(editor.locator("#session-1 .grip")).to_be_focused()
    assert (clock(sessions[0]), there(sessions[0].room).name) == ("Tue 09:10–10:10", "Room B")


@pytest.mark.on_one_database("what is looked at is what the script in the browser does")
def test_by_keyboard_and_left_again(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    grip = editor.locator("#session-1 .grip")
    grip.press(" ")
    expect(grip).to_have_attribute("aria-pressed", "true")
    grip.press("ArrowUp")
    grip.press("Escape")
    expect(editor.locator("#said")).to_have_text("Session 1 stays where it was.")
    expect(grip).to_have_attribute("aria-pressed", "false")
    assert (clock(sessions[0]), sessions[0].revision) == ("Mon 09:00–10:00", 1)


def test_by_keyboard_out_of_the_list(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    grip = editor.locator("#session-4 .grip")
    grip.press("Enter")
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        grip.press(key)
    now_stands(editor, "Session 4 is now on Monday 2 March, 08:05–09:05, in Room B.")
    assert clock(sessions[3]) == "Mon 08:05–09:05"


def test_by_buttons_without_leaving_the_page(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    editor.locator("#new-title-en").fill("Typed and not yet sent")
    editor.locator("#session-1 summary").click()
    editor.locator("#session-1").get_by_role("button", name="5 minutes later").click()
    now_stands(editor, "09:05–10:05")
    expect(editor.locator("#new-title-en")).to_have_value("Typed and not yet sent")
    assert clock(sessions[0]) == "Mon 09:05–10:05"


@pytest.mark.on_both_databases
def test_a_stale_drag_shows_what_it_is_now_and_the_wish_in_the_form(
    editor: Page,
    as_: SignedIn,
    sessions: list[Session],  # noqa: F811
) -> None:
    sent = {"seen": seen(sessions[0]), "day": "2026-03-02", "start": "11:00", "room": ""}
    as_("ana").post(f"{DESK}/sessions/1/place", data=sent)
    drag(editor, sessions[0], at(editor, "Room B", "14:00"))
    editor.mouse.up()
    expect(editor.locator("#move")).to_contain_text("It is now on Monday 2 March, 11:00–12:00.")
    expect(editor.locator("#start")).to_have_value("14:00")
    expect(editor.locator("#move")).to_be_focused()
    assert clock(sessions[0]) == "Mon 11:00–12:00"
    editor.get_by_role("button", name="Move the session").click()
    now_stands(editor, "14:00–15:00, in Room B.")
    assert clock(sessions[0]) == "Mon 14:00–15:00"


def test_when_the_line_is_down_nothing_moves_and_it_says_so(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    editor.context.set_offline(True)
    drag(editor, sessions[0], at(editor, "Room B", "14:00"))
    editor.mouse.up()
    expect(editor.locator("#said")).to_have_text("You are offline. Nothing was moved; please try again.")
    expect(editor.locator(".shadow")).to_have_count(0)
    editor.context.set_offline(False)
    assert (clock(sessions[0]), sessions[0].revision) == ("Mon 09:00–10:00", 1)


def test_without_scripts(
    browser: Browser,
    server: str,
    sign_in_browser: SignInBrowser,
    sessions: list[Session],  # noqa: F811
) -> None:
    context = browser.new_context(base_url=server, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    sign_in_browser(page, "ana")
    page.goto(TIMETABLE)
    expect(page.locator(".grip").first).to_be_hidden()
    page.locator("#session-1 summary").click()
    page.locator("#session-1").get_by_role("button", name="Next room").click()
    now_stands(page, "Session 1 is now on Monday 2 March, 09:00–10:00, in Room B.")
    page.get_by_role("button", name="Undo").click()
    now_stands(page, "in Room A.")
    page.locator("#session-1 summary").click()
    page.get_by_role("link", name="Another time, room or length…").first.click()
    form = page.locator("#move")
    form.get_by_label("Day (optional)").select_option(label="Tuesday 3 March")
    form.get_by_label("Starts at").fill("15:30")
    form.get_by_label("Length in minutes").fill("45")
    form.get_by_label("The whole day moves along").check()
    form.get_by_role("button", name="Move the session").click()
    now_stands(page, "Session 1 is now on Tuesday 3 March, 15:30–16:15, in Room A. 2 other sessions moved along.")
    page.locator("#session-2 summary").click()
    page.locator("#session-2").get_by_role("button", name="Remove from the timetable").click()
    now_stands(page, "Session 2 has no time now.")
    context.close()
    assert [clock(each) for each in sessions] == ["Tue 15:30–16:15", "open", "Tue 16:30–17:30", "open"]


def boxes(tab: Page) -> list[FloatRect | None]:
    return [each.bounding_box() for each in tab.locator(".block, .head, .hour, .rule, .end").all()]


def test_without_scripts_it_looks_the_same(browser: "Browser", server: str, editor: Page) -> None:
    context = browser.new_context(base_url=server, locale="en-GB", java_script_enabled=False)
    plain = context.new_page()
    context.add_cookies(cookies_of(editor))
    plain.set_viewport_size(there(editor.viewport_size))
    plain.goto(TIMETABLE)
    editor.evaluate("document.getElementById('by-hand').hidden = true")  # what only a script can do is not said
    assert boxes(plain) == boxes(editor)
    context.close()


def cookies_of(tab: Page) -> Sequence[Any]:
    """As another window takes them."""
    return tab.context.cookies()


def without_attributes(route: Route) -> None:
    """The style sheet as a browser meets it that cannot read places out of attributes."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("attr(", "unknown("))


def test_where_a_style_sheet_cannot_read_attributes_the_script_places(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    reads = boxes(editor)
    older = editor.context.new_page()
    older.set_viewport_size(there(editor.viewport_size))
    older.route("**/timetable.css*", without_attributes)
    older.add_init_script("CSS.supports = () => false")
    older.goto(TIMETABLE)
    assert boxes(older) == reads
    older.locator("#session-1 .grip").press("Enter")
    older.keyboard.press("ArrowDown")
    shadow = there(older.locator(".shadow").bounding_box())
    block = there(older.locator("#session-1").bounding_box())
    assert (shadow["x"], shadow["width"]) == (block["x"], block["width"])
    assert shadow["y"] > block["y"]


def test_where_neither_places_the_day_is_a_list_by_time(browser: "Browser", server: str, editor: Page) -> None:
    context = browser.new_context(base_url=server, locale="en-GB", java_script_enabled=False)
    older = context.new_page()
    context.add_cookies(cookies_of(editor))
    older.route("**/timetable.css*", without_attributes)
    older.goto(TIMETABLE)
    expect(older.locator(".heads")).to_be_hidden()
    tops = [box["y"] + box["height"] for box in (there(each.bounding_box()) for each in older.locator(".block").all())]
    assert tops == sorted(set(tops))
    context.close()


@pytest.mark.on_one_database("axe and the width look at a page that is the same beside any database")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    editor: Page,
    company: Company,
    sessions: list[Session],  # noqa: F811
    scheme: Literal["light", "dark"],
) -> None:
    sessions[2].room, sessions[0].expected = sessions[1].room, 90
    company.workshop.clash_levels = {"room_twice": "block"}
    db.session.commit()
    editor.emulate_media(color_scheme=scheme)
    for address in (TIMETABLE, f"{TIMETABLE}?day=all", f"{TIMETABLE}?move=1", f"{TIMETABLE}/settings", f"{DESK}/rooms"):
        editor.goto(address)
        if editor.locator("#session-1 summary").count():
            editor.locator("#session-1 summary").click()
        assert axe_faults(editor) == [], address
        assert not sticks_out_of(editor), address


@pytest.mark.on_one_database("only the layout is looked at")
def test_on_a_phone_the_day_is_a_list_by_time_with_room_names(editor: Page, sessions: list[Session]) -> None:  # noqa: F811
    sessions[0].starts_at, sessions[0].ends_at = NINE + timedelta(hours=6), NINE + timedelta(hours=7)
    db.session.commit()
    editor.set_viewport_size({"width": 320, "height": 800})
    editor.goto(TIMETABLE)
    expect(editor.locator(".block .at")).to_have_text(
        ["10:00–11:00 · Room A", "10:00–11:00 · Room B", "15:00–16:00 · Room A"]
    )
    tops = [there(box.bounding_box())["y"] for box in editor.locator(".block").all()]
    assert tops == sorted(tops)
    expect(editor.locator(".block .where").first).to_be_visible()


def test_a_move_takes_few_statements_whatever_moves_along(as_: SignedIn, sessions: list[Session]) -> None:  # noqa: F811
    ana = as_("ana")

    def statements(then: str) -> int:
        session = db.session.get_one(Session, sessions[0].id, populate_existing=True)
        sent, headers = {"seen": seen(session), "step": "later", "then": then}, {"X-Part": "timetable"}
        with count_statements() as sent_now:
            ana.post(f"{DESK}/sessions/1/place", data=sent, headers=headers)
        return len(sent_now)

    assert statements("stay") == statements("day") == 12
