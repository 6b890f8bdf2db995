"""The list of changes between two agendas: what it says, in which language, and whom each sentence concerns."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from tests import factories as make
from tests.looking import there
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance, Room, Session
from workshop.programme.releases import rules as releases_rules
from workshop.programme.releases.changes import changes, find_changes, group_by_session
from workshop.programme.releases.released import ReleasedSession, sessions_of
from workshop.secretariat.series.models import Workshop

ZURICH = "Europe/Zurich"
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def person(id: int, name: str, **but: Any) -> Appearance:
    who = make.appearance(person=make.person(family_name=name), **but)
    who.person.id = id
    return who


@pytest.fixture
def workshop() -> Workshop:
    return make.workshop()


@pytest.fixture
def panel(workshop: Workshop) -> Session:
    """Session 3 on Monday from 9 to 10 in Room A: Chair, and two talks by Abel and Beck."""
    row = make.session(
        workshop=workshop,
        number=3,
        starts_at=NINE,
        ends_at=NINE + timedelta(hours=1),
        room=Room(workshop=workshop, name="Room A"),
    )
    row.id = 7
    row.items = [
        make.item(position=place, title=Words(en=title)) for place, title in ((1, "One talk"), (2, "Two talks"))
    ]
    row.items[0].id, row.items[1].id = 21, 22
    row.appearances = [
        person(1, "Chair", part=Part.CHAIR),
        person(2, "Abel", item=row.items[0]),
        person(3, "Beck", item=row.items[1]),
    ]
    return row


def stored(*sessions: Session) -> Any:
    """As the database gives it back."""
    return json.loads(json.dumps(releases_rules.as_published(sessions)))


def frozen(*sessions: Session) -> list[ReleasedSession]:
    return sessions_of(stored(*sessions))


def told(before: list[ReleasedSession], *after: Session, language: str = "en") -> list[str]:
    return changes(before, frozen(*after), zone=ZURICH, language=language)


def test_a_session_that_moves_and_keeps_its_length_is_one_sentence(panel: Session) -> None:
    before = frozen(panel)
    panel.starts_at, panel.ends_at = NINE + timedelta(minutes=30), NINE + timedelta(minutes=90)
    assert told(before, panel) == ["Session 3 moved from 09:00 to 09:30"]
    panel.starts_at, panel.ends_at = NINE + timedelta(days=1), NINE + timedelta(days=1, hours=1)
    assert told(before, panel) == ["Session 3 moved from Monday to Tuesday"]
    panel.starts_at, panel.ends_at = NINE + timedelta(days=14), NINE + timedelta(days=14, hours=1)
    assert told(before, panel) == ["Session 3 moved from 2 Mar 2026 to 16 Mar 2026"]


def test_another_room(panel: Session, workshop: Workshop) -> None:
    before = frozen(panel)
    panel.room = Room(workshop=workshop, name="Room B")
    assert told(before, panel) == ["Session 3 moved from Room A to Room B"]
    panel.room = None
    assert told(before, panel) == ["Session 3 no longer has a room"]


def test_who_comes_goes_changes_and_replaces(panel: Session) -> None:
    before = frozen(panel)
    panel.appearances[1] = person(4, "Coll", item=panel.items[0])
    panel.appearances[2].part = Part.KEYNOTE
    panel.appearances.append(person(5, "Dumas", part=Part.DISCUSSANT))
    assert told(before, panel) == [
        "Session 3, “One talk”: Ines Coll replaces Ines Abel (Speaker)",
        "Session 3, “Two talks”: Ines Beck now appears as Keynote speaker",
        "Session 3: Ines Dumas appears as Discussant",
    ]
    del panel.appearances[0]
    assert told(before, panel)[1:] == [
        "Session 3, “Two talks”: Ines Beck now appears as Keynote speaker",
        "Session 3: Ines Chair no longer appears",
        "Session 3: Ines Dumas appears as Discussant",
    ]


def test_a_name_given_otherwise(panel: Session) -> None:
    before = frozen(panel)
    panel.appearances[0].person.honorific = "H.E."
    assert told(before, panel) == ["Session 3: Ines Chair is now named as H.E. Ines Chair"]


def test_what_changes_in_an_item(panel: Session) -> None:
    before = frozen(panel)
    first, second = panel.items
    first.title, first.minutes = Words(en="A better talk"), 1
    second.title, second.minutes = Words(en="Two talks", fr="Deux exposés"), 20
    assert told(before, panel) == [
        "Session 3: “One talk” is now called “A better talk”",
        "Session 3: 1 minute for A better talk (Ines Abel)",
        "Session 3: title of an item changed: Two talks (Ines Beck)",
        "Session 3: 20 minutes for Two talks (Ines Beck)",
    ]
    panel.items = [second, first]
    assert told(frozen(panel), panel) == []


def test_a_question_that_is_only_translated(panel: Session) -> None:
    panel.questions = [make.question("What works?")]
    before = frozen(panel)
    panel.questions[0].text = Words(en="What works?", fr="Qu’est-ce qui réussit ?")
    assert told(before, panel) == ["Session 3: guiding question “What works?” now also in Français"]


def test_sessions_that_count_on_together_are_one_sentence(workshop: Workshop) -> None:
    rows = [make.session(workshop=workshop, number=number, title=Words(en=f"Part {number}")) for number in range(1, 6)]
    for row in rows:
        row.id = row.number
    before = frozen(*rows)
    for row in rows[1:]:
        row.number += 1
    new = make.session(workshop=workshop, number=2, title=Words(en="New"), starts_at=NINE, ends_at=NINE)
    new.id = 9
    assert told(before, *rows, new) == [
        "Sessions 3 to 6 were numbers 2 to 5 before",
        "Session 2 added: New (2 Mar 2026, 09:00)",
    ]


def test_what_a_later_edition_of_the_program_keeps_is_not_passed_over(panel: Session) -> None:
    later = stored(panel)
    later[0]["interpreted"] = True
    assert changes(frozen(panel), sessions_of(later), zone=ZURICH, language="en") == ["Session 3: details changed"]
    later = stored(panel)
    later[0]["items"][0]["online"] = later[0]["people"][0]["online"] = True
    assert changes(frozen(panel), sessions_of(later), zone=ZURICH, language="en") == [
        "Session 3: item changed: One talk (Ines Abel)",
        "Session 3: listing of Ines Chair changed (Chair)",
    ]


def test_the_sentences_are_in_the_language_of_the_reader(app: Flask, panel: Session) -> None:
    panel.title = Words(en="Partnerships", fr="Partenariats")
    before = frozen(panel)
    panel.starts_at, panel.ends_at = NINE + timedelta(days=1), NINE + timedelta(days=1, hours=1)
    with force_locale("fr"):
        sentence = told(before, panel, language="fr")[0]
    assert "lundi" in sentence
    assert "mardi" in sentence


def touched(before: list[ReleasedSession], *after: Session) -> dict[str, set[int]]:
    return {
        change.text: set(change.touches) for change in find_changes(before, frozen(*after), zone=ZURICH, language="en")
    }


def test_each_sentence_knows_whom_it_concerns(panel: Session) -> None:
    before = frozen(panel)
    panel.starts_at = NINE + timedelta(minutes=10)
    panel.items[0].minutes = 20
    panel.appearances[2] = person(4, "Coll", item=panel.items[1])
    assert touched(before, panel) == {
        "Session 3 moved from 09:00 to 09:10": {1, 2, 3, 4},
        "Session 3: 20 minutes for One talk (Ines Abel)": {1, 2},
        "Session 3, “Two talks”: Ines Coll replaces Ines Beck (Speaker)": {1, 3, 4},
    }
    assert touched(before) == {"Session 3 removed: Partnerships": {1, 2, 3}}


def test_changes_are_put_together_by_session(panel: Session) -> None:
    before = frozen(panel)
    panel.note, panel.subtitle = Words(en="Bring a pen."), Words(en="A panel")
    groups = group_by_session(find_changes(before, frozen(panel), zone=ZURICH, language="en"))
    assert [(there(session).id, len(changes)) for session, changes in groups] == [(7, 2)]
