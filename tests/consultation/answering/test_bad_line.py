"""On a line of 256 kbit/s with 400 ms of delay, on one that breaks, and with impatient fingers. Real Chromium."""

import gzip
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests import factories as make
from tests.browsing import follow
from tests.looking import there
from workshop.consultation.answering.response_by_link import lock_recipient
from workshop.consultation.questionnaires import recipients
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform.db import db, now

OPEN = "/workshops/w/questionnaires/q"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 32_000, "uploadThroughput": 32_000}  # bytes a second


@pytest.fixture(autouse=True)
def _diaspora(app: Flask) -> None:
    db.session.add(make.version(read_document()))
    db.session.commit()


def begin(page: Page) -> str:
    """Begin in this tab; the address of the personal link."""
    page.goto(OPEN)
    follow(page, "main form button")
    return str(page.url.rsplit("/", 1)[0])


def responses() -> list[Response]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Response)))


def devtools(tab: Page) -> Any:
    network = tab.context.new_cdp_session(tab)
    network.send("Network.enable")
    return network


def answered(page: Page, link: str) -> None:
    """All that must be answered."""
    page.goto(f"{link}/A")
    for choice in ("#A1-o-yes", "#A2-o-anon", "#A3-o-ind"):
        page.check(choice)
    page.click(".actions button[value=next]")
    page.wait_for_url(f"{link}/B")
    page.select_option("#B2", "CHE")
    page.select_option("#B3-1", "TUN")
    page.click(".actions button[value=next]")
    page.wait_for_url(f"{link}/C")
    page.goto(f"{link}/D")
    page.check("#D1-o-no")
    page.click(".actions button[value=next]")
    page.wait_for_url(f"{link}/E")
    page.goto(f"{link}/summary")


def test_every_page_is_light_when_it_comes_for_the_first_time(page: Page) -> None:
    """Pages that hold a token travel as they are; static files as the server's compressed copies."""
    link = begin(page)
    for address in (OPEN, *(f"{link}/{part}" for part in ("A", "B", "C", "D", "E", "F", "summary", "withdraw"))):
        document = there(page.goto(address)).body()
        # asked of the document itself: the browser's events of the page before may come late
        asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
        files = {urlsplit(url).path for url in asked if "/static/" in url}
        sent = [len(document), *(len(gzip.compress(Path(f".{file}").read_bytes())) for file in files)]
        assert 2000 < sum(sent) <= 55_000, (address, sent)
        assert 1 <= len(asked) < 8, asked


def test_a_question_can_be_answered_on_a_slow_line_before_the_script_has_come(page: Page) -> None:
    link = begin(page)
    network = devtools(page)
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"{link}/A", wait_until="commit")
    page.check("#A1-o-yes")
    page.locator(".saved[role=status]", has_text="Saved at ").wait_for()
    assert [response.answers for response in responses()] == [{"A1": True}]


def test_more_than_a_browser_sends_for_a_closed_page_is_saved_all_the_same(page: Page) -> None:
    link = begin(page)
    page.goto(f"{link}/D")
    page.fill("#D6", long := "ع" * 15_000)
    page.click("h1")
    page.locator(".saved[role=status]", has_text="Saved at ").wait_for()
    (response,) = responses()
    assert long in str(response.drafts) + str(response.answers)


@pytest.mark.on_both_databases
@pytest.mark.parametrize("heard", [False, True], ids=["on the way there", "on the way back"])
def test_sending_over_a_line_that_breaks_and_again_counts_once(page: Page, heard: bool) -> None:
    link = begin(page)
    answered(page, link)
    before = responses()[0].revision

    def break_off(route: Any) -> None:
        if heard:
            route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/submit", break_off, times=1)
    with page.expect_event("requestfailed"):
        page.click("text=Submit my answers", no_wait_after=True)
    assert [response.state is ResponseState.SUBMITTED for response in responses()] == [heard]
    assert page.request.post(f"{link}/submit").url == f"{link}/thanks"
    assert [(response.state, response.revision) for response in responses()] == [(ResponseState.SUBMITTED, before + 1)]


@pytest.fixture
def checked_forms(app: Flask) -> Iterator[None]:
    """Forms need their token, as in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.usefixtures("checked_forms")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_session_that_ended_keeps_what_was_typed(browser: Browser, server: str, scripts: bool) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=scripts, locale="en-GB")
    page = context.new_page()
    link = begin(page)
    context.clear_cookies()
    page.fill("#A4", "Secretary")
    page.click(".actions button[value=back], .actions button[value=next]")
    page.get_by_role("heading", name="This form was open for too long").wait_for()
    page.click("main form button")
    page.wait_for_url(f"{link}/A*")
    assert page.input_value("#A4") == "Secretary"
    context.close()
    assert [response.answers for response in responses()] == [{"A4": "Secretary"}]


@pytest.mark.on_both_databases
def test_pressing_send_twice_counts_once(page: Page) -> None:
    link = begin(page)
    answered(page, link)
    before = responses()[0].revision
    page.dblclick("text=Submit my answers", no_wait_after=True)
    page.wait_for_url(f"{link}/thanks")
    assert [(response.state, response.revision) for response in responses()] == [(ResponseState.SUBMITTED, before + 1)]


def the_personal_link(key: str) -> str:
    row = Recipient(
        questionnaire=db.session.scalars(db.select(Questionnaire)).one(),
        name="Ministry (synthetic)",
        email="m@example.org",
        language="en",
    )
    token = row.current_link(key)
    db.session.add(row)
    db.session.commit()
    return f"/q/{token}"


@pytest.mark.on_both_databases
@pytest.mark.parametrize("way", [lambda _key: OPEN, the_personal_link], ids=["open address", "personal link"])
def test_pressing_begin_twice_begins_once(page: Page, app: Flask, way: Callable[[str], str]) -> None:
    page.goto(way(app.config["SECRET_KEY"]))
    page.dblclick("main form button", no_wait_after=True)  # both are sent before the first is answered
    page.wait_for_url("**/A")
    assert len(responses()) == 1


@pytest.mark.on_both_databases
def test_a_click_that_waits_for_another_leads_to_what_that_one_began(page: Page, app: Flask) -> None:
    """The second of two clicks has looked before the first is written down; then it waits, and looks again."""
    link = the_personal_link(app.config["SECRET_KEY"])
    recipient = db.session.scalars(db.select(Recipient)).one()
    lock_recipient(recipient)
    version = db.session.scalars(db.select(QuestionnaireVersion)).one()
    response, _secret = recipients.begin(recipient, version, link.removeprefix("/q/"), language="en", at=now())
    db.session.add(response)
    db.session.flush()
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(lambda: app.test_client().post(f"{link}/begin"))
        with suppress(TimeoutError):
            second.result(1)  # it waits for us
        db.session.commit()
        assert (second.result().status_code, second.result().location) == (302, link)
    assert len(responses()) == 1
