"""What differs between the agenda the public reads and the draft, in sentences for the organiser."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from workshop.db import Words
from workshop.i18n import LANGUAGES, clock, day, on_day
from workshop.series.models import MODE_LABELS, MeetingMode

from . import people_changes
from .models import FORMAT_LABELS, PART_LABELS, Format, Part

Data = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """For whom the sentences are: times in the zone of the workshop, texts in `language` where they have it."""

    zone: str
    language: str

    def text(self, words: dict[str, str]) -> str:
        return Words(words).in_(self.language)[0]

    def when(self, iso: str, *, with_day: bool) -> str:
        at = datetime.fromisoformat(iso)
        return f"{day(on_day(at, self.zone), 'medium')}, {clock(at, self.zone)}" if with_day else clock(at, self.zone)

    def session(self, session: Data) -> str:
        """How a sentence calls a session; the welcome, which has number 0, by its title."""
        title = self.text(session["title"])
        return _("Session %(number)s", number=session["number"]) if session["number"] else f"“{title}”"

    def item(self, item: Data) -> str:
        names = ", ".join(people_changes.called(who) for who in item["people"])
        said = self.text(item["title"]) or self.text(item["role_label"])
        return f"{said} ({names})" if said and names else said or names


def changes(published: Sequence[Data], draft: Sequence[Data], *, zone: str, language: str) -> list[str]:
    """One sentence for each thing that publishing the draft would change; both as `rules.as_published` writes them."""
    reader = Reader(zone, language)
    before, after = _by_id(published), _by_id(draft)
    found = [
        _("%(session)s removed: %(title)s", session=reader.session(old), title=reader.text(old["title"]))
        for id, old in before.items()
        if id not in after
    ]
    for id, new in after.items():
        if id not in before:
            found.append(
                _("%(session)s added: %(title)s", session=reader.session(new), title=reader.text(new["title"]))
            )
        elif before[id] != new:
            found.extend(_of_session(before[id], new, reader))
    return found


def _by_id(rows: Sequence[Data]) -> dict[int, Data]:
    return {row["id"]: row for row in rows}


def _of_session(old: Data, new: Data, reader: Reader) -> Iterator[str]:
    name = reader.session(new)
    if old["number"] != new["number"]:
        yield _("%(session)s was number %(before)s before", session=name, before=old["number"])
    yield from _times(old, new, name, reader)
    yield from _titles(old["title"], new["title"], name)
    for key in ("subtitle", "note", "lens", "format", "mode", "room"):
        if old[key] != new[key]:
            yield _field(key, name, new[key], reader)
    yield from _questions(old["questions"], new["questions"], name, reader)
    yield from _items(old["items"], new["items"], name, reader)
    yield from _people(old["people"], new["people"], name, reader)


def _times(old: Data, new: Data, name: str, reader: Reader) -> Iterator[str]:
    was, now = old["starts_at"], new["starts_at"]
    if was and now and was != now:
        far = on_day(datetime.fromisoformat(was), reader.zone) != on_day(datetime.fromisoformat(now), reader.zone)
        before, after = reader.when(was, with_day=far), reader.when(now, with_day=far)
        yield _("%(session)s moved from %(before)s to %(after)s", session=name, before=before, after=after)
    elif now and not was:
        yield _("%(session)s now has a time: %(time)s", session=name, time=reader.when(now, with_day=True))
    elif was and not now:
        yield _("%(session)s no longer has a time", session=name)
    if was and now and old["ends_at"] and new["ends_at"] and old["ends_at"] != new["ends_at"]:
        before, after = reader.when(old["ends_at"], with_day=False), reader.when(new["ends_at"], with_day=False)
        yield _("%(session)s ends at %(after)s instead of %(before)s", session=name, before=before, after=after)


def _titles(old: dict[str, str], new: dict[str, str], name: str) -> Iterator[str]:
    for code in sorted(old.keys() | new.keys()):
        language = LANGUAGES.get(code, code)
        if not new.get(code):
            yield _("%(session)s no longer has a title in %(language)s", session=name, language=language)
        elif old.get(code) != new[code]:
            yield _(
                "%(session)s: new title in %(language)s: “%(title)s”", session=name, language=language, title=new[code]
            )


def _field(key: str, name: str, new: Any, reader: Reader) -> Any:
    """The sentence for one plain field of a session that changed to `new`."""
    match key:
        case "format":
            return _("%(session)s changed its format: %(format)s", session=name, format=FORMAT_LABELS[Format(new)])
        case "mode":
            return _("%(session)s changed its meeting mode: %(mode)s", session=name, mode=MODE_LABELS[MeetingMode(new)])
        case "room" if new:
            return _("%(session)s is now in %(room)s", session=name, room=new)
        case "room":
            return _("%(session)s no longer has a room", session=name)
        case "subtitle":
            return _("%(session)s: subtitle changed", session=name)
        case "note":
            return _("%(session)s: note changed", session=name)
    return _("%(session)s: instruction to the groups changed", session=name)


def _questions(old: list[Data], new: list[Data], name: str, reader: Reader) -> Iterator[str]:
    """A question carries no number in a release: one gone and one come in the same place is one changed."""
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    for _was, now in zip(gone, come, strict=False):
        yield _("%(session)s: guiding question changed to “%(text)s”", session=name, text=reader.text(now))
    for was in gone[len(come) :]:
        yield _("%(session)s: guiding question removed: “%(text)s”", session=name, text=reader.text(was))
    for now in come[len(gone) :]:
        yield _("%(session)s: guiding question added: “%(text)s”", session=name, text=reader.text(now))
    if old != new and not gone and not come:
        yield _("%(session)s: guiding questions in another order", session=name)


def _items(old: list[Data], new: list[Data], name: str, reader: Reader) -> Iterator[str]:
    before, after = _by_id(old), _by_id(new)
    for id, item in before.items():
        if id not in after:
            yield _("%(session)s: item removed: %(item)s", session=name, item=reader.item(item))
    for id, item in after.items():
        if id not in before:
            yield _("%(session)s: item added: %(item)s", session=name, item=reader.item(item))
        elif before[id] != item:
            yield from _of_item(before[id], item, name, reader)
    if before.keys() == after.keys() and list(before) != list(after):
        yield _("%(session)s: items in another order", session=name)


def _of_item(old: Data, new: Data, name: str, reader: Reader) -> Iterator[str]:
    """Who takes over a place is named; whatever else changed in the item is summed up."""
    told = people_changes.told(old["people"], new["people"], name)
    yield from (text for text, _ids in told)
    was, now = people_changes.others(old["people"], told), people_changes.others(new["people"], told)
    if old | {"people": was} != new | {"people": now}:
        yield _("%(session)s: item changed: %(item)s", session=name, item=reader.item(new))


def _people(old: list[Data], new: list[Data], name: str, reader: Reader) -> Iterator[str]:
    told = people_changes.told(old, new, name)
    yield from (text for text, _ids in told)
    old, new = people_changes.others(old, told), people_changes.others(new, told)
    for gone in [who for who in old if who not in new and who["id"] not in _by_id(new)]:
        yield _("%(session)s: %(person)s no longer appears", session=name, person=gone["name"])
    for come in [who for who in new if who not in old]:
        part, known = PART_LABELS[Part(come["part"])], come["id"] in _by_id(old)
        sentence = (
            _("%(session)s: entry of %(person)s changed (%(part)s)", session=name, person=come["name"], part=part)
            if known
            else _(
                "%(session)s: %(person)s appears as %(part)s",
                session=name,
                person=people_changes.called(come),
                part=part,
            )
        )
        yield sentence
    if old != new and _by_id(old) == _by_id(new):
        yield _("%(session)s: people in another order", session=name)
