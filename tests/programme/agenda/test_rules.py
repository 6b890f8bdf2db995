"""What the agenda allows, without a database."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests import factories as make
from tests.looking import there
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda import appearances, rules
from workshop.programme.agenda.appearances import Register, Speaker
from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.agenda.models import GuidingQuestion, Room, Session
from workshop.programme.agenda.question_wordings import QuestionText
from workshop.programme.agenda.rules import ItemText, SessionText
from workshop.programme.releases import changes as releases_changes
from workshop.programme.releases import rules as releases_rules
from workshop.programme.releases.released import ReleasedSession, sessions_of
from workshop.secretariat.register.models import Organisation, OrganisationAlias, Person


def text(**but: Any) -> SessionText:
    return SessionText(**({"title": Words(en="Partnerships"), "format": Format.PLENARY} | but))


def questions(*texts: str) -> list[GuidingQuestion]:
    rows = [make.question(each, position=place) for place, each in enumerate(texts, 1)]
    for id, row in enumerate(rows, 11):
        row.id = id
    return rows


def said(session: Session) -> list[tuple[int, str]]:
    return [(question.position, question.text["en"]) for question in session.questions]


@pytest.mark.parametrize(
    ("format", "numbers", "expected"),
    [(Format.PLENARY, [], 1), (Format.WELCOME, [], 0), (Format.WELCOME, [0, 1], 2), (Format.PLENARY, [0, 4], 5)],
)
def test_a_new_session_comes_last(format: Format, numbers: list[int], expected: int) -> None:
    before = [make.session(number=number) for number in numbers]
    session = rules.add_session(make.workshop(), text(format=format), before=before, rooms=[])
    assert session.number == expected


def test_editing_puts_the_text_in_place_and_counts_the_revision() -> None:
    session = make.session()
    times = {"day": date(2026, 3, 2), "start": time(15, 0), "end": time(16, 30)}
    rules.edit_session(session, text(title=Words(fr="Partenariats"), room="Room 4", **times), rooms=[])
    assert session.title == {"fr": "Partenariats"}
    assert session.starts_at == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert (there(session.room).name, session.revision) == ("Room 4", 2)


def test_a_refused_edit_changes_nothing() -> None:
    session = make.session(title=Words(en="As it was"))
    with pytest.raises(RuleBroken):
        rules.edit_session(session, text(title=Words(en="New"), day=date(2026, 3, 2)), rooms=[])
    with pytest.raises(RuleBroken, match="a title"):
        rules.edit_session(session, text(title=Words()), rooms=[])
    assert (session.title, session.revision) == ({"en": "As it was"}, 1)


def test_a_room_is_found_however_it_is_capitalised() -> None:
    session = make.session()
    room = Room(workshop=session.workshop, name="Salle É")
    rules.edit_session(session, text(room="SALLE é"), rooms=[room])
    assert session.room is room


def test_questions_are_changed_added_and_removed() -> None:
    session = make.session(questions=questions("One?", "Two?"))
    kept = session.questions[0]
    typed = [
        QuestionText(Words(en="One, or none?"), id=11),
        QuestionText(Words(), id=12),
        QuestionText(Words(en="Three?")),
    ]
    rules.edit_session(session, text(questions=[*typed, QuestionText(Words())]), rooms=[])
    assert said(session) == [(1, "One, or none?"), (2, "Three?")]
    assert session.questions[0] is kept


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({13: 1}, "CABD"),
        ({11: 3}, "BCAD"),
        ({14: 2}, "ADBC"),
        ({11: 99}, "BCDA"),
        ({13: 1, 11: 4}, "CBDA"),
        ({}, "ABCD"),
    ],
)
def test_a_question_given_another_place_moves_past_the_rest(places: dict[int, int], order: str) -> None:
    session = make.session(questions=questions(*"ABCD"))
    typed = [QuestionText(q.text, id=q.id, place=places.get(q.id, q.position)) for q in session.questions]
    rules.edit_session(session, text(questions=typed), rooms=[])
    assert said(session) == list(enumerate(order, 1))


def test_a_question_that_is_not_mentioned_stays() -> None:
    session = make.session(questions=questions("One?", "Two?", "Three?"))
    rules.edit_session(session, text(questions=[QuestionText(Words(en="Second?"), id=12)]), rooms=[])
    assert said(session) == [(1, "One?"), (2, "Second?"), (3, "Three?")]
    rules.edit_session(session, text(questions=None), rooms=[])
    assert len(session.questions) == 3


def test_an_item_must_say_something() -> None:
    session = make.session()
    with pytest.raises(RuleBroken) as refusal:
        rules.add_item(session, ItemText(Words(), Words()), has_speaker=False)
    assert refusal.value.field == "title"
    assert session.items == []
    rules.add_item(session, ItemText(Words(), Words()), has_speaker=True)
    item = rules.add_item(session, ItemText(Words(en="A talk"), Words(), 15, Perspective.ORIGIN), has_speaker=False)
    assert [each.position for each in session.items] == [1, 2]
    assert (item.minutes, item.perspective) == (15, Perspective.ORIGIN)


def test_moving_swaps_neighbours_and_stops_at_the_end() -> None:
    one, two, three = rows = [make.item(position=n) for n in (3, 5, 9)]
    rules.move(rows, three, up=True)
    assert sorted(rows, key=lambda row: row.position) == [one, three, two]
    rules.move(rows, one, up=True)
    assert [row.position for row in rows] == [1, 2, 3]


def test_the_neighbour_of_a_session_is_the_nearest_number() -> None:
    first, second, third = sessions = [make.session(number=number) for number in (0, 1, 4)]
    assert rules.neighbour(sessions, second, up=False) is third
    assert rules.neighbour(sessions, second, up=True) is first
    with pytest.raises(RuleBroken, match="already the first"):
        rules.neighbour(sessions, first, up=True)
    with pytest.raises(RuleBroken, match="already the last"):
        rules.neighbour(sessions, third, up=False)


def register(
    people: Sequence[Person] = (), organisations: Sequence[Organisation] = (), aliases: Sequence[OrganisationAlias] = ()
) -> Register:
    return appearances.Register(list(people), list(organisations), list(aliases), "fr")


def test_a_speaker_is_put_after_the_others_and_named_as_typed() -> None:
    session = make.session(items=[make.item()], appearances=[make.appearance(position=4)])
    speaker = Speaker("Ñandú (synthetic)", "Zoë", honorific="S.E.", function=Words(fr="Directrice"), country="TUN")
    who = appearances.appear(session, session.items[0], speaker, register())
    assert who.person.display_name == "S.E. Zoë Ñandú (synthetic)"
    assert (who.position, who.item, who.organisation, who.country) == (5, session.items[0], None, "TUN")


def test_somebody_without_a_family_name_is_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        appearances.appear(make.session(), None, Speaker("", "Zoë"), register())
    assert refusal.value.field == "family_name"


def test_the_same_name_on_one_agenda_is_the_same_person() -> None:
    ines = make.person(honorific="H.E.")
    who = appearances.appear(make.session(), None, Speaker("Synthetic", "Ines", part=Part.CHAIR), register([ines]))
    assert who.person is ines
    assert ines.honorific == "H.E."


@pytest.mark.parametrize("typed", ["Office of Examples", "OFFICE OF EXAMPLES", "ooe", "Bureau des exemples"])
def test_an_organisation_is_found_by_name_or_alias(typed: str) -> None:
    office = make.organisation(name=Words(en="Office of Examples", fr="Bureau des exemples"))
    known = register(organisations=[office], aliases=[OrganisationAlias(organisation=office, name="OoE")])
    assert known.organisation(typed, "") is office
    assert known.organisation(typed, "KEN") is office


def test_two_states_may_each_have_a_ministry_of_the_same_name() -> None:
    dutch = make.organisation(name=Words(en="Ministry of Foreign Affairs"), country="NLD")
    known = register(organisations=[dutch])
    assert known.organisation("Ministry of Foreign Affairs", "NLD") is dutch
    other = known.organisation("Ministry of Foreign Affairs", "LKA")
    assert other is not dutch
    assert (there(other).name, there(other).country) == ({"fr": "Ministry of Foreign Affairs"}, "LKA")


def test_correcting_a_person_keeps_an_organisation_left_as_it_was() -> None:
    one, two = (make.organisation(name=Words(en="Ministry"), country=code) for code in ("NLD", "LKA"))
    who = make.appearance(organisation=two, country="LKA", country_inferred=True)
    appearances.edit_appearance(
        who, None, Speaker("Name", organisation="Ministry", country="LKA"), register(organisations=[one])
    )
    assert who.organisation is two
    assert who.country_inferred
    appearances.edit_appearance(who, None, Speaker("Name", organisation="", country="KEN"), register())
    assert who.organisation is None
    assert not who.country_inferred


def agenda(*sessions: Session) -> list[ReleasedSession]:
    """As a release keeps it: written to the database and read again."""
    return sessions_of(json.loads(json.dumps(releases_rules.as_published(sessions))))


def changes(before: list[ReleasedSession], *after: Session) -> list[str]:
    now = sessions_of(releases_rules.as_published(after))
    return releases_changes.changes(before, now, zone="Europe/Zurich", language="en")


def whole_session(**but: Words) -> Session:
    session = make.session(
        number=3,
        starts_at=datetime(2026, 3, 2, 13, 30, tzinfo=UTC),
        ends_at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
        questions=questions("One?", "Two?"),
        items=[make.item()],
        **but,
    )
    session.id, session.items[0].id = 7, 21
    session.appearances.append(make.appearance(item=session.items[0], person=make.person()))
    session.appearances[0].person.id = 31
    return session


def test_an_agenda_as_published_has_no_changes() -> None:
    session = whole_session()
    assert changes(agenda(session), session) == []


def test_a_moved_session_is_told_in_the_time_of_the_place() -> None:
    session = whole_session()
    before = agenda(session)
    session.starts_at = there(session.starts_at).replace(hour=14, minute=0)
    assert changes(before, session) == ["Session 3 moved from 14:30 to 15:00"]
    session.starts_at = session.starts_at.replace(day=3)
    session.ends_at = there(session.ends_at).replace(day=3, hour=16)
    assert changes(before, session) == [
        "Session 3 moved from Monday 14:30 to Tuesday 15:00",
        "Session 3 ends at 17:00 instead of 16:00",
    ]
    session.starts_at = session.ends_at = None
    assert changes(before, session) == ["Session 3 no longer has a time"]


def test_every_kind_of_change_has_its_sentence() -> None:
    session = whole_session()
    before = agenda(session)
    session.title, session.subtitle = Words(en="Alliances", fr="Partenariats"), Words(en="New")
    session.format = Format.PANEL
    session.room = Room(workshop=session.workshop, name="Room 4")
    session.questions[1].text = Words(en="Why?")
    session.items[0].minutes = 20
    chair = make.appearance(part=Part.CHAIR, person=make.person(family_name="Chairwoman"))
    chair.person.id = 32
    session.appearances.append(chair)
    assert changes(before, session) == [
        "Session 3: new title in English: “Alliances”",
        "Session 3: new title in Français: “Partenariats”",
        "Session 3: subtitle changed",
        "Session 3 changed its format: Panel",
        "Session 3 is now in Room 4",
        "Session 3: guiding question changed to “Why?”",
        "Session 3: 20 minutes for A talk (Ines Synthetic)",
        "Session 3: Ines Chairwoman appears as Chair",
    ]


def test_a_title_taken_away_is_told() -> None:
    session = whole_session(title=Words(en="Partnerships", fr="Partenariats"))
    before = agenda(session)
    session.title = Words(en="Partnerships")
    assert changes(before, session) == ["Session 3 no longer has a title in Français"]


def test_what_came_and_what_went_is_named() -> None:
    session, other = whole_session(), make.session(number=0, title=Words(en="Welcome"))
    other.id = 8
    before = agenda(session, other)
    item = make.item(title=Words(), role_label=Words(en="A word from the host"), position=2)
    item.id = 22
    session.items.append(item)
    session.questions.pop()
    assert changes(before, session) == [
        "Removed: Welcome",
        "Session 3: guiding question removed: “Two?”",
        "Session 3: item added: A word from the host",
    ]
    assert changes(agenda(), session) == ["Session 3 added: Partnerships (2 Mar 2026, 14:30)"]


def test_another_order_is_a_change() -> None:
    session = whole_session()
    before = agenda(session)
    session.questions.reverse()
    session.number = 2
    assert changes(before, session) == [
        "Session 2 was number 3 before",
        "Session 2: guiding questions in another order",
    ]


def test_publishing_counts_the_version_that_readers_have() -> None:
    session = whole_session()
    release = releases_rules.publish(session.workshop, [session], previous=4, at=make.NOON)
    assert (release.number, release.agenda[0]["number"], session.workshop.version) == (5, 3, 2)
