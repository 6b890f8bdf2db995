"""What differs inside a session: its guiding questions, its items, its people. Each sentence with those it concerns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.platform.db import Words
from workshop.platform.i18n import LANGUAGES
from workshop.platform.rendering import comma

from . import people_changes
from .audience import Reader
from .released import ReleasedGroup, ReleasedItem, ReleasedPerson

Told = Iterator[tuple[str, frozenset[int]]]
NOBODY: frozenset[int] = frozenset()


def questions(old: Sequence[Words], new: Sequence[Words], name: str, reader: Reader) -> Told:
    """A question carries no number in a release: one gone and one come in the same place is one changed."""
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    for was, now in zip(gone, come, strict=False):
        yield _question_changed(was, now, name, reader), NOBODY
    for was in gone[len(come) :]:
        yield _("%(session)s: guiding question removed: “%(text)s”", session=name, text=reader.text(was)), NOBODY
    for now in come[len(gone) :]:
        yield _("%(session)s: guiding question added: “%(text)s”", session=name, text=reader.text(now)), NOBODY
    if old != new and not gone and not come:
        yield _("%(session)s: guiding questions in another order", session=name), NOBODY


def groups(old: Sequence[ReleasedGroup], new: Sequence[ReleasedGroup], name: str, reader: Reader) -> Iterator[str]:
    before, after = ({group.number: group for group in rows} for rows in (old, new))
    for number, group in before.items():
        if number not in after:
            topic = reader.text(group.topic)
            yield _("%(session)s: group %(number)s removed: “%(topic)s”", session=name, number=number, topic=topic)
    for number, group in after.items():
        was, topic = before.get(number), reader.text(group.topic)
        if was is None:
            yield _("%(session)s: group %(number)s added: “%(topic)s”", session=name, number=number, topic=topic)
            continue
        if was.topic != group.topic:
            yield _("%(session)s: topic of group %(number)s: “%(topic)s”", session=name, number=number, topic=topic)
        of_group = _("%(session)s, group %(number)s", session=name, number=number)
        for text, _ids in questions(was.questions, group.questions, of_group, reader):
            yield text


def _question_changed(was: Words, now: Words, name: str, reader: Reader) -> str:
    text, added = reader.text(now), sorted(now.keys() - was.keys())
    if added and all(now.get(code) == said for code, said in was.items()):
        languages = comma().join(LANGUAGES.get(code, code) for code in added)
        return str(
            _(
                "%(session)s: guiding question “%(text)s” now also in %(languages)s",
                session=name,
                text=text,
                languages=languages,
            )
        )
    return str(_("%(session)s: guiding question changed to “%(text)s”", session=name, text=text))


def items(old: Sequence[ReleasedItem], new: Sequence[ReleasedItem], name: str, reader: Reader) -> Told:
    before, after = ({item.id: item for item in rows} for rows in (old, new))
    for id, item in before.items():
        if id not in after:
            yield _("%(session)s: item removed: %(item)s", session=name, item=reader.item(item)), _ids(item)
    for id, item in after.items():
        if id not in before:
            yield _("%(session)s: item added: %(item)s", session=name, item=reader.item(item)), _ids(item)
        elif before[id] != item:
            yield from _item(before[id], item, name, reader)
    if before.keys() == after.keys() and list(before) != list(after):
        yield _("%(session)s: items in another order", session=name), _ids(*old, *new)


def _item(old: ReleasedItem, new: ReleasedItem, name: str, reader: Reader) -> Told:
    ids = _ids(old, new)
    said = [*_item_title(old, new, name, reader), *_item_minutes(old, new, name, reader)]
    if (old.role_label, old.perspective) != (new.role_label, new.perspective):
        said.append(_("%(session)s: role of the speaker changed: %(item)s", session=name, item=reader.item(new)))
    for text in said:
        yield text, ids
    titled = bool(reader.text(new.title))
    where = _("%(session)s, “%(item)s”", session=name, item=reader.text(new.title)) if titled else name
    told = list(people(old.people, new.people, where, reader))
    yield from told
    seen = [replace(item, people=tuple(map(people_changes.as_read, item.people))) for item in (old, new)]
    if not said and not told and seen[0] != seen[1]:
        yield _("%(session)s: item changed: %(item)s", session=name, item=reader.item(new)), ids


def _item_title(old: ReleasedItem, new: ReleasedItem, name: str, reader: Reader) -> Iterator[str]:
    was, now = reader.text(old.title), reader.text(new.title)
    if was != now and was and now:
        yield _("%(session)s: “%(before)s” is now called “%(after)s”", session=name, before=was, after=now)
    elif old.title != new.title:
        yield _("%(session)s: title of an item changed: %(item)s", session=name, item=reader.item(new))


def _item_minutes(old: ReleasedItem, new: ReleasedItem, name: str, reader: Reader) -> Iterator[str]:
    minutes = new.minutes
    if minutes and old.minutes != minutes:
        yield ngettext(
            "%(session)s: %(num)s minute for %(item)s",
            "%(session)s: %(num)s minutes for %(item)s",
            minutes,
            session=name,
            item=reader.item(new),
        )
    elif old.minutes and not minutes:
        yield _("%(session)s: length not set: %(item)s", session=name, item=reader.item(new))


def people(old: Sequence[ReleasedPerson], new: Sequence[ReleasedPerson], name: str, reader: Reader) -> Told:
    """Who left, who came, who took whose place; `name` says where."""
    said = people_changes.sentences_of_places(old, new, name)
    yield from said
    old, new = people_changes.others(old, said), people_changes.others(new, said)
    gone, come = [who for who in old if who not in new], [who for who in new if who not in old]
    for was, now in _pairs(gone, come, lambda who: who.id):
        yield _entry_changed(was, now, name), _one(now)
    for was, now in _pairs(gone, come, lambda who: who.part):
        yield _replaced(was, now, name), _one(was) | _one(now)
    for who in gone:
        yield _("%(session)s: %(person)s no longer appears", session=name, person=who.name), _one(who)
    for who in come:
        part = who.part.label
        yield _("%(session)s: %(person)s appears as %(part)s", session=name, person=who.name, part=part), _one(who)
    if old != new and sorted(map(repr, old)) == sorted(map(repr, new)):
        yield _("%(session)s: people in another order", session=name), frozenset(who.id for who in new)


def _pairs(
    gone: list[ReleasedPerson], come: list[ReleasedPerson], key: Callable[[ReleasedPerson], object]
) -> list[tuple[ReleasedPerson, ReleasedPerson]]:
    """Those that agree under `key`, taken out of both lists."""
    found = []
    for was in list(gone):
        now = next((who for who in come if key(who) == key(was)), None)
        if now is not None:
            gone.remove(was)
            come.remove(now)
            found.append((was, now))
    return found


def _entry_changed(was: ReleasedPerson, now: ReleasedPerson, name: str) -> str:
    part, person = now.part.label, now.name
    if was.part != now.part:
        return str(_("%(session)s: %(person)s now appears as %(part)s", session=name, person=person, part=part))
    if was.name != person:
        return str(
            _("%(session)s: %(before)s is now named as %(person)s", session=name, before=was.name, person=person)
        )
    return str(_("%(session)s: listing of %(person)s changed (%(part)s)", session=name, person=person, part=part))


def _replaced(was: ReleasedPerson, now: ReleasedPerson, name: str) -> str:
    return str(
        _(
            "%(session)s: %(person)s replaces %(before)s (%(part)s)",
            session=name,
            person=now.name,
            before=was.name,
            part=now.part.label,
        )
    )


def _one(who: ReleasedPerson) -> frozenset[int]:
    return frozenset({who.id})


def _ids(*items: ReleasedItem) -> frozenset[int]:
    return frozenset(who.id for item in items for who in item.people)
