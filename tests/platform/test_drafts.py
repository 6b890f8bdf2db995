"""What was typed and not saved is back in the form: after leaving, a reload, a crash, an ended sign-in."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Error, Page, expect

from tests import factories as make
from tests.browsing import axe_faults
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser
from tests.platform.test_access import address_of
from tests.platform.test_access import filled as filled  # a workshop with one of everything
from tests.platform.test_conflicts import form_of
from tests.test_shape import views_of
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.models import GuidingQuestion, Session
from workshop.secretariat.accounts.models import SignIn

SESSION, DESK = "/workshops/w/desk/agenda/sessions/1", "/workshops/w/desk/agenda"
QUESTIONS = f"{SESSION}/questions"
PAUSE = 400  # milliseconds, more than the script waits after the last key


@pytest.fixture
def session(company: Company) -> Session:
    questions = [GuidingQuestion(position=n, text=Words(en=f"Question {n}?")) for n in (1, 2)]
    session = make.session(workshop=company.workshop, title=Words(en="Trust"), note=Words(), questions=questions)
    db.session.add(session)
    db.session.commit()
    return session


@pytest.fixture
def editor(page: Page, session: Session, sign_in_browser: SignInBrowser) -> Page:
    sign_in_browser(page, "ana")
    page.goto(SESSION)
    return page


def note(page: Any) -> Any:
    return page.locator("#note-en")


def type_note(page: Any, text: str = "Half a page of thought.") -> None:
    note(page).fill(text)
    page.wait_for_timeout(PAUSE)


def drafts_of(page: Any) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"))


BACK = re.compile(r"A draft of .+ is back in the form\.")


def test_leaving_and_coming_back(editor: Any) -> None:
    type_note(editor)
    editor.goto(DESK)
    editor.goto(SESSION)
    expect(editor.get_by_text(BACK)).to_be_visible()
    expect(note(editor)).to_have_value("Half a page of thought.")
    assert axe_faults(editor) == []
    editor.get_by_role("button", name="Discard it").click()
    expect(note(editor)).to_have_value("")
    expect(editor.get_by_text(BACK)).to_have_count(0)
    editor.reload()
    expect(note(editor)).to_have_value("")
    assert drafts_of(editor) == 0


def test_a_reload_at_once(editor: Any) -> None:
    note(editor).press_sequentially("Typed to the last letter")
    editor.reload()
    expect(note(editor)).to_have_value("Typed to the last letter")


def test_a_page_that_crashes(editor: Any) -> None:
    type_note(editor)
    context = editor.context
    with pytest.raises(Error):
        editor.goto("chrome://crash", timeout=3000)
    again = context.new_page()
    again.goto(SESSION)
    expect(note(again)).to_have_value("Half a page of thought.")


def test_a_sign_in_that_ran_out(editor: Any, sign_in_browser: SignInBrowser, session: Session) -> None:
    type_note(editor)
    db.session.execute(db.update(SignIn).values(ended_at=now()))
    db.session.commit()
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_role("heading", name="You are no longer signed in")).to_be_visible()
    sign_in_browser(editor, "ana")
    editor.goto(SESSION)
    expect(note(editor)).to_have_value("Half a page of thought.")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor).to_have_url(re.compile("/1$"))
    editor.goto(SESSION)
    expect(note(editor)).to_have_value("Half a page of thought.")
    expect(editor.get_by_text(BACK)).to_have_count(0)
    assert drafts_of(editor) == 0


def test_what_is_saved_is_forgotten_and_what_is_refused_is_not(editor: Any) -> None:
    editor.locator("#title-en").fill("")
    type_note(editor)
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_role("alert")).to_be_visible()
    assert drafts_of(editor) == 1
    editor.goto(SESSION)
    expect(note(editor)).to_have_value("Half a page of thought.")
    expect(editor.locator("#title-en")).to_have_value("")
    editor.locator("#title-en").fill("A title")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.wait_for_load_state()
    assert drafts_of(editor) == 0
    db.session.expire_all()
    assert db.session.scalars(db.select(Session)).one().note == {"en": "Half a page of thought."}


def test_a_draft_never_writes_over_what_others_saved(editor: Any, as_: SignedIn, session: Session) -> None:
    type_note(editor)
    ana = as_("ana")
    theirs = form_of(ana.get(SESSION).text, "/1") | {"title-en": "Their title"}
    assert ana.post(SESSION, data=theirs).status_code == 302
    editor.reload()
    expect(editor.locator("#title-en")).to_have_value("Their title")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.wait_for_load_state()
    db.session.expire_all()
    kept = db.session.scalars(db.select(Session)).one()
    assert (kept.title, kept.note) == ({"en": "Their title"}, {"en": "Half a page of thought."})


def test_a_draft_finds_its_row_again_where_another_is_gone(editor: Any, as_: SignedIn, session: Session) -> None:
    editor.goto(QUESTIONS)
    editor.locator("#questions-1-text-en").fill("Second, by me?")
    editor.wait_for_timeout(PAUSE)
    ana = as_("ana")
    theirs = form_of(ana.get(QUESTIONS).text, "/questions") | {"questions-0-remove": "y"}
    assert ana.post(QUESTIONS, data=theirs).status_code == 302
    editor.reload()
    expect(editor.locator("#questions-0-text-en")).to_have_value("Second, by me?")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.wait_for_load_state()
    db.session.expire_all()
    kept = db.session.scalars(db.select(Session)).one()
    assert [each.text["en"] for each in kept.questions] == ["Second, by me?"]


def test_a_draft_in_a_folded_language_is_unfolded(editor: Any) -> None:
    french = editor.locator("#note-fr")
    expect(french).not_to_be_visible()
    editor.locator("details.others", has=french).locator("summary").click()
    french.fill("Une demi-page.")
    editor.wait_for_timeout(PAUSE)
    editor.reload()
    expect(french).to_be_visible()
    expect(french).to_have_value("Une demi-page.")
    expect(editor.locator("#subtitle-fr")).not_to_be_visible()


def test_the_foot_of_the_form_says_where_the_text_is(editor: Any) -> None:
    state = editor.locator("[data-save-state]")
    expect(state).to_have_text("")
    type_note(editor)
    expect(state).to_have_text(re.compile(r"Draft kept in this browser at .+"))
    note(editor).fill("")
    expect(state).to_have_text("")


@pytest.mark.on_both_databases
def test_where_both_wrote_the_draft_ends_in_a_choice(editor: Any, as_: SignedIn, session: Session) -> None:
    type_note(editor, "By me")
    ana = as_("ana")
    ana.post(SESSION, data=form_of(ana.get(SESSION).text, "/1") | {"note-en": "By them"})
    editor.reload()
    expect(note(editor)).to_have_value("By me")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_role("heading", name="Someone else saved this")).to_be_visible()
    assert axe_faults(editor) == []
    editor.goto(SESSION)
    expect(note(editor)).to_have_value("By me")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.wait_for_load_state()
    db.session.expire_all()
    assert db.session.scalars(db.select(Session)).one().note == {"en": "By me"}


def test_it_belongs_to_one_person_and_goes_when_she_signs_out(
    editor: Any, sign_in_browser: SignInBrowser, company: Company
) -> None:
    type_note(editor)
    sign_in_browser(editor, "oto")
    editor.goto("/workshops/other/desk/agenda")
    sign_in_browser(editor, "ana")
    editor.goto(SESSION)
    expect(note(editor)).to_have_value("Half a page of thought.")
    editor.goto("/account")
    editor.get_by_role("button", name="Sign out", exact=True).click()
    editor.wait_for_url(lambda url: not url.endswith("/account"))
    assert drafts_of(editor) == 0


def test_passwords_and_notes_are_never_kept(page: Page, filled: dict[str, Any], sign_in_browser: SignInBrowser) -> None:
    sign_in_browser(page, "chi")
    for address, box in (("/account/password", "input[type=password]"), ("/workshops/w/breakouts/1/notes", "#text")):
        page.goto(address)
        page.locator(box).first.fill("Nobody shall read this")
        page.wait_for_timeout(PAUSE)
        assert drafts_of(page) == 0, address


def test_where_nothing_can_be_kept_the_page_asks_before_it_is_left(editor: Any) -> None:
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    editor.on("dialog", answer)
    editor.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    note(editor).click()
    editor.keyboard.type("Lost if one leaves")
    editor.wait_for_timeout(PAUSE)
    editor.goto(DESK)
    assert asked == ["beforeunload"]
    editor.goto(SESSION)
    type_note(editor)
    editor.goto(DESK)
    assert asked == ["beforeunload"]


# Pages of the desk whose forms keep what is typed in another way, or nothing on purpose.
OWN_WAY = {
    "capture.notes": "its own queue, nothing of a Chatham House session beside it",
    "agenda.timetable": "moves",
    "designing.preview": "kept nowhere",
}
TEXT = "main form[method=post] :is(textarea, input:is([type=text], [type=email], [type=number])):not([readonly])"


def test_every_form_of_the_desk_gives_back_what_was_typed(
    app: Flask, page: Page, company: Company, filled: dict[str, Any], sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "ana")
    tried, lost = set(), set()
    for rule in views_of(app):
        if ("/desk" not in rule.rule and "/report" not in rule.rule) or rule.endpoint in OWN_WAY:
            continue
        if "GET" not in (rule.methods or ()) or rule.rule.endswith((".pdf", ">.ics")) or "download" in rule.endpoint:
            continue
        values = filled | ({"id": filled["organisation"]} if "organisations/" in rule.rule else {})
        try:
            page.goto(address_of(rule, values))
        except Error:
            continue  # a file, not a page
        if not page.locator("#drafts").count():
            continue
        for place in range(page.locator(TEXT).count()):
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
            box = page.locator(TEXT).nth(place)
            form = box.evaluate("(box) => box.form.dataset.draft ?? ''")
            if (place and form == "off") or not box.is_editable() or not box.bounding_box():
                continue
            typed = "7" if box.get_attribute("type") == "number" else "typed@example.org"
            box.fill(typed)
            page.reload()
            tried.add(rule.endpoint)
            if page.locator(TEXT).nth(place).input_value() != typed:
                lost.add((rule.endpoint, place))
            page.evaluate("localStorage.clear()")
            break
    assert lost == set()
    assert len(tried) > 35
