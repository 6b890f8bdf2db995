"""Papers, speakers and questionnaires remind by the same machinery; each says only from what, to whom, and until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from workshop.consultation.sending import rules as sending_rules
from workshop.consultation.sending.models import Reminder, When
from workshop.platform.i18n import on_day
from workshop.platform.reminders import LettersWritten, Schedule, Step, began, step_at, steps_from
from workshop.programme.papers import due_reminders
from workshop.programme.speakers import rules as speakers_rules
from workshop.programme.speakers.models import InvitationPlan

ZONE = "Europe/Zurich"
DATE = date(2026, 2, 20)


def noon(days: int, after: date = DATE) -> datetime:
    return datetime.combine(after + timedelta(days=days), time(12), ZoneInfo(ZONE))


@dataclass
class Use:
    """One package that reminds: its schedule of one step three days before a date, and when that is over."""

    schedule: Callable[[date, datetime], Schedule[Any]]
    over: int  # so many days after the date


def papers(day: date, at: datetime) -> Schedule[int]:
    workshop = make.workshop(starts_on=DATE, ends_on=DATE + timedelta(days=9))
    return due_reminders.schedule(workshop, day, [-3], at=at)


def speakers(day: date, at: datetime) -> Schedule[int]:
    return speakers_rules.schedule(InvitationPlan(workshop=make.workshop(), answer_by=day, remind_before=[3]), at=at)


def sending(day: date, at: datetime) -> Schedule[str]:
    asked = make.questionnaire(opens_at=noon(-60), closes_at=datetime.combine(day, time(23), ZoneInfo(ZONE)))
    planned = Reminder(questionnaire=asked, moment=When.THREE_DAYS, due_at=noon(0))
    return sending_rules.schedule(planned, at=at)


USES = pytest.mark.parametrize(
    "use", [Use(papers, 10), Use(speakers, 1), Use(sending, 1)], ids=["papers", "speakers", "sending"]
)


@USES
def test_a_step_comes_once_its_day_is_there_and_is_made_up_for_until_it_is_over(use: Use) -> None:
    came = {days: use.schedule(DATE, noon(days)).due(noon(days)) for days in range(-6, 12)}
    assert came[-4] is None, "not before"
    assert came[-2] is not None, "made up for"
    assert came[use.over] is None, "nothing when it is closed"
    assert came[use.over - 1] is not None
    assert {step.day for step in came.values() if step} == {DATE - timedelta(days=3)}


@USES
def test_a_step_moves_with_its_date(use: Use) -> None:
    later = DATE + timedelta(days=2)
    assert use.schedule(DATE, noon(-2)).due(noon(-2)) is not None
    assert use.schedule(later, noon(-2)).due(noon(-2)) is None
    assert [step.day for step in use.schedule(later, noon(-2)).ahead(noon(-2))] == [DATE - timedelta(days=1)]


@USES
def test_a_step_that_has_passed_by_being_moved_is_given_up(use: Use) -> None:
    planned = use.schedule(DATE, noon(-6)).ahead(noon(-6))[0].at
    moved = use.schedule(DATE - timedelta(days=2), noon(-4))
    assert moved.due(noon(-4)) is not None, "it has come"
    assert moved.due(noon(-4), planned=planned) is None, "but nobody asked for that"
    assert use.schedule(DATE, noon(-2)).due(noon(-2), planned=planned) is not None


@USES
def test_nobody_is_written_to_twice_at_a_step_nor_once_more_since_its_day(use: Use) -> None:
    step = use.schedule(DATE, noon(-2)).due(noon(-2))
    assert step
    assert LettersWritten({(1, step.key)}).covers(1, step)
    assert LettersWritten(last={1: step.day}).covers(1, step), "on the same day"
    assert LettersWritten(last={1: step.day + timedelta(days=1)}).covers(1, step), "since"
    assert not LettersWritten({(2, step.key), (1, "another")}, {1: step.day - timedelta(days=1)}).covers(1, step)


def test_of_steps_that_were_missed_only_the_last_is_made_up_for() -> None:
    plan = Schedule(steps_from(DATE, [7, -14, 1, -3], ZONE))
    came = {days: plan.due(noon(days)) for days in (-15, -14, -4, -3, 0, 1, 6, 7, 60)}
    assert {days: step and step.key for days, step in came.items()} == {
        -15: None,
        -14: -14,
        -4: -14,
        -3: -3,
        0: -3,
        1: 1,
        6: 1,
        7: 7,
        60: 7,
    }
    assert [step.key for step in plan.ahead(noon(0))] == [1, 7]


def test_without_a_date_there_is_no_step() -> None:
    assert steps_from(None, [-3, 1], ZONE) == []
    assert Schedule([]).due(noon(0)) is None


def test_a_step_taken_by_hand_comes_now_on_the_day_of_the_place() -> None:
    at = datetime(2026, 2, 20, 23, 30, tzinfo=UTC)
    assert step_at("by hand", at, ZONE) == Step("by hand", at, date(2026, 2, 21))


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.sampled_from(
        [ZONE, "Pacific/Auckland", "America/Havana", "Asia/Beirut", "Pacific/Kiritimati", "America/Santiago"]
    ),
)
def test_a_day_begins_at_its_first_moment_wherever_clocks_change(day: date, zone: str) -> None:
    """In some places they change at midnight, so that a day begins at one o'clock or has its first hour twice."""
    first = began(day, zone)
    assert on_day(first, zone) == day
    assert on_day(first - timedelta(seconds=1), zone) < day
