"""Whom a published agenda names: as the meeting modes are at the moment of showing, whatever they were when it was published.

No database, no request, no clock.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.platform.db import Words
from workshop.secretariat.series.models import MeetingMode

from .released import ReleasedItem, ReleasedPerson, ReleasedSession, StoredSession


@dataclass(frozen=True)
class MeetingModes:
    """The modes as the organisers have set them now: of each session, and of the workshop for those no longer there."""

    by_session: Mapping[int, MeetingMode]
    workshop: MeetingMode

    def of(self, session: ReleasedSession) -> MeetingMode:
        return self.by_session.get(session.id, self.workshop)


def withholds_names(session: ReleasedSession, now: MeetingMode) -> bool:
    """Whether nobody in a session is named in public: it is more confidential now than when it was published, or was
    published under the Chatham House Rule and nobody decided to name its speakers all the same.
    """
    closed = session.mode is MeetingMode.CHATHAM_HOUSE and not session.named
    return bool(session.everyone) and (closed or now.is_stricter_than(session.mode))


def as_shown(agenda: Iterable[ReleasedSession], modes: MeetingModes, *, to: int | None = None) -> list[ReleasedSession]:
    """The sessions as everyone may read them. `to` is the id of a person who reads her own part, which is left to her."""
    return [
        _without_names(session, modes.of(session), to)
        if withholds_names(session, modes.of(session))
        else replace(session, mode=modes.of(session))
        for session in agenda
    ]


def withheld(agenda: Iterable[ReleasedSession], modes: MeetingModes) -> list[ReleasedSession]:
    """The sessions whose speakers everyone would be told of, were it not for their modes."""
    return [session for session in agenda if withholds_names(session, modes.of(session))]


def _without_names(session: ReleasedSession, mode: MeetingMode, to: int | None) -> ReleasedSession:
    """What a person is or represents goes with the name; titles stay."""
    items = tuple(_item_without_names(item, to) for item in session.items)
    return replace(session, mode=mode, people=_only(session.people, to), items=items, names_withheld=True)


def _item_without_names(item: ReleasedItem, to: int | None) -> ReleasedItem:
    if not item.people:
        return item
    return replace(item, people=_only(item.people, to), role_label=Words(), perspective=None)


def _only(people: Sequence[ReleasedPerson], id: int | None) -> tuple[ReleasedPerson, ...]:
    return tuple(who for who in people if who.id == id)


def naming_speakers(agenda: Iterable[StoredSession]) -> Iterator[StoredSession]:
    """The sessions with the decision that those held under the Chatham House Rule name their speakers all the same."""
    for session in agenda:
        yield {**session, "named": True} if is_closed(session) else session


def is_closed(session: StoredSession) -> bool:
    """Whether a decision is needed before anybody in it is named."""
    appears = session["people"] or any(item["people"] for item in session["items"])
    return session["mode"] == MeetingMode.CHATHAM_HOUSE and bool(appears)
