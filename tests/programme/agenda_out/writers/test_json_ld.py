"""The public pages: links to the files, and the event as search engines read it."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.test import TestResponse

from tests import factories as make
from tests.browsing import axe_faults
from tests.cast import Company
from tests.conftest import SignInBrowser, count_statements
from tests.looking import matched, there
from tests.programme.agenda_out.published import publish, room, session
from workshop.platform import tasks
from workshop.platform.db import Words, db

pytestmark = pytest.mark.on_one_database("a file made of the released agenda, which is tried beside both")


def data(page: TestResponse) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    told: dict[str, Any] = json.loads(found)
    return told


def test_the_agenda_offers_its_files_in_the_language_of_the_page(client: FlaskClient, company: Company) -> None:
    session(company.workshop)
    publish(company.workshop)
    page = client.get("/workshops/w/agenda?lang=fr").text
    for name in (
        "agenda.ics",
        "agenda.pdf",
        "agenda/overview.pdf",
        "agenda.docx",
        "agenda.xlsx",
        "agenda.xml",
        "agenda.json",
    ):
        assert f'href="/workshops/w/{name}?lang=fr"' in page
    assert re.search(r'<link rel="alternate" type="text/calendar"[^>]*href="/workshops/w/agenda.ics\?lang=fr"', page)


def test_the_workshop_is_an_event_with_its_sessions(client: FlaskClient, company: Company) -> None:
    row = session(company.workshop, room=room(company.workshop, "Salle XX"), subtitle=Words(en="What helps"))
    row.appearances[0].organisation = make.organisation(name=Words(en="Ministry"), country="KEN")
    company.workshop.funders = ["A donor"]
    publish(company.workshop)
    event = data(client.get("/workshops/w/agenda?lang=fr"))
    sessions = event.pop("subEvent")
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "A workshop on something",
        "startDate": "2026-03-02",
        "endDate": "2026-03-03",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": ["en", "fr", "es"],
        "url": "https://meeting.example/workshops/w/",
        "location": {"@type": "Place", "name": "Geneva", "address": "Geneva"},
        "organizer": {"@type": "Organization", "name": "A series", "url": "https://meeting.example/series/s/"},
        "funder": [{"@type": "Organization", "name": "A donor"}],
    }
    assert sessions == [
        {
            "@type": "Event",
            "name": "Partenariats 1",
            "description": "What helps",
            "startDate": "2026-03-02T09:00:00+01:00",
            "endDate": "2026-03-02T10:00:00+01:00",
            "location": {"@type": "Place", "name": "Salle XX", "address": "Geneva"},
            "performer": [
                {
                    "@type": "Person",
                    "name": "H.E. Ines Chair 1 (synthetic)",
                    "affiliation": {"@type": "Organization", "name": "Ministry"},
                },
                {
                    "@type": "Person",
                    "name": "Zoë Ñandú 1 (synthetic)",
                    "jobTitle": "Directrice",
                    "affiliation": {"@type": "Organization", "name": "Bureau des exemples"},
                },
            ],
            "url": "https://meeting.example/workshops/w/agenda#session-1",
        }
    ]


def test_the_page_of_a_workshop_is_an_event_without_sessions(client: FlaskClient, company: Company) -> None:
    event = data(client.get("/workshops/w/"))
    assert (event["@type"], event["name"], "subEvent" in event) == ("Event", "A workshop on something", False)


def test_sessions_without_a_time_are_no_events(client: FlaskClient, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop))
    publish(company.workshop)
    assert "subEvent" not in data(client.get("/workshops/w/agenda"))


PAYLOADS = ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;\u2028\u2029", "'\"\\", "</ScRiPt >"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_can_end_the_script_element(client: FlaskClient, company: Company, payload: str) -> None:
    row = session(company.workshop, title=Words(en=payload), room=room(company.workshop, payload))
    row.appearances[0].person.family_name = payload
    company.workshop.place = company.workshop.title = Words(en=payload)
    publish(company.workshop)
    page = client.get("/workshops/w/agenda?lang=en")
    inside = matched(r'<script type="application/ld\+json">(.*)', page.text, re.DOTALL)[1].split("</script>")[0]
    assert "<" not in inside
    event = json.loads(inside)
    assert event["name"] == event["subEvent"][0]["name"] == event["location"]["name"] == payload


def test_the_browser_reads_it_as_data_and_complains_of_nothing(page: Page, company: Company) -> None:
    """The `page` fixture fails with every complaint about the content security policy."""
    session(company.workshop, title=Words(en="</script><script>window.ran = true</script>"))
    publish(company.workshop)
    page.add_init_script(
        "window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.blockedURI))"
    )
    for address in ("/workshops/w/agenda?lang=en", "/workshops/w/?lang=en"):
        page.goto(address)
        text = page.locator("script[type='application/ld+json']").text_content()
        assert json.loads(there(text))["@type"] == "Event"
        assert page.evaluate("[window.ran ?? null, violations]") == [None, []]


def test_the_browser_would_complain_of_a_script(browser: Browser, server: str, company: Company) -> None:
    """The proof that the test above can fail: the same element, of the kind that runs."""
    tab = browser.new_page()
    tab.add_init_script(
        "window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.blockedURI))"
    )
    tab.goto(f"{server}/workshops/w/?lang=en")
    tab.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))")
    tab.wait_for_function("violations.length")
    assert tab.evaluate("[window.ran ?? null, violations]") == [None, ["inline"]]
    tab.close()


def test_the_agenda_takes_five_statements(client: FlaskClient, company: Company) -> None:
    for number in (1, 2, 3):
        session(company.workshop, number)
    publish(company.workshop)
    with count_statements() as statements:
        client.get("/workshops/w/agenda")
    assert len(statements) == 5


def test_a_link_is_followed_in_a_browser(page: Page, company: Company) -> None:
    session(company.workshop)
    publish(company.workshop)
    page.goto("/workshops/w/agenda?lang=en")
    page.get_by_role("link", name="Word").click()
    page.get_by_role("progressbar").wait_for()
    assert axe_faults(page) == []
    while tasks.run_due():
        pass
    with page.expect_download() as download:  # the page finds by itself that it is there
        page.get_by_role("link", name="Download the file").click()
    assert download.value.suggested_filename == "w-en.docx"


@pytest.mark.parametrize("place", ["agenda", "agenda/pdf/overview", "desk/calendars/{person}"])
def test_every_page_is_fit_for_everybody(
    page: Page, company: Company, sign_in_browser: SignInBrowser, place: str
) -> None:
    """Axe finds nothing, and nothing sticks out of a phone 320 pixels wide."""
    row = session(company.workshop)
    publish(company.workshop)
    sign_in_browser(page, "ana")
    page.goto(f"/workshops/w/{place.format(person=row.appearances[0].person_id)}?lang=en")
    if "desk" in place:
        page.get_by_role("button", name="Create the address").click()
        page.get_by_label("Address for the calendar program").wait_for()
    assert axe_faults(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
