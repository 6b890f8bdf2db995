"""A change as a page tells it: in words, with the names that attributes and values have there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import inspect

from workshop.platform.db import Base, Words
from workshop.platform.i18n import day, language, language_name, moment
from workshop.platform.labels import Labelled

from .field_labels import LABELS
from .models import Actor, Change

Text = tuple[str, str]  # a text and the code of its language, "" where it has none


@dataclass(frozen=True)
class Difference:
    """One attribute: what it said before and after, in each language that changed."""

    label: object
    before: list[Text]
    after: list[Text]


@cache
def recorded_kinds() -> dict[str, Any]:
    """The classes whose changes are written down, by the name of their table."""
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    return {each.__tablename__: each for each in classes if hasattr(each, "RECORDED")}


def kind_label(kind: str) -> object:
    found = recorded_kinds().get(kind)
    return found.RECORDED.kind if found else kind


def name_of(change: Change) -> Words:
    """How the thing is known; one that goes by a word of ours has it in the language of the page."""
    return named(change.kind, change.name)


def object_name_of(change: Change) -> Words:
    return named(change.object_kind, change.object_name)


def named(kind: str, name: Words) -> Words:
    return Words({language(): str(label_of(kind, name[""]))}) if name.get("") else Words(name)


def label_of(kind: str, word: str) -> object:
    found = recorded_kinds().get(kind)
    for column in inspect(found).columns if found else ():
        labelled = python_type(column)
        if labelled and issubclass(labelled, Labelled) and word in labelled.__members__.values():
            return labelled(word).label
    return word


def python_type(column: Any) -> type | None:
    """What a column holds in Python; None where it does not say."""
    try:
        stored = getattr(column.type, "impl_instance", column.type)
        kind: type = getattr(stored, "enum_class", None) or stored.python_type
    except NotImplementedError:
        return None
    return kind


def who_did(change: Change) -> str:
    """A person by name; whoever has no account any more, or never had one, by what is known."""
    return change.who.name if change.who else str(change.actor.label)


def about_whom(change: Change) -> str:
    """Whose role it is, where it is a role."""
    found = recorded_kinds().get(change.kind)
    if not (found and found.RECORDED.about):
        return ""
    return change.about.name if change.about else str(Actor.PERSON.label)


def differences(change: Change, zone: str) -> Iterator[Difference]:
    """What changed of it, attribute by attribute; of a text in several languages those that changed."""
    for field in dict.fromkeys((*change.before, *change.after)):
        before, after = change.before.get(field), change.after.get(field)
        if is_words(before, after):
            before, after = (
                {code: text for code, text in (one or {}).items() if text != (other or {}).get(code)}
                for one, other in ((before, after), (after, before))
            )
        yield Difference(
            LABELS.get(field, field),
            texts_of(change.kind, field, before, zone),
            texts_of(change.kind, field, after, zone),
        )


def is_words(*values: Any) -> bool:
    return any(isinstance(each, dict) for each in values) and all(isinstance(each, dict | None) for each in values)


def texts_of(kind: str, field: str, value: Any, zone: str) -> list[Text]:
    """A stored value as it is read; nothing where it is empty."""
    if value in (None, "", {}, []):
        return []
    if isinstance(value, dict):
        return [(str(text), code) for code, text in value.items()]
    if isinstance(value, list):
        whole = [each for one in value for each in texts_of(kind, field, one, zone)]
        return [("; ".join(text for text, _code in whole), "")]
    if isinstance(value, bool):
        return [(_("yes") if value else _("no"), "")]
    return [(str(one_word(kind, field, value, zone)), "")]


def one_word(kind: str, field: str, value: Any, zone: str) -> Any:
    if field in ("language", "languages"):
        return language_name(value)
    found = recorded_kinds().get(kind)
    column = inspect(found).columns.get(field) if found else None
    type_ = python_type(column) if column is not None else None
    if type_ and issubclass(type_, Labelled) and value in type_.__members__.values():
        return type_(value).label
    if type_ and issubclass(type_, datetime):
        return moment(datetime.fromisoformat(value), zone)
    return day(date.fromisoformat(value), "long") if type_ and issubclass(type_, date) else value


def in_words(text: Words) -> str:
    return text.in_(language(), "en")[0]
