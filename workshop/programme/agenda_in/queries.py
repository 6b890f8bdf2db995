"""What to read before a file is taken in. The caller hands in the session."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from workshop.platform.db import Database
from workshop.programme.agenda import queries as agenda
from workshop.programme.groups import queries as groups_queries
from workshop.programme.papers import queries as papers
from workshop.secretariat.series.models import Workshop

from .apply.record import WorkshopContents
from .models import AgendaImport, ImportedColumns, ImportedEntry
from .reading.remarks import Setting


def known_of_workshop(session: Database, workshop: Workshop) -> WorkshopContents:
    """Everything a file is compared with: thirteen statements whatever its size."""
    return WorkshopContents(
        workshop=workshop,
        sessions=list(session.scalars(agenda.sessions(workshop))),
        rooms=list(session.scalars(agenda.rooms(workshop))),
        documents=list(session.scalars(papers.documents_of(workshop)).unique()),
        groups=list(session.scalars(groups_queries.groups(workshop.id))),
        register=agenda.register(session, workshop),
        entries=list(session.scalars(entries(workshop))),
    )


def setting(session: Database, workshop: Workshop) -> Setting:
    """What a reader is told about the workshop."""
    said = session.scalar(columns(workshop))
    return Setting(workshop.languages[0], workshop.zone, said.fields if said else {}, tuple(workshop.place.values()))


def entries(workshop: Workshop) -> Select[ImportedEntry]:
    """What was imported into a workshop before, with what it became: their rows are read with the agenda."""
    return (
        select(ImportedEntry)
        .where(ImportedEntry.workshop_id == workshop.id)
        .options(
            joinedload(ImportedEntry.session),
            joinedload(ImportedEntry.item),
            joinedload(ImportedEntry.appearance),
            joinedload(ImportedEntry.document),
            joinedload(ImportedEntry.group),
        )
        .order_by(ImportedEntry.id)
    )


def columns(workshop: Workshop) -> Select[ImportedColumns]:
    return select(ImportedColumns).where(ImportedColumns.workshop_id == workshop.id)


def waiting(workshop: Workshop, key: str) -> Select[AgendaImport]:
    """The import of that name in this workshop, taken or not."""
    return select(AgendaImport).where(AgendaImport.workshop_id == workshop.id, AgendaImport.key == key)
