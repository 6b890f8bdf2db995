"""Two bodies of one State, or two delegations, that name the same person or more people than there are seats for.

Nothing is merged: the secretariat is told, and asks. No database, no request, no clock.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.platform.search_normalise import fold

from .models import Participant
from .rules import GONE, is_support


@dataclass(frozen=True)
class Overlap:
    """What was seen, and the participants it is about."""

    what: str
    participants: Sequence[Participant]


def overlaps(everybody: Iterable[Participant], *, seats_of_a_state: int | None, counts_support: bool) -> list[Overlap]:
    """Everything of that kind among those who have not left."""
    here = [each for each in everybody if each.standing not in GONE]
    named = [each for each in here if each.is_named]
    found: dict[tuple[int, ...], Overlap] = {}
    keys: tuple[Callable[[Participant], Hashable], ...] = (
        lambda who: fold(who.email) or None,
        lambda who: (who.country, *sorted(fold(f"{who.given_name} {who.family_name}").split())),
    )
    for key in keys:
        for same in _together(named, key):
            if len({each.delegation_id for each in same}) > 1 or any(each.delegation_id is None for each in same):
                what = _("%(name)s is named more than once.", name=same[0].plain_name)
                found.setdefault(tuple(sorted(each.id for each in same)), Overlap(what, same))
    return [*found.values(), *_beyond_quota(here, seats_of_a_state, counts_support)]


def _beyond_quota(here: Sequence[Participant], seats: int | None, counts_support: bool) -> Iterable[Overlap]:
    """States whose bodies together name more people than one delegation has seats."""
    if seats is None:
        return
    counted = [each for each in here if each.delegation is not None and each.delegation.is_state]
    counted = [each for each in counted if counts_support or not is_support(each.part)]
    for members in _together(counted, lambda who: who.country):
        if len({each.delegation_id for each in members}) > 1 and len(members) > seats:
            what = ngettext(
                "The bodies of one State name %(named)s people together, for %(num)s seat.",
                "The bodies of one State name %(named)s people together, for %(num)s seats.",
                seats,
                named=len(members),
            )
            yield Overlap(what, members)


def _together(people: Iterable[Participant], key: Callable[[Participant], Hashable]) -> list[list[Participant]]:
    groups: dict[Hashable, list[Participant]] = defaultdict(list)
    for each in people:
        if (said := key(each)) is not None:
            groups[said].append(each)
    return [group for group in groups.values() if len(group) > 1]
