"""How many were invited, nominated, registered and there: by category, region, group of States and sex.

Every page, file and later package counts by `counts_of`, so that all of them say the same. What is counted by sex is what people volunteered; cells under five are withheld, and with a single one a second.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from workshop.participation.delegations import queries as delegation_queries
from workshop.participation.delegations.models import Delegation, Participant
from workshop.participation.delegations.statuses import DelegationStatus, ParticipantStatus
from workshop.platform.db import Database
from workshop.platform.labels import Labelled
from workshop.secretariat.register.countries import Region, RegionalGroup, group_of, region_of
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Workshop

from . import queries

SMALLEST = 5
INVITED = {
    DelegationStatus.INVITED,
    DelegationStatus.ACKNOWLEDGED,
    DelegationStatus.NOMINATED,
    DelegationStatus.DECLINED,
}


class Sex(Labelled):
    """As volunteered; nobody is asked to, and nothing is inferred from a name."""

    WOMAN = "f", _l("Women")
    MAN = "m", _l("Men")
    OTHER = "x", _l("Another answer")


@dataclass(frozen=True)
class CountRow:
    """One row of the table. `delegations` and `replied` count delegations, the rest people."""

    label: str
    delegations: int = 0
    replied: int = 0
    nominated: int = 0
    approved: int = 0
    waiting: int = 0
    present: int = 0


@dataclass(frozen=True)
class ParticipationCounts:
    """All of it at one moment."""

    by_category: list[CountRow]
    by_region: list[CountRow]
    by_group: list[CountRow]
    total: CountRow
    sexes: list["SexRow"] = field(default_factory=list)
    unstated: int = 0
    unstated_present: int = 0


@dataclass(frozen=True)
class SexRow:
    """People of one sex as they volunteered it; None where the number is withheld."""

    label: str
    approved: int | None
    present: int | None


def counts_of(session: Database, workshop: Workshop) -> ParticipationCounts:
    """The figures of a workshop as they are now, in a few statements whatever the number of people."""
    present = {id for statement in queries.present_ids(workshop.id) for id in session.scalars(statement)}
    asked = session.scalars(delegation_queries.delegations(workshop))
    return count(asked, session.scalars(delegation_queries.participants(workshop.id)), present)


def count(
    delegations: Iterable[Delegation], people: Iterable[Participant], present: Collection[int]
) -> ParticipationCounts:
    """`present` are the ids of those who were checked in."""
    asked, everybody = list(delegations), list(people)
    coming = [each for each in everybody if each.standing is ParticipantStatus.APPROVED]
    there = [each for each in everybody if each.id in present]
    approved, came = (Counter(each.sex for each in those) for those in (coming, there))
    columns = [suppressed([(each.value, sexes[each.value]) for each in Sex]) for sexes in (approved, came)]
    return ParticipationCounts(
        by_category=_rows(asked, everybody, present, lambda each: each.category, list(Category)),
        by_region=_rows(asked, everybody, present, lambda each: region_of(each.country), list(Region)),
        by_group=_rows(asked, everybody, present, lambda each: group_of(each.country), list(RegionalGroup)),
        total=_row(str(_l("Total")), asked, everybody, present),
        sexes=[SexRow(str(each.label), first[1], second[1]) for each, first, second in zip(Sex, *columns, strict=True)],
        unstated=approved[""],
        unstated_present=came[""],
    )


def _rows(
    asked: Sequence[Delegation],
    people: Sequence[Participant],
    present: Collection[int],
    key: Callable[[Delegation | Participant], object],
    kinds: Sequence[Category] | Sequence[Region] | Sequence[RegionalGroup],
) -> list[CountRow]:
    found = []
    for kind in kinds:
        own = [each for each in asked if key(each) is kind]
        members = [each for each in people if key(each) is kind]
        if own or members:
            found.append(_row(str(kind.label), own, members, present))
    return found


def _row(label: str, asked: Sequence[Delegation], people: Sequence[Participant], present: Collection[int]) -> CountRow:
    standings = Counter(each.standing for each in people)
    return CountRow(
        label,
        delegations=sum(each.standing in INVITED for each in asked),
        replied=sum(each.standing in {DelegationStatus.NOMINATED, DelegationStatus.DECLINED} for each in asked),
        nominated=sum(each.standing is not ParticipantStatus.DRAFT for each in people),
        approved=standings[ParticipantStatus.APPROVED],
        waiting=standings[ParticipantStatus.WAITING],
        present=sum(each.id in present for each in people),
    )


def suppressed(cells: Sequence[tuple[str, int]]) -> list[tuple[str, int | None]]:
    """Cells from one to four are withheld; where only one is, the smallest other goes with it, lest it be reckoned."""
    hidden = {label for label, number in cells if 0 < number < SMALLEST}
    if len(hidden) == 1:
        rest = [(number, label) for label, number in cells if label not in hidden and number]
        hidden |= {min(rest)[1]} if rest else set()
    return [(label, None if label in hidden else number) for label, number in cells]
