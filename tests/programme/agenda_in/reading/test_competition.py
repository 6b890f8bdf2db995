"""Readers compete: known programmes in many shapes and languages are found again, and what is no agenda is refused."""

from datetime import date, time

import pytest

from tests.looking import there
from tests.programme.agenda_in.shapes.measuring import SHAPES, Tally, measure
from workshop.platform.foreign.sandbox import Unreadable
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda_in.reading.agenda_file import Agenda
from workshop.programme.agenda_in.reading.recognition import read
from workshop.programme.agenda_in.reading.remarks import Setting

ZURICH = Setting("en", "Europe/Zurich")


def test_programmes_in_many_shapes_and_languages_are_found_again() -> None:
    whole = Tally()
    assert len(SHAPES) >= 30
    for number, shape in enumerate(SHAPES):
        tally = measure(shape, seed=11 + number)
        assert tally.shares[0] >= 90, (shape, tally.missed[:5])
        whole.add(tally)
    found, false, times, people = whole.shares
    told = (whole.shares, whole.missed[:20])
    assert found >= 95, told
    assert times >= 98, told
    assert people >= 95, told
    assert false <= 1, told


def spans(agenda: Agenda) -> list[tuple[date | None, str, str, str]]:
    return [
        (
            each.when.day.day if each.when.day else None,
            f"{there(each.when.start):%H:%M}",
            f"{there(each.when.end):%H:%M}",
            " ".join(each.title.values()),
        )
        for each in agenda.sessions
    ]


def test_a_day_s_clock_goes_forward_and_says_so() -> None:
    agenda = read(
        b"Seminar, 4 June 2026\n\n9:00 Arrival\n11:30 Debate\n12:45 Lunch\n2:15 Debate goes on\n4:00 End\n", ZURICH
    )
    assert [each[1] for each in spans(agenda)] == ["09:00", "11:30", "12:45", "14:15", "16:00"]
    assert [each.message for each in agenda.remarks if "later time of the same day" in each.message] == [
        "2:15 comes after a later time of the same day; it was read as 14:15.",
        "4:00 comes after a later time of the same day; it was read as 16:00.",
    ]


def test_a_night_ends_on_the_next_day() -> None:
    agenda = read(b"Tuesday 9 June 2026\n18:00 - 20:00 Debate\n20:30 - 00:30 Dinner\n", ZURICH)
    assert [each.when.nights for each in agenda.sessions] == [0, 1]


DATED = "Subject;Start Date;Start Time;End Time\nOpening;{}/2026;10:00;11:00\nDebate;{}/2026;11:00;12:00\n"


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("4/7", "4/8", [date(2026, 4, 7), date(2026, 4, 8)]),  # together only with the month first
        ("4/7", "15/7", [date(2026, 7, 4), date(2026, 7, 15)]),  # a fifteenth month is none
        ("7/4", "7/15", [date(2026, 7, 4), date(2026, 7, 15)]),
    ],
)
def test_the_order_of_a_date_is_what_the_file_settles(first: str, second: str, days: list[date]) -> None:
    agenda = read(DATED.format(first, second).encode(), ZURICH)
    assert [there(each.when.day).day for each in agenda.sessions] == days
    assert agenda.day_order is None


def test_a_date_that_the_file_does_not_settle_is_asked() -> None:
    table = DATED.format("4/7", "4/7").encode()
    assert read(table, ZURICH).day_order == (date(2026, 7, 4), date(2026, 4, 7))
    answered = read(table, Setting("en", "Europe/Zurich", month_first=True))
    assert [there(each.when.day).day for each in answered.sessions] == [date(2026, 4, 7)] * 2


def test_people_of_a_column_are_told_from_their_functions() -> None:
    text = (
        "Session;Speakers\nOne;Lea Muster, Tom Sample\nTwo;Tom Sample and Lea Muster\nThree;Tom Sample, Head of Unit\n"
        "Four;Dr. Lea Muster (Remarks)\n"
    )
    people = [[who.name for who in each.people] for each in read(text.encode(), ZURICH).sessions]
    assert people == [["Lea Muster", "Tom Sample"], ["Tom Sample", "Lea Muster"], ["Tom Sample"], ["Lea Muster"]]
    assert read(text.encode(), ZURICH).sessions[2].people[0].function == {"en": "Head of Unit"}


