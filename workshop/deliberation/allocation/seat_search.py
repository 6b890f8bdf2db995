"""Finding a seating: every one of them where there are few, else a good start that is made better step by step.

The same input and the same seed give the same seating. No database, no request, no clock.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from .seating import (
    MOVE,
    PAIR,
    Seating,
    Sitter,
    Table,
    Wanted,
    cost,
    part,
    speaks,
    units,
    wish_cost,
)

FEW = 9  # so many people are seated by trying everything
STARTS = 30
ENOUGH = 300  # so many people are seated before the best of several seatings is taken
STEPS = 60  # tries for each person when a seating is made better

Unit = tuple[Sitter, ...]


class Hall:
    """A seating in the making, with what each further seat would cost kept at hand."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.tables = {table.number: table for table in wanted.tables}
        told = ((name, value) for sitter in wanted.sitters for name, value in sitter.traits.items() if value)
        self.whole = Counter(told)
        self.counted: Counter[tuple[int, str, str]] = Counter()
        self.at: dict[int, list[Sitter]] = {number: [] for number in self.tables}
        self.where: Seating = {}
        self.moved = 0
        self.met: dict[int, dict[int, int]] = {}
        for pair, times in wanted.met.items():
            for id in pair:
                for other in pair - {id}:
                    self.met.setdefault(id, {})[other] = times

    def obstacle(self, unit: Unit, table: Table) -> str:
        """Why these cannot sit there; nothing where they can."""
        if any(each.fixed not in (None, table.number) for each in unit):
            return "fixed"
        if len(self.at[table.number]) + len(unit) > table.seats:
            return "seats"
        if not all(speaks(each, table) for each in unit):
            return "language"
        sitting = self.at[table.number]
        if any(part(each, other, self.wanted.delegations) for each in unit for other in sitting):
            return "apart"
        return ""

    def seat(self, unit: Unit, number: int) -> None:
        for each in unit:
            self.at[number].append(each)
            self.where[each.id] = number
            self.moved += self.wanted.before.get(each.id, number) != number
            self.counted.update((number, name, value) for name, value in each.traits.items() if value)

    def rise(self, unit: Unit) -> None:
        for each in unit:
            number = self.where.pop(each.id)
            self.at[number].remove(each)
            self.moved -= self.wanted.before.get(each.id, number) != number
            self.counted.subtract((number, name, value) for name, value in each.traits.items() if value)

    def price(self, unit: Unit, number: int) -> int:
        """What it adds when these sit there: only what differs between groups."""
        many, total = len(self.tables), 0
        for place, each in enumerate(unit):
            now = len(self.at[number]) + place
            total += many * (2 * now + 1) - 2 * len(self.wanted.sitters)
            for name, value in each.traits.items():
                if value:
                    total += many * (2 * self.counted[number, name, value] + 1) - 2 * self.whole[name, value]
            total += wish_cost(each, number)
            total += MOVE * (self.wanted.before.get(each.id, number) != number)
            if known := self.met.get(each.id):
                total += PAIR * sum(known.get(other.id, 0) for other in self.at[number])
        return total


def seat_all(wanted: Wanted, *, seed: int) -> Seating | None:
    """The best seating found; None where none was."""
    groups = units(wanted)
    if any(len({each.fixed for each in unit if each.fixed is not None}) > 1 for unit in groups):
        return None
    if len(wanted.sitters) <= FEW:
        return best_of_all(wanted, groups)
    return step_by_step(wanted, groups, seed=seed)


def step_by_step(wanted: Wanted, groups: Sequence[Unit], *, seed: int) -> Seating | None:
    """The best of several seatings, each made better as long as that is easy; of a short list more than of a long one."""
    chance = random.Random(seed)  # noqa: S311 fair, not secret
    found: list[Seating] = []
    for _start in range(STARTS):
        if (hall := first_seating(wanted, groups, chance)) is not None:
            improve(hall, groups, chance)
            found.append(dict(hall.where))
        if len(found) * len(wanted.sitters) >= ENOUGH:
            break
    return min(found, key=lambda each: cost(wanted, each), default=None)


def best_of_all(wanted: Wanted, groups: Sequence[Unit]) -> Seating | None:
    """Of every seating that may stand the cheapest; of equals the first."""
    found = every_seating(Hall(wanted), sorted(groups, key=lambda unit: unit[0].id))
    return min(found, key=lambda each: cost(wanted, each), default=None)


