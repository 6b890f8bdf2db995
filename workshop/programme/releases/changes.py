"""What differs between two agendas, in sentences for people: a release and the draft, or two releases."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from workshop.platform.i18n import LANGUAGES
from workshop.programme.agenda.formats import Format
from workshop.secretariat.series.models import MeetingMode

from .audience import Change, Data, Reader, everybody, serving
from .session_changes import items, people, questions

INSIDE = {"questions": questions, "items": items, "people": people}
FIELDS = ("subtitle", "note", "lens", "format", "mode")
TOLD = {"id", "sequence", "number", "title", "starts_at", "ends_at", "room", *FIELDS, *INSIDE}


def changes(before: Sequence[Data], after: Sequence[Data], *, zone: str, language: str) -> list[str]:
    """The sentences alone, in order."""
    return [change.text for change in found(before, after, zone=zone, language=language)]


def found(before: Sequence[Data], after: Sequence[Data], *, zone: str, language: str) -> list[Change]:
    """One sentence for each thing that differs; both agendas as `rules.as_published` writes them."""
    reader = Reader(zone, language)
    was, now = ({session["id"]: session for session in agenda} for agenda in (before, after))
    told = [_removed(old, reader) for id, old in was.items() if id not in now]
    told += _renumbered([(old["number"], now[id]["number"], now[id]) for id, old in was.items() if id in now])
    for id, new in now.items():
        if id not in was:
            told.append(_added(new, reader))
        elif was[id] != new:
            told += _of_session(was[id], new, reader)
    return told


def grouped(changes: Sequence[Change]) -> list[tuple[Data | None, list[Change]]]:
    """The same changes, those of one session together under it; those of several come under None."""
    about = groupby(changes, key=lambda change: change.session["id"] if change.session else None)
    together = [list(group) for _id, group in about]
    return [(group[0].session, group) for group in together]


def _removed(session: Data, reader: Reader) -> Change:
    title = reader.text(session["title"])
    text = _("Session %(number)s removed: %(title)s", number=session["number"], title=title)
    return Change(text if session["number"] else _("Removed: %(title)s", title=title), session, everybody(session))


def _added(session: Data, reader: Reader) -> Change:
    title, starts_at = reader.text(session["title"]), session["starts_at"]
    text = _("Session %(number)s added: %(title)s", number=session["number"], title=title)
    text = text if session["number"] else _("Added: %(title)s", title=title)
    when = f" ({reader.moment(starts_at)})" if starts_at else ""
    return Change(text + when, session, everybody(session))


def _renumbered(numbers: list[tuple[int, int, Data]]) -> list[Change]:
    """Sessions that count otherwise now; a row of them that moved up or down together is one sentence."""
    told, rows = [], sorted(row for row in ((a, b, s["id"], s) for a, b, s in numbers) if row[0] != row[1])
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


def _of_session(old: Data, new: Data, reader: Reader) -> Iterator[Change]:
    name, touched = reader.session(new), everybody(old, new)
    for text in (*_times(old, new, name, reader), *_titles(old["title"], new["title"], name)):
        yield Change(text, new, touched)
    for key in FIELDS:
        if old[key] != new[key]:
            yield Change(_field(key, name, new[key]), new, touched)
    if old["room"] != new["room"]:
        yield Change(_room(name, old["room"], new["room"]), new, touched)
    for key, of_inside in INSIDE.items():
        for text, ids in of_inside(old[key], new[key], name, reader):
            # a question is put to all of them, an item or an entry concerns its people and whoever leads the session
            yield Change(text, new, touched if key == "questions" else ids | serving(old, new))
    if any(old.get(key) != new.get(key) for key in (old.keys() | new.keys()) - TOLD):
        yield Change(_("%(session)s: details changed", session=name), new, touched)


def _times(old: Data, new: Data, name: str, reader: Reader) -> Iterator[str]:
    was, now = old["starts_at"], new["starts_at"]
    if was and now and was != now:
        before, after = reader.span(was, now)
        yield _("%(session)s moved from %(before)s to %(after)s", session=name, before=before, after=after)
    elif now and not was:
        yield _("%(session)s now has a time: %(time)s", session=name, time=reader.moment(now))
    elif was and not now:
        yield _("%(session)s no longer has a time", session=name)
    if was and now and old["ends_at"] and new["ends_at"] and _ends_otherwise(old, new, reader):
        before, after = reader.clock(old["ends_at"]), reader.clock(new["ends_at"])
        yield _("%(session)s ends at %(after)s instead of %(before)s", session=name, before=before, after=after)


def _ends_otherwise(old: Data, new: Data, reader: Reader) -> bool:
    """A session that keeps its length ends later because it begins later: that goes without saying."""
    return _length(old) != _length(new) and reader.clock(old["ends_at"]) != reader.clock(new["ends_at"])


def _length(session: Data) -> timedelta:
    return datetime.fromisoformat(session["ends_at"]) - datetime.fromisoformat(session["starts_at"])


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


def _field(key: str, name: str, new: Any) -> str:
    """The sentence for one plain field of a session that changed to `new`."""
    match key:
        case "format":
            said = _("%(session)s changed its format: %(format)s", session=name, format=Format(new).label)
        case "mode":
            label = MeetingMode(new).label
            said = _("%(session)s changed its meeting mode: %(mode)s", session=name, mode=label)
        case "subtitle":
            said = _("%(session)s: subtitle changed", session=name)
        case "note":
            said = _("%(session)s: note changed", session=name)
        case _:
            said = _("%(session)s: instruction to the groups changed", session=name)
    return str(said)
