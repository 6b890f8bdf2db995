"""How names of people are written and ordered in lists. Nothing is corrected, and nothing inferred from a name."""

import re
from collections.abc import Mapping
from typing import Protocol

from .countries import sort_key

# A part of a family name that stays small before the capital it leads to: d'Almeida, al-Hassan, McKenzie.
SMALL_BEGINNING = re.compile(r"([a-z]+['’\-]|Mc|Mac(?=[A-Z]))(?=[^\W\d_])")


class Named(Protocol):
    """Somebody whose name is printed: a person of the register, or of a release as named then. `names` are those with
    the form of address of one language; `plain_name` has none.
    """

    @property
    def family_name(self) -> str: ...
    @property
    def display_name(self) -> str: ...
    @property
    def plain_name(self) -> str: ...
    @property
    def names(self) -> Mapping[str, str]: ...


def capitals(family_name: str) -> str:
    """A family name as lists print it: "van der BERG", "d'ALMEIDA", "WEIẞ".

    What its bearer writes small at the beginning stays small; a name written small altogether has no such beginning.
    """
    words = family_name.split(" ")
    first = next((place for place, word in enumerate(words) if not _is_small(word)), 0)
    return " ".join([*words[:first], *map(_capital, words[first:])])


def _is_small(word: str) -> bool:
    return bool(word) and word == word.lower() and word.isalpha()


def _capital(word: str) -> str:
    beginning = SMALL_BEGINNING.match(word)
    kept = beginning[0] if beginning else ""
    return kept + word[len(kept) :].replace("ß", "ẞ").upper()


def listed(who: Named, language: str) -> str:
    """The whole name with the family name in capitals, wherever it stands in it."""
    name, family = named(who, language), who.family_name
    before, found, after = name.rpartition(family)
    return f"{before}{capitals(family)}{after}" if family and found else name


def named(who: Named, language: str) -> str:
    """The name as the programme prints it, with the form of address supplied for that language."""
    return who.names.get(language, who.display_name)


def order_of(who: Named, language: str) -> tuple[object, ...]:
    """Where somebody stands in a list by family name: beginnings written small do not count, as in "van der Berg"."""
    words = who.family_name.split(" ")
    first = next((place for place, word in enumerate(words) if not _is_small(word)), 0)
    counting = " ".join(words[first:])
    beginning = SMALL_BEGINNING.match(counting)
    if beginning and beginning[0].islower():
        counting = counting[beginning.end() :]
    return sort_key(counting, language), sort_key(who.plain_name, language)
