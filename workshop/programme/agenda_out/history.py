"""What became of each entry of a calendar from release to release: how often it moved, whether it is still on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from .published_programme import Data, moment


@dataclass(frozen=True)
class Timed:
    """Something with a beginning and an end: a session, or what one person does in it."""

    key: tuple[str, int]
    session: Data
    starts_at: datetime
    ends_at: datetime
    item: Data | None = None

    @property
    def facts(self) -> tuple[object, ...]:
        """What makes people look at their calendar again when it changes."""
        title = self.item["title"] if self.item else None
        return self.starts_at, self.ends_at, self.session["room"], self.session["title"], title


@dataclass(frozen=True)
class Standing:
    """An entry as last published. `gone_at` is when a release first left it out."""

    timed: Timed
    sequence: int
    gone_at: datetime | None = None


Pick = Callable[[Sequence[Data]], Iterable[Timed]]


def sessions(agenda: Sequence[Data]) -> Iterator[Timed]:
    """Every session that has a time."""
    for session in agenda:
        starts_at, ends_at = moment(session["starts_at"]), moment(session["ends_at"])
        if starts_at and ends_at:
            yield Timed(("session", session["id"]), session, starts_at, ends_at)


def slots_of(person_id: int) -> Pick:
    """What one person does: the session she chairs, the item on which she speaks."""

    def pick(agenda: Sequence[Data]) -> Iterator[Timed]:
        for timed in sessions(agenda):
            if any(who["id"] == person_id for who in timed.session["people"]):
                yield replace(timed, key=("part", timed.session["id"]))
            for item in timed.session["items"]:
                if any(who["id"] == person_id for who in item["people"]):
                    yield _of_item(timed, item)

    return pick


def _of_item(timed: Timed, item: Data) -> Timed:
    """The minutes of an item, where all before it say how long they take; else the whole session."""
    items = timed.session["items"]
    up_to = [each["minutes"] for each in items[: items.index(item) + 1]]
    own = replace(timed, key=("item", item["id"]), item=item)
    if not all(up_to):
        return own
    ends_at = timed.starts_at + timedelta(minutes=sum(up_to))
    return replace(own, starts_at=ends_at - timedelta(minutes=item["minutes"]), ends_at=ends_at)


def standings(releases: Sequence[Any], pick: Pick) -> list[Standing]:
    """Every entry there ever was, as it stands after the last of the releases, which come oldest first.

    The count kept with a session is taken where it is higher: it may go back further than the releases.
    """
    found: dict[tuple[str, int], Standing] = {}
    for release in releases:
        here = {timed.key: timed for timed in pick(release.agenda)}
        for key, was in found.items():
            if key not in here and was.gone_at is None:
                found[key] = replace(was, sequence=was.sequence + 1, gone_at=release.published_at)
        for key, timed in here.items():
            found[key] = _after(found.get(key), timed)
    return sorted(found.values(), key=lambda each: (each.timed.starts_at, each.timed.session["number"], each.timed.key))


def _after(was: Standing | None, timed: Timed) -> Standing:
    kept = timed.session.get("sequence", 0)
    if was is None:
        return Standing(timed, kept)
    moved = was.gone_at is not None or was.timed.facts != timed.facts
    return Standing(timed, max(kept, was.sequence + moved))
