"""What to read. Statements only, run by the caller; `published` runs those of a whole programme."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from workshop.platform.db import Database
from workshop.programme.agenda.models import Appearance, Session
from workshop.programme.papers.queries import documents_shown
from workshop.programme.releases.models import Release
from workshop.programme.releases.queries import newest_release, shown_agenda
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import workshop_named

from .models import AgendaPrint, CalendarFeed, Layout
from .published_programme import Programme, Reader, programme


def shown_workshop(slug: str) -> Select[Workshop]:
    """A workshop that the public may see."""
    return workshop_named(slug).where(Workshop.published).options(joinedload(Workshop.series))


def releases(workshop: Workshop) -> Select[Release]:
    """Everything that was ever published, oldest first."""
    return select(Release).where(Release.workshop_id == workshop.id).order_by(Release.number)


def published_programme(session: Database, workshop: Workshop, language: str) -> Programme | None:
    """The newest release with its documents: four statements. None where nothing was published yet."""
    release = session.scalars(newest_release(workshop.id)).one_or_none()
    if release is None:
        return None
    papers = session.scalars(documents_shown(workshop.id)).unique().all()
    return programme(workshop, release, shown_agenda(session, release), language=language, papers=papers)


def bare(workshop: Workshop, release: Release, language: str) -> Programme:
    """A release without its sessions, for files that take these from all releases."""
    return Programme(workshop, release, Reader(language, workshop.starts_on), [])


def agenda_print(workshop: Workshop, layout: Layout, language: str, fingerprint: str) -> Select[AgendaPrint]:
    return (
        select(AgendaPrint)
        .where(
            AgendaPrint.workshop_id == workshop.id,
            AgendaPrint.layout == layout,
            AgendaPrint.language == language,
            AgendaPrint.fingerprint == fingerprint,
        )
        .options(joinedload(AgendaPrint.task))
    )


def outdated_prints(made: AgendaPrint) -> Select[AgendaPrint]:
    """Earlier PDFs of the same kind, which nobody is given any more."""
    return select(AgendaPrint).where(
        AgendaPrint.workshop_id == made.workshop_id,
        AgendaPrint.layout == made.layout,
        AgendaPrint.language == made.language,
        AgendaPrint.id < made.id,
    )


def feed_by_link(token: str) -> Select[CalendarFeed]:
    """The feed whose address holds that secret, where the public may see the workshop."""
    return (
        select(CalendarFeed)
        .join(CalendarFeed.workshop)
        .where(CalendarFeed.opened_by(token), Workshop.published)
        .options(joinedload(CalendarFeed.workshop), joinedload(CalendarFeed.person))
    )


def feed_of(workshop: Workshop, person: Person) -> Select[CalendarFeed]:
    return select(CalendarFeed).where(CalendarFeed.workshop_id == workshop.id, CalendarFeed.person_id == person.id)


def appearing(workshop: Workshop, person_id: int) -> Select[Person]:
    """A person on the agenda of this workshop."""
    there = select(Appearance.person_id).join(Session).where(Session.workshop_id == workshop.id)
    return select(Person).where(Person.id == person_id, Person.id.in_(there))


def invitation_of(workshop: Workshop, person: Person) -> Select[Invitation]:
    return select(Invitation).where(Invitation.workshop_id == workshop.id, Invitation.person_id == person.id)
