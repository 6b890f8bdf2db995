import http.client
import threading
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from tests import factories as make
from tests.browsing import follow
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from tests.looking import there
from workshop.deliberation.capture.models import Point
from workshop.platform.db import Words, db
from workshop.programme.agenda import models as agenda_models
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.groups.models import Group
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode

NOTES = "/workshops/w/breakouts/2/notes"
POINT = {
    "question": "1",
    "kind": "practice",
    "text": "A joint desk.",
    "voices": "3",
    "perspective": "origin",
    "language": "en",
    "client_key": "0123456789abcdef",
}


@pytest.fixture
def group(company: Company) -> Group:
    return add_group(company, 2, servant=company.chi)


def add_group(company: Company, number: int, servant: User | None = None) -> Group:
    session = db.session.scalar(select(agenda_models.Session)) or make.session(
        workshop=company.workshop, format=Format.BREAKOUT
    )
    questions = [make.group_question(), make.group_question("Why?", position=2)]
    group = make.group(number=number, workshop=company.workshop, session=session, questions=questions)
    db.session.add(group)
    if servant:
        db.session.add(make.servant(group=group, user=servant))
    db.session.commit()
    return group


def points() -> list[Point]:
    db.session.expire_all()
    return list(db.session.scalars(select(Point).order_by(Point.number)))


# desk


def test_the_desk_shows_who_serves_and_how_much_is_noted(as_: SignedIn, company: Company, group: Group) -> None:
    add_group(company, 1)
    db.session.add_all([make.point(1, group=group), make.point(2, group=group, struck_at=make.NOON)])
    page = as_("eva").get("/workshops/w/desk/breakouts").text
    first, second = page.split('id="group-2"')
    assert "Not named yet" in first
    assert "0 points" in first
    assert "Rapporteur: <bdi>Chi</bdi>" in second
    assert "1 point<" in second
    assert page.count("Report not begun") == 2


def test_the_desk_says_what_comes_when_there_are_no_groups(as_: SignedIn) -> None:
    assert "no break-out groups" in as_("ana").get("/workshops/w/desk/breakouts").text


def test_the_desk_takes_the_same_statements_for_one_group_and_three(
    as_: SignedIn, company: Company, group: Group
) -> None:
    client = as_("ana")
    with count_statements() as one:
        client.get("/workshops/w/desk/breakouts")
    for number in (1, 3):
        other = add_group(company, number, servant=company.eva)
        db.session.add(make.point(1, group=other))
    db.session.commit()
    with count_statements() as three:
        client.get("/workshops/w/desk/breakouts")
    assert len(three) == len(one)


# notes


def test_the_rapporteur_adds_a_point_and_comes_back_to_its_question(as_: SignedIn, group: Group) -> None:
    answer = as_("chi").post(NOTES, data=POINT | {"question": "2"})
    assert answer.status_code == 302
    assert answer.location == f"{NOTES}?question=2#q-2"
    (point,) = points()
    assert (point.label, point.kind, point.text, point.voices, point.perspective) == (
        "2.1",
        "practice",
        "A joint desk.",
        3,
        "origin",
    )
    assert there(point.question).position == 2


def test_the_page_shows_points_under_their_question(as_: SignedIn, group: Group) -> None:
    first, second = group.questions
    db.session.add_all(
        [
            make.point(1, group=group, question=second, text="Because of trust."),
            make.point(2, group=group, question=first, language="fr", text="Un guichet commun."),
        ]
    )
    page = as_("chi").get(NOTES).text
    under_first, under_second = page.split('id="q-1"')[1].split('id="q-2"')
    assert '<p lang="fr" dir="auto">Un guichet commun.</p>' in under_first
    assert "Because of trust." in under_second


def test_the_next_form_stands_at_the_question_one_came_from(as_: SignedIn, group: Group) -> None:
    page = as_("chi").get(f"{NOTES}?question=2").text
    assert 'checked id="question-1" name="question" required type="radio" value="2"' in page


def test_an_empty_point_is_refused_and_nothing_typed_is_lost(as_: SignedIn, group: Group) -> None:
    page = as_("chi").post(NOTES, data=POINT | {"text": " ", "perspective": "diaspora"}).text
    assert "<title>Error: " in page
    assert "Please write what was said." in page
    assert '<option selected value="diaspora">' in page
    assert points() == []


def test_a_point_of_a_thousand_characters_fits_and_one_more_is_refused(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    assert client.post(NOTES, data=POINT | {"text": "a\r\n" + "b" * 998}).status_code == 302
    page = client.post(NOTES, data=POINT | {"text": "b" * 1001}).text
    assert "longer than 1000 characters" in page
    assert "b" * 1001 in page
    assert len(points()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": "9"},
        {"kind": "rumour"},
        {"voices": "0"},
        {"voices": "many"},
        {"perspective": "moon"},
        {"language": "xx"},
    ],
)
def test_what_the_form_does_not_offer_is_refused(as_: SignedIn, group: Group, wrong: dict[str, str]) -> None:
    assert as_("chi").post(NOTES, data=POINT | wrong).status_code == 200
    assert points() == []


