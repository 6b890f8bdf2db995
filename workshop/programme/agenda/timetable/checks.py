"""Looks for clashes in what is saved now, refuses new ones where the workshop blocks them, and tells of the others."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from flask_babel import gettext as _
from markupsafe import Markup

from workshop.platform.db import Database
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import language
from workshop.secretariat.series.models import Workshop

from ..models import Session
from . import clash_sentences, clashes, plan_loader
from .clash_phrases import Wording
from .clashes import Clash, Level, Tally
from .plan import Programme


def writer(session: Database, programme: Programme, found: Iterable[Clash], words: Wording) -> clash_sentences.Writer:
    """Writes sentences about these clashes: reads the names they need, if any."""
    found = list(found)
    people, houses = clash_sentences.people_in(found), clash_sentences.organisations_in(found)
    named = session.scalars(plan_loader.people(people)) if people else ()
    called = session.scalars(plan_loader.organisations(houses)) if houses else ()
    return clash_sentences.Writer(
        programme=programme,
        words=words,
        people={each.id: each.display_name for each in named},
        organisations={each.id: each.name.in_(language(), "en")[0] for each in called},
    )


def refuse_new(session: Database, workshop: Workshop, before: Programme, after: Programme) -> None:
    """Raises RuleBroken, in sentences, when the change makes a clash of a kind that this workshop blocks."""
    levels = workshop.clash_levels
    if Level.BLOCK not in levels.values():
        return
    new = clashes.at_level(clashes.new_ones(clashes.find(before), clashes.find(after)), levels, Level.BLOCK)
    if new:
        said = writer(session, after, new, Wording(workshop.slug))
        told = " ".join(said.sentence(clash).striptags() for clash in new)
        raise RuleBroken(_("Not saved, because this workshop does not allow this: %(problems)s", problems=told))


@contextmanager
def no_new_clash(session: Database, workshop: Workshop) -> Iterator[None]:
    """What is changed inside is undone, and refused, when it makes a clash of a kind that this workshop blocks."""
    if Level.BLOCK not in workshop.clash_levels.values():
        yield
        return
    before = plan_loader.programme(session, workshop)
    with session.begin_nested():
        yield
        session.flush()
        refuse_new(session, workshop, before, plan_loader.programme(session, workshop))


def blocking(session: Database, workshop: Workshop, sessions: Sequence[Session]) -> list[Markup]:
    """What stands in the way of publishing these sessions, in sentences."""
    if Level.BLOCK not in workshop.clash_levels.values():
        return []
    programme = plan_loader.programme_of(session, workshop, sessions)
    found = clashes.at_level(clashes.find(programme), workshop.clash_levels, Level.BLOCK)
    said = writer(session, programme, found, Wording(workshop.slug))
    return [said.sentence(clash) for clash in found]


def count(session: Database, workshop: Workshop, sessions: Sequence[Session]) -> Tally:
    """How many clashes and gaps these sessions have that this workshop does not ignore."""
    found = clashes.find(plan_loader.programme_of(session, workshop, sessions))
    return clashes.tally(clashes.at_level(found, workshop.clash_levels, Level.BLOCK, Level.WARN))
