"""Two organisations that turn out to be one: all that belongs to the one goes to the other, and so do its names."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy import Update, update

from workshop.platform.db import Base
from workshop.platform.errors import RuleBroken

from .countries import sort_key
from .models import Organisation, OrganisationAlias


def is_called(organisation: Organisation, aliases: Iterable[str], words: str) -> bool:
    """Whether these words stand in one of its names, accents and capitals aside."""
    names = [sort_key(name, "en")[0] for name in (*organisation.name.values(), *aliases)]
    return any(sort_key(words, "en")[0] in name for name in names)


def kept_names(one: Organisation, other: Organisation, aliases: Sequence[OrganisationAlias]) -> list[OrganisationAlias]:
    """New aliases of the other, so that whoever types a name of the one still finds it."""
    known = {name.casefold() for name in other.name.values()} | {each.name.casefold() for each in aliases}
    names = dict.fromkeys(name for name in one.name.values() if name.casefold() not in known)
    return [OrganisationAlias(organisation=other, name=name) for name in names]


def move_all(one: Organisation, other: Organisation) -> list[Update]:
    """Statements that make every row of any table that points to the one point to the other."""
    key = Base.metadata.tables[Organisation.__tablename__].c.id
    return [
        update(table).where(column == one.id).values({column: other.id})
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.references(key)
    ]


def refuse_taken(
    name: str, one: Organisation, organisations: Iterable[Organisation], aliases: Iterable[OrganisationAlias]
) -> None:
    """An alias leads to one organisation only within a country; raises RuleBroken where it leads elsewhere already."""
    wanted = name.casefold()
    bearers = [each for each in organisations if wanted in map(str.casefold, each.name.values())]
    bearers += [alias.organisation for alias in aliases if alias.name.casefold() == wanted]
    if one in bearers:
        raise RuleBroken(_("It is known by this name already."), "alias")
    for other in bearers:
        if not (one.country and other.country) or one.country == other.country:
            said = other.name.in_("en")[0]
            raise RuleBroken(
                _("This name belongs to “%(name)s”. If both are the same, merge them.", name=said), "alias"
            )
