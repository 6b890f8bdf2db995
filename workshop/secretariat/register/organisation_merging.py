"""Two organisations that turn out to be one: all that belongs to the one goes to the other, and so do its names."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, Update, select, update

from workshop.platform.db import Base, Words
from workshop.platform.errors import RuleBroken

from .countries import sort_key
from .models import Category, Organisation, OrganisationAlias, OrganisationMerge

UNDONE_FOR = timedelta(days=30)
DEEPEST = 20  # umbrella bodies above each other
NOTHING = {"category": None, "country": "", "email": "", "language": "", "umbrella_id": None}
GAPS = tuple(NOTHING)
SAID = ("name", *GAPS)


def is_called(organisation: Organisation, aliases: Iterable[str], words: str) -> bool:
    """Whether these words stand in one of its names, accents and capitals aside."""
    names = [sort_key(name, "en")[0] for name in (*organisation.name.values(), *aliases)]
    return any(sort_key(words, "en")[0] in name for name in names)


def kept_names(one: Organisation, other: Organisation, aliases: Sequence[OrganisationAlias]) -> list[OrganisationAlias]:
    """New aliases of the other, so that whoever types a name of the one still finds it."""
    known = {name.casefold() for name in other.name.values()} | {each.name.casefold() for each in aliases}
    names = {name: code for code, name in one.name.items() if name.casefold() not in known}
    return [OrganisationAlias(organisation=other, name=name, language=code) for name, code in names.items()]


def pointing_columns() -> dict[str, Any]:
    """Every column of any table that points to an organisation, by its name with that of its table."""
    key: Any = Organisation.__table__.c.id
    tables = Base.metadata.sorted_tables
    return {f"{table.name}.{each.name}": each for table in tables for each in table.columns if each.references(key)}


def pointing_rows(one: Organisation) -> dict[str, Select[int]]:
    """The ids of the rows that point to it, by column."""
    return {name: select(column.table.c.id).where(column == one.id) for name, column in pointing_columns().items()}


def move_all(moved: Mapping[str, Sequence[int]], source: Organisation, target: Organisation) -> list[Update]:
    """Statements that make these rows point to the one where they still point to the other; none becomes its own member."""
    columns = pointing_columns()
    return [
        update(columns[name].table)
        .where(columns[name] == source.id, columns[name].table.c.id.in_(set(ids) - itself(name, target)))
        .values({columns[name]: target.id})
        for name, ids in moved.items()
        if ids and name in columns
    ]


def itself(column: str, target: Organisation) -> set[int]:
    return {target.id} if column == "organisation.umbrella_id" else set()


def fill_gaps(one: Organisation, other: Organisation) -> dict[str, Any]:
    """What is known only of the one is known of the other from now on. Gives what that was."""
    filled = {name: getattr(one, name) for name in GAPS if getattr(one, name) and not getattr(other, name)}
    if filled.get("umbrella_id") == other.id:
        del filled["umbrella_id"]
    for name, value in filled.items():
        setattr(other, name, value)
    return filled


def said_of(one: Organisation) -> dict[str, Any]:
    """All that an organisation says of itself, as a merge keeps it."""
    return {name: getattr(one, name) for name in SAID}


def taken_out(merge: OrganisationMerge) -> Organisation:
    """The organisation that a merge made a part of another, as it was; what it gave to the other is taken back."""
    other = merge.organisation
    for name, value in merge.filled.items():
        if getattr(other, name) == value:
            setattr(other, name, NOTHING[name])
    said = dict(merge.merged)
    category = Category(said.pop("category")) if said["category"] else said.pop("category")
    return Organisation(name=Words(said.pop("name")), category=category, **said)


def refuse_circle(one: Organisation, umbrella: Organisation | None) -> None:
    """Nothing is a member of itself, nor of its own members. Raises RuleBroken."""
    above = umbrella
    for _level in range(DEEPEST):
        if above is None:
            return
        if above is one:
            raise RuleBroken(_("An organisation cannot be a member of itself or of one of its members."), "umbrella")
        above = above.umbrella
    raise RuleBroken(_("There are too many umbrella bodies above each other."), "umbrella")


def refuse_taken(
    name: str, one: Organisation, organisations: Iterable[Organisation], aliases: Iterable[Any], visible: Container[int]
) -> None:
    """An alias leads to one organisation only within a country; raises RuleBroken where it leads elsewhere already.

    Only those that are `visible` to whoever asks are named.
    """
    wanted = name.casefold()
    bearers = [each for each in organisations if wanted in map(str.casefold, each.name.values())]
    bearers += [alias.organisation for alias in aliases if alias.name.casefold() == wanted]
    if one in bearers:
        raise RuleBroken(_("It is known by this name already."), "alias")
    for other in bearers:
        if one.country and other.country and one.country != other.country:
            continue
        if other.id not in visible:
            raise RuleBroken(_("This name belongs to an organisation that your workshops do not use."), "alias")
        said = other.name.in_("en")[0]
        raise RuleBroken(_("This name belongs to “%(name)s”. If both are the same, merge them.", name=said), "alias")