def test_the_same_form_sent_twice_is_one_point(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    first, second = client.post(NOTES, data=POINT), client.post(NOTES, data=POINT)
    assert first.location == second.location
    assert len(points()) == 1


def test_new_words_in_a_form_brought_back_by_the_browser_are_a_new_point(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(NOTES, data=POINT)
    client.post(NOTES, data=POINT | {"text": "Something else."})
    assert [point.text for point in points()] == ["A joint desk.", "Something else."]


def test_a_script_is_answered_with_data(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    answer = client.post(NOTES, data=POINT, headers={"Accept": "application/json"})
    assert tuple(there(answer.json)[name] for name in ("label", "text", "question")) == ("2.1", "A joint desk.", 1)
    assert 'id="point-1"' in there(answer.json)["html"]
    refused = client.post(NOTES, data=POINT | {"text": ""}, headers={"Accept": "application/json"})
    assert (refused.status_code, list(there(refused.json)["errors"])) == (422, ["text"])


def test_markup_in_a_point_stays_text(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    payload = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
    answer = client.post(NOTES, data=POINT | {"text": payload}, headers={"Accept": "application/json"})
    for shown in (there(answer.json)["html"], client.get(NOTES).text):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x" in shown
        assert "<script>alert" not in shown
        assert "<img" not in shown


def test_the_page_says_what_the_meeting_mode_means(as_: SignedIn, company: Company, group: Group) -> None:
    group.session.mode = MeetingMode.CHATHAM_HOUSE
    page = as_("chi").get(NOTES).text
    assert "Chatham House Rule.</b> No names, no affiliations" in page


def test_a_rapporteur_without_a_service_here_reads_and_does_not_write(
    as_: SignedIn, company: Company, group: Group
) -> None:
    add_group(company, 3)
    client = as_("chi")
    page = client.get("/workshops/w/breakouts/3/notes").text
    assert "You can read these notes." in page
    assert "<form" not in page
    assert client.post("/workshops/w/breakouts/3/notes", data=POINT).status_code == 403
    assert points() == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 200), ("chi", 200), ("eva", 200), ("ben", 403), ("dov", 404), ("oto", 404), ("nobody", 302)],
)
def test_who_reads_the_notes(as_: SignedIn, group: Group, who: str, status: int) -> None:
    assert as_(who).get(NOTES).status_code == status


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("chi", 302), ("eva", 403), ("ben", 403), ("dov", 404)])
def test_who_adds_points(as_: SignedIn, group: Group, who: str, status: int) -> None:
    assert as_(who).post(NOTES, data=POINT).status_code == status
    assert len(points()) == (who in {"ana", "chi"})


def test_there_are_no_notes_of_a_group_that_is_not(as_: SignedIn, group: Group) -> None:
    assert as_("chi").get("/workshops/w/breakouts/9/notes").status_code == 404


def test_the_notes_take_the_same_statements_for_one_point_and_three(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    first, second = group.questions
    db.session.add(make.point(1, group=group, question=first))
    db.session.commit()
    with count_statements() as one:
        client.get(NOTES)
    db.session.add_all([make.point(2, group=group, question=second), make.point(3, group=group)])
    db.session.commit()
    with count_statements() as three:
        client.get(NOTES)
    assert len(three) == len(one)


# numbering, against a server with as many threads as requests


def post_at_once(server: str, cookies: list[str], bodies: list[dict[str, str]]) -> list[int]:
    """Send all of these at the same moment; the answers' statuses."""
    ready, statuses = threading.Barrier(len(bodies)), [0] * len(bodies)

    def send(place: int) -> None:
        connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=60)
        headers = {
            "Cookie": f"intersession={cookies[place % len(cookies)]}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        ready.wait()
        connection.request("POST", NOTES, urlencode(bodies[place]), headers)
        statuses[place] = connection.getresponse().status
        connection.close()

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def cookie_of(client: FlaskClient) -> str:
    return there(client.get_cookie("intersession")).value


def test_two_note_takers_at_once_get_different_numbers(
    as_: SignedIn, server: str, company: Company, group: Group
) -> None:
    db.session.add(make.servant(group=group, user=company.eva, role=Part.NOTE_TAKER))
    cookies = [cookie_of(as_("chi")), cookie_of(as_("eva"))]
    bodies = [POINT | {"client_key": f"{n:016}", "text": f"Point {n}"} for n in range(10)]
    assert post_at_once(server, cookies, bodies) == [302] * 10
    assert [point.number for point in points()] == list(range(1, 11))
    assert {point.text for point in points()} == {body["text"] for body in bodies}


def test_one_form_sent_many_times_at_once_is_one_point(as_: SignedIn, server: str, group: Group) -> None:
    assert post_at_once(server, [cookie_of(as_("chi"))], [POINT] * 8) == [302] * 8
    assert [point.number for point in points()] == [1]


# strike and unstrike


def test_a_struck_point_stays_readable_and_comes_back(as_: SignedIn, group: Group) -> None:
    db.session.add(make.point(4, group=group, text="Said by mistake."))
    client = as_("chi")
    answer = client.post("/workshops/w/breakouts/2/points/4/strike")
    assert answer.location.endswith("/notes#point-4")
    page = client.get(NOTES).text
    assert '<del lang="en" dir="auto">Said by mistake.</del>' in page
    assert "Chi" not in page.split('id="point-4"')[1].split("</li>")[0]
    client.post("/workshops/w/breakouts/2/points/4/unstrike")
    assert points()[0].struck_at is None
    assert "<del" not in client.get(NOTES).text


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("eva", 403), ("ben", 403), ("dov", 404)])
@pytest.mark.parametrize("verb", ["strike", "unstrike"])
def test_who_strikes(as_: SignedIn, group: Group, who: str, status: int, verb: str) -> None:
    db.session.add(make.point(4, group=group))
    assert as_(who).post(f"/workshops/w/breakouts/2/points/4/{verb}").status_code == status


