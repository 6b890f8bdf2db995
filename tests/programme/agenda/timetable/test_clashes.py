"""Every rule on its own, and all together against a slow definition that tries everything."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.budget import examples
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.timetable import clashes
from workshop.programme.agenda.timetable.clashes import PRESIDING, SPEAKING, Clash, Level, Rule
from workshop.programme.agenda.timetable.plan import Entry, Hall, Needed, Place, Programme
from workshop.secretariat.register.countries import group_of

NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # nine o'clock in Geneva


def entry(id: int, start: int | None = 0, lasts: int = 60, room: int | None = None, **but: Any) -> Entry:
    """A session that begins so many minutes after nine."""
    begins = None if start is None else NINE + timedelta(minutes=start)
    place = Place(begins, begins + timedelta(minutes=lasts) if begins else None, room)
    values: dict[str, Any] = {"format": Format.BREAKOUT, "place": place}
    return Entry(id, id, Words(en=f"Session {id}"), **(values | but))


def programme(*entries: Entry, **but: Any) -> Programme:
    halls = (Hall(1, "Room A", 50), Hall(2, "Room B"), Hall(3, "Room C", 0))
    values: dict[str, Any] = {"rooms": halls}
    return Programme("Europe/Zurich", date(2026, 3, 2), date(2026, 3, 3), entries, **(values | but))


def found(*entries: Entry, **but: Any) -> list[tuple[Rule, tuple[int, ...]]]:
    return [(clash.rule, clash.sessions) for clash in clashes.find(programme(*entries, **but))]


def test_an_empty_timetable_has_no_clashes() -> None:
    assert found() == []


def test_a_room_is_needed_twice_only_while_both_sessions_run() -> None:
    assert found(entry(1, 0, 60, 1), entry(2, 59, 60, 1)) == [(Rule.ROOM_TWICE, (1, 2))]
    assert found(entry(1, 0, 60, 1), entry(2, 60, 60, 1)) == []
    assert found(entry(1, 0, 60, 1), entry(2, 0, 60, 2)) == []
    assert found(entry(1, 0, 60, None), entry(2, 0, 60, None)) == []


def test_a_person_needed_twice_is_told_once_for_each_two_sessions() -> None:
    people = tuple(Needed(session, 7, part) for session in (1, 2, 3) for part in (Part.SPEAKER, Part.CHAIR))
    told = clashes.find(programme(entry(1), entry(2, 30), entry(3, 60), people=people))
    assert told == [Clash(Rule.PERSON_TWICE, (1, 2), person=7), Clash(Rule.PERSON_TWICE, (2, 3), person=7)]


@pytest.mark.parametrize(
    ("room", "expected", "clash"),
    [(1, 50, False), (1, 51, True), (2, 999, False), (3, 0, False), (3, 1, True), (1, None, False), (None, 9, False)],
)
def test_a_room_is_too_small_when_more_are_expected_than_it_seats(
    room: int | None, expected: int | None, clash: bool
) -> None:
    assert found(entry(1, None, room=room, expected=expected)) == [(Rule.ROOM_TOO_SMALL, (1,))] * clash


@pytest.mark.parametrize(("minutes", "clash"), [(0, False), (60, False), (61, True)])
def test_items_may_fill_their_session_and_no_more(minutes: int, clash: bool) -> None:
    assert found(entry(1, 0, 60, minutes=minutes)) == [(Rule.OVER_LENGTH, (1,))] * clash


def test_items_of_a_session_without_times_have_no_length_to_keep_to() -> None:
    assert found(entry(1, None, minutes=500)) == []


@pytest.mark.parametrize(
    ("start", "lasts", "told"),
    [
        (180, 60, ""),
        (180, 61, "13:00"),
        (240, 60, ""),
        (200, 600, "13:00"),
        (480, 60, ""),
        (500, 60, "18:00"),
        (540, 30, "18:00"),
        (535, 5, ""),
    ],
)
def test_interpreters_leave_at_one_and_at_six(start: int, lasts: int, told: str) -> None:
    stops = ("13:00", "18:00")
    told_now = [c.fact for c in clashes.find(programme(entry(1, start, lasts, interpreted=True), hard_stops=stops))]
    assert told_now == [told] * bool(told)
    assert found(entry(1, start, lasts), hard_stops=stops) == []
    assert found(entry(1, start, lasts, interpreted=True)) == []


def test_more_at_once_than_teams_of_interpreters() -> None:
    all_day = [entry(n, 0, 60, interpreted=True) for n in (1, 2, 3)]
    assert found(*all_day, teams=3) == found(*all_day) == []
    assert found(*all_day, teams=2) == [(Rule.INTERPRETERS, (1, 2, 3))]
    assert found(entry(1, 0, 60, interpreted=True), entry(2, 60, 60, interpreted=True), teams=1) == []
    assert found(entry(1, interpreted=True), teams=0) == [(Rule.INTERPRETERS, (1,))]
    assert found(entry(1), entry(2), teams=0) == []


def test_outside_what_somebody_said_they_can() -> None:
    people, nine_to_ten = (Needed(1, 7, Part.SPEAKER), Needed(1, 8, Part.SPEAKER)), (NINE, NINE + timedelta(hours=1))
    ten_to_eleven = (nine_to_ten[1], NINE + timedelta(hours=2))
    assert found(entry(1, 0, 60), people=people, there={7: [nine_to_ten]}) == []
    assert found(entry(1, 30, 60), people=people, there={7: [ten_to_eleven, nine_to_ten]}) == []
    assert found(entry(1, 0, 61), people=people, there={7: [nine_to_ten]}) == [(Rule.UNAVAILABLE, (1,))]
    assert found(entry(1, None), people=people, there={7: [nine_to_ten]}) == []


@pytest.mark.parametrize("format", Format)
def test_where_a_chair_is_needed(format: Format) -> None:
    needs = format in {Format.PLENARY, Format.PANEL, Format.PRESENTATION, Format.REPORT_BACK}
    assert found(entry(1, format=format)) == [(Rule.NO_CHAIR, (1,))] * needs
    for part in (Part.CHAIR, Part.CO_CHAIR, Part.MODERATOR):
        assert found(entry(1, format=format), people=(Needed(1, 7, part),)) == []


def test_a_session_outside_the_workshop() -> None:
    day = 24 * 60
    assert found(entry(1, -day)) == [(Rule.OUTSIDE_DAYS, (1,))]
    assert found(entry(1, 14 * 60, 60), entry(2, day)) == []
    assert found(entry(1, 2 * day)) == [(Rule.OUTSIDE_DAYS, (1,))]
    assert found(entry(1, day + 14 * 60, 121)) == [(Rule.OUTSIDE_DAYS, (1,))]


def panel(*people: tuple[int, int | None, str]) -> list[tuple[int | None, str]]:
    chair = Needed(1, 99, Part.CHAIR, 1, "KEN")
    needed = tuple(Needed(1, person, Part.PANELLIST, house, country) for person, house, country in people)
    return [
        (c.organisation, c.fact)
        for c in clashes.find(programme(entry(1, format=Format.PANEL), people=(chair, *needed)))
    ]


def test_a_panel_of_one_organisation_or_region_is_a_hint() -> None:
    assert panel((1, 5, "KEN"), (2, 5, "MEX")) == [(5, "")]
    assert panel((1, 5, "KEN"), (2, 6, "GHA")) == [(None, "african")]
    assert panel((1, 5, "KEN"), (2, 6, "MEX")) == []
    assert panel((1, None, ""), (2, None, "")) == []
    assert panel((1, 5, "KEN")) == []
    assert panel((1, 5, "KEN"), (1, 5, "KEN")) == []
    assert panel((1, 5, "KEN"), (2, None, "KEN"), (3, None, "")) == []


def test_a_clash_that_only_changed_is_not_a_new_one() -> None:
    one, two = Clash(Rule.OVER_LENGTH, (1,), fact="70/60"), Clash(Rule.INTERPRETERS, (1, 2, 3), fact="1")
    before = [one, two]
    assert clashes.new_ones(before, [replace(one, fact="80/60"), replace(two, sessions=(1, 3))]) == []
    more = replace(two, sessions=(1, 2, 3, 4))
    other = Clash(Rule.PERSON_TWICE, (1, 2), person=7)
    assert clashes.new_ones(before, [more, other]) == [more, other]
    assert clashes.new_ones([other], [replace(other, person=8)]) == [replace(other, person=8)]


def test_levels_warn_until_something_else_is_decided() -> None:
    told = [Clash(Rule.NO_CHAIR, (1,)), Clash(Rule.ROOM_TWICE, (1, 2)), Clash(Rule.ONE_SIDED, (1,))]
    levels = {"no_chair": "ignore", "room_twice": "block"}
    assert clashes.at_level(told, levels, Level.WARN) == [told[2]]
    assert clashes.at_level(told, levels, Level.BLOCK) == [told[1]]
    assert clashes.at_level(told, levels, Level.BLOCK, Level.WARN) == told[1:]


# against a slow definition

MINUTE = st.integers(-1500, 3500)
ENTRIES: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        start=st.one_of(st.none(), MINUTE),
        lasts=st.integers(1, 200),
        room=st.sampled_from([None, 1, 2, 3]),
        interpreted=st.booleans(),
        expected=st.sampled_from([None, 0, 50, 51]),
        minutes=st.integers(0, 200),
        format=st.sampled_from(Format),
    ),
    max_size=9,
)
PEOPLE = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.integers(1, 4),
        st.sampled_from(Part),
        st.sampled_from([None, 1, 2]),
        st.sampled_from(["", "KEN", "GHA", "MEX"]),
    ),
    max_size=14,
)
SPANS = st.lists(st.tuples(MINUTE, st.integers(1, 600)), max_size=4)


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(ENTRIES, PEOPLE, st.dictionaries(st.integers(1, 4), SPANS, max_size=2), st.sampled_from([None, 0, 1, 2]))
def test_the_clashes_are_those_of_the_definition(
    rows: list[dict[str, Any]],
    people: list[tuple[int, int, Part, int | None, str]],
    there: dict[int, list[tuple[int, int]]],
    teams: int | None,
) -> None:
    entries = [entry(id, **row) for id, row in enumerate(rows, 1)]
    needed = tuple(Needed(*row) for row in people if row[0] <= len(entries))
    spans = {
        person: [(NINE + timedelta(minutes=start), NINE + timedelta(minutes=start + lasts)) for start, lasts in each]
        for person, each in there.items()
    }
    made = programme(*entries, people=needed, there=spans, teams=teams, hard_stops=("18:00", "13:00"))
    told = clashes.find(made)
    assert len(set(told)) == len(told)
    assert {(c.rule, frozenset(c.sessions), c.person) for c in told} == by_definition(made)
    assert clashes.new_ones(told, told) == []


Told = tuple[Rule, frozenset[int], int | None]


def by_definition(made: Programme) -> set[Told]:
    """Minute by minute, session by session, nothing clever."""
    minutes = {each.id: minutes_of(each) for each in made.entries}
    people = {each.id: {n.person for n in made.people if n.session == each.id} for each in made.entries}
    told: set[Told] = set()
    for one, other in combinations(made.entries, 2):
        if minutes[one.id] & minutes[other.id]:
            both = frozenset((one.id, other.id))
            told |= {(Rule.PERSON_TWICE, both, person) for person in people[one.id] & people[other.id]}
            told |= {(Rule.ROOM_TWICE, both, None)} if one.place.room and one.place.room == other.place.room else set()
    for each in made.entries:
        told |= {(rule, frozenset((each.id,)), person) for rule, person in alone(made, each, minutes[each.id])}
    moments = {min(each) for each in minutes.values() if each}
    for moment in moments if made.teams is not None else ():
        running = frozenset(each.id for each in made.entries if each.interpreted and moment in minutes[each.id])
        begins = any(min(minutes[id]) == moment for id in running)
        told |= {(Rule.INTERPRETERS, running, None)} if begins and len(running) > (made.teams or 0) else set()
    return told


def minutes_of(each: Entry) -> set[int]:
    """The minutes after nine on the first day in which a session runs."""
    if not each.place.starts_at:
        return set()
    start = round((each.place.starts_at - NINE).total_seconds() / 60)
    return set(range(start, start + (each.length or 0)))


def alone(made: Programme, each: Entry, minutes: set[int]) -> set[tuple[Rule, int | None]]:
    day: int = 24 * 60
    told: set[tuple[Rule, int | None]] = set()
    since_midnight = {minute + 9 * 60 for minute in minutes}  # of the first day
    if any(not 0 <= minute < 2 * day for minute in since_midnight):
        told.add((Rule.OUTSIDE_DAYS, None))
    if each.interpreted and since_midnight:
        first, last = min(since_midnight), max(since_midnight) + 1
        midnight = first - first % day
        crossed = [stop for stop in (13 * 60, 18 * 60) if first < midnight + stop < last]
        if crossed or first - midnight >= 18 * 60:
            told.add((Rule.HARD_STOP, None))
    if each.minutes > len(minutes) > 0:
        told.add((Rule.OVER_LENGTH, None))
    seats = {1: 50, 3: 0}.get(each.place.room or 0)
    if seats is not None and each.expected is not None and each.expected > seats:
        told.add((Rule.ROOM_TOO_SMALL, None))
    needed = [n for n in made.people if n.session == each.id]
    for person in {n.person for n in needed}:
        spans = made.there.get(person)
        if spans and any(not any(s <= NINE + timedelta(minutes=m) < e for s, e in spans) for m in minutes):
            told.add((Rule.UNAVAILABLE, person))
    chaired = each.format in {Format.PLENARY, Format.PANEL, Format.PRESENTATION, Format.REPORT_BACK}
    if chaired and not [n for n in needed if n.part in PRESIDING]:
        told.add((Rule.NO_CHAIR, None))
    panel = [n for n in needed if n.part in SPEAKING] if each.format is Format.PANEL else []
    groups, houses = {group_of(n.country) for n in panel}, {n.organisation for n in panel}
    one_house, one_group = len(houses) == 1 and None not in houses, len(groups) == 1 and None not in groups
    if len({n.person for n in panel}) > 1 and (one_house or one_group):
        told.add((Rule.ONE_SIDED, None))
    return told
