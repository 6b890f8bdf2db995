"""Quotas and the waiting list, held to their rules whatever happens in whatever order."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop.participation.delegations import rules
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.seats import Limits, Quota, Seating, approve, fill, in_line
from workshop.participation.delegations.statuses import DelegationPart, ParticipantStatus, Source
from workshop.secretariat.register.models import Category

START = datetime(2090, 1, 1, tzinfo=UTC)
APPROVED, WAITING = ParticipantStatus.APPROVED, ParticipantStatus.WAITING


def person(number: int, **but: Any) -> Participant:
    made = Participant(**{"workshop": None, "category": Category.NGO, "family_name": f"Sample {number}"} | but)
    made.id = number
    return made


@dataclass
class Meeting:
    """Everybody, and the seats; every act leaves it settled."""

    limits: Limits
    people: list[Participant] = field(default_factory=list)
    clock: datetime = START
    numbers: dict[int, int] = field(default_factory=dict)

    def tick(self) -> datetime:
        self.clock += timedelta(minutes=1)
        return self.clock

    @property
    def seated(self) -> list[Participant]:
        return [each for each in self.people if each.standing is APPROVED]

    def next_number(self) -> int:
        return max((each.number or 0 for each in self.people), default=0) + 1

    def ask(self, who: Participant) -> None:
        self.people.append(who)
        approve(who, Seating(self.limits, self.seated), number=self.next_number(), at=self.tick())

    def leave(self, which: int) -> None:
        there = [each for each in self.people if each.standing is not ParticipantStatus.WITHDRAWN]
        if there:
            rules.withdraw(there[which % len(there)], at=self.tick())
            self.settle()

    def settle(self) -> None:
        waiting = [each for each in self.people if each.standing is WAITING]
        fill(waiting, Seating(self.limits, self.seated), number=self.next_number(), at=self.tick())


ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("ask"),
            st.sampled_from([Category.NGO, Category.UN, Category.STATE_MEMBER]),
            st.sampled_from([DelegationPart.HEAD, DelegationPart.ADVISER, DelegationPart.INTERPRETER]),
            st.sampled_from([None, 1, 2]),
            st.sampled_from([Source.NOMINATION, Source.NOMINATION, Source.OPEN]),
        ),
        st.tuples(st.just("leave"), st.integers(0, 30)),
    ),
    max_size=25,
)
LIMITS = st.builds(
    Limits,
    workshop=st.one_of(st.none(), st.integers(0, 8)),
    categories=st.dictionaries(st.sampled_from([Category.NGO, Category.UN]), st.integers(0, 4), max_size=2),
    delegations=st.dictionaries(st.sampled_from([1, 2]), st.integers(0, 3), max_size=2),
    every_delegation=st.one_of(st.none(), st.integers(0, 3)),
    counts_support=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(LIMITS, ACTS)
def test_no_quota_is_ever_exceeded_and_no_seat_stays_empty_while_somebody_waits_for_it(
    limits: Limits, acts: list[Any]
) -> None:
    meeting = Meeting(limits)
    for number, act in enumerate(acts, 1):
        if act[0] == "ask":
            _verb, category, part, delegation, source = act
            who = person(number, category=category, part=part, source=source)
            who.delegation_id = delegation
            meeting.ask(who)
        else:
            meeting.leave(act[1])
        check(meeting)


def check(meeting: Meeting) -> None:
    limits, counted = meeting.limits, [each for each in meeting.seated if meeting.limits.counts(each)]
    assert limits.workshop is None or len(counted) <= limits.workshop
    for category, seats in limits.categories.items():
        assert sum(each.category is category for each in counted) <= seats
    for delegation, taken in Counter(each.delegation_id for each in counted).items():
        quota = limits.of_delegation(delegation) if delegation is not None else None
        assert quota is None or taken <= quota
    numbers = [each.number for each in meeting.people if each.number]
    assert len(numbers) == len(set(numbers))
    for each in meeting.people:  # a number once given stays
        if each.number:
            assert meeting.numbers.setdefault(each.id, each.number) == each.number
        assert (each.standing is WAITING) == bool(each.lacking) == (each.queued_at is not None)
        assert each.standing is not APPROVED or each.number
    seating = Seating(limits, meeting.seated)
    assert [each for each in meeting.people if each.standing is WAITING and not seating.lacking(each)] == []


def test_who_has_waited_longest_comes_first_but_not_for_a_seat_of_others() -> None:
    """The first in line waits for a seat of her own category; the second gets the one that is free."""
    limits = Limits(workshop=2, categories={Category.UN: 1})
    meeting = Meeting(limits)
    un, ngo, second_un, second_ngo = (
        person(number, category=category)
        for number, category in enumerate((Category.UN, Category.NGO, Category.UN, Category.NGO), 1)
    )
    for who in (un, ngo, second_un, second_ngo):
        meeting.ask(who)
    assert second_un.lacking == [Quota.WORKSHOP.value, Quota.CATEGORY.value]
    rules.withdraw(ngo, at=meeting.tick())
    meeting.settle()
    assert (second_un.standing, second_ngo.standing) == (WAITING, APPROVED)
    assert second_un.lacking == [Quota.WORKSHOP.value, Quota.CATEGORY.value]
    assert in_line([second_un]) == [second_un]


def test_those_on_the_programme_are_never_kept_out() -> None:
    meeting = Meeting(Limits(workshop=1))
    meeting.ask(person(1))
    speaker = person(2, source=Source.PROGRAMME)
    meeting.ask(speaker)
    assert speaker.standing is APPROVED
