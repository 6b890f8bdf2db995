"""People choose their group themselves, as long as there are seats; who finds none waits in order.

No database, no request, no clock.
"""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.programme.groups.models import Group

from .models import ChoiceKind, SeatChoice, SeatedPerson
from .rules import seats_of


def free_seats(group: Group, people: Sequence[SeatedPerson], groups: Sequence[Group]) -> int:
    taken = sum(each.group is group for each in people)
    return max(seats_of(group, len(people), len(groups)) - taken, 0)


def choose_group(
    person: SeatedPerson,
    group: Group,
    choice: SeatChoice | None,
    people: Sequence[SeatedPerson],
    groups: Sequence[Group],
    *,
    at: datetime,
) -> bool:
    """Whether there is a seat; else the person waits for one and keeps the seat held so far. Raises RuleBroken."""
    refuse_closed(choice, ChoiceKind.SEATS)
    if person.is_locked:
        raise RuleBroken(_("The organisers have decided on your seat. Ask them if you need another one."))
    if person.languages and group.languages and not set(person.languages) & set(group.languages):
        raise RuleBroken(_("This group speaks none of your languages."))
    if person.group is group:
        person.waits_for = person.waits_since = None
        return True
    if not free_seats(group, people, groups) or queue(group, people):
        person.waits_since = person.waits_since if person.waits_for is group else at
        person.waits_for = group
        return False
    take_seat(person, group, people, groups)
    return True


def take_seat(person: SeatedPerson, group: Group, people: Sequence[SeatedPerson], groups: Sequence[Group]) -> None:
    """The seat left behind goes to whoever has waited for it longest."""
    left, person.group = person.group, group
    person.waits_for = person.waits_since = None
    if left is not None:
        let_in(left, people, groups)


def let_in(group: Group, people: Sequence[SeatedPerson], groups: Sequence[Group]) -> list[SeatedPerson]:
    """Seats that have become free go to those who wait, in order."""
    seated = []
    while free_seats(group, people, groups) and (waiting := queue(group, people)):
        take_seat(waiting[0], group, people, groups)
        seated.append(waiting[0])
    return seated


def queue(group: Group, people: Sequence[SeatedPerson]) -> list[SeatedPerson]:
    """Who waits for a seat in this group, the longest first."""
    waiting = [(each.waits_since, each.id, each) for each in people if each.waits_for is group and each.waits_since]
    return [each for _since, _id, each in sorted(waiting, key=lambda entry: entry[:2])]


def rank_groups(person: SeatedPerson, numbers: Sequence[int | None], choice: SeatChoice | None) -> None:
    """Wishes, the most wished first; the allocation respects them as far as it can. Raises RuleBroken."""
    refuse_closed(choice, ChoiceKind.WISHES)
    wished = [number for number in numbers if number]
    if len(set(wished)) < len(wished):
        raise RuleBroken(_("Choose each group once."))
    person.wishes = wished


def refuse_closed(choice: SeatChoice | None, kind: ChoiceKind) -> None:
    if choice is None or not choice.is_open or choice.kind is not kind:
        raise RuleBroken(_("Groups cannot be chosen now."))
