"""Embargo: listed, but not handed out before its time, whatever a cache holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import there
from tests.platform.foreign import samples
from tests.platform.test_access import publish_agenda
from tests.programme.papers.test_views import a_file, sent
from workshop.platform import files
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.models import Session
from workshop.programme.papers import embargo, rules
from workshop.programme.papers.models import Document, Embargo, Kind, State
from workshop.secretariat.series.models import Visibility

BEFORE = timedelta(seconds=1)
LONG_BEFORE = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
DESK = "/workshops/w/desk/papers"


@pytest.fixture
def statement(session: Session, company: Company) -> Document:
    """A published statement under embargo until its session ends, at 9:00 UTC."""
    file = a_file()
    file.stored_as = files.put(samples.PDF)
    row = make.document(
        workshop=session.workshop,
        session=session,
        item=session.items[0],
        state=State.PUBLISHED,
        embargo=Embargo.SESSION_ENDS,
        files=[file],
    )
    db.session.add(row)
    publish_agenda(company)
    return row


# the rule


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Europe/Zurich", datetime(2026, 3, 28, 14, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 28, 19, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 3, 28, 9, 45, tzinfo=UTC)),
    ],
)
def test_it_ends_at_that_time_of_the_place_to_the_second(zone: str, utc: datetime) -> None:
    session = make.session(workshop=make.workshop(zone=zone))
    text = rules.DocumentText(
        Kind.STATEMENT, embargo=Embargo.UNTIL, embargo_day=date(2026, 3, 28), embargo_time=time(15, 30)
    )
    paper = rules.expect(session, None, text)
    assert embargo.ends_at(paper) == utc
    assert embargo.holds(paper, at=utc - BEFORE)
    assert not embargo.holds(paper, at=utc)
    assert rules.text_of(paper)["embargo_time"] == time(15, 30)


def test_a_time_that_clocks_skip_is_refused_and_changes_nothing() -> None:
    paper = make.document(session=make.session(), embargo=Embargo.SESSION_ENDS)
    paper.workshop = paper.session.workshop
    text = rules.DocumentText(
        Kind.OTHER, embargo=Embargo.UNTIL, embargo_day=date(2026, 3, 29), embargo_time=time(2, 30)
    )
    with pytest.raises(RuleBroken, match="clocks go forward"):
        rules.edit(paper, text)
    assert (paper.kind, paper.embargo) == (Kind.STATEMENT, Embargo.SESSION_ENDS)


@pytest.mark.parametrize(
    ("day", "clock", "field"), [(None, time(9), "embargo_day"), (date(2026, 3, 2), None, "embargo_time")]
)
def test_an_end_without_day_or_time_is_refused(day: date | None, clock: time | None, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        embargo.moment(Embargo.UNTIL, day, clock, "Europe/Zurich")
    assert refusal.value.field == field


def test_of_a_session_without_time_it_does_not_end() -> None:
    paper = make.document(session=make.session(), embargo=Embargo.SESSION_ENDS)
    assert embargo.holds(paper, at=datetime(2100, 1, 1, tzinfo=UTC))


# the pages


def test_it_is_listed_but_not_handed_out_until_the_session_ends(
    client: FlaskClient, as_: SignedIn, statement: Document, clock: Callable[[datetime], None]
) -> None:
    address = f"/papers/{statement.key}/en"
    clock(there(statement.session.ends_at) - BEFORE)
    for page in ("/workshops/w/agenda", "/workshops/w/papers"):
        text = client.get(page).text
        assert "under embargo until 2 March 2026, 10:00" in text
        assert "Check against delivery" in text
    for name in ("nobody", "dov", "ben", "chi"):
        answer = as_(name).get(address)
        assert answer.status_code == 403
        assert "from 2 March 2026, 10:00 on (Europe/Zurich)" in answer.text
        assert "Check against delivery" in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert as_("ana").get(address).data == samples.PDF
    assert "Under embargo until 2 March 2026, 10:00" in as_("ana").get(f"{DESK}/{statement.key}").text
    clock(there(statement.session.ends_at))
    assert client.get(address).data == samples.PDF
    page = client.get("/workshops/w/papers").text
    assert "under embargo" not in page
    assert "Check against delivery" in page
    assert "Its embargo is over" in as_("ana").get(f"{DESK}/{statement.key}").text


def test_in_another_zone_the_boundary_is_that_of_the_place(
    client: FlaskClient, statement: Document, clock: Callable[[datetime], None]
) -> None:
    statement.workshop.zone = "America/New_York"
    statement.embargo, statement.embargo_until = Embargo.UNTIL, datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    clock(statement.embargo_until - BEFORE)
    assert "under embargo until 2 March 2026, 15:00" in client.get("/workshops/w/papers").text
    assert client.get(f"/papers/{statement.key}/en").status_code == 403
    clock(statement.embargo_until)
    assert client.get(f"/papers/{statement.key}/en").status_code == 200


@pytest.mark.parametrize("page", ["agenda", "papers"])
def test_a_page_cached_before_does_not_outlive_it(
    client: FlaskClient, statement: Document, clock: Callable[[datetime], None], page: str
) -> None:
    address = f"/workshops/w/{page}"
    clock(there(statement.session.ends_at) - BEFORE)
    before = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": before}).status_code == 304
    clock(there(statement.session.ends_at))
    after = client.get(address, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before
    assert client.get(address, headers={"If-None-Match": after.headers["ETag"]}).status_code == 304


def test_a_page_is_made_anew_when_the_session_moves(
    client: FlaskClient, statement: Document, clock: Callable[[datetime], None]
) -> None:
    clock(LONG_BEFORE)
    before = client.get("/workshops/w/papers").headers["ETag"]
    statement.session.ends_at = there(statement.session.ends_at) + timedelta(hours=1)
    answer = client.get("/workshops/w/papers", headers={"If-None-Match": before})
    assert "under embargo until 2 March 2026, 11:00" in answer.text


def test_what_is_not_published_does_not_exist_under_embargo_either(
    client: FlaskClient, statement: Document, clock: Callable[[datetime], None]
) -> None:
    clock(LONG_BEFORE)
    for state in State:
        statement.state = state
        expected = 403 if state is State.PUBLISHED else 404
        assert client.get(f"/papers/{statement.key}/en").status_code == expected
    statement.state, statement.workshop.visibility = State.PUBLISHED, Visibility.PRIVATE
    assert client.get(f"/papers/{statement.key}/en").status_code == 404


def test_an_organiser_sets_it_and_takes_it_away(
    as_: SignedIn, client: FlaskClient, statement: Document, clock: Callable[[datetime], None]
) -> None:
    clock(LONG_BEFORE)
    ana, address = as_("ana"), f"{DESK}/{statement.key}/edit"

    def save(**values: str) -> TestResponse:
        seen = ana.get(address).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
        return ana.post(address, data={"kind": "statement", "seen": seen, **values})

    def stands() -> tuple[Embargo, datetime | None]:
        return statement.embargo, statement.embargo_until

    assert "Give the day and the time" in save(embargo="until", embargo_day="2026-03-05").text
    assert stands()[0] is Embargo.SESSION_ENDS
    version = statement.workshop.version
    save(embargo="until", embargo_day="2026-03-05", embargo_time="18:00")
    assert stands()[1] == datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
    assert statement.workshop.version == version + 1
    assert 'value="18:00"' in ana.get(address).text
    save(embargo="none")
    assert stands() == (Embargo.NONE, None)
    assert client.get(f"/papers/{statement.key}/en").status_code == 200


def test_a_file_uploaded_under_embargo_is_under_embargo(
    as_: SignedIn, client: FlaskClient, statement: Document, clock: Callable[[datetime], None]
) -> None:
    clock(LONG_BEFORE)
    as_("ana").post(f"{DESK}/{statement.key}/files", **sent(language="fr"))
    assert client.get(f"/papers/{statement.key}/fr").status_code == 403
