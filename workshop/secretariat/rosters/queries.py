"""What to read about contacts and lists of them. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from workshop.platform.providers import Provided
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.register.models import Organisation
from workshop.secretariat.series.models import Workshop

from .models import Contact, RosterColumns, RosterImport

read_detail = Provided[[str, str], str](
    "What a cell of a list says of a participant, given the field; raises RuleBroken where it says nothing known."
)


def contacts(workshop: Workshop) -> Select[Contact]:
    """Those of a workshop, with their person and organisation."""
    return (
        select(Contact)
        .where(Contact.workshop_id == workshop.id)
        .options(joinedload(Contact.person), joinedload(Contact.organisation))
        .order_by(Contact.id)
    )


def columns(workshop: Workshop) -> Select[RosterColumns]:
    return select(RosterColumns).where(RosterColumns.workshop_id == workshop.id).order_by(RosterColumns.id)


def columns_from(workshop: Workshop, source: str) -> Select[RosterColumns]:
    return select(RosterColumns).where(RosterColumns.workshop_id == workshop.id, RosterColumns.source == source)


def waiting(workshop: Workshop, key: str) -> Select[RosterImport]:
    """The list of that name in this workshop, taken in or not."""
    return select(RosterImport).where(RosterImport.workshop_id == workshop.id, RosterImport.key == key)


@register_queries.organisation_ids_in.by
def organisation_ids_in(workshops: Select[int]) -> Select[int | None]:
    """The organisations among the contacts."""
    return select(Contact.organisation_id).where(Contact.workshop_id.in_(workshops))


@register_queries.uses_of.by
def contacts_of(organisation: Organisation, workshops: Select[int]) -> Select[Contact]:
    """The contacts of an organisation in these workshops."""
    return (
        select(Contact)
        .where(Contact.organisation_id == organisation.id, Contact.workshop_id.in_(workshops))
        .options(joinedload(Contact.person))
    )
