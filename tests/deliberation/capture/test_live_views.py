"""Notes on several screens at once, in plenary too; and without a line, in a real browser."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from tests.deliberation.capture.test_views import NOTES, POINT, add_group, cookie_of, points
from tests.looking import there
from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.platform.db import Base, Words, db, now
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.question_wordings import reword
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import MeetingMode

LIVE = f"{NOTES}/live"
PLENARY = "/workshops/w/sessions/4/notes"
CANARY = "Canaryname"
TEXT = "The point, in one or two sentences"
JSON, PART = {"Accept": "application/json"}, {"X-Part": "notes"}


@pytest.fixture
def group(company: Company) -> Group:
    return add_group(company, 2, servant=company.chi)


@pytest.fixture
def plenary(company: Company) -> Session:
    session = make.session(workshop=company.workshop, number=4, questions=[make.question("Who pays?")])
    db.session.add(session)
    db.session.commit()
    return session


# what a point keeps of where it was typed


def test_a_point_keeps_when_and_under_which_wording_it_was_typed(as_: SignedIn, group: Group) -> None:
    question = group.questions[0]
    shown = str(question.wordings[0].id)
    reword(question, Words(en="What fails?"))
    typed = now() - timedelta(minutes=20)
    as_("chi").post(
        NOTES, data=POINT | {"wordings": shown, "typed_at": typed.isoformat(), "device": "d1", "sequence": "7"}
    )
    (point,) = points()
    assert (point.typed_at, point.device, point.sequence) == (typed, "d1", 7)
    assert there(point.wording).text == {"en": "What works?"}
    assert "Noted when the question read:" in as_("chi").get(NOTES).text


@pytest.mark.parametrize("clock", ["2199-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "noon", "2026-01-01T00:00:00"])
def test_a_clock_that_cannot_be_right_is_not_believed(as_: SignedIn, group: Group, clock: str) -> None:
    as_("chi").post(NOTES, data=POINT | {"typed_at": clock})
    (point,) = points()
    assert there(point.typed_at) == point.noted_at


def test_after_a_change_of_mode_the_text_is_checked_before_it_is_kept(as_: SignedIn, group: Group) -> None:
    chi = as_("chi")
    group.mode = MeetingMode.CHATHAM_HOUSE
    sent = POINT | {"mode": "on_record"}
    answer = chi.post(NOTES, data=sent)
    assert answer.status_code == 409
    assert "has changed to “Chatham House Rule”" in answer.text
    assert "A joint desk.</textarea>" in answer.text
    assert 'name="mode" type="hidden" value="chatham_house"' in answer.text
    assert there(chi.post(NOTES, data=sent, headers=JSON).json)["mode"] == "chatham_house"
    assert points() == []
    chi.post(NOTES, data=sent | {"mode": "chatham_house"})
    group.mode = MeetingMode.ON_RECORD
    page = chi.get(NOTES).text
    assert "noted under: Chatham House Rule" in page
    assert points()[0].mode == MeetingMode.CHATHAM_HOUSE


def test_a_correction_replaces_a_point_which_stays_readable(as_: SignedIn, group: Group) -> None:
    chi = as_("chi")
    chi.post(NOTES, data=POINT)
    assert "A joint desk.</textarea>" in chi.get(f"{NOTES}?edit=1").text
    chi.post(NOTES, data=POINT | {"text": "A joint office.", "replaces": "1"})
    first, second = points()
    assert first.struck_at is not None
    assert second.replaces is first
    assert "corrects 2.1" in chi.get(NOTES).text


def test_a_point_is_added_to_another_one(as_: SignedIn, group: Group) -> None:
    chi = as_("chi")
    chi.post(NOTES, data=POINT)
    assert "2.1 A joint desk." in chi.get(f"{NOTES}?about=1").text
    chi.post(NOTES, data=POINT | {"text": "Too dear.", "about": "1", "relation": "disagrees"})
    point = points()[1]
    assert (point.about, point.relation) == (points()[0], "disagrees")
    assert "Disagrees with it:" in chi.get(NOTES).text


def test_what_was_written_on_paper_is_marked(as_: SignedIn, group: Group) -> None:
    chi = as_("chi")
    assert 'value="paper"' in chi.get(f"{NOTES}?channel=paper").text
    assert chi.post(NOTES, data=POINT | {"channel": "paper"}).location.endswith("channel=paper#q-1")
    assert "from paper" in chi.get(NOTES).text
    assert chi.get(f"{NOTES}/sheet").text.count('class="ledger sheet-lines"') == 2


# plenary sessions


def test_what_is_said_in_plenary_is_noted_under_the_questions_of_the_session(
    as_: SignedIn, company: Company, plenary: Session
) -> None:
    chi = as_("chi")
    assert 'href="/workshops/w/sessions/4/notes"' in chi.get("/workshops/w/desk/breakouts").text
    sent = POINT | {"turn": "discussant", "category": "ngo", "speaker": "Sam Sample", "mode": "chatham_house"}
    assert chi.post(PLENARY, data=sent).status_code == 409
    plenary.mode = MeetingMode.ON_RECORD
    chi.post(PLENARY, data=sent | {"mode": "on_record"})
    page = chi.get(PLENARY).text
    for shown in ("S4.1", "Discussant", "Sam Sample", "Non-governmental organisation", "1. Who pays?"):
        assert shown in page
    assert chi.post("/workshops/w/sessions/4/points/1/strike").location == f"{PLENARY}#point-1"
    assert there(db.session.scalar(select(SessionPoint))).struck_at is not None


@pytest.mark.parametrize("mode", [MeetingMode.CHATHAM_HOUSE, MeetingMode.NOT_FOR_ATTRIBUTION])
def test_no_name_can_be_typed_or_read_where_it_must_not_be(
    as_: SignedIn, company: Company, plenary: Session, mode: MeetingMode
) -> None:
    plenary.mode = MeetingMode.ON_RECORD
    chi = as_("chi")
    chi.post(PLENARY, data=POINT | {"turn": "floor", "speaker": "Canary Name", "mode": "on_record"})
    plenary.mode = mode
    page = chi.get(PLENARY).text
    assert 'name="speaker"' not in page
    assert "Canary Name" not in page
    assert "Canary Name" not in chi.get(f"{PLENARY}/live", headers=PART).text
    chi.post(PLENARY, data=POINT | {"turn": "floor", "speaker": "Canary Bis", "client_key": "k", "mode": mode.value})
    assert [each.speaker for each in db.session.scalars(select(SessionPoint).order_by(SessionPoint.number))][1] == ""


def test_a_name_typed_under_the_chatham_house_rule_stands_in_no_table_and_no_log(
    as_: SignedIn, company: Company, plenary: Session, capfd: pytest.CaptureFixture[str]
) -> None:
    """What the database and the log do not hold no page, file or mail can tell."""
    plenary.mode, ana = MeetingMode.CHATHAM_HOUSE, as_("ana")
    db.session.commit()
    typed = POINT | {"turn": "floor", "speaker": CANARY, "name": CANARY, "device": "d", "mode": "chatham_house"}
    assert ana.post(PLENARY, data=typed).status_code == 302
    floor = PLENARY.replace("/notes", "/floor")
    assert ana.post(floor, data={"category": "ngo", "name": CANARY}).status_code == 302
    for verb in ("give", "end"):
        ana.post(f"{floor}/1/{verb}")
    db.session.commit()
    tables = Base.metadata.sorted_tables
    holding = [table.name for table in tables if CANARY in str(db.session.execute(select(table)).all())]
    assert holding == []
    assert CANARY not in "".join(capfd.readouterr())


def test_eight_writers_of_25_points_each_lose_and_double_none(
    as_: SignedIn, server: str, company: Company, group: Group
) -> None:
    """Each sends its own one after the other, every fifth twice, as a browser does whose answer got lost."""
    cookies = [cookie_of(as_("chi")), cookie_of(as_("ana"))]
    statuses: list[int] = []

    def write(writer: int) -> None:
        connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=60)
        form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"intersession={cookies[writer % 2]}"}
        for number in range(25):
            body = POINT | {"text": f"Point {writer}.{number}", "client_key": f"{writer:08}{number:08}"}
            for _try in range(2 if number % 5 == 0 else 1):
                connection.request("POST", NOTES, urlencode(body), form)
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
        connection.close()

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))
    assert statuses == [302] * 240
    kept = db.session.scalars(select(Point).order_by(Point.number)).all()
    assert [point.number for point in kept] == list(range(1, 201))
    assert {point.text for point in kept} == {f"Point {writer}.{number}" for writer in range(8) for number in range(25)}


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("chi", 302), ("eva", 403), ("ben", 403), ("dov", 404)])
def test_who_notes_in_plenary(as_: SignedIn, plenary: Session, who: str, status: int) -> None:
    assert as_(who).post(PLENARY, data=POINT | {"turn": "floor"}).status_code == status


def test_a_coffee_break_has_no_notes(as_: SignedIn, company: Company, group: Group) -> None:
    assert as_("ana").get(f"/workshops/w/sessions/{group.session.number}/notes").status_code == 404


# live


def test_unchanged_notes_are_not_sent_again(as_: SignedIn, group: Group) -> None:
    eva, chi = as_("eva"), as_("chi")
    first = eva.get(LIVE, headers=PART)
    tag = PART | {"If-None-Match": first.headers["ETag"]}
    with count_statements() as statements:
        assert eva.get(LIVE, headers=tag).status_code == 304
    assert len(statements) <= 6
    chi.post(NOTES, data=POINT)
    again = eva.get(LIVE, headers=tag)
    assert again.status_code == 200
    assert "A joint desk." in again.text
    assert "Writing now: Chi" in again.text
    chi.post("/workshops/w/breakouts/2/points/1/strike")
    assert eva.get(LIVE, headers=PART | {"If-None-Match": again.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("eva", 200), ("ben", 403), ("dov", 404), ("nobody", 302)])
def test_who_sees_notes_arrive(as_: SignedIn, group: Group, who: str, status: int) -> None:
    assert as_(who).get(LIVE, headers=PART).status_code == status


def test_the_worker_is_served_from_the_root(client: FlaskClient) -> None:
    answer = client.get("/notes-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


# in a browser


def test_without_a_line_notes_survive_reloads_and_are_sent_in_order(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    page.get_by_text("This page also opens without a connection").wait_for()
    page.context.set_offline(True)
    for number in range(1, 4):
        page.get_by_label(TEXT).fill(f"Point {number}")
        page.keyboard.press("Control+Enter")
        page.locator(".waiting").nth(number - 1).wait_for()
    page.reload()
    page.locator(".waiting").nth(2).wait_for()
    page.get_by_text("Saved only in this browser, not sent yet: 3.").wait_for()
    assert points() == []
    page.context.set_offline(False)
    page.locator("#point-3").wait_for()
    page.get_by_text("Everything you added is saved on the server.").wait_for()
    kept = points()
    assert [point.text for point in kept] == ["Point 1", "Point 2", "Point 3"]
    assert [point.sequence for point in kept] == sorted(there(point.sequence) for point in kept)
    assert all(there(point.typed_at) < point.noted_at for point in kept)
    assert axe_faults(page) == []
    assert not sticks_out_of(page)


def test_nothing_of_the_notes_stays_in_the_browser_after_signing_out(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    page.get_by_text("This page also opens without a connection").wait_for()
    page.get_by_label(TEXT).fill("Canary said so")
    page.keyboard.press("Control+Enter")
    page.locator("#point-1").wait_for()
    page.get_by_label(TEXT).fill("Canary half a sentence")
    page.goto("/account")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out.").wait_for()
    found = page.evaluate(
        """async () => {
            const kept = [JSON.stringify(localStorage)];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys())
                    if (!new URL(request.url).pathname.startsWith("/static/")) kept.push(request.url);
            const opened = await new Promise((done) => {
                const request = indexedDB.open("intersession-notes");
                request.onsuccess = () => done(request.result);
            });
            for (const name of opened.objectStoreNames)
                kept.push(JSON.stringify(await new Promise((done) => {
                    const all = opened.transaction(name).objectStore(name).getAll();
                    all.onsuccess = () => done(all.result);
                })));
            return kept.join();
        }"""
    )
    assert "Canary" not in found
    assert "/notes" not in found


def test_who_takes_over_a_device_sends_what_is_left_on_it(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    db.session.add(make.servant(group=group, user=company.eva))
    db.session.commit()
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    page.route("**/notes", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_label(TEXT).fill("Left on the laptop")
    page.keyboard.press("Control+Enter")
    page.locator(".waiting").wait_for()
    page.goto("about:blank")  # before the line is back: nothing is sent any more under the first name
    page.unroute("**/notes")
    page.context.clear_cookies()
    sign_in_browser(page, "eva")
    page.goto(NOTES)
    page.get_by_role("button", name="Send them under my name").click()
    page.locator("#point-1").wait_for()
    assert [(point.text, point.noted_by) for point in points()] == [("Left on the laptop", company.eva.id)]


@pytest.mark.on_both_databases
def test_points_typed_elsewhere_arrive_by_themselves(
    page: Page, company: Company, group: Group, as_: SignedIn, sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    as_("ana").post(NOTES, data=POINT | {"text": "From another desk"})
    page.get_by_text("From another desk").wait_for()
