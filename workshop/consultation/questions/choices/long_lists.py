"""Lists of hundreds and thousands: not shown whole but searched, with and without a script. No database, no request, no clock.

What is looked for travels as the part "find" of an entry. It is settled once one of its matches is chosen, or where it
names one choice and no other.
"""

from collections.abc import Iterable

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.search_normalise import fold

from ..question import Kind, Option, Question

FIND = "find"
LONG = 100
SHOWN = 30


def is_long(question: Question) -> bool:
    """Whether the choices of a question are searched."""
    return question.type in {Kind.ONE, Kind.MANY} and len(question.options) > LONG


def matches(options: Iterable[Option], wanted: str) -> list[Option]:
    """The choices in which all the words stand, in any language; those that begin with them, or are them, first."""
    words = fold(wanted).split()
    if not words:
        return []
    found = []
    for place, option in enumerate(options):
        texts = [fold(text) for text in option.label.values()]
        if best := [_rank(text, words) for text in texts if all(word in text for word in words)]:
            found.append((min(best), place, option))
    return [option for _rank_of, _place, option in sorted(found, key=lambda each: each[:2])]


def _rank(text: str, words: list[str]) -> int:
    whole = " ".join(words)
    return 0 if text == whole else 1 if text.startswith(whole) else 2


def settled(question: Question, entry: dict[str, list[str]]) -> dict[str, list[str]]:
    """The entry without what was looked for, where something chosen is what was found."""
    wanted = entry.get(FIND, [""])[0]
    chosen = [option for code in entry.get("", []) if (option := question.option(code))]
    if wanted and matches(chosen, wanted):
        return {part: texts for part, texts in entry.items() if part != FIND}
    return entry


def found_by(question: Question, wanted: str) -> str:
    """The code of the only choice that is meant. Raises RuleBroken where there is none, or more than one."""
    found = matches(question.options, wanted)
    exact = [each for each in found if fold(wanted.strip()) in map(fold, each.label.values())]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].code
    if not found:
        raise RuleBroken(
            _("Nothing in the list matches “%(typed)s”. Try a shorter part of the name.", typed=wanted[:80])
        )
    raise RuleBroken(
        _("%(count)s entries match “%(typed)s”. Choose one of them below.", count=len(found), typed=wanted[:80])
    )


def to_choose_from(options: Iterable[Option], chosen: Iterable[str], wanted: str) -> tuple[tuple[Option, ...], int]:
    """What the page shows: what is chosen, and the first matches; and how many more match."""
    listed, codes = list(options), set(chosen)
    found = [option for option in matches(listed, wanted) if option.code not in codes]
    kept = [option for option in listed if option.code in codes]
    return (*kept, *found[:SHOWN]), max(0, len(found) - SHOWN)
