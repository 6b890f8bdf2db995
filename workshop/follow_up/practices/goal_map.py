"""How goals map: a tag of 2005 is found under the goals of today. No database, no request, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from workshop.secretariat.settings.goals import FAMILIES, family_of

Numbers = dict[str, list[int]]


@dataclass(frozen=True)
class Mapped:
    """One goal, and those of the other families that speak of the same thing, family by family."""

    code: str
    others: dict[str, list[str]] = field(default_factory=dict)


@cache
def _links() -> dict[str, dict[str, set[str]]]:
    """Of each goal, the goals it maps to, by family; in both directions, as one looks from either side."""
    read: dict[str, dict[int, Numbers]] = yaml.safe_load(
        Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    )
    found: dict[str, dict[str, set[str]]] = {}

    def link(one: str, other: str) -> None:
        found.setdefault(one, {}).setdefault(family_of(other), set()).add(other)

    for family, goals in read.items():
        for number, mapped in goals.items():
            for other_family, numbers in mapped.items():
                for each in numbers:
                    link(f"{family}-{number}", f"{other_family}-{each}")
                    link(f"{other_family}-{each}", f"{family}-{number}")
    return found


def mapped(code: str) -> Mapped:
    """The goal with those it maps to: "mdg-8" to SDG 8, 9, 10, 16, 17 and to objectives 19, 20, 23."""
    links = _links().get(code, {})
    return Mapped(code, {family: in_order(links[family]) for family in FAMILIES if family in links})


def speaking_of(code: str) -> list[str]:
    """The tags under which something about this goal may have been filed: the goal itself, and what maps to it."""
    return [code, *(each for others in mapped(code).others.values() for each in others)]


def in_order(codes: Iterable[str]) -> list[str]:
    """By family, then by number."""
    return sorted(codes, key=lambda code: (FAMILIES.index(family_of(code)), int(code.partition("-")[2])))


def short_name(code: str) -> str:
    """As one writes it where the title is known: "SDG 10"."""
    return code.upper().replace("-", " ")
