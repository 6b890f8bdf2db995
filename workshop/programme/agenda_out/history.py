"""What became of each entry of a calendar from release to release: how often it moved, whether it is still on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workshop.programme.releases.models import Release
from workshop.programme.releases.released import ReleasedItem, ReleasedSession


@dataclass(frozen=True)
class Timed:
    """Something with a beginning and an end: a session, or what one person does in it."""

    key: tuple[str, int]
    session: ReleasedSession
    starts_at: datetime
    ends_at: datetime
    item: ReleasedItem | None = None

    @property
    def facts(self) -> tuple[object, ...]:
        """What makes people look at their calendar again when it changes."""
        title = self.item.title if self.item else None
        return self.starts_at, self.ends_at, self.session.room, self.session.title, title


@dataclass(frozen=True)
class EntryHistory:
    """An entry as last published. `gone_at` is when a release first left it out."""

    timed: Timed
    sequence: int
    gone_at: datetime | None = None


Pick = Callable[[Sequence[ReleasedSession]], Iterable[Timed]]


def sessions(agenda: Sequence[ReleasedSession]) -> Iterator[Timed]:
    """Every session that has a time."""
    for session in agenda:
        if session.starts_at and session.ends_at:
            yield Timed(("session", session.id), session, session.starts_at, session.ends_at)


def slots_of(person_id: int) -> Pick:
    """What one person does: the session she chairs, the item on which she speaks."""

    def pick(agenda: Sequence[ReleasedSession]) -> Iterator[Timed]:
        for timed in sessions(agenda):
            if any(who.id == person_id for who in timed.session.people):
                yield replace(timed, key=("part", timed.session.id))
            for item in timed.session.items:
                if any(who.id == person_id for who in item.people):
                    yield _of_item(timed, item)

    return pick


def _of_item(timed: Timed, item: ReleasedItem) -> Timed:
    """The minutes of an item, where all before it say how long they take; else the whole session."""
    items = timed.session.items
    minutes = [each.minutes for each in items[: items.index(item) + 1] if each.minutes]
    own = replace(timed, key=("item", item.id), item=item)
    if len(minutes) <= items.index(item):
        return own
    ends_at = timed.starts_at + timedelta(minutes=sum(minutes))
    return replace(own, starts_at=ends_at - timedelta(minutes=minutes[-1]), ends_at=ends_at)


def standings(
    releases: Sequence[Release], agendas: Sequence[Sequence[ReleasedSession]], pick: Pick
) -> list[EntryHistory]:
    """Every entry there ever was, as it stands after the last of the releases, which come oldest first, each with what may
    be shown of it.

    The count kept with a session is taken where it is higher: it may go back further than the releases.
    """
    found: dict[tuple[str, int], EntryHistory] = {}
    for release, agenda in zip(releases, agendas, strict=True):
        here = {timed.key: timed for timed in pick(agenda)}
        for key, was in found.items():
            if key not in here and was.gone_at is None:
                found[key] = replace(was, sequence=was.sequence + 1, gone_at=release.published_at)
        for key, timed in here.items():
            found[key] = _after(found.get(key), timed)
    return sorted(found.values(), key=lambda each: (each.timed.starts_at, each.timed.session.number, each.timed.key))


def _after(was: EntryHistory | None, timed: Timed) -> EntryHistory:
    kept = timed.session.sequence
    if was is None:
        return EntryHistory(timed, kept)
    moved = was.gone_at is not None or was.timed.facts != timed.facts
    return EntryHistory(timed, max(kept, was.sequence + moved))
