"""Publishing under a name, and the releases that the public can read and compare."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn, count_statements
from tests.looking import there
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import Session
from workshop.programme.releases.models import Release
from workshop.secretariat.series.models import Visibility

DESK = "/workshops/w/desk/agenda"
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def session(company: Company) -> Session:
    row = make.session(
        workshop=company.workshop,
        number=3,
        title=Words(en="Partnerships", fr="Partenariats"),
        starts_at=NINE,
        ends_at=NINE + timedelta(hours=1),
    )
    db.session.add(row)
    db.session.commit()
    return row


def move(session: Session, minutes: int) -> None:
    session.starts_at = there(session.starts_at) + timedelta(minutes=minutes)
    session.ends_at = there(session.ends_at) + timedelta(minutes=minutes)
    db.session.commit()


@pytest.fixture
def three(as_: SignedIn, session: Session) -> CheckedClient:
    """Three releases; session 3 begins at 9:00, then at 9:30, then at 10:00."""
    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    for name in ("", "Final"):
        move(session, 30)
        names = {f"name-{code}": name for code in ("en", "fr", "es")}
        ana.fill(f"{DESK}/publish", data=names | {"note-en": f"Note of {name or 'the second'}"})
    return ana


def field(page: str, name: str) -> str:
    return page.split(f'name="{name}"')[1].split(">")[0]


def releases() -> list[Release]:
    return list(db.session.scalars(db.select(Release).order_by(Release.number)))


def test_an_agenda_without_sessions_is_not_said_to_be_public(as_: SignedIn, company: Company) -> None:
    page = as_("ana").get(f"{DESK}/publish", follow_redirects=True).text
    assert "the agenda has no sessions yet" in page
    assert "already sees" not in page


def test_the_page_suggests_names_and_shows_what_will_change(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    page = ana.get(f"{DESK}/publish").text
    assert 'value="Provisional agenda"' in field(page, "name-en")
    assert "for the first time" in page
    ana.fill(
        f"{DESK}/publish", data={"name-en": "Provisional agenda", "name-fr": "Ordre du jour provisoire", "name-es": ""}
    )
    move(session, 30)
    page = ana.get(f"{DESK}/publish").text
    assert 'value="Rev.1"' in field(page, "name-fr")
    assert "Session 3 moved from 09:00 to 09:30" in page
    assert "Changes since “Provisional agenda”" in page
    assert releases()[0].name == {"en": "Provisional agenda", "fr": "Ordre du jour provisoire"}


def test_releases_left_without_a_name_get_the_suggested_one(three: CheckedClient) -> None:
    assert [release.name.in_("en")[0] for release in releases()] == ["Provisional agenda", "Rev.1", "Final"]
    assert [release.agenda[0]["sequence"] for release in releases()] == [0, 1, 2]


def test_a_name_that_was_used_is_refused_and_what_was_typed_stays(three: CheckedClient, session: Session) -> None:
    move(session, 30)
    page = three.fill(f"{DESK}/publish", data={"name-en": "rev.1", "note-fr": "Une salle a changé."}).text
    assert "There is a release called “rev.1” already." in page
    assert "Une salle a changé." in page
    assert len(releases()) == 3


def test_a_draft_changed_while_one_was_reading_is_not_published_unseen(three: CheckedClient, session: Session) -> None:
    move(session, 30)
    page = three.get(f"{DESK}/publish").text
    sent = {
        "seen": page.split('name="seen"')[1].split('value="')[1].split('"')[0],
        "name-en": "Rev.7",
        "name-fr": "",
        "name-es": "",
    }
    move(session, 30)
    answer = three.post(f"{DESK}/publish", data=sent)
    assert answer.status_code == 409
    assert "Session 3 moved from 10:00 to 11:00" in answer.text
    assert 'value="Rev.7"' in answer.text
    again = answer.text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert three.post(f"{DESK}/publish", data=sent | {"seen": again}).location == f"{DESK}/releases/4/tell"
    assert releases()[-1].name == {"en": "Rev.7"}


def test_the_desk_lists_the_releases(three: CheckedClient) -> None:
    page = three.get(f"{DESK}/releases").text
    assert page.index("Final") < page.index("Rev.1") < page.index("Provisional agenda")
    assert "Note of the second" in page
    with count_statements() as statements:
        three.get(f"{DESK}/releases")
    assert len(statements) == 3


def test_an_empty_desk_says_what_to_do(as_: SignedIn, company: Company) -> None:
    assert "Nothing has been published yet." in as_("ana").get(f"{DESK}/releases").text


# what the public reads


def test_the_agenda_names_its_release_and_links_to_what_changed(client: CheckedClient, three: CheckedClient) -> None:
    page = client.get("/workshops/w/agenda").text
    assert "Final, published" in page
    assert "Note of Final" in page
    assert 'href="/workshops/w/agenda/changes?from=2&amp;to=3"' in page


def test_the_public_lists_and_reads_every_release(client: CheckedClient, three: CheckedClient) -> None:
    page = client.get("/workshops/w/agenda/releases").text
    assert [page.count(word) for word in ("in force", "superseded")] == [1, 2]
    old = client.get("/workshops/w/agenda/releases/1").text
    assert ">09:00</time>" in old
    assert "Superseded." in old
    assert 'href="/workshops/w/agenda/changes?from=1&amp;to=3"' in old
    newest = client.get("/workshops/w/agenda/releases/3").text
    assert ">10:00</time>" in newest
    assert "Superseded." not in newest
    assert client.get("/workshops/w/agenda/releases/4").status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=1&to=3", "Session 3 moved from 09:00 to 10:00"),
        ("?from=3&to=1", "Session 3 moved from 09:00 to 10:00"),
        ("?from=1&to=2", "Session 3 moved from 09:00 to 09:30"),
        ("", "Session 3 moved from 09:30 to 10:00"),
        ("?from=2&to=2", "No differences between these two."),
    ],
)
def test_any_two_releases_can_be_compared(
    client: CheckedClient, three: CheckedClient, query: str, sentence: str
) -> None:
    assert sentence in client.get(f"/workshops/w/agenda/changes{query}").text


def test_a_release_that_never_was_cannot_be_compared(
    client: CheckedClient, company: Company, three: CheckedClient
) -> None:
    assert client.get("/workshops/w/agenda/changes?from=1&to=9").status_code == 404
    assert client.get("/workshops/other/agenda/changes").status_code == 404
    company.workshop.visibility = Visibility.PRIVATE
    for address in ("releases", "releases/1", "changes"):
        assert client.get(f"/workshops/w/agenda/{address}").status_code == 404


def test_the_first_release_alone_has_nothing_to_compare(as_: SignedIn, client: CheckedClient, session: Session) -> None:
    as_("ana").fill(f"{DESK}/publish")
    assert "No differences" in client.get("/workshops/w/agenda/changes").text
    assert "What changed" not in client.get("/workshops/w/agenda").text


def test_these_pages_take_few_statements_and_are_not_sent_twice(client: CheckedClient, three: CheckedClient) -> None:
    for address, most in {"releases": 3, "releases/1": 5, "changes?from=1&to=3": 6}.items():
        with count_statements() as statements:
            first = client.get(f"/workshops/w/agenda/{address}")
        assert len(statements) == most
        tag = {"If-None-Match": first.headers["ETag"]}
        assert client.get(f"/workshops/w/agenda/{address}", headers=tag).status_code == 304