def every_seating(hall: Hall, groups: Sequence[Unit]) -> Iterator[Seating]:
    if not groups:
        yield dict(hall.where)
        return
    unit = groups[0]
    for table in hall.wanted.tables:
        if hall.obstacle(unit, table) or has_inner_strife(unit, hall.wanted):
            continue
        hall.seat(unit, table.number)
        if hall.wanted.most_moves is None or hall.moved <= hall.wanted.most_moves:
            yield from every_seating(hall, groups[1:])
        hall.rise(unit)


def has_inner_strife(unit: Unit, wanted: Wanted) -> bool:
    return any(part(one, other, wanted.delegations) for place, one in enumerate(unit) for other in unit[place + 1 :])


def first_seating(wanted: Wanted, groups: Sequence[Unit], chance: random.Random) -> Hall | None:
    """Everybody at the cheapest place that is open; those with the fewest places to choose from first."""
    hall = Hall(wanted)
    waiting = [*groups]
    chance.shuffle(waiting)
    kept = [unit for unit in waiting if all(each.id in wanted.before for each in unit)] if wanted.before else []
    waiting.sort(key=lambda unit: (-len(unit), sum(not hall.obstacle(unit, table) for table in wanted.tables)))
    for unit in [*kept, *(unit for unit in waiting if unit not in kept)]:
        if has_inner_strife(unit, wanted) or not place(hall, unit, groups):
            return None
    if wanted.most_moves is not None and hall.moved > wanted.most_moves:
        return None
    return hall


def place(hall: Hall, unit: Unit, groups: Sequence[Unit]) -> bool:
    """Seat them at the cheapest open place, or make room by moving somebody who can go elsewhere."""
    open_to = [table.number for table in hall.wanted.tables if not hall.obstacle(unit, table)]
    if open_to:
        hall.seat(unit, min(open_to, key=lambda number: (hall.price(unit, number), number)))
        return True
    for table in hall.wanted.tables:
        for other in groups:
            if hall.where.get(other[0].id) != table.number or other[0].fixed is not None:
                continue
            hall.rise(other)
            if not hall.obstacle(unit, table):
                hall.seat(unit, table.number)
                rest = [each.number for each in hall.wanted.tables if not hall.obstacle(other, each)]
                if rest:
                    hall.seat(other, min(rest, key=lambda number: (hall.price(other, number), number)))
                    return True
                hall.rise(unit)
            hall.seat(other, table.number)
    return False


def improve(hall: Hall, groups: Sequence[Unit], chance: random.Random) -> None:
    """Moves and exchanges that make it cheaper, as long as tries are left; never more moves than allowed."""
    free = [unit for unit in groups if all(each.fixed is None for each in unit)]
    if not free:
        return
    numbers = list(hall.tables)
    for _step in range(STEPS * len(free)):
        unit = free[chance.randrange(len(free))]
        if chance.randrange(4) == 0:
            try_move(hall, unit, numbers[chance.randrange(len(numbers))])
        else:
            try_exchange(hall, unit, free[chance.randrange(len(free))])


def allowed(hall: Hall) -> bool:
    return hall.wanted.most_moves is None or hall.moved <= hall.wanted.most_moves


def try_move(hall: Hall, unit: Unit, number: int) -> None:
    here = hall.where[unit[0].id]
    if here == number:
        return
    hall.rise(unit)
    better = not hall.obstacle(unit, hall.tables[number]) and hall.price(unit, number) < hall.price(unit, here)
    hall.seat(unit, number if better else here)
    if not allowed(hall):
        hall.rise(unit)
        hall.seat(unit, here)


def try_exchange(hall: Hall, unit: Unit, other: Unit) -> None:
    here, there = hall.where[unit[0].id], hall.where[other[0].id]
    if here == there:
        return
    hall.rise(unit)
    hall.rise(other)
    before = hall.price(unit, here) + hall.price(other, there)
    fits = not hall.obstacle(unit, hall.tables[there]) and not hall.obstacle(other, hall.tables[here])
    better = fits and hall.price(unit, there) + hall.price(other, here) < before
    hall.seat(unit, there if better else here)
    hall.seat(other, here if better else there)
    if not allowed(hall):
        hall.rise(unit)
        hall.rise(other)
        hall.seat(unit, here)
        hall.seat(other, there)
