"""Who goes on the list, and how everybody on it is seated. No database, no request, no clock."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.rendering import comma
from workshop.programme.groups.models import Group
from workshop.secretariat.register.models import Category

from .models import Grouping, SeatedPerson, Sex
from .seat_explanation import Clash, Conflict, conflicts
from .seat_search import seat_all
from .seating import Delegations, Sitter, Table, Wanted

COLUMNS = ("name", "delegation", "category", "region", "languages", "sex", "seniority", "wishes", "email")
MOST_PEOPLE = 1000
SEPARATORS = ("\t", ";", ",")


@dataclass(frozen=True)
class ReadLine:
    """One line of the list as it was typed: what it says, or what is wrong with it."""

    number: int
    text: str
    values: dict[str, Any]
    fault: str = ""


def read_lines(text: str) -> list[ReadLine]:
    """One person a line, the parts separated by tabs, semicolons or commas, in the order of COLUMNS."""
    lines = [line.strip("\r") for line in text.split("\n")]
    sign = next((each for each in SEPARATORS if any(each in line for line in lines)), ";")
    return [read_line(place, line, sign) for place, line in enumerate(lines, 1) if line.strip()]


def read_line(place: int, line: str, sign: str) -> ReadLine:
    cells = [cell.strip() for cell in line.split(sign)]
    typed = dict(zip(COLUMNS, [*cells, *[""] * len(COLUMNS)], strict=False))
    faults = []
    if not typed["name"]:
        faults.append(_("no name"))
    category = one_of(Category, typed["category"])
    if typed["category"] and category is None:
        faults.append(_("unknown category “%(text)s”", text=typed["category"]))
    sex = one_of(Sex, typed["sex"])
    if typed["sex"] and sex is None:
        faults.append(_("unknown answer “%(text)s” for sex", text=typed["sex"]))
    wishes = [int(each) for each in typed["wishes"].split() if each.isdecimal()]
    values: dict[str, Any] = typed | {
        "category": category,
        "sex": sex,
        "languages": typed["languages"].lower().split(),
        "wishes": list(dict.fromkeys(wishes)),
    }
    return ReadLine(place, line, values, "; ".join(faults))


def one_of(kind: type[Category] | type[Sex], text: str) -> Category | Sex | None:
    """A member by its value or by its label in the language of the page."""
    wanted = text.casefold()
    return next((each for each in kind if wanted in (each.value, str(each.label).casefold())), None)


def key_of_person(name: object, delegation: object) -> tuple[str, str]:
    return str(name).casefold(), str(delegation).casefold()


def seats_of(group: Group, people: int, groups: int) -> int:
    """Its own seats, else an equal share and a little more, so that balance decides."""
    return group.seats or -(-people // max(groups, 1)) + 2


def wanted(
    people: Sequence[SeatedPerson],
    groups: Sequence[Group],
    grouping: Grouping,
    *,
    most_moves: int | None = None,
    met: Iterable[Sequence[tuple[str, str]]] = (),
) -> Wanted:
    """All that the search knows. `met` are those who sat together in other sessions, by their keys."""
    tables = [
        Table(each.number, seats_of(each, len(people), len(groups)), frozenset(each.languages)) for each in groups
    ]
    return Wanted(
        sitters=[sitter(each) for each in people],
        tables=tables,
        delegations=Delegations(grouping.value),
        before={each.id: each.group.number for each in people if each.group} if most_moves is not None else {},
        most_moves=most_moves,
        met=pairs_met(people, met),
    )


def sitter(person: SeatedPerson) -> Sitter:
    traits = {
        "category": person.category.value if person.category else "",
        "region": person.region,
        "sex": person.sex.value if person.sex else "",
        "seniority": person.seniority,
        "language": person.languages[0] if person.languages else "",
    }
    return Sitter(
        id=person.id,
        name=person.name,
        delegation=person.delegation.casefold(),
        languages=frozenset(person.languages),
        traits={name: value for name, value in traits.items() if value},
        wishes=tuple(person.wishes),
        together=person.sits_with.casefold(),
        apart=person.sits_apart.casefold(),
        fixed=person.group.number if person.is_locked and person.group else None,
    )


def pairs_met(people: Sequence[SeatedPerson], met: Iterable[Sequence[tuple[str, str]]]) -> dict[frozenset[int], int]:
    ids = {key_of_person(each.name, each.delegation): each.id for each in people}
    counted: Counter[frozenset[int]] = Counter()
    for sitting in met:
        known = sorted({ids[key] for key in sitting if key in ids})
        counted.update(frozenset(pair) for pair in combinations(known, 2))
    return dict(counted)


def allocate(people: Sequence[SeatedPerson], groups: Sequence[Group], plan: Wanted, *, seed: int) -> int:
    """Seat everybody, and say how many sit elsewhere than before. Raises RuleBroken that names what clashes."""
    if not groups:
        raise RuleBroken(_("This session has no groups yet. Form them first."))
    if not people:
        raise RuleBroken(_("No one is on the list yet. Add people first."))
    seating = seat_all(plan, seed=seed)
    if seating is None:
        reasons = " ".join(sentence(each) for each in conflicts(plan))
        raise RuleBroken(_("No seating meets every rule. Nothing was changed.") + " " + reasons)
    by_number, moved = {group.number: group for group in groups}, 0
    for person in people:
        chosen = by_number[seating[person.id]]
        moved += person.group is not None and person.group is not chosen
        person.group = chosen
    return moved


def sentence(conflict: Conflict) -> str:
    """What clashes, for people to read."""
    about = comma().join(conflict.about)
    if conflict.clash is Clash.SEATS:
        people, seats = conflict.about
        return _("There are %(people)s people and %(seats)s seats.", people=people, seats=seats)
    if conflict.clash in (Clash.APART, Clash.DELEGATION):
        word, people, groups = conflict.about
        return _(
            "“%(word)s” has %(people)s people who must be in different groups, and there are %(groups)s groups.",
            word=word,
            people=people,
            groups=groups,
        )
    texts = {
        Clash.LANGUAGE: lambda: _("No group speaks a language of %(names)s.", names=about),
        Clash.FIXED: lambda: _("Locked seats do not fit: %(names)s.", names=about),
        Clash.TOGETHER: lambda: _("These people must be together and cannot be: %(names)s.", names=about),
    }
    if conflict.clash in texts:
        return texts[conflict.clash]()
    names = comma().join(str(RULE_NAMES[Clash(each)]()) for each in conflict.about)
    return _("Several rules clash. It would work without one of these: %(rules)s.", rules=names or "–")


RULE_NAMES = {
    Clash.MOVES: lambda: _("the limit of moves"),
    Clash.DELEGATION: lambda: _("the rule for delegations"),
    Clash.TOGETHER: lambda: _("who sits together"),
    Clash.APART: lambda: _("who sits apart"),
    Clash.LANGUAGE: lambda: _("languages"),
    Clash.FIXED: lambda: _("locked seats"),
}


def seat_by_hand(person: SeatedPerson, group: Group | None, *, locked: bool) -> None:
    """A person's decision; without a group there is nothing to lock."""
    person.group, person.is_locked = group, locked and group is not None
