"""What to read. Statements only: the caller runs them. What later packages know of organisations, they provide."""

from sqlalchemy import Executable, Select, false, or_, select
from sqlalchemy.orm import joinedload

from workshop.platform.db import Database
from workshop.platform.providers import Provided
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

from .countries import sort_key
from .models import Organisation, OrganisationAlias

organisation_ids_on = Provided[[Workshop], Select[int | None]]("Ids of the organisations that take part in a workshop.")
uses_of = Provided[[Organisation], Executable]("The rows of people who take part for an organisation, anywhere.")
uses_elsewhere = Provided[[Organisation, User], Select[bool]](
    "Whether somebody takes part for it in a workshop that this user does not organise."
)


def names_of_organisations(session: Database, language: str) -> list[str]:
    """Every name and alias, for a form to suggest, in the order of the alphabet."""
    named = session.scalars(select(Organisation.name)).all()
    others = session.scalars(select(OrganisationAlias.name)).all()
    return sorted(
        {*(name.in_(language, "en")[0] for name in named), *others}, key=lambda each: sort_key(each, language)
    )


def organisations() -> Select[Organisation]:
    return select(Organisation).order_by(Organisation.id)


def organisations_on(workshop: Workshop) -> Select[Organisation]:
    """The organisations that take part in this workshop."""
    here = or_(false(), *(Organisation.id.in_(ids) for ids in organisation_ids_on(workshop)))
    return organisations().where(here)


def aliases() -> Select[OrganisationAlias]:
    return select(OrganisationAlias).options(joinedload(OrganisationAlias.organisation)).order_by(OrganisationAlias.id)


def aliases_of(*organisations: Organisation) -> Select[OrganisationAlias]:
    return (
        select(OrganisationAlias)
        .where(OrganisationAlias.organisation_id.in_([each.id for each in organisations]))
        .order_by(OrganisationAlias.name)
    )
