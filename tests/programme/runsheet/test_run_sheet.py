"""A day as a list of what happens one after the other, and the rules of pressing, without a database."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests import factories as make
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Room, Session
from workshop.programme.runsheet import rules, run_sheet
from workshop.programme.runsheet.models import Run, StageNote
from workshop.programme.runsheet.run_sheet import Entry

DAY = date(2026, 3, 2)
ZURICH = "Europe/Zurich"


def later(minutes: int) -> datetime:
    return make.NOON + timedelta(minutes=minutes)


def session(number: int, begin: int, end: int, *minutes: int | None, **but: Any) -> Session:
    row = make.session(number=number, starts_at=later(begin), ends_at=later(end), **but)
    row.id = number
    for place, each in enumerate(minutes, 1):
        item = make.item(position=place, minutes=each)
        item.id = number * 10 + place
        row.items.append(item)
    return row


def spans(entries: list[Entry]) -> list[tuple[int, int]]:
    return [((e.starts_at - make.NOON).seconds // 60, (e.ends_at - make.NOON).seconds // 60) for e in entries]


def run(entry: Entry, begin: int, end: int | None = None, **but: Any) -> Run:
    entry.run = Run(
        session_id=entry.session.id,
        item_id=entry.item.id if entry.item else None,
        started_at=later(begin),
        pressed_at=later(begin),
        ended_at=None if end is None else later(end),
        **but,
    )
    return entry.run


def test_items_follow_each_other_by_their_minutes_and_the_rest_is_shared_out() -> None:
    entries = run_sheet.entries([session(1, 0, 60, 10, None, None), session(2, 60, 90)])
    assert spans(entries) == [(0, 10), (10, 35), (35, 60), (60, 90)]
    assert [entry.shared_out for entry in entries] == [False, True, True, False]
    assert spans(run_sheet.entries([session(1, 0, 20, 30, None)])) == [(0, 30), (30, 30)]


def test_sessions_at_the_same_time_go_on_in_their_rooms() -> None:
    room = Room(workshop=make.workshop(), name="Room A")
    room.id = 4
    entries = run_sheet.entries([session(1, 0, 60, room=room), session(2, 30, 90), session(3, 90, 120, room=room)])
    assert [entry.track for entry in entries] == [("room", 4), ("session", 2), None]


def test_people_notes_and_documents_stand_where_they_belong() -> None:
    row = session(1, 0, 60, 30, 30)
    row.appearances = [make.appearance(part=Part.CHAIR), make.appearance(item=row.items[1])]
    notes = [StageNote(session_id=1, text="Water"), StageNote(session_id=1, item_id=12, text="Film")]
    papers = [make.document(workshop=row.workshop, session=row, item=row.items[1])]
    papers[0].session_id, papers[0].item_id = 1, 12
    first, second = run_sheet.fill_entries(run_sheet.entries([row]), [], notes, papers)
    assert [[who.part for who in entry.people] for entry in (first, second)] == [[Part.CHAIR], [Part.SPEAKER]]
    assert [(entry.session_note, entry.note, len(entry.documents)) for entry in (first, second)] == [
        ("Water", "", 0),
        ("", "Film", 1),
    ]


def test_what_no_longer_fits_is_named_under_its_stop() -> None:
    entries = run_sheet.entries([session(1, 0, 60, 30, 30), session(2, 60, 120)])
    run(entries[0], 0, 45)
    stops = run_sheet.stops_of(DAY, ["14:00", "18:00"], ZURICH)  # an hour after the first session begins
    ((stop, misfits),) = run_sheet.no_longer_fitting(run_sheet.expect(entries, stops, later(45)))
    assert (stop, misfits) == (later(60), [entries[1]])
    assert entries[2].late == 0


def press(entry: Entry, entries: list[Entry], minutes: int, **but: Any) -> Run:
    facts: dict[str, Any] = {"at": later(minutes), "pressed_at": later(minutes), "by": 1, "rehearsal": False}
    entry.run = rules.begin(entry, entries, **(facts | but))
    return entry.run


def test_beginning_the_next_ends_what_it_waited_for_and_can_be_undone() -> None:
    entries = run_sheet.entries([session(1, 0, 60, 30, 30), session(2, 60, 120)])
    assert rules.next_of(entries) is entries[0]
    runs = [press(entries[0], entries, 1)]
    assert rules.next_of(entries) is entries[1]
    runs.append(press(entries[1], entries, 33))
    assert (runs[0].ended_at, entries[1].is_running) == (later(33), True)
    assert rules.undo(runs) == [runs[1]]
    assert runs[0].ended_at is None
    assert rules.undo(runs[:1]) == [runs[0]]


def test_an_end_is_undone_before_the_beginning() -> None:
    entries = run_sheet.entries([session(1, 0, 60)])
    runs = [press(entries[0], entries, 1)]
    rules.end(entries[0], at=later(50))
    assert rules.undo(runs) == []
    assert entries[0].is_running
    with pytest.raises(RuleBroken, match="nothing to undo"):
        rules.undo([])


def test_what_goes_on_elsewhere_is_not_ended() -> None:
    entries = run_sheet.entries([session(1, 0, 60), session(2, 0, 60), session(3, 60, 90)])
    press(entries[0], entries, 0)
    press(entries[1], entries, 1)
    assert entries[0].is_running
    press(entries[2], entries, 61)
    assert not entries[0].is_running
    assert not entries[1].is_running


def test_nothing_begins_twice_or_ends_unbegun() -> None:
    entries = run_sheet.entries([session(1, 0, 60)])
    with pytest.raises(RuleBroken, match="not running"):
        rules.end(entries[0], at=later(1))
    press(entries[0], entries, 0)
    with pytest.raises(RuleBroken, match="begun already"):
        press(entries[0], entries, 5)


def test_a_rehearsal_runs_on_the_clock_of_its_day() -> None:
    entries = run_sheet.entries([session(1, 0, 60, 30, 30)])
    pressed = make.NOON - timedelta(days=9)
    first = press(entries[0], entries, 0, at=None, pressed_at=pressed, rehearsal=True)
    assert first.started_at == later(0)
    facts: dict[str, Any] = {"now": pressed + timedelta(minutes=7), "zone": ZURICH}
    assert rules.is_rehearsal(DAY, [first], **facts)
    assert rules.clock(DAY, [first], **facts) == later(7)
    days_later: dict[str, Any] = {"now": pressed + timedelta(days=2), "zone": ZURICH}
    assert rules.clock(DAY, [first], **days_later) is None
    with pytest.raises(RuleBroken, match="Clear it"):
        press(entries[1], entries, 0, at=None, rehearsal=True)


def test_the_day_itself_is_no_rehearsal_and_what_happened_on_it_is_none_afterwards() -> None:
    entries = run_sheet.entries([session(1, 0, 60)])
    assert not rules.is_rehearsal(DAY, [], now=later(5), zone=ZURICH)
    assert rules.clock(DAY, [], now=later(5), zone=ZURICH) == later(5)
    happened = run(entries[0], 0, 60)
    afterwards: dict[str, Any] = {"now": later(0) + timedelta(days=5), "zone": ZURICH}
    assert not rules.is_rehearsal(DAY, [happened], **afterwards)
    assert rules.clock(DAY, [happened], **afterwards) is None
