"""Seats taken by people themselves: limits hold, the queue moves in order, nobody is lost."""

from datetime import timedelta

import pytest
from flask import Flask

from tests import factories as make
from workshop.deliberation.allocation import seat_choice
from workshop.deliberation.allocation.models import ChoiceKind, SeatChoice, SeatedPerson
from workshop.platform.errors import RuleBroken
from workshop.programme.groups.models import Group


@pytest.fixture
def groups(app: Flask) -> list[Group]:
    session = make.session()
    return [make.group(number=number, session=session, seats=1) for number in (1, 2)]


def crowd(*names: str) -> list[SeatedPerson]:
    people = [SeatedPerson(name=name) for name in names]
    for id, each in enumerate(people, 1):
        each.id = id
    return people


OPEN = SeatChoice(kind=ChoiceKind.SEATS, is_open=True)


def take(person: SeatedPerson, group: Group, people: list[SeatedPerson], groups: list[Group], minute: int = 0) -> bool:
    at = make.NOON + timedelta(minutes=minute)
    return seat_choice.choose_group(person, group, OPEN, people, groups, at=at)


def test_who_finds_no_seat_waits_and_gets_the_one_that_becomes_free(groups: list[Group]) -> None:
    first, second, third = people = crowd("Ada", "Ben", "Cleo")
    assert take(first, groups[0], people, groups)
    assert not take(second, groups[0], people, groups, 1)
    assert not take(third, groups[0], people, groups, 2)
    assert not take(second, groups[0], people, groups, 3), "asking again does not lose the place"
    assert [each.name for each in seat_choice.queue(groups[0], people)] == ["Ben", "Cleo"]
    assert take(first, groups[1], people, groups, 4)
    assert (second.group, second.waits_for) == (groups[0], None)
    assert [each.name for each in seat_choice.queue(groups[0], people)] == ["Cleo"]


def test_who_waits_keeps_the_seat_held_so_far(groups: list[Group]) -> None:
    first, second = people = crowd("Ada", "Ben")
    take(first, groups[0], people, groups)
    take(second, groups[1], people, groups)
    assert not take(second, groups[0], people, groups)
    assert second.group is groups[1]
    assert take(second, groups[1], people, groups), "content with the seat after all"
    assert second.waits_for is None


def test_what_the_organisers_decided_stays(groups: list[Group]) -> None:
    (person,) = people = crowd("Ada")
    person.group, person.is_locked = groups[0], True
    with pytest.raises(RuleBroken, match="organisers have decided"):
        take(person, groups[1], people, groups)
    person.is_locked, person.languages, groups[1].languages = False, ["es"], ["fr"]
    with pytest.raises(RuleBroken, match="languages"):
        take(person, groups[1], people, groups)


def test_nothing_is_chosen_while_it_is_closed_or_by_the_other_way(groups: list[Group]) -> None:
    (person,) = people = crowd("Ada")
    for choice in (None, SeatChoice(kind=ChoiceKind.SEATS), SeatChoice(kind=ChoiceKind.WISHES, is_open=True)):
        with pytest.raises(RuleBroken):
            seat_choice.choose_group(person, groups[0], choice, people, groups, at=make.NOON)
    with pytest.raises(RuleBroken):
        seat_choice.rank_groups(person, [1], OPEN)


def test_each_group_is_wished_once(groups: list[Group]) -> None:
    (person,) = crowd("Ada")
    wishes = SeatChoice(kind=ChoiceKind.WISHES, is_open=True)
    seat_choice.rank_groups(person, [2, None, 1], wishes)
    assert person.wishes == [2, 1]
    with pytest.raises(RuleBroken, match="once"):
        seat_choice.rank_groups(person, [2, 2, None], wishes)
