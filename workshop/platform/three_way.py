"""Three texts of one form: as it was opened, as somebody else left it since, and as it was sent.

What only one of two people changed is put together; what both changed, each in another way, is a conflict, and there
the sender's text stays until somebody decides. No database, no request, no clock.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

Said = Mapping[str, Any]
Rows = Sequence[Said]
KEYS = ("id", "was")  # by which a row of a list is known again
BESIDE = {*KEYS, "place"}  # what a row does not say by itself


class _Unknown:
    """What the form was opened from, where it does not say so: then every difference has to be asked about."""


UNKNOWN = _Unknown()


@dataclass(frozen=True)
class Conflict:
    """A control that two people changed, each in another way. `path` is its name; `base` may be UNKNOWN."""

    path: str
    base: Any
    theirs: Any
    mine: Any


def plain(value: object) -> object:
    """A value as JSON can hold it, and so that what looks the same is the same: nothing of any kind is None."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M")
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case str():
            return "\n".join(line.rstrip() for line in value.strip().splitlines()) or None
        case Mapping():
            return {str(key): plain(each) for key, each in value.items() if plain(each) is not None} or None
        case list() | tuple() | set():
            if _has_rows(value):
                return [plain(row) or {} for row in value]
            return sorted((plain(each) for each in value), key=str) or None
        case False:
            return None if isinstance(value, bool) else value
        case _:
            return value


def merge(base: Said | None, theirs: Said, mine: Said, taken: Collection[str] = ()) -> tuple[Said, list[Conflict]]:
    """What I sent with what I did not touch taken from theirs, and the conflicts. `base` is what `plain` made of the
    form when it was opened; at the controls named in `taken` their text is agreed to."""
    merging = _Merging(set(taken))
    before = UNKNOWN if base is None else base
    merged = {name: merging.value(name, name, _part(before, name), theirs.get(name), mine[name]) for name in mine}
    return merged, merging.conflicts


class _Merging:
    """`sent` is the name under which a control was sent, `shown` the one it will have after rows were moved."""

    def __init__(self, taken: set[str]) -> None:
        self.taken, self.conflicts = taken, list[Conflict]()

    def value(self, sent: str, shown: str, base: Any, theirs: Any, mine: Any) -> Any:
        if _has_rows(theirs) or _has_rows(mine):
            return self.rows(sent, base, theirs or [], mine or [])
        if isinstance(theirs, Mapping) or isinstance(mine, Mapping):
            pairs = {**(theirs or {}), **(mine or {})}
            return {
                key: self.value(
                    f"{sent}-{key}", f"{shown}-{key}", _part(base, key), _part(theirs, key), _part(mine, key)
                )
                for key in pairs
            }
        if plain(mine) in (plain(theirs), _plain_base(base)) or sent in self.taken:
            return theirs
        if plain(theirs) != _plain_base(base):
            self.conflicts.append(Conflict(shown, base, plain(theirs), plain(mine)))
        return mine

    def rows(self, name: str, base: Any, theirs: Rows, mine: Rows) -> list[Said]:
        """Mine that were there, in my order; theirs that are new; mine that are new and not theirs as well."""
        there, before = _by_key(theirs), _by_key([] if base in (UNKNOWN, None) else base)
        kept, new, result = set[str](), list[Said](), list[Said]()
        for number, row in enumerate(mine):
            key = _key(row, number, mine)
            sent, shown = f"{name}-{number}", f"{name}-{len(result)}"
            if not key:
                new += [] if any(f"{sent}{path}" in self.taken for path, *_rest in _texts(None, row)) else [row]
                continue
            kept.add(key)
            old = UNKNOWN if base is UNKNOWN else before.get(key)
            if key in there:
                result.append(self.row(sent, shown, old, there[key], row))
            elif self.survives(sent, shown, old, row):
                result.append({**row, **{each: None for each in KEYS if each in row}})
        added = [row for key, row in there.items() if key not in kept and key not in before]
        return [*result, *added, *(row for row in new if not any(_says_as(row, other) for other in added))]

    def row(self, sent: str, shown: str, base: Any, theirs: Said, mine: Said) -> Said:
        """One row that both have. Removing what the other has rewritten meanwhile is a conflict like any other."""
        if plain(mine.get("remove")) and _words(theirs) != _words(base if isinstance(base, Mapping) else {}):
            if f"{sent}-remove" in self.taken:
                return {**theirs, "remove": False}
            self.conflicts.append(Conflict(f"{shown}-remove", None, None, True))
            return {**theirs, "remove": True}
        return {
            each: self.value(f"{sent}-{each}", f"{shown}-{each}", _part(base, each), theirs.get(each), value)
            for each, value in mine.items()
        }

    def survives(self, sent: str, shown: str, base: Any, mine: Said) -> bool:
        """Whether a row stays that somebody else removed: when I changed its text, until I let it go."""
        changed = [(path, was, text) for path, was, text in _texts(base, mine) if text and text != was]
        kept = [each for each in changed if f"{sent}{each[0]}" not in self.taken]
        self.conflicts += [Conflict(f"{shown}{path}", was, None, text) for path, was, text in kept]
        return bool(kept)


def _texts(base: Any, row: Said) -> Iterator[tuple[str, Any, Any]]:
    """Every text of a row: the end of its control's name, what it was, what it is."""
    for name, value in row.items():
        was = _part(base, name)
        if isinstance(value, Mapping):
            yield from ((f"-{name}-{key}", _plain_base(_part(was, key)), plain(text)) for key, text in value.items())
        elif isinstance(value, str) and name not in BESIDE:
            yield f"-{name}", _plain_base(was), plain(value)


def _has_rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value)


def _part(whole: Any, name: str) -> Any:
    """One part of a text, or UNKNOWN where the whole is."""
    if whole is UNKNOWN:
        return UNKNOWN
    return whole.get(name) if isinstance(whole, Mapping) else None


def _plain_base(base: Any) -> Any:
    return base if base is UNKNOWN else plain(base)


def _key(row: Said, number: int, rows: Rows) -> str:
    """By what a row is known again; rows that have no such mark are known by their place in the list."""
    if not any(name in each for each in rows for name in KEYS):
        return f"#{number}"
    return str(next((row[name] for name in KEYS if row.get(name)), ""))


def _by_key(rows: Rows) -> dict[str, Said]:
    return {key: row for number, row in enumerate(rows) if (key := _key(row, number, rows))}


def _words(row: Said) -> Any:
    return plain(
        {name: value for name, value in row.items() if name not in BESIDE and isinstance(value, str | Mapping)}
    )


def _says_as(mine: Said, theirs: Said) -> bool:
    """Whether a new row of mine is a new one of theirs too: the same form was sent twice."""
    words = _words(mine)
    return bool(words) and words.items() <= (_words(theirs) or {}).items()
