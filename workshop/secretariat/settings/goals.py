"""Goals that a workshop may name: MDG, SDG and objectives of the Global Compact. A code is "sdg-10"."""

from functools import cache
from pathlib import Path

import yaml

from workshop.platform.db import Words

FAMILIES = ("mdg", "sdg", "gcm")


@cache
def goals() -> dict[str, Words]:
    """Every goal by its code, in the order of the families and of their numbers."""
    read = yaml.safe_load(Path(__file__).with_name("goals.yaml").read_text(encoding="utf-8"))
    return {f"{family}-{number}": Words(title) for family in FAMILIES for number, title in read[family].items()}


def is_goal(code: str) -> bool:
    return code in goals()


def name_of(code: str, language: str) -> str:
    """The goal as one writes it: "SDG 10: Reduced inequalities"."""
    family, _dash, number = code.partition("-")
    title = goals().get(code, Words()).in_(language, "en")[0]
    return f"{family.upper()} {number}: {title}" if title else code


def family_of(code: str) -> str:
    return code.partition("-")[0]
