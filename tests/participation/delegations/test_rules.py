"""Inviting and nominating, without a database."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests import factories as make
from workshop.participation.delegations import rules
from workshop.participation.delegations.models import Delegation, Participant, ParticipationPlan
from workshop.participation.delegations.overlaps import overlaps
from workshop.participation.delegations.rules import Nominee
from workshop.participation.delegations.statuses import (
    DelegationPart,
    DelegationStatus,
    ParticipantStatus,
    RegistrationMode,
)
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.register.models import Category

AT = datetime(2026, 1, 10, 12, tzinfo=UTC)
TODAY = date(2026, 1, 10)


def delegation(**but: Any) -> Delegation:
    values: dict[str, Any] = {"workshop": make.workshop(), "category": Category.STATE_MEMBER, "country": "TUN"}
    return Delegation(**(values | {"email": "mission@example.org"} | but))


def named(
    one: Delegation, family_name: str = "Sample", members: tuple[Participant, ...] = (), **but: Any
) -> Participant:
    nominee = Nominee(family_name=family_name, given_name="Ada" if family_name else "", **but)
    who = rules.nominate(one, nominee, members, nominate_by=None, at=AT, today=TODAY)
    who.id = len(members) + 1
    return who


def test_nobody_is_invited_without_an_address_or_after_the_workshop() -> None:
    with pytest.raises(RuleBroken, match="email address of Tunisia"):
        rules.invite(delegation(email=""), at=AT, today=TODAY)
    with pytest.raises(RuleBroken, match="over"):
        rules.invite(delegation(), at=AT, today=date(2026, 3, 4))


def test_a_delegation_goes_from_invited_to_nominated() -> None:
    one = delegation()
    rules.invite(one, at=AT, today=TODAY)
    assert (one.standing, rules.awaits_answer(one)) == (DelegationStatus.INVITED, True)
    rules.acknowledge(one, at=AT)
    assert (one.standing, rules.awaits_answer(one)) == (DelegationStatus.ACKNOWLEDGED, True)
    named(one)
    assert (one.standing, rules.awaits_answer(one)) == (DelegationStatus.NOMINATED, False)


def test_declining_withdraws_whoever_was_named_and_may_be_asked_once_more() -> None:
    one = delegation()
    who = named(one)
    rules.decline(one, "No budget", [who], at=AT, today=TODAY)
    assert (one.standing, one.reason, who.standing) == (
        DelegationStatus.DECLINED,
        "No budget",
        ParticipantStatus.WITHDRAWN,
    )
    rules.invite(one, at=AT, today=TODAY)
    assert (one.standing, one.reason) == (DelegationStatus.INVITED, "")


def test_a_nomination_after_the_day_named_is_marked_and_taken() -> None:
    one = delegation()
    late = rules.nominate(one, Nominee(family_name="A"), [], nominate_by=date(2026, 1, 9), at=AT, today=TODAY)
    on_time = rules.nominate(one, Nominee(family_name="B"), [], nominate_by=TODAY, at=AT, today=TODAY)
    assert (late.is_late, on_time.is_late) == (True, False)


def test_a_seat_can_be_kept_without_a_name_and_named_later() -> None:
    one = delegation()
    seat = named(one, "")
    assert (seat.is_named, seat.plain_name) == (False, "")
    rules.edit(seat, Nominee(family_name="Sample"), [seat])
    assert seat.is_named
    with pytest.raises(RuleBroken, match="withdraw"):
        rules.edit(seat, Nominee(), [seat])


def test_the_same_person_stands_once_in_a_delegation() -> None:
    one = delegation()
    first = named(one, email="ada@example.org")
    with pytest.raises(RuleBroken, match="already"):
        named(one, "SAMPLE", (first,))
    with pytest.raises(RuleBroken, match="another member"):
        named(one, "Other", (first,), email="ADA@example.org")


def test_a_substitution_keeps_seat_number_and_state_and_nothing_personal() -> None:
    one = delegation()
    who = named(one, email="ada@example.org")
    who.number, who.standing, who.sex, who.granted = 7, ParticipantStatus.APPROVED, "f", ["photo"]
    who.honorifics, who.hidden = Words(fr="S.E."), True
    who.issue_link("secret")
    former = rules.substitute(who, Nominee(family_name="New"), [who], reason="illness", by=None, at=AT)
    assert (former.name, former.reason) == ("Ada Sample", "illness")
    assert (who.family_name, who.email, who.number, who.standing) == ("New", "", 7, ParticipantStatus.APPROVED)
    assert (who.sex, who.granted, who.honorifics, who.hidden, who.token_hash) == ("", [], {}, False, None)
    with pytest.raises(RuleBroken, match="same person"):
        rules.substitute(who, Nominee(family_name="New"), [who], reason="", by=None, at=AT)


def test_the_order_within_a_delegation_is_its_own() -> None:
    one = delegation()
    first = named(one, "A")
    second = named(one, "B", (first,))
    third = named(one, "C", (first, second))
    rules.move(third, [first, second, third], up=True)
    rules.move(first, [first, second, third], up=True)
    assert [first.position, second.position, third.position] == [1, 3, 2]


def test_what_a_secretariat_would_ask() -> None:
    one = delegation()
    members = [named(one, "A", part=DelegationPart.ALTERNATE), named(one, "", part=DelegationPart.INTERPRETER)]
    said = rules.remarks(members, 1, counts_support=True)
    assert [each for each in said if "head" in each] != []
    assert "2 members are named for 1 seat." in said
    assert "1 seat to be confirmed" in said
    assert "2 members are named for 1 seat." not in rules.remarks(members, 1, counts_support=False)


def test_a_focal_point_may_no_longer_change_what_is_closed() -> None:
    one, plan = delegation(), ParticipationPlan(workshop=make.workshop())
    rules.refuse_closed(one, plan, today=TODAY)
    plan.edits_until = date(2026, 1, 9)
    with pytest.raises(RuleBroken, match="no longer"):
        rules.refuse_closed(one, plan, today=TODAY)
    plan.mode = RegistrationMode.CLOSED
    with pytest.raises(RuleBroken, match="closed"):
        rules.refuse_closed(one, plan, today=TODAY)


def test_two_bodies_that_name_the_same_person_or_too_many_are_seen_and_not_merged() -> None:
    ministry, mission, elsewhere = delegation(body="Ministry"), delegation(), delegation(country="FRA")
    people = []
    for number, (one, name, email) in enumerate(
        [(ministry, "Sample", ""), (mission, "SAMPLE", ""), (mission, "Else", "x@example.org"), (elsewhere, "No", "")],
        1,
    ):
        who = rules.nominate(
            one, Nominee(given_name="Zoë", family_name=name, email=email), [], nominate_by=None, at=AT, today=TODAY
        )
        who.id, who.delegation_id = number, {id(ministry): 1, id(mission): 2, id(elsewhere): 3}[id(one)]
        people.append(who)
    found = overlaps(people, seats_of_a_state=2, counts_support=True)
    assert [each.what for each in found] == [
        "Zoë Sample is named more than once.",
        "The bodies of one State name 3 people together, for 2 seats.",
    ]
    assert overlaps(people[2:], seats_of_a_state=2, counts_support=True) == []
