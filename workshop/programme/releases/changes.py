"""What differs between two agendas, in sentences for people: a release and the draft, or two releases."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from flask_babel import gettext as _

from workshop.platform.i18n import LANGUAGES

from .audience import Change, Reader, everybody, serving
from .released import ReleasedSession
from .session_changes import groups, items, people, questions

Sessions = Sequence[ReleasedSession]


def changes(before: Sessions, after: Sessions, *, zone: str, language: str) -> list[str]:
    """The sentences alone, in order."""
    return [change.text for change in find_changes(before, after, zone=zone, language=language)]


def find_changes(before: Sessions, after: Sessions, *, zone: str, language: str) -> list[Change]:
    """One sentence for each thing that differs between two agendas."""
    reader = Reader(zone, language)
    was, now = ({session.id: session for session in agenda} for agenda in (before, after))
    told = [_removed(old, reader) for id, old in was.items() if id not in now]
    told += _renumbered([(old.number, now[id].number, now[id]) for id, old in was.items() if id in now])
    for id, new in now.items():
        if id not in was:
            told.append(_added(new, reader))
        elif was[id] != new:
            told += _of_session(was[id], new, reader)
    return told


def group_by_session(changes: Sequence[Change]) -> list[tuple[ReleasedSession | None, list[Change]]]:
    """The same changes, those of one session together under it; those of several come under None."""
    about = groupby(changes, key=lambda change: change.session.id if change.session else None)
    together = [list(group) for _id, group in about]
    return [(group[0].session, group) for group in together]


def _removed(session: ReleasedSession, reader: Reader) -> Change:
    title = reader.text(session.title)
    text = _("Session %(number)s removed: %(title)s", number=session.number, title=title)
    return Change(text if session.number else _("Removed: %(title)s", title=title), session, everybody(session))


def _added(session: ReleasedSession, reader: Reader) -> Change:
    title, starts_at = reader.text(session.title), session.starts_at
    text = _("Session %(number)s added: %(title)s", number=session.number, title=title)
    text = text if session.number else _("Added: %(title)s", title=title)
    when = f" ({reader.moment(starts_at)})" if starts_at else ""
    return Change(text + when, session, everybody(session))


def _renumbered(numbers: list[tuple[int, int, ReleasedSession]]) -> list[Change]:
    """Sessions that count otherwise now; a row of them that moved up or down together is one sentence."""
    told, rows = [], sorted(row for row in ((a, b, s.id, s) for a, b, s in numbers) if row[0] != row[1])
    # Neighbours that moved by the same number of places keep the difference between place in the row and number.
    for _key, run in groupby(enumerate(rows), key=lambda pair: (pair[1][1] - pair[1][0], pair[1][0] - pair[0])):
        row = [entry for _place, entry in run]
        (was, now, _id, session), (last_was, last_now, *_rest) = row[0], row[-1]
        touched = everybody(*(entry[3] for entry in row))
        if len(row) == 1:
            told.append(
                Change(_("Session %(after)s was number %(before)s before", after=now, before=was), session, touched)
            )
        else:
            text = _(
                "Sessions %(first)s to %(last)s were numbers %(before)s to %(until)s before",
                first=now,
                last=last_now,
                before=was,
                until=last_was,
            )
            told.append(Change(text, None, touched))
    return told


def _of_session(old: ReleasedSession, new: ReleasedSession, reader: Reader) -> Iterator[Change]:
    name, touched = reader.session(new), everybody(old, new)
    for text in (*_times(old, new, name, reader), *_titles(old.title, new.title, name), *_fields(old, new, name)):
        yield Change(text, new, touched)
    for text, _ids in questions(old.questions, new.questions, name, reader):
        yield Change(text, new, touched)  # a question is put to all of them
    for text in groups(old.groups, new.groups, name, reader):
        yield Change(text, new, touched)
    # an item or an entry concerns its people and whoever leads the session
    for text, ids in (
        *items(old.items, new.items, name, reader),
        *people(old.people, new.people, name, reader),
    ):
        yield Change(text, new, ids | serving(old, new))
    if old.more != new.more:
        yield Change(_("%(session)s: details changed", session=name), new, touched)


def _times(old: ReleasedSession, new: ReleasedSession, name: str, reader: Reader) -> Iterator[str]:
    was, now = old.starts_at, new.starts_at
    if was and now and was != now:
        before, after = reader.span(was, now)
        yield _("%(session)s moved from %(before)s to %(after)s", session=name, before=before, after=after)
    elif now and not was:
        yield _("%(session)s now has a time: %(time)s", session=name, time=reader.moment(now))
    elif was and not now:
        yield _("%(session)s no longer has a time", session=name)
    if was and now and old.ends_at and new.ends_at and _length(old) != _length(new):
        before, after = reader.clock(old.ends_at), reader.clock(new.ends_at)
        if before != after:
            yield _("%(session)s ends at %(after)s instead of %(before)s", session=name, before=before, after=after)


def _length(session: ReleasedSession) -> timedelta | None:
    """A session that keeps its length ends later because it begins later: that goes without saying."""
    return session.ends_at - session.starts_at if session.starts_at and session.ends_at else None


def _titles(old: dict[str, str], new: dict[str, str], name: str) -> Iterator[str]:
    for code in sorted(old.keys() | new.keys()):
        language = LANGUAGES.get(code, code)
        if not new.get(code):
            yield _("%(session)s no longer has a title in %(language)s", session=name, language=language)
        elif old.get(code) != new[code]:
            title = new[code]
            yield _("%(session)s: new title in %(language)s: “%(title)s”", session=name, language=language, title=title)


def _room(name: str, old: str, new: str) -> str:
    if not new:
        return str(_("%(session)s no longer has a room", session=name))
    if not old:
        return str(_("%(session)s is now in %(room)s", session=name, room=new))
    return str(_("%(session)s moved from %(before)s to %(after)s", session=name, before=old, after=new))


def _fields(old: ReleasedSession, new: ReleasedSession, name: str) -> Iterator[str]:
    """A sentence for each plain field of a session that changed."""
    if old.subtitle != new.subtitle:
        yield _("%(session)s: subtitle changed", session=name)
    if old.note != new.note:
        yield _("%(session)s: note changed", session=name)
    if old.lens != new.lens:
        yield _("%(session)s: instruction to the groups changed", session=name)
    if old.format != new.format:
        yield _("%(session)s changed its format: %(format)s", session=name, format=new.format.label)
    if old.mode != new.mode:
        yield _("%(session)s changed its meeting mode: %(mode)s", session=name, mode=new.mode.label)
    if old.room != new.room:
        yield _room(name, old.room, new.room)
    elif old.room_names != new.room_names:
        yield _("%(session)s: name of the room in other languages changed", session=name)
