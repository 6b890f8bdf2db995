"""Whom a published agenda names once a session is more confidential: nobody, on no page, in no file, at once."""

import io
import zipfile
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.fetching import fetched
from tests.looking import there
from tests.programme.agenda_out.published import papers, publish, session
from workshop.platform import links
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import Session
from workshop.programme.agenda_out.models import CalendarFeed, Layout
from workshop.programme.agenda_out.programme_print import page_html
from workshop.programme.agenda_out.queries import published_programme
from workshop.programme.releases.models import Release
from workshop.programme.releases.released_names import MeetingModes, as_shown, withheld
from workshop.secretariat.series.models import MeetingMode

W = "/workshops/w"
DESK = f"{W}/desk/agenda"
CANARIES = ("Chair 1 (synthetic)", "Ñandú 1 (synthetic)", "Office of Examples", "Bureau des exemples", "Directrice")
PAGES = (
    *("/agenda", "/agenda/releases/1", "/agenda/releases/2", "/agenda/changes?from=1&to=2", "/speakers"),
    *("/speakers/by-country", "/papers", "/search?q=Ñandú", "/search?q=Examples", "/agenda.ics"),
    *("/agenda/sessions/1.ics", "/agenda.xml", "/agenda.json", "/agenda.docx", "/agenda.xlsx", "/agenda.csv"),
)
MODES = pytest.mark.parametrize("mode", [MeetingMode.CHATHAM_HOUSE, MeetingMode.NOT_FOR_ATTRIBUTION])


@pytest.fixture
def one(company: Company) -> Session:
    """On record, and published so twice."""
    row = session(company.workshop)
    papers(company.workshop, row)
    publish(company.workshop)
    row.appearances[1].person.given_name = "Zoé"
    publish(company.workshop, 2)
    return row


def said(client: FlaskClient, path: str) -> str:
    data: bytes = fetched(client, W + path).data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())
    return data.replace(b"\r\n ", b"").decode(errors="replace")


def named(client: FlaskClient) -> dict[str, list[str]]:
    """The names found, by the page or file they stand in."""
    texts = {path: said(client, path + ("&" if "?" in path else "?") + "lang=en") for path in PAGES}
    for path in [path for path in texts if path.startswith("/search")]:
        found = texts[path].partition("<h1")[2].partition("</form>")[2]  # the words asked for stand above
        texts[path] = found.replace("<mark>", "").replace("</mark>", "")
    workshop = db.session.get_one(Release, 1).workshop
    for layout in Layout:
        texts[layout] = page_html(there(published_programme(db.session, workshop, "en")), layout)
    return {path: hits for path, text in texts.items() if (hits := [name for name in CANARIES if name in text])}


def by_session(one: Session, mode: MeetingMode, ana: FlaskClient) -> None:
    opened = ana.get(f"{DESK}/sessions/1").text
    sent = {name: opened.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("seen", "opened")}
    fields = {"title-en": "Partnerships 1", "title-fr": "Partenariats 1", "format": one.format.value, "mode": mode}
    times = {"day": "2026-03-02", "start": "09:00", "end": "10:00"}
    assert ana.post(f"{DESK}/sessions/1", data=sent | fields | times).status_code == 302


def by_workshop(_one: Session, mode: MeetingMode, ana: FlaskClient) -> None:
    opened = ana.get(f"{W}/desk/settings/conduct").text
    sent = {name: opened.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("seen", "opened")}
    assert ana.post(f"{W}/desk/settings/conduct", data=sent | {"mode": mode}).status_code == 302


@pytest.mark.parametrize("switch", [by_session, by_workshop])
@MODES
def test_a_stricter_mode_takes_the_names_out_of_everything_at_once(
    client: FlaskClient,
    as_: SignedIn,
    one: Session,
    mode: MeetingMode,
    switch: Callable[[Session, MeetingMode, FlaskClient], None],
) -> None:
    before = named(client)
    assert {*PAGES, Layout.PROGRAMME} <= set(before)
    switch(one, mode, as_("ana"))
    assert named(client) == {}
    assert f"Held as “{mode.label}”: speakers are not named." in client.get(f"{W}/agenda").text
    page = as_("ana").get(DESK).text
    assert "Speakers withheld from the public" in page
    assert "changed its meeting mode" in page
    assert "names nobody until you publish again" in as_("ana").get(f"{W}/desk/settings/visibility").text


def test_published_again_not_for_attribution_names_whom_the_organiser_publishes(
    client: FlaskClient, as_: SignedIn, one: Session
) -> None:
    by_session(one, MeetingMode.NOT_FOR_ATTRIBUTION, as_("ana"))
    as_("ana").fill(f"{DESK}/publish")
    assert "/agenda" in named(client)
    assert "withheld" not in as_("ana").get(DESK).text


def test_under_the_chatham_house_rule_names_are_published_by_decision_only(
    client: FlaskClient, as_: SignedIn, one: Session
) -> None:
    ana = as_("ana")
    assert "Chatham House" not in ana.get(f"{DESK}/publish", follow_redirects=True).text
    by_session(one, MeetingMode.CHATHAM_HOUSE, ana)
    assert "Ñandú 1 (synthetic)" in ana.get(f"{DESK}/publish").text
    ana.fill(f"{DESK}/publish")
    assert named(client) == {}
    assert "Speakers withheld from the public" in ana.get(DESK).text
    ana.fill(f"{DESK}/publish", data={"names": "y"})
    assert "/agenda" in named(client)
    assert "Speakers withheld from the public" not in ana.get(DESK).text
    ana.fill(f"{DESK}/publish")
    assert named(client) == {}


def test_a_speaker_keeps_her_own_part_and_no_other_name(client: FlaskClient, company: Company, one: Session) -> None:
    zoe, secret = one.appearances[1].person, "s" * 43
    db.session.add(
        CalendarFeed(
            workshop=company.workshop, person=zoe, token_hash=links.digest(secret), language="en", made_at=make.NOON
        )
    )
    one.mode = MeetingMode.CHATHAM_HOUSE
    db.session.commit()
    (event,) = Calendar.from_ical(client.get(f"/c/{secret}.ics").data).walk("VEVENT")
    assert event["STATUS"] == "CONFIRMED"
    assert "Your part: Speaker" in str(event["DESCRIPTION"])
    assert "Chair 1" not in str(event["DESCRIPTION"])


def test_a_session_that_is_gone_from_the_draft_follows_the_mode_of_the_workshop(one: Session) -> None:
    (released,) = there(db.session.get(Release, 2)).sessions
    modes = MeetingModes({}, MeetingMode.CHATHAM_HOUSE)
    assert withheld([released], modes) == [released]
    (shown,) = as_shown([released], modes)
    assert (shown.everyone, shown.items[0].title, shown.mode) == (
        [],
        Words(en="A talk", fr="Un exposé"),
        MeetingMode.CHATHAM_HOUSE,
    )
    assert as_shown([released], MeetingModes({}, MeetingMode.ON_RECORD)) == [released]
