"""What must hold of a seating, and what it costs: plain data, no database, no request, no clock.

Hard: a seat that is fixed, the seats of a group, a language in common, who sits together, who sits apart, and what is
wished of a delegation. Soft: every group like the whole in each attribute, wishes, few repeated pairs, few moves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

WISH, MOVE, PAIR = 40, 60, 25  # what the first wish, an unneeded move and a repeated pair weigh beside balance
LATER_WISH = 15  # how much less a second wish is worth than a first


class Delegations(StrEnum):
    """What is wished of people of one delegation."""

    FREE = "free"
    SPLIT = "split"
    TOGETHER = "together"


@dataclass(frozen=True)
class Sitter:
    """Somebody to be seated. `traits` are values by attribute, such as {"region": "Africa"}."""

    id: int
    name: str = ""
    delegation: str = ""
    languages: frozenset[str] = frozenset()
    traits: Mapping[str, str] = field(default_factory=dict)
    wishes: tuple[int, ...] = ()  # numbers of groups, the dearest first
    together: str = ""  # who has the same word sits together
    apart: str = ""  # who has the same word never does
    fixed: int | None = None


@dataclass(frozen=True)
class Table:
    """A group as far as seating goes; without `languages` any will do."""

    number: int
    seats: int
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wanted:
    """All that is known before people are seated. `met` counts how often two sat together before."""

    sitters: Sequence[Sitter]
    tables: Sequence[Table]
    delegations: Delegations = Delegations.FREE
    before: Mapping[int, int] = field(default_factory=dict)
    most_moves: int | None = None
    met: Mapping[frozenset[int], int] = field(default_factory=dict)


Seating = dict[int, int]
"""The number of a group by the id of who sits in it."""


def units(wanted: Wanted) -> list[tuple[Sitter, ...]]:
    """People who can only be seated as one, each group of them once; most are alone."""
    leader = {sitter.id: sitter.id for sitter in wanted.sitters}

    def first(id: int) -> int:
        while leader[id] != id:
            id = leader[id]
        return id

    for key in ("together", *(["delegation"] if wanted.delegations is Delegations.TOGETHER else [])):
        seen: dict[str, int] = {}
        for sitter in wanted.sitters:
            if word := getattr(sitter, key):
                leader[first(sitter.id)] = first(seen.setdefault(word, sitter.id))
    found: dict[int, list[Sitter]] = {}
    for sitter in wanted.sitters:
        found.setdefault(first(sitter.id), []).append(sitter)
    return [tuple(each) for each in found.values()]


def speaks(sitter: Sitter, table: Table) -> bool:
    return not (sitter.languages and table.languages) or bool(sitter.languages & table.languages)


def part(one: Sitter, other: Sitter, delegations: Delegations) -> bool:
    """Whether these two must not sit together."""
    if one.apart and one.apart == other.apart:
        return True
    return delegations is Delegations.SPLIT and bool(one.delegation) and one.delegation == other.delegation


def broken(wanted: Wanted, seating: Seating) -> list[str]:
    """The hard rules a seating breaks, by name; none where it may stand."""
    found: list[str] = []
    tables = {table.number: table for table in wanted.tables}
    at: dict[int, list[Sitter]] = {number: [] for number in tables}
    for sitter in wanted.sitters:
        number = seating[sitter.id]
        at[number].append(sitter)
        if sitter.fixed is not None and number != sitter.fixed:
            found.append("fixed")
        if not speaks(sitter, tables[number]):
            found.append("language")
    for number, sitting in at.items():
        if len(sitting) > tables[number].seats:
            found.append("seats")
        if any(part(one, other, wanted.delegations) for one, other in combinations(sitting, 2)):
            found.append("apart")
    if any(len({seating[each.id] for each in unit}) > 1 for unit in units(wanted)):
        found.append("together")
    if wanted.most_moves is not None and moves(wanted, seating) > wanted.most_moves:
        found.append("moves")
    return found


def moves(wanted: Wanted, seating: Seating) -> int:
    """How many of those who sat somewhere sit elsewhere now."""
    return sum(seating.get(id, number) != number for id, number in wanted.before.items())


def attributes(sitters: Iterable[Sitter]) -> list[str]:
    return sorted({name for sitter in sitters for name in sitter.traits})


def cost(wanted: Wanted, seating: Seating) -> int:
    """How far a seating is from the best one can think of: whole numbers, so that equal inputs give equal results.

    Of each value of each attribute a group should have its share; a share missed by two weighs four times as much as by
    one. Everything is scaled by the number of groups, since shares are seldom whole.
    """
    total, many = 0, len(wanted.tables)
    for name in ["", *attributes(wanted.sitters)]:
        told = [(seating[each.id], each.traits.get(name, "") if name else "*") for each in wanted.sitters]
        counted = Counter((number, value) for number, value in told if value)
        whole = Counter(value for _number, value in told if value)
        for value, count in whole.items():
            total += sum((counted[table.number, value] * many - count) ** 2 // many for table in wanted.tables)
    total += sum(wish_cost(sitter, seating[sitter.id]) for sitter in wanted.sitters)
    total += MOVE * moves(wanted, seating)
    return total + sum(PAIR * times for pair, times in wanted.met.items() if len({seating.get(id) for id in pair}) == 1)


def wish_cost(sitter: Sitter, number: int) -> int:
    """Nothing for the first wish, more for each later one, most for none of them."""
    if not sitter.wishes:
        return 0
    if number in sitter.wishes:
        return min(WISH, LATER_WISH * sitter.wishes.index(number))
    return WISH
