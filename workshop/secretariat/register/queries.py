"""What to read. Statements only: the caller runs them. What later packages know of organisations, they provide."""

from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Executable, Select, delete, exists, false, or_, select
from sqlalchemy.orm import joinedload

from workshop.platform.db import Database
from workshop.platform.providers import Provided
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop

from .countries import sort_key
from .models import Organisation, OrganisationAlias, OrganisationMerge

organisation_ids_in = Provided[[Select[int]], Select[int | None]](
    "Ids of the organisations that workshops use; a statement says which workshops."
)
uses_of = Provided[[Organisation, Select[int]], Executable](
    "The rows of people who take part for an organisation in these workshops."
)


came_to = Provided[[Select[int]], Select[int]]("Ids of the participants who came to these workshops.")


def seen_through(user: User) -> Select[int]:
    """The workshops whose use of an organisation shows it to this person: those whose agenda she works on."""
    working = Membership.role.in_((Role.ORGANISER, Role.PROGRAMME))
    mine = select(Membership.workshop_id).where(Membership.user_id == user.id, working)
    return select(Workshop.id).where(Workshop.id.in_(mine), Workshop.removed_at.is_(None))


def used_in(workshops: Select[int]) -> ColumnElement[bool]:
    return or_(false(), *(Organisation.id.in_(ids) for ids in organisation_ids_in(workshops)))


def names_of_organisations(session: Database, user: User, language: str) -> list[str]:
    """Every name and alias of those she may see, for a form to suggest, in the order of the alphabet."""
    named = session.scalars(organisations_of(user)).all()
    others = session.scalars(aliases_of(*named)).all()
    found = {*(each.name.in_(language, "en")[0] for each in named), *(each.name for each in others)}
    return sorted(found, key=lambda each: sort_key(each, language))


def organisations() -> Select[Organisation]:
    """All of them, for names to be looked up among; never to be listed."""
    return select(Organisation).order_by(Organisation.id)


def organisations_of(user: User) -> Select[Organisation]:
    """Those that the workshops use which this person organises."""
    return organisations().where(used_in(seen_through(user)))


def organisations_on(workshop: Workshop) -> Select[Organisation]:
    """The organisations that this workshop uses."""
    return organisations().where(used_in(select(Workshop.id).where(Workshop.id == workshop.id)))


def is_used_elsewhere(organisation: Organisation, user: User) -> Select[bool]:
    """Whether a workshop uses it that this person does not organise."""
    own = select(Membership.workshop_id).where(Membership.user_id == user.id, Membership.role == Role.ORGANISER)
    foreign = used_in(select(Workshop.id).where(Workshop.id.not_in(own)))
    return select(exists(select(Organisation.id).where(Organisation.id == organisation.id, foreign)))


def members_of(umbrella: Organisation, user: User) -> Select[Organisation]:
    """The members of an umbrella body among those that this person's workshops use."""
    return organisations_of(user).where(Organisation.umbrella_id == umbrella.id)


def aliases() -> Select[OrganisationAlias]:
    return select(OrganisationAlias).options(joinedload(OrganisationAlias.organisation)).order_by(OrganisationAlias.id)


def aliases_of(*organisations: Organisation) -> Select[OrganisationAlias]:
    return (
        select(OrganisationAlias)
        .where(OrganisationAlias.organisation_id.in_([each.id for each in organisations]))
        .order_by(OrganisationAlias.name)
    )


def merges(organisation: Organisation, since: datetime) -> Select[OrganisationMerge]:
    """What became part of it and can still be taken out again, the newest first."""
    return (
        select(OrganisationMerge)
        .where(OrganisationMerge.organisation_id == organisation.id, OrganisationMerge.at > since)
        .order_by(OrganisationMerge.id.desc())
    )


def merges_for_good(before: datetime) -> Delete:
    return delete(OrganisationMerge).where(OrganisationMerge.at <= before)
