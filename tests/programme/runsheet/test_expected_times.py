"""When things are to be expected: what always holds, and the same found by trying everything out."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as some
from hypothesis.strategies import DrawFn

from tests.looking import there
from workshop.programme.runsheet.expected_times import Expected, Slot, expect_times, waits_for

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ONE = NINE + timedelta(hours=4)
SIX = NINE + timedelta(hours=9)
STOPS = [ONE, SIX]


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def slot(begin: int, end: int, **facts: Any) -> Slot:
    facts = {name: at(value) if name in ("began", "ended") else value for name, value in facts.items()}
    return Slot(at(begin), at(end), **facts)


def minutes(found: list[Expected]) -> list[tuple[int | None, ...]]:
    return [
        tuple(None if moment is None else (moment - NINE).seconds // 60 for moment in (each.starts_at, each.ends_at))
        for each in found
    ]


def test_a_day_that_nobody_has_begun_is_as_planned() -> None:
    assert minutes(expect_times([slot(0, 20), slot(20, 60), slot(240, 300)], STOPS, None)) == [
        (0, 20),
        (20, 60),
        (240, 300),
    ]


def test_an_overrun_moves_what_follows_until_a_break_takes_it_up() -> None:
    slots = [slot(0, 20, began=0, ended=30), slot(20, 40), slot(40, 60), slot(90, 100)]
    assert minutes(expect_times(slots, STOPS, at(30))) == [(0, 30), (30, 50), (50, 70), (90, 100)]


def test_what_runs_longer_than_planned_is_expected_to_end_now() -> None:
    slots = [slot(0, 20, began=0), slot(20, 40)]
    assert minutes(expect_times(slots, STOPS, at(25))) == [(0, 25), (25, 45)]
    assert minutes(expect_times(slots, STOPS, at(5))) == [(0, 20), (20, 40)]


def test_nothing_comes_before_its_time() -> None:
    assert minutes(expect_times([slot(0, 20, began=0, ended=5), slot(20, 40)], STOPS, at(6))) == [(0, 5), (20, 40)]


def test_what_no_longer_fits_is_left_out_and_the_next_is_tried_in_its_place() -> None:
    slots = [slot(180, 200, began=180, ended=215), slot(200, 230), slot(230, 239), slot(240, 300)]
    found = expect_times(slots, STOPS, at(215))
    assert minutes(found) == [(180, 215), (None, None), (215 + 15, 239), (240, 300)]
    assert [each.stop for each in found] == [None, ONE, None, None]


def test_what_runs_into_the_stop_is_cut_there_and_named() -> None:
    found = expect_times([slot(200, 230, began=220), slot(240, 300)], STOPS, at(225))
    assert minutes(found) == [(220, 240), (240, 300)]
    assert found[0].stop == ONE


def test_what_was_planned_over_a_stop_need_not_respect_it() -> None:
    assert minutes(expect_times([slot(200, 270), slot(270, 290)], STOPS, None)) == [(200, 270), (270, 290)]


def test_what_was_passed_over_holds_nothing_up() -> None:
    slots = [slot(0, 20, began=0, ended=20), slot(20, 40), slot(40, 60, began=25), slot(60, 80)]
    assert minutes(expect_times(slots, STOPS, at(30))) == [(0, 20), (None, None), (25, 45), (60, 80)]
    assert expect_times(slots, STOPS, at(30))[1] == Expected()


def test_rooms_do_not_hold_each_other_up_but_everybody_waits_for_all() -> None:
    slots = [
        slot(0, 60, track="A", began=0),
        slot(0, 60, track="B", began=0, ended=60),
        slot(60, 90, track="B"),
        slot(90, 100),
    ]
    assert minutes(expect_times(slots, STOPS, at(100))) == [(0, 100), (0, 60), (100, 130), (130, 140)]
    assert minutes(expect_times(slots, STOPS, at(62))) == [(0, 62), (0, 60), (62, 92), (92, 102)]
    slots[2] = slot(60, 90, track="B", began=60)
    assert minutes(expect_times(slots, STOPS, at(62)))[2:] == [(60, 90), (90, 100)]


# what always holds


@some.composite
def days(draw: DrawFn) -> tuple[list[Slot], datetime | None]:
    """Up to six slots one after the other or side by side, some of which have begun, and the time it is."""
    slots: list[Slot] = []
    begin = draw(some.integers(0, 240))
    for _ in range(draw(some.integers(1, 6))):
        length, track = draw(some.integers(0, 90)), draw(some.sampled_from([None, None, "A", "B"]))
        facts: dict[str, int] = {}
        if draw(some.booleans()) and len(slots) < 3:
            facts["began"] = begin + draw(some.integers(0, 40))
            if draw(some.booleans()):
                facts["ended"] = facts["began"] + draw(some.integers(0, 120))
        slots.append(slot(begin, begin + length, track=track, **facts))
        begin += draw(some.sampled_from([length, length + 15, length // 2]))
    return slots, draw(some.none() | some.integers(0, 600).map(at))


def to_come(slots: list[Slot], found: list[Expected]) -> list[tuple[Slot, Expected]]:
    return [(each, due) for each, due in zip(slots, found, strict=True) if not each.began]


@given(days())
def test_nothing_to_come_is_expected_past_the_stop_it_was_planned_before(
    day: tuple[list[Slot], datetime | None],
) -> None:
    slots, now = day
    for each, due in to_come(slots, expect_times(slots, STOPS, now)):
        stop = next((stop for stop in STOPS if each.ends_at <= stop), None)
        assert not (due.ends_at and stop) or due.ends_at <= stop


@given(days())
def test_lengths_and_order_are_kept_and_nothing_comes_early(day: tuple[list[Slot], datetime | None]) -> None:
    slots, now = day
    found = expect_times(slots, STOPS, now)
    for place, (each, due) in enumerate(zip(slots, found, strict=True)):
        if each.began or not due.starts_at:
            continue
        assert there(due.ends_at) - due.starts_at == each.length
        assert due.starts_at >= max(each.starts_at, now or each.starts_at)
        earlier = [found[n] for n in range(place) if waits_for(each, slots[n]) and found[n].ends_at]
        assert all(there(other.ends_at) <= due.starts_at for other in earlier)


@given(days())
def test_what_happened_is_told_as_it_happened(day: tuple[list[Slot], datetime | None]) -> None:
    slots, now = day
    for each, due in zip(slots, expect_times(slots, STOPS, now), strict=True):
        if each.began:
            assert due.starts_at == each.began
            assert due.ends_at == each.ended if each.ended else there(due.ends_at) >= each.began


@given(days())
def test_either_it_is_expected_or_it_is_named_or_it_was_passed_over(day: tuple[list[Slot], datetime | None]) -> None:
    slots, now = day
    for place, (each, due) in enumerate(zip(slots, expect_times(slots, STOPS, now), strict=True)):
        passed_over = any(waits_for(other, each) and other.began for other in slots[place + 1 :])
        if not each.began:
            assert (due.starts_at is None) == (passed_over or due.stop is not None)
            assert not (passed_over and due.stop)


@given(days())
def test_the_same_by_trying_every_choice_and_every_minute(day: tuple[list[Slot], datetime | None]) -> None:
    """Of all choices of what to leave out, the one that keeps the earliest; each at the first minute that is free."""
    slots, now = day
    found = expect_times(slots, STOPS, now)
    known = {
        n: found[n] for n, each in enumerate(slots) if each.began or (found[n].stop is None and not found[n].starts_at)
    }
    open_places = [n for n in range(len(slots)) if n not in known]
    for choice in product((True, False), repeat=len(open_places)):  # all kept first, then what leaves out the latest
        timetable = tried(slots, known, [n for n, kept in zip(open_places, choice, strict=True) if kept], now)
        if timetable is not None:
            assert timetable == {n: (found[n].starts_at, found[n].ends_at) for n in open_places if found[n].starts_at}
            return
    raise AssertionError("leaving out everything is always possible")


def tried(
    slots: list[Slot], known: dict[int, Expected], kept: list[int], now: datetime | None
) -> dict[int, tuple[datetime, datetime]] | None:
    """Each of the kept slots at the first minute at which it may begin; None where one then passes its stop."""
    over = {n: due.ends_at for n, due in known.items() if due.ends_at}
    timetable = {}
    for n in kept:
        each, moment = slots[n], slots[n].starts_at
        while (now and moment < now) or any(
            until > moment for m, until in over.items() if m < n and waits_for(each, slots[m])
        ):
            moment += timedelta(minutes=1)
        stop = next((stop for stop in STOPS if each.ends_at <= stop), None)
        if stop and moment + each.length > stop:
            return None
        over[n] = moment + each.length
        timetable[n] = (moment, moment + each.length)
    return timetable
