"""Giving sessions another place: what moves, what stays, what is refused, and how a move is taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.budget import examples
from tests.looking import there
from tests.programme.agenda.timetable.test_clashes import NINE, entry
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.timetable import moves
from workshop.programme.agenda.timetable.moves import Stale, Step, Then, Wish
from workshop.programme.agenda.timetable.plan import Entry, Hall, Place, Programme

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
HALLS = (Hall(1, "Room A"), Hall(2, "Room B"), Hall(3, "Room C"))


def programme(*entries: Entry, **but: Any) -> Programme:
    values: dict[str, Any] = {"first": MONDAY, "last": TUESDAY, "entries": entries, "rooms": HALLS}
    return Programme("Europe/Zurich", **(values | but))


def stood(made: Programme, places: dict[int, Place]) -> dict[int, tuple[str, int | None, int | None]]:
    """Where each moved session begins, as clocks show it, how long it lasts, in which room."""
    after = made.moved(places)
    return {
        id: (f"{made.local(there(place.starts_at)):%a %H:%M}", after.by_id[id].length, place.room)
        for id, place in places.items()
    }


def three() -> Programme:
    """In Room A from nine: one, two and three; four at the same time as two in Room B, five on Tuesday."""
    return programme(
        entry(1, 0, 60, 1),
        entry(2, 60, 30, 1),
        entry(3, 120, 60, 1),
        entry(4, 60, 30, 2),
        entry(5, 24 * 60, 60, 1),
        entry(6, None),
    )


def test_what_follows_stays() -> None:
    made = three()
    places = moves.place(made, made.by_id[1], Wish(MONDAY, time(9, 15), 2), Then.STAY)
    assert stood(made, places) == {1: ("Mon 09:15", 60, 2)}


def test_what_follows_in_the_room_moves_along_by_the_same_time() -> None:
    made = three()
    places = moves.place(made, made.by_id[1], Wish(MONDAY, time(9, 15), 1), Then.ALONG)
    assert stood(made, places) == {1: ("Mon 09:15", 60, 1), 2: ("Mon 10:15", 30, 1), 3: ("Mon 11:15", 60, 1)}


def test_a_longer_session_pushes_what_follows() -> None:
    made = three()
    places = moves.place(made, made.by_id[1], Wish(MONDAY, time(9, 0), 1, minutes=75), Then.ALONG)
    assert stood(made, places) == {1: ("Mon 09:00", 75, 1), 2: ("Mon 10:15", 30, 1), 3: ("Mon 11:15", 60, 1)}


def test_the_whole_day_moves_along_in_every_room_and_to_another_day() -> None:
    made = three()
    places = moves.place(made, made.by_id[2], Wish(TUESDAY, time(10, 30), 1), Then.DAY)
    assert stood(made, places) == {
        2: ("Tue 10:30", 30, 1),
        1: ("Tue 09:30", 60, 1),
        3: ("Tue 11:30", 60, 1),
        4: ("Tue 10:30", 30, 2),
    }


def test_a_session_brought_in_pushes_what_follows_by_its_length() -> None:
    made = three()
    places = moves.place(made, made.by_id[6], Wish(MONDAY, time(10, 0), 1, minutes=20), Then.ALONG)
    assert stood(made, places) == {6: ("Mon 10:00", 20, 1), 2: ("Mon 10:20", 30, 1), 3: ("Mon 11:20", 60, 1)}


@pytest.mark.parametrize(("minutes", "lasts"), [(0, 60), (45, 45)])
def test_a_session_without_times_lasts_as_its_items_or_an_hour(minutes: int, lasts: int) -> None:
    made = programme(entry(1, None, minutes=minutes))
    places = moves.place(made, made.by_id[1], Wish(MONDAY, time(10, 0)), Then.STAY)
    assert stood(made, places) == {1: ("Mon 10:00", lasts, None)}


def test_out_of_the_timetable() -> None:
    made = three()
    assert moves.place(made, made.by_id[1], Wish(room=1), Then.ALONG) == {1: Place(room=1)}


@pytest.mark.parametrize(
    ("wish", "then", "said"),
    [
        (Wish(date(2026, 3, 4), time(9, 0), 1), Then.STAY, "outside the dates of the workshop"),
        (Wish(MONDAY, time(23, 30), 1), Then.STAY, "past midnight"),
        (Wish(MONDAY, time(22, 0), 1), Then.ALONG, "Session 3 would fall on another day"),
        (Wish(MONDAY, time(21, 30), 1), Then.ALONG, "Session 3 would run past midnight"),
        (Wish(MONDAY, time(9, 0), 99), Then.STAY, "room no longer exists"),
        (Wish(MONDAY, None, 1), Then.STAY, "day and the start"),
        (Wish(None, time(9, 0), 1), Then.STAY, "day and the start"),
        (Wish(MONDAY, time(9, 0), 1), Then.ALONG, "already in that place"),
    ],
)
def test_where_there_is_no_such_place(wish: Wish, then: Then, said: str) -> None:
    made = three()
    with pytest.raises(RuleBroken, match=said):
        moves.place(made, made.by_id[1], wish, then)


def test_a_time_that_clocks_skip_is_refused_and_lengths_survive_the_night_they_change() -> None:
    """In Geneva clocks go forward on 29 March 2026 at two."""
    night = entry(1, 0, 60, 1)
    at_one = Place(datetime(2026, 3, 28, 0, 30, tzinfo=UTC), datetime(2026, 3, 28, 2, 30, tzinfo=UTC), 1)
    made = programme(replace(night, place=at_one), first=date(2026, 3, 28), last=date(2026, 3, 29))
    with pytest.raises(RuleBroken, match=r"no 02:30"):
        moves.place(made, made.by_id[1], Wish(date(2026, 3, 29), time(2, 30), 1), Then.STAY)
    places = moves.place(made, made.by_id[1], Wish(date(2026, 3, 29), time(1, 30), 1), Then.STAY)
    assert stood(made, places) == {1: ("Sun 01:30", 120, 1)}


@pytest.mark.parametrize(
    ("step", "wish"),
    [
        (Step.EARLIER, Wish(MONDAY, time(9, 55), 2)),
        (Step.LATER, Wish(MONDAY, time(10, 5), 2)),
        (Step.ROOM_BEFORE, Wish(MONDAY, time(10, 0), 1)),
        (Step.ROOM_AFTER, Wish(MONDAY, time(10, 0), 3)),
        (Step.DAY_BEFORE, Wish(date(2026, 3, 1), time(10, 0), 2)),
        (Step.DAY_AFTER, Wish(TUESDAY, time(10, 0), 2)),
        (Step.OUT, Wish(room=2)),
    ],
)
def test_one_step(step: Step, wish: Wish) -> None:
    made = programme(entry(1, 60, 30, 2))
    assert moves.wish_after(made, made.by_id[1], step) == wish


@pytest.mark.parametrize(
    ("room", "step", "then"), [(1, Step.ROOM_BEFORE, 1), (3, Step.ROOM_AFTER, 3), (None, Step.ROOM_AFTER, 1)]
)
def test_at_the_last_room_there_is_no_next(room: int | None, step: Step, then: int) -> None:
    made = programme(entry(1, 60, 30, room))
    assert moves.wish_after(made, made.by_id[1], step).room == then


def test_a_session_without_a_time_has_no_five_minutes_earlier() -> None:
    with pytest.raises(RuleBroken, match="no time yet"):
        moves.wish_after(three(), entry(6, None), Step.EARLIER)


def test_an_old_page_is_refused() -> None:
    moves.refuse_stale(entry(1, revision=3), "1.3")
    for seen in ("1.2", "2.3", "", "1"):
        with pytest.raises(Stale):
            moves.refuse_stale(entry(1, revision=3), seen)


def test_a_move_is_taken_back_wholly_or_not_at_all() -> None:
    made = three()
    places = moves.place(made, made.by_id[1], Wish(TUESDAY, time(9, 15), 2), Then.DAY)
    kept, after = moves.places_before(made, places), made.moved(places)
    back = after.moved(moves.put_back(after, kept))
    assert [each.place for each in back.entries] == [each.place for each in made.entries]
    changed = after.moved({3: after.by_id[3].place})
    with pytest.raises(RuleBroken, match="Session 3 was changed again"):
        moves.put_back(changed, kept)
    with pytest.raises(RuleBroken, match="removed since"):
        moves.put_back(after.having(each for each in after.entries if each.id != 4), kept)


def test_a_room_removed_since_is_not_put_back() -> None:
    made = three()
    kept = moves.places_before(made, {1: Place(room=2)})
    after = replace(made.moved({1: Place(room=2)}), rooms=HALLS[1:])
    assert moves.put_back(after, kept)[1] == Place(NINE, NINE + timedelta(hours=1), None)


# whatever the timetable

STARTS = st.one_of(st.none(), st.integers(0, 600).map(lambda n: n - n % 5), st.integers(1440, 2040))
ROWS = st.lists(st.tuples(STARTS, st.integers(5, 180), st.sampled_from([None, 1, 2])), min_size=1, max_size=8)
WISHES = st.builds(
    Wish,
    st.sampled_from([MONDAY, TUESDAY]),
    st.builds(time, st.integers(7, 20), st.sampled_from([0, 20, 35])),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from([None, 5, 60, 240]),
)


def overlaps(made: Programme, room: int | None) -> set[tuple[int, int]]:
    """Which sessions of a room run at once."""
    timed = [each for each in made.entries if each.timed and each.place.room == room]
    return {
        (one.id, other.id)
        for one in timed
        for other in timed
        if one.id < other.id and one.span[0] < other.span[1] and other.span[0] < one.span[1]
    }


def moved_or_refused(made: Programme, wish: Wish, then: Then) -> Programme:
    try:
        return made.moved(moves.place(made, made.entries[0], wish, then))
    except RuleBroken:
        assume(False)
        raise


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(ROWS, WISHES, st.sampled_from(Then))
def test_what_moves_along_keeps_length_and_room_and_stays_in_the_workshop(
    rows: list[tuple[int | None, int, int | None]], wish: Wish, then: Then
) -> None:
    made = programme(*(entry(id, *row) for id, row in enumerate(rows, 1)))
    after = moved_or_refused(made, wish, then)
    first = made.entries[0]
    assert after.by_id[1].length == (wish.minutes or moves.length_of(first))
    for before, now in zip(made.entries[1:], after.entries[1:], strict=True):
        assert (before.length, before.place.room) == (now.length, now.place.room)
        assert now.revision - before.revision == (now.place != before.place)
        if now.place != before.place:
            assert then is not Then.STAY
            assert MONDAY <= after.local(now.span[0]).date() == after.local(now.span[1]).date() <= TUESDAY
    places = {each.id: each.place for each in after.entries if each.revision > made.by_id[each.id].revision}
    back = after.moved(moves.put_back(after, moves.places_before(made, places)))
    assert [each.place for each in back.entries] == [each.place for each in made.entries]


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(ROWS, st.integers(0, 24), st.sampled_from([None, 5, 60, 240]))
def test_moving_along_to_a_later_time_makes_no_new_overlap_in_the_room(
    rows: list[tuple[int | None, int, int | None]], steps: int, minutes: int | None
) -> None:
    made = programme(*(entry(id, *row) for id, row in enumerate(rows, 1)))
    first = made.entries[0]
    assume(first.timed and (minutes is None or minutes >= there(first.length)))
    later = made.local(first.span[0]) + timedelta(minutes=5 * steps)
    wish = Wish(later.date(), later.time(), first.place.room, minutes)
    after = moved_or_refused(made, wish, Then.ALONG)
    new = overlaps(after, first.place.room) - overlaps(made, first.place.room)
    assert {pair for pair in new if 1 not in pair} == set()
    followers = {each.id for each in made.entries if each.timed and each.span[0] >= first.span[1]}
    assert {pair for pair in new if followers & {*pair}} == set()


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(ROWS, WISHES)
def test_the_whole_day_moving_along_changes_no_overlap_among_its_sessions(
    rows: list[tuple[int | None, int, int | None]], wish: Wish
) -> None:
    made = programme(*(entry(id, *row) for id, row in enumerate(rows, 1)))
    first = made.entries[0]
    assume(first.timed)
    after = moved_or_refused(made, replace(wish, room=first.place.room, minutes=None), Then.DAY)
    day = {each.id for each in made.entries if each.timed and made.day_of(each) == made.day_of(first)}
    for room in (None, 1, 2):
        before, now = overlaps(made, room), overlaps(after, room)
        assert {pair for pair in now if {*pair} <= day} == {pair for pair in before if {*pair} <= day}


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(ROWS, WISHES)
def test_a_session_brought_in_overlaps_nothing_that_begins_after_it(
    rows: list[tuple[int | None, int, int | None]], wish: Wish
) -> None:
    made = programme(entry(1, None), *(entry(id, *row) for id, row in enumerate(rows, 2)))
    after = moved_or_refused(made, wish, Then.ALONG)
    begins = after.by_id[1].span[0]
    later = {each.id for each in made.entries if each.timed and each.span[0] >= begins}
    assert not [pair for pair in overlaps(after, wish.room) if 1 in pair and later & {*pair}]
