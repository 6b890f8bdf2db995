"""In which order the floor is given, how long each speaks, and what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests import factories as make
from workshop.deliberation.floor import rules
from workshop.deliberation.floor.models import Floor, FloorRequest, RequestState
from workshop.platform.errors import RuleBroken
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

ON_RECORD, CHATHAM = MeetingMode.ON_RECORD, MeetingMode.CHATHAM_HOUSE
AT = make.NOON


@pytest.fixture
def floor(app: Flask) -> Floor:
    return Floor(session=make.session(), first=["state_member", "igo"])


def asked(floor: Floor, *categories: Category, mode: MeetingMode = ON_RECORD) -> list[FloorRequest]:
    found: list[FloorRequest] = []
    for number, category in enumerate(categories, 1):
        found.append(
            rules.ask_for_floor(
                floor, found, category=category, name=f"Delegation {number}", for_a_group=False, mode=mode, at=AT
            )
        )
    return found


def called(floor: Floor, requests: list[FloorRequest]) -> list[int]:
    return [each.number for each in rules.in_turn(floor, requests)]


def test_some_categories_are_called_first_and_within_them_whoever_asked_first(floor: Floor) -> None:
    requests = asked(floor, Category.NGO, Category.IGO, Category.STATE_MEMBER, Category.NGO, Category.STATE_MEMBER)
    assert called(floor, requests) == [3, 5, 2, 1, 4]


def test_the_chair_calls_somebody_before_all_others(floor: Floor) -> None:
    requests = asked(floor, Category.STATE_MEMBER, Category.NGO, Category.NGO)
    rules.put_first(requests[2], requests)
    assert called(floor, requests) == [3, 1, 2]
    rules.put_first(requests[1], requests)
    assert called(floor, requests) == [2, 3, 1]


def test_who_gets_the_floor_ends_the_turn_before(floor: Floor) -> None:
    first, second = requests = asked(floor, Category.NGO, Category.UN)
    rules.give_floor(first, requests, ON_RECORD, at=AT)
    rules.give_floor(second, requests, ON_RECORD, at=AT + timedelta(seconds=90))
    assert (first.state, first.seconds(AT + timedelta(hours=1))) == (RequestState.SPOKEN, 90)
    assert rules.speaker(requests) is second
    with pytest.raises(RuleBroken):
        rules.give_floor(first, requests, ON_RECORD, at=AT)


def test_speaking_time_is_counted_by_category(floor: Floor) -> None:
    requests = asked(floor, Category.NGO, Category.STATE_MEMBER, Category.NGO, Category.UN)
    for each, seconds in zip(requests[:3], (60, 120, 20), strict=True):
        rules.give_floor(each, requests, ON_RECORD, at=AT)
        rules.end_turn(each, ON_RECORD, at=AT + timedelta(seconds=seconds))
    found = [(each.category, each.turns, each.seconds, each.share) for each in rules.speaking_time(requests, at=AT)]
    assert found == [(Category.STATE_MEMBER, 1, 120, 60), (Category.NGO, 2, 80, 40)]


def test_a_seat_is_forgotten_once_the_person_has_spoken(floor: Floor) -> None:
    first, second = requests = asked(floor, Category.NGO, Category.NGO, mode=CHATHAM)
    rules.give_floor(first, requests, CHATHAM, at=AT)
    rules.end_turn(first, CHATHAM, at=AT)
    rules.take_off(second, RequestState.WITHDRAWN, CHATHAM)
    assert [each.name for each in requests] == ["", ""]


def test_a_name_typed_on_record_is_not_shown_under_a_stricter_mode(floor: Floor) -> None:
    (request,) = asked(floor, Category.NGO)
    assert rules.name_shown(request, ON_RECORD) == "Delegation 1"
    assert rules.name_shown(request, CHATHAM) == ""


def test_nobody_is_on_the_list_twice_and_a_closed_list_takes_nobody(floor: Floor) -> None:
    requests = asked(floor, Category.NGO)
    again: dict[str, Any] = {"category": Category.NGO, "for_a_group": False, "mode": ON_RECORD, "at": AT}
    with pytest.raises(RuleBroken, match="already"):
        rules.ask_for_floor(floor, requests, name="delegation 1", **again)
    floor.is_closed = True
    with pytest.raises(RuleBroken, match="closed"):
        rules.ask_for_floor(floor, requests, name="Another", **again)


def test_who_speaks_for_a_group_has_more_time(floor: Floor) -> None:
    (request,) = asked(floor, Category.STATE_MEMBER)
    assert request.limit == 180
    request.for_a_group = True
    assert rules.minutes_and_seconds(request.limit) == "5:00"
