"""Why people sit where they sit: how alike the groups are, which wishes were not met and why, and which rules clash.

No database, no request, no clock.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from .seat_search import Hall, has_inner_strife, seat_all
from .seating import Delegations, Seating, Sitter, Wanted, attributes, part, speaks, units


@dataclass(frozen=True)
class Balance:
    """One value of one attribute: how many sit in each group, in the order of the groups, and how many there are."""

    attribute: str
    value: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


class Reason(StrEnum):
    """Why somebody does not sit where she wished most."""

    FIXED = "fixed"
    SEATS = "seats"
    LANGUAGE = "language"
    APART = "apart"
    TOGETHER = "together"
    BALANCE = "balance"


class Clash(StrEnum):
    """What leaves no seating at all."""

    SEATS = "seats"
    FIXED = "fixed"
    LANGUAGE = "language"
    TOGETHER = "together"
    APART = "apart"
    DELEGATION = "delegation"
    MOVES = "moves"
    SEVERAL = "several"


@dataclass(frozen=True)
class Conflict:
    """A rule that cannot be kept, and whom or what it is about."""

    clash: Clash
    about: tuple[str, ...] = ()


def balance(wanted: Wanted, seating: Seating) -> list[Balance]:
    """A row for each value of each attribute."""
    found: list[Balance] = []
    seated = [sitter for sitter in wanted.sitters if sitter.id in seating]
    for name in attributes(wanted.sitters):
        counted = Counter((seating[each.id], each.traits[name]) for each in seated if each.traits.get(name))
        found += [
            Balance(name, value, tuple(counted[table.number, value] for table in wanted.tables))
            for value in sorted({value for _number, value in counted})
        ]
    return found


def unmet_wishes(wanted: Wanted, seating: Seating) -> list[tuple[Sitter, Reason]]:
    """Everybody who sits elsewhere than she wished most, with the reason."""
    hall, found = Hall(wanted), []
    of_unit = {each.id: unit for unit in units(wanted) for each in unit}
    for unit in {id(unit): unit for unit in of_unit.values()}.values():
        for each in unit:
            if each.id in seating:
                hall.seat((each,), seating[each.id])
    for sitter in wanted.sitters:
        first = next(iter(sitter.wishes), None)
        if first is None or first not in hall.tables or seating.get(sitter.id) in (None, first):
            continue
        unit = tuple(each for each in of_unit[sitter.id] if each.id in seating)
        hall.rise(unit)
        obstacle = hall.obstacle((sitter,), hall.tables[first])
        if not obstacle and hall.obstacle(unit, hall.tables[first]):
            obstacle = Reason.TOGETHER
        for each in unit:
            hall.seat((each,), seating[each.id])
        found.append((sitter, Reason(obstacle or Reason.BALANCE)))
    return found


def conflicts(wanted: Wanted) -> list[Conflict]:
    """The rules that leave no seating, each by name; where no single one does, those that together leave none."""
    found = [*of_numbers(wanted), *of_people(wanted), *of_units(wanted)]
    return found or [Conflict(Clash.SEVERAL, tuple(clash.value for clash in dispensable(wanted)))]


def of_numbers(wanted: Wanted) -> Iterator[Conflict]:
    seats = sum(table.seats for table in wanted.tables)
    if seats < len(wanted.sitters):
        yield Conflict(Clash.SEATS, (str(len(wanted.sitters)), str(seats)))
    for word, crowd in crowds(wanted):
        if len(crowd) > len(wanted.tables):
            clash = Clash.APART if crowd[0].apart == word else Clash.DELEGATION
            yield Conflict(clash, (word, str(len(crowd)), str(len(wanted.tables))))


def crowds(wanted: Wanted) -> Iterator[tuple[str, list[Sitter]]]:
    """People of whom no two may sit together, by their word."""
    keys = ["apart", *(["delegation"] if wanted.delegations is Delegations.SPLIT else [])]
    for key in keys:
        for word in sorted({getattr(each, key) for each in wanted.sitters} - {""}):
            yield word, [each for each in wanted.sitters if getattr(each, key) == word]


def of_people(wanted: Wanted) -> Iterator[Conflict]:
    tables = {table.number: table for table in wanted.tables}
    for each in wanted.sitters:
        if not any(speaks(each, table) for table in wanted.tables):
            yield Conflict(Clash.LANGUAGE, (each.name,))
        elif each.fixed is not None and (each.fixed not in tables or not speaks(each, tables[each.fixed])):
            yield Conflict(Clash.FIXED, (each.name,))
    for number, table in tables.items():
        fixed = [each for each in wanted.sitters if each.fixed == number]
        if len(fixed) > table.seats:
            yield Conflict(Clash.FIXED, tuple(each.name for each in fixed))
        for one, other in combinations(fixed, 2):
            if part(one, other, wanted.delegations):
                yield Conflict(Clash.FIXED, (one.name, other.name))


def of_units(wanted: Wanted) -> Iterator[Conflict]:
    largest = max((table.seats for table in wanted.tables), default=0)
    for unit in units(wanted):
        apart = has_inner_strife(unit, wanted)
        if len(unit) > largest or apart or len({each.fixed for each in unit} - {None}) > 1:
            yield Conflict(Clash.TOGETHER, tuple(each.name for each in unit))


def dispensable(wanted: Wanted) -> list[Clash]:
    """The rules each of which, given up alone, would leave a seating."""
    alone = [replace(each, together="") for each in wanted.sitters]
    near = [replace(each, apart="") for each in wanted.sitters]
    fluent = [replace(each, languages=frozenset()) for each in wanted.sitters]
    loose = [replace(each, fixed=None) for each in wanted.sitters]
    without = {
        Clash.MOVES: replace(wanted, most_moves=None),
        Clash.DELEGATION: replace(wanted, delegations=Delegations.FREE),
        Clash.TOGETHER: replace(wanted, sitters=alone),
        Clash.APART: replace(wanted, sitters=near),
        Clash.LANGUAGE: replace(wanted, sitters=fluent),
        Clash.FIXED: replace(wanted, sitters=loose),
    }
    return [clash for clash, easier in without.items() if easier != wanted and seat_all(easier, seed=0) is not None]
