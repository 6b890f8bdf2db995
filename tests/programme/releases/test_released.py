"""What readers have of the agenda that a release keeps, from its JSON as it is stored."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import factories as make
from workshop.deliberation.plenary.evidence.sources import fingerprint
from workshop.deliberation.plenary.paragraphs import SourceKind
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.agenda.models import Room, Session
from workshop.programme.releases.released import ReleasedSession, sessions_of
from workshop.programme.releases.rules import as_published
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def panel() -> Session:
    """A session of an hour with a chair, and a talk whose statement somebody else reads out."""
    workshop = make.workshop()
    row = make.session(workshop=workshop, number=3, starts_at=NINE, ends_at=NINE + timedelta(hours=1))
    row.id, row.room, row.questions = 7, Room(workshop=workshop, name="Room A"), [make.question("What works?")]
    row.items = [make.item(minutes=20, title=Words(en="A talk"), perspective=Perspective.ORIGIN)]
    row.items[0].id = 21
    chair, speaker, reader = (make.person(family_name=name) for name in ("Chair", "Abel", "Beck"))
    for number, person in enumerate((chair, speaker, reader), 1):
        person.id = number
    speaker.honorifics = Words(fr="S.E.")
    row.appearances = [
        make.appearance(person=chair, part=Part.CHAIR),
        make.appearance(
            person=speaker,
            item=row.items[0],
            organisation=make.organisation(category=Category.STATE_MEMBER),
            country="TUN",
            role_label=Words(en="Witness"),
            perspective=Perspective.ORIGIN,
            delivered_by=reader,
            delivered_by_function=Words(en="Secretary"),
            formerly=[9],
        ),
    ]
    return row


def stored(session: Session) -> Any:
    """As the database gives it back."""
    return json.loads(json.dumps(as_published([session])))


def released(session: Session) -> ReleasedSession:
    return sessions_of(stored(session))[0]


def test_a_session_with_all_its_facts(panel: Session) -> None:
    session = released(panel)
    assert (session.id, session.number, session.format, session.mode) == (7, 3, Format.PLENARY, MeetingMode.ON_RECORD)
    assert (session.starts_at, session.ends_at, session.room) == (NINE, NINE + timedelta(hours=1), "Room A")
    assert session.questions == (Words(en="What works?"),)
    [item] = session.items
    assert (item.id, item.title, item.minutes, item.perspective) == (21, {"en": "A talk"}, 20, Perspective.ORIGIN)
    assert [who.id for who in session.everyone] == [1, 2]


def test_what_is_rarely_said_of_a_person(panel: Session) -> None:
    [chair], [speaker] = released(panel).people, released(panel).items[0].people
    assert (speaker.part, speaker.country, speaker.category) == (Part.SPEAKER, "TUN", Category.STATE_MEMBER)
    assert (speaker.role_label, speaker.perspective, speaker.replaces) == ({"en": "Witness"}, "origin", (9,))
    assert speaker.names == {"fr": "S.E. Ines Abel"}
    reader = speaker.delivered_by
    assert reader is not None
    assert (reader.id, reader.name, reader.function) == (3, "Ines Beck", {"en": "Secretary"})
    assert (chair.names, chair.role_label, chair.perspective, chair.category) == ({}, {}, None, None)
    assert (chair.delivered_by, chair.replaces) == (None, ())


def test_an_open_time_and_an_early_release_without_a_number_for_calendars(panel: Session) -> None:
    panel.starts_at = panel.ends_at = None
    early = stored(panel)
    del early[0]["sequence"]
    [session] = sessions_of(early)
    assert (session.starts_at, session.ends_at, session.sequence) == (None, None, 0)
    assert session == released(panel)


def test_two_are_equal_that_say_the_same(panel: Session) -> None:
    before, counted = released(panel), stored(panel)
    counted[0]["sequence"] = 4
    assert sessions_of(counted) == [before]
    later = stored(panel)
    later[0]["items"][0]["people"][0]["online"] = True
    assert sessions_of(later) != [before]
    assert sessions_of(later)[0].items[0].people[0].more == {"online": True}


def test_the_hash_kept_with_reports_is_that_of_the_stored_session(panel: Session) -> None:
    [plain] = stored(panel)
    del plain["sequence"]
    facts = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    assert fingerprint(SourceKind.SESSION, released(panel)) == hashlib.sha256(facts.encode()).hexdigest()[:32]
