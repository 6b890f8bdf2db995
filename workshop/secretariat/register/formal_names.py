"""Formal names of States, and how a sentence takes them: "of the Republic of Tunisia", "de la République tunisienne".

formal_names.csv holds them with the article they take, for the 193 Member States and the two observer States. Where a
language has none here, the short name serves, without an article. No database, no request, no clock.
"""

import csv
import re
from functools import cache
from pathlib import Path

from .countries import name_of

SOURCE = Path(__file__).with_suffix(".csv")
VOWEL = re.compile(r"[aeiouyâàéèêëîïôûhAEIOUYÂÀÉÈÊËÎÏÔÛH]")
# What the preposition "de" and an article become together; any other article stays beside it.
JOINED = {"fr": {"le": "du", "les": "des"}, "es": {"el": "del"}}


@cache
def formal_names() -> dict[str, dict[str, str]]:
    """By alpha-3 code and language, each with its article."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return {row.pop("alpha3"): dict(row) for row in csv.DictReader(file)}


def formal_name(code: str, language: str) -> str:
    """ "la République tunisienne"; the short name where no formal one is known."""
    return formal_names().get(code, {}).get(language) or name_of(code, language)


def genitive(code: str, language: str) -> str:
    """ "de la République tunisienne", "del Reino de España", "of the Swiss Confederation"."""
    return of(formal_name(code, language), language)


def of(noun: str, language: str) -> str:
    """A noun, with its article if it takes one, after the preposition of possession of its language."""
    if language == "en":
        return f"of {noun}"
    if language not in JOINED:
        return noun
    article, _space, rest = noun.partition(" ")
    if joined := JOINED[language].get(article):
        return f"{joined} {rest}"
    if language == "fr" and not noun.startswith(("la ", "l'", "l’")) and VOWEL.match(noun):
        return f"d'{noun}"
    return f"de {noun}"
