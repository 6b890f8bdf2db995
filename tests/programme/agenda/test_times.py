"""From what is typed to moments in UTC, over both nights when clocks change."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests import factories as make
from tests.looking import there
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda import times
from workshop.secretariat.series.models import Workshop

NINE, TEN = time(9, 0), time(10, 30)


def on(first: date, last: date | None = None, **but: Any) -> Workshop:
    return make.workshop(starts_on=first, ends_on=last or first, **but)


def test_times_are_those_of_the_place() -> None:
    workshop = on(date(2005, 2, 2))
    assert times.span(date(2005, 2, 2), NINE, TEN, workshop) == (
        datetime(2005, 2, 2, 8, 0, tzinfo=UTC),
        datetime(2005, 2, 2, 9, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("day", "hour"), [(date(2026, 3, 28), 8), (date(2026, 3, 29), 7), (date(2026, 10, 24), 7), (date(2026, 10, 25), 8)]
)
def test_nine_in_the_morning_stays_nine_over_both_nights(day: date, hour: int) -> None:
    starts_at, ends_at = times.span(day, NINE, TEN, on(day))
    assert there(starts_at).hour == hour
    assert times.as_form_times(starts_at, ends_at, "Europe/Zurich") == {
        "day": day,
        "start": NINE,
        "end": TEN,
        "until": None,
    }


def test_a_time_that_clocks_skip_is_refused() -> None:
    with pytest.raises(RuleBroken, match="There is no 02:30") as refusal:
        times.span(date(2026, 3, 29), time(2, 30), TEN, on(date(2026, 3, 29)))
    assert refusal.value.field == "start"


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    starts_at, _ = times.span(date(2026, 10, 25), time(2, 30), TEN, on(date(2026, 10, 25)))
    assert starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"])
def test_far_zones_come_back_as_they_were_written(zone: str) -> None:
    day = date(2026, 12, 31)
    span = times.span(day, time(0, 15), time(23, 45), on(day, zone=zone))
    assert times.as_form_times(*span, zone) == {"day": day, "start": time(0, 15), "end": time(23, 45), "until": None}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ((None, NINE, TEN), "day"),
        ((date(2026, 3, 2), None, TEN), "start"),
        ((date(2026, 3, 2), NINE, None), "end"),
        ((date(2026, 3, 2), TEN, NINE), "end"),
        ((date(2026, 3, 2), NINE, NINE), "end"),
        ((date(2026, 3, 4), NINE, TEN), "day"),
        ((date(2026, 3, 1), NINE, TEN), "day"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    given: tuple[date | None, time | None, time | None], field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        times.span(*given, make.workshop())
    assert refusal.value.field == field


def test_the_refusal_of_a_day_names_the_days_of_the_workshop() -> None:
    with pytest.raises(RuleBroken, match="4 March 2026 is outside the dates of the workshop: 2–3 March 2026"):
        times.span(date(2026, 3, 4), NINE, TEN, make.workshop())


def test_times_may_be_left_open() -> None:
    assert times.span(None, None, None, make.workshop()) == (None, None)
    assert times.as_form_times(None, None, "Europe/Zurich") == {"day": None, "start": None, "end": None, "until": None}


def test_sessions_are_grouped_by_day_of_the_place_and_open_ones_come_last() -> None:
    workshop = make.workshop(zone="Asia/Tokyo")
    late = make.session(workshop=workshop, number=1, starts_at=datetime(2026, 3, 2, 16, 0, tzinfo=UTC))
    early = make.session(workshop=workshop, number=2, starts_at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    open_one = make.session(workshop=workshop, number=0)
    assert times.by_day([open_one, late, early], "Asia/Tokyo") == [
        (date(2026, 3, 2), [early]),
        (date(2026, 3, 3), [late]),
        (None, [open_one]),
    ]


def test_a_reception_may_end_after_midnight() -> None:
    day, next_day = date(2026, 3, 2), date(2026, 3, 3)
    span = times.span(day, time(22, 30), time(0, 30), on(day), next_day)
    assert span == (datetime(2026, 3, 2, 21, 30, tzinfo=UTC), datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    assert times.as_form_times(*span, "Europe/Zurich")["until"] == next_day
    with pytest.raises(RuleBroken, match="later day"):
        times.span(day, time(22, 30), time(0, 30), on(day))
    with pytest.raises(RuleBroken, match="night after"):
        times.span(day, time(22, 30), time(0, 30), on(day), date(2026, 3, 5))
