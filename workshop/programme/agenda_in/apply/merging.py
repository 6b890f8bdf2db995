"""Three texts of one thing: what the file says, what the workshop says, what the file said last. Nothing typed here
is overwritten unless the person asks for it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.platform.db import Words

Facts = dict[str, object]
"""Plain data by name: a text, a number, a text in several languages, or a list of these."""


class Verdict(enum.Enum):
    SAME = enum.auto()
    TAKEN = enum.auto()
    KEPT = enum.auto()


@dataclass
class MergeResult:
    """The values to write, and what is to be told: (name, before, after) taken or kept."""

    values: Facts
    taken: list[tuple[str, object, object]] = field(default_factory=list)
    kept: list[tuple[str, object, object]] = field(default_factory=list)
    edited: set[str] = field(default_factory=set)  # of those kept, what was changed here since the last import


def merge(theirs: Facts, ours: Facts, last: Facts | None, *, overwrite: bool) -> MergeResult:
    """Field by field. `theirs` has only what the file speaks of; `last` is None where nothing was imported before."""
    merged = MergeResult(dict(ours))
    for name, said in theirs.items():
        here, before = ours.get(name), (last or {}).get(name)
        if is_nothing(said) or is_same(said, here):
            continue
        untouched = before is not None and is_same(before, here, only=said)
        fill = is_nothing(here) and is_nothing(before)
        if untouched or fill or overwrite:
            merged.values[name] = merge_value(here, said)
            merged.taken.append((name, here, said))
        else:
            merged.kept.append((name, here, said))
            if last is not None and not is_nothing(before):
                merged.edited.add(name)
    return merged


def is_nothing(value: object) -> bool:
    return value in (None, "", {}, [])


def is_same(said: object, here: object, *, only: object = None) -> bool:
    """Whether `here` says all that `said` does; of a text in several languages those of `only` are compared."""
    if isinstance(said, Mapping) and isinstance(here, Mapping):
        codes = set(said) & set(only) if isinstance(only, Mapping) else set(said)
        if isinstance(only, Mapping) and not codes:
            return all(not here.get(code) for code in only)
        return all(said[code] == here.get(code) or said[code] in here.values() for code in codes)
    if isinstance(said, list) and isinstance(here, list):
        return len(said) <= len(here) and all(is_same(one, other) for one, other in zip(said, here, strict=False))
    return bool(said == here)


def merge_value(here: object, said: object) -> object:
    """The new value; languages that the file does not speak of, and further questions, stay."""
    if isinstance(said, Mapping):
        return Words({**(here if isinstance(here, Mapping) else {}), **said})
    if isinstance(said, list):
        before = here if isinstance(here, list) else []
        firsts = [merge_question(one, other) for one, other in zip([*before, *[{}] * len(said)], said, strict=False)]
        return [*firsts, *before[len(said) :]]
    return said


def merge_question(here: object, said: object) -> object:
    """Translations of a question stay beside it as long as it asks the same: those of the old one would belie the new."""
    if isinstance(here, Mapping) and isinstance(said, Mapping):
        is_reworded = any(code in here and here[code] != text for code, text in said.items())
        return Words(said) if is_reworded else merge_value(here, said)
    return merge_value(here, said)


def facts_to_remember(last: Facts | None, theirs: Facts) -> Facts:
    """What the file has said by now: for comparing with next time."""
    told = dict(last or {})
    for name, said in theirs.items():
        if not is_nothing(said):
            before = told.get(name)
            told[name] = {**before, **said} if isinstance(said, Mapping) and isinstance(before, Mapping) else said
    return told


def text_of_fact(facts: Facts, name: str) -> str:
    fact = facts.get(name)
    return fact if isinstance(fact, str) else ""


def number_of_fact(facts: Facts, name: str) -> int | None:
    fact = facts.get(name)
    return fact if isinstance(fact, int) else None


def words_of_fact(facts: Facts, name: str) -> Words:
    fact = facts.get(name)
    return Words(fact) if isinstance(fact, Mapping) else Words()


def list_of_fact(facts: Facts, name: str) -> list[Words]:
    """Several texts, each in its languages."""
    fact = facts.get(name)
    return [Words(each) for each in fact] if isinstance(fact, list) else []


def value_in_words(value: object) -> str:
    """A value in a sentence."""
    if is_nothing(value):
        return "–"
    if isinstance(value, Mapping):
        text = " / ".join(str(each) for each in value.values())
    elif isinstance(value, list):
        text = " / ".join(value_in_words(each) for each in value)
    else:
        text = str(getattr(value, "label", value))
    return text if len(text) <= 140 else f"{text[:139]}…"
