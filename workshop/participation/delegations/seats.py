"""Who gets a seat and who waits, under the quotas of delegation, category and workshop. No database, no request, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled
from workshop.secretariat.register.models import Category

from .models import Delegation, Participant, ParticipationPlan
from .statuses import SUPPORT, DelegationPart, ParticipantStatus, Source


class Quota(Labelled):
    """Which quota is full."""

    WORKSHOP = "workshop", _l("the workshop is full")
    CATEGORY = "category", _l("the category is full")
    DELEGATION = "delegation", _l("the delegation has all its seats")


class Candidate(Protocol):
    """As much of a participant as seats depend on."""

    @property
    def delegation_id(self) -> int | None: ...
    @property
    def category(self) -> Category: ...
    @property
    def part(self) -> DelegationPart: ...
    @property
    def source(self) -> Source: ...


@dataclass(frozen=True)
class Limits:
    """The quotas in force; None, or nothing said of a category or a delegation, is no limit."""

    workshop: int | None = None
    categories: Mapping[Category, int] = field(default_factory=dict)
    delegations: Mapping[int, int] = field(default_factory=dict)
    every_delegation: int | None = None
    counts_support: bool = True

    def counts(self, who: Candidate) -> bool:
        """Whether this person takes up a seat: interpreters and assistants do or do not, by setting."""
        return self.counts_support or who.part not in SUPPORT

    def of_delegation(self, delegation_id: int) -> int | None:
        return self.delegations.get(delegation_id, self.every_delegation)


def limits_of(plan: ParticipationPlan | None, delegations: Iterable[Delegation]) -> Limits:
    if plan is None:
        return Limits(delegations={each.id: each.seats for each in delegations if each.seats is not None})
    return Limits(
        workshop=plan.seats,
        categories={Category(name): seats for name, seats in plan.category_seats.items()},
        delegations={each.id: each.seats for each in delegations if each.seats is not None},
        every_delegation=plan.delegation_seats,
        counts_support=plan.counts_support,
    )


class Seating:
    """The seats taken so far; seating somebody takes one more."""

    def __init__(self, limits: Limits, seated: Iterable[Candidate] = ()) -> None:
        self.limits = limits
        self.total = 0
        self.by_category: Counter[Category] = Counter()
        self.by_delegation: Counter[int] = Counter()
        for each in seated:
            self.seat(each)

    def seat(self, who: Candidate) -> None:
        if self.limits.counts(who):
            self.total += 1
            self.by_category[who.category] += 1
            if who.delegation_id is not None:
                self.by_delegation[who.delegation_id] += 1

    def lacking(self, who: Candidate) -> list[Quota]:
        """Which quotas are full for this person; none where there is a seat, or where none is taken up. Those on the
        programme are never kept out.
        """
        if not self.limits.counts(who) or who.source is Source.PROGRAMME:
            return []
        found = []
        if is_full(self.limits.workshop, self.total):
            found.append(Quota.WORKSHOP)
        if is_full(self.limits.categories.get(who.category), self.by_category[who.category]):
            found.append(Quota.CATEGORY)
        own = who.delegation_id
        if own is not None and is_full(self.limits.of_delegation(own), self.by_delegation[own]):
            found.append(Quota.DELEGATION)
        return found


def is_full(limit: int | None, taken: int) -> bool:
    return limit is not None and taken >= limit


def approve(who: Participant, seating: Seating, *, number: int, at: datetime) -> bool:
    """Give them a seat, or a place at the end of the waiting list with what is lacking. Whether it is a seat.

    `number` is the next badge number; whoever has had one keeps it.
    """
    lacking = seating.lacking(who)
    who.decided_at, who.reason = at, ""
    if lacking:
        who.queued_at = who.queued_at or at
        who.standing, who.lacking = ParticipantStatus.WAITING, [each.value for each in lacking]
        return False
    seating.seat(who)
    who.standing, who.lacking, who.queued_at = ParticipantStatus.APPROVED, [], None
    who.number = who.number or number
    return True


def in_line(waiting: Iterable[Participant]) -> list[Participant]:
    """The waiting list: who has waited longest stands first."""
    return sorted(waiting, key=lambda who: (who.queued_at is None, who.queued_at, who.id))


def fill(waiting: Sequence[Participant], seating: Seating, *, number: int, at: datetime) -> list[Participant]:
    """Give the seats that are free to those who have waited longest for one. Who still waits learns for what.

    Somebody whose own delegation or category is full is passed over, and keeps the place in line.
    """
    found = []
    for who in in_line(waiting):
        if approve(who, seating, number=number, at=at):
            found.append(who)
            number = max(number, (who.number or 0) + 1)
    for who in waiting:
        if who.standing is ParticipantStatus.WAITING:
            who.lacking = [each.value for each in seating.lacking(who)]
    return found