def test_parts_of_a_session_with_times_of_their_own_are_items() -> None:
    text = b"8 June 2026\n09:00-11:00 Panel 1: Cities\n- 09:00-09:30 Welcome, Lea Muster\n- 09:30-10:15 Water\n11:00-11:15 Coffee\n"
    agenda = read(text, ZURICH)
    assert [each[3] for each in spans(agenda)] == ["Panel 1: Cities", "Coffee"]
    assert [each.minutes for each in agenda.sessions[0].items] == [30, 45]


def test_what_nobody_explains_is_told_and_not_created() -> None:
    text = b"The Office\n1 Sample Street\nDATE: 2 June 2026\n\n8 June 2026\n09:00-11:00 Debate\nTel. +41 22 000 00 00\nModerator:\nLea Muster, IOM\n"
    agenda = read(text, ZURICH)
    assert [each[3] for each in spans(agenda)] == ["Debate"]
    assert [row.label for row in agenda.rows if row.rejected] == ["Tel. +41 22 000 00 00"]
    assert [(who.name, who.part, who.organisation) for who in agenda.sessions[0].people] == [
        ("Lea Muster", Part.MODERATOR, "IOM")
    ]


OUTLINE = b"Sample Group\n============\n\nMonday, June 8, 2026, 09:00-11:00\n\n### Housekeeping (10 min)\n* Notes\n\n### Drafts - 20 min\n\n### Any other business - 5 min\n"


def test_an_outline_with_lengths_of_time() -> None:
    assert [each[1:] for each in spans(read(OUTLINE, ZURICH))] == [
        ("09:00", "09:10", "Housekeeping"),
        ("09:10", "09:30", "Drafts"),
        ("09:30", "09:35", "Any other business"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        b"# Release notes\n\nThis is a list of what changed.\n\n- a thing\n- another thing\n- a third thing\n",
        b'/* data */\n{"title": "Call"}',
        b"Shopping\nBread\nMilk\nEggs\nButter\nFlour\n",
    ],
)
def test_what_is_no_agenda_is_refused_with_what_was_seen(text: bytes) -> None:
    with pytest.raises(Unreadable, match="line"):
        read(text, ZURICH)


FOLDED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//An office//EN
BEGIN:VTIMEZONE
TZID:Our own time
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:b1
DTSTART;TZID=Our own time:20260608T120000
SUMMARY:A talk whose title is folded in the mi
 ddle
ATTENDEE;CN=Lea
  Muster;X-NUM-GUESTS=0:mailto:lea@example.org
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_is_unfolded_and_its_own_zone_counts() -> None:
    agenda = read(FOLDED.encode(), ZURICH)
    (session,) = agenda.sessions
    assert (session.title, session.when.start) == ({"en": "A talk whose title is folded in the middle"}, time(11))
    assert [who.name for who in session.people] == ["Lea Muster"]
    assert any("minutes were assumed" in each.message for each in agenda.remarks)


V2 = b"""{"version": "1", "timezone": "Europe/Zurich", "rooms": [{"id": 3, "name": {"en": "Hall"}}],
"speakers": [{"code": "AB", "name": "Lea Muster"}],
"talks": [{"code": "T1", "title": "Water", "speakers": ["AB"], "room": 3, "start": "2026-06-08T22:30:00+02:00",
"end": "2026-06-09T00:30:00+02:00", "content_locale": "pt-br"}]}"""


def test_the_schedule_of_pretalx_keeps_its_language_and_its_night() -> None:
    (session,) = read(V2, ZURICH).sessions
    assert (session.title, session.room, session.when.nights) == ({"pt": "Water"}, "Hall", 1)
    assert [who.name for who in session.people] == ["Lea Muster"]