def test_a_point_of_another_group_is_not_found(as_: SignedIn, company: Company, group: Group) -> None:
    db.session.add(make.point(4, group=add_group(company, 3)))
    assert as_("chi").post("/workshops/w/breakouts/2/points/4/strike").status_code == 404


def test_a_striking_is_seen_by_public_pages(as_: SignedIn, company: Company, group: Group) -> None:
    before = company.workshop.version
    db.session.add(make.point(4, group=group))
    as_("chi").post("/workshops/w/breakouts/2/points/4/strike")
    db.session.refresh(company.workshop)
    assert company.workshop.version == before + 1


# notes.js


@pytest.mark.on_both_databases
def test_points_added_on_a_dead_line_arrive_once_when_it_is_back(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    page.context.set_offline(True)
    for text in ("First without a line", "Second without a line"):
        page.get_by_label("The point, in one or two sentences").fill(text)
        page.keyboard.press("Control+Enter")
    page.get_by_text("saved in this browser, will be sent").nth(1).wait_for()
    assert points() == []
    page.context.set_offline(False)
    page.locator("#point-2").wait_for()
    assert [point.text for point in points()] == ["First without a line", "Second without a line"]
    assert page.locator(".waiting").count() == 0
    page.reload()
    assert page.locator(".point").count() == 2


def test_what_waits_survives_a_reload_and_a_draft_too(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    page.route("**/notes", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_label("Obstacle").check()
    page.get_by_label("The point, in one or two sentences").fill("Waits for the line")
    page.get_by_role("button", name="Add the point").click()
    page.locator(".waiting").wait_for()
    page.get_by_label("The point, in one or two sentences").fill("Half a sent")
    page.reload()
    page.locator(".waiting").get_by_text("Waits for the line").wait_for()
    assert page.get_by_label("The point, in one or two sentences").input_value() == "Half a sent"
    page.unroute("**/notes")
    page.reload()
    page.locator("#point-1").wait_for()
    assert [(point.text, point.kind) for point in points()] == [("Waits for the line", "obstacle")]


def test_markup_in_a_point_stays_text_in_the_browser(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    page.get_by_label("The point, in one or two sentences").fill("<img src=x onerror=alert(1)>")
    page.keyboard.press("Control+Enter")
    page.locator("#point-1").wait_for()
    assert page.locator("#point-1 img").count() == 0
    assert page.locator("#point-1").get_by_text("<img src=x onerror=alert(1)>").count() == 1


def test_what_the_server_refuses_can_be_taken_back(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    sign_in_browser(page, "chi")
    page.goto(NOTES)
    db.session.query(type(group)).filter_by(id=group.id).update({"number": 5})
    db.session.commit()
    page.get_by_label("The point, in one or two sentences").fill("Nowhere to go")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Edit").click()
    page.locator(".waiting").wait_for(state="detached")
    assert page.get_by_label("The point, in one or two sentences").input_value() == "Nowhere to go"


def test_without_scripts_the_form_works(
    browser: Browser, server: str, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    tab = context.new_page()
    sign_in_browser(tab, "chi")
    tab.goto(NOTES)
    tab.get_by_label("2. Why?").check()
    tab.get_by_label("The point, in one or two sentences").fill("Plain form")
    follow(tab, tab.get_by_role("button", name="Add the point"))
    assert tab.url.endswith("/notes?question=2#q-2")
    assert tab.locator("#q-2 .point").count() == 1
    context.close()


def test_plenary_sessions_are_listed_in_pages(as_: SignedIn, company: Company) -> None:
    for number in range(101, 128):
        db.session.add(make.session(workshop=company.workshop, number=number, title=Words(en=f"Talk {number}.")))
    db.session.commit()
    ana = as_("ana")
    pages = [ana.get(f"/workshops/w/desk/breakouts?page={page}").text for page in (1, 2)]
    assert ["Talk 101." in page for page in pages] == [True, False]
    assert ["Talk 127." in page for page in pages] == [False, True]
