"""What is counted and compared of a whole draft agenda: worked out when anything in the draft changes, kept until then."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import BindParameter, ScalarSelect, Select, bindparam, select, union

from workshop.platform import kept_results
from workshop.platform.db import Database
from workshop.platform.i18n import language
from workshop.platform.kept_results import results, text_of
from workshop.platform.providers import Provided
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.series.models import Workshop

from . import queries, times
from .models import Appearance, Availability, GuidingQuestion, Item, Room, Session
from .timetable import checks
from .timetable.clashes import Tally

A_PAGE = 20  # sessions: a workshop of two days rarely has more
state_texts = Provided[[BindParameter[int]], ScalarSelect[str]](
    "What the state of a draft depends on beside the agenda's own tables, as text, in the workshop of that id."
)


class DraftState(NamedTuple):
    """The ids of the sessions in order of time, and how the draft compares with what the public reads."""

    order: list[int]
    published_at: datetime | None
    changes: list[str]
    withheld: Sequence[object]
    tally: Tally

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.order) // A_PAGE))

    def on_page(self, page: int) -> list[int]:
        last = min(page, self.pages) * A_PAGE
        return self.order[last - A_PAGE : last]


def read_draft(session: Database, workshop: Workshop, page: int) -> tuple[DraftState, Sequence[Session]]:
    """The state of the draft, and the sessions of that page of it, or of the last where there are fewer."""
    texts = session.execute(_texts(), {"workshop": workshop.id}).one()
    name = ("draft agenda", workshop.id, language(), kept_results.digest(tuple(texts)))
    state = results.get(name)
    if not isinstance(state, DraftState):
        everything = session.scalars(queries.sessions_at_once(workshop)).unique().all()
        state = results.put(name, state_of(session, workshop, everything))
        shown = state.on_page(page)
        return state, [each for each in everything if each.id in shown]
    return state, session.scalars(queries.sessions(workshop).where(Session.id.in_(state.on_page(page)))).all()


def state_of(session: Database, workshop: Workshop, everything: Sequence[Session]) -> DraftState:
    published_at, changes, withheld = next(iter(queries.release_state(workshop, everything)), (None, [], []))
    order = [each.id for each in times.in_order(everything)]
    return DraftState(order, published_at, changes, withheld, checks.count(session, workshop, everything))


@cache
def _texts() -> Select[*tuple[str, ...]]:
    """Everything that the state depends on, in one row (:workshop). Put together once, as it names every column."""
    here: BindParameter[int] = bindparam("workshop")
    sessions = select(Session.id).where(Session.workshop_id == here)
    on_agenda = Appearance.session_id.in_(sessions)
    people = select(Appearance.person_id).where(on_agenda)
    readers = select(Appearance.delivered_by_id).where(on_agenda, Appearance.delivered_by_id.is_not(None))
    houses = select(Appearance.organisation_id).where(on_agenda, Appearance.organisation_id.is_not(None))
    texts: list[ScalarSelect[str]] = [
        text_of(Workshop, Workshop.id == here),
        text_of(Session, Session.workshop_id == here),
        text_of(Room, Room.workshop_id == here),
        text_of(Availability, Availability.workshop_id == here),
        text_of(GuidingQuestion, GuidingQuestion.session_id.in_(sessions)),
        text_of(Item, Item.session_id.in_(sessions)),
        text_of(Appearance, on_agenda),
        text_of(Person, Person.id.in_(union(people, readers))),  # by two lists, PostgreSQL would read the register
        text_of(Organisation, Organisation.id.in_(houses)),
        *state_texts(here),
    ]
    return select(*texts)
