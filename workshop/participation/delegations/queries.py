"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import ngettext
from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import joinedload

from workshop.platform.db import Database
from workshop.platform.mail import MessageState, unsent_mails
from workshop.platform.providers import Provided
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.register.models import Organisation
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.settings.removal import Counted, contents

from .models import Delegation, DelegationLetter, FormerHolder, LetterPrint, Participant, ParticipationPlan
from .statuses import ParticipantStatus

nominations_changed = Provided[[Database, Workshop, Sequence[Participant]], None](
    "What follows where these were nominated, substituted or withdrawn; before the commit, the workshop locked."
)

seat_passed_on = Provided[[Database, Participant], None](
    "What follows for whoever holds a seat that somebody else is about to take; before it is taken."
)
DelegationPage = tuple[str, str, str]  # what it is called, where it is, and how far it has come
pages_of_delegation = Provided[[Database, Delegation, str], list[DelegationPage]](
    "What a focal point is offered behind the link of the delegation, by its secret, beside the names."
)


def plan(workshop_id: int) -> Select[ParticipationPlan]:
    return select(ParticipationPlan).where(ParticipationPlan.workshop_id == workshop_id)


def delegations(workshop: Workshop) -> Select[Delegation]:
    return (
        select(Delegation)
        .where(Delegation.workshop_id == workshop.id)
        .options(joinedload(Delegation.organisation))
        .order_by(Delegation.id)
    )


def delegation_by_link(token: str) -> Select[Delegation]:
    """The delegation whose focal point holds that secret."""
    return (
        select(Delegation)
        .where(Delegation.opened_by(token))
        .options(joinedload(Delegation.workshop), joinedload(Delegation.organisation))
    )


def participants(workshop_id: int) -> Select[Participant]:
    """Everybody who is registered or on the way there, whatever became of it, with delegation and organisation."""
    return (
        select(Participant)
        .where(Participant.workshop_id == workshop_id)
        .options(
            joinedload(Participant.delegation).joinedload(Delegation.organisation), joinedload(Participant.organisation)
        )
        .order_by(Participant.position, Participant.id)
    )


def members(delegation: Delegation) -> Select[Participant]:
    """The members of one delegation in its own order."""
    return (
        select(Participant)
        .where(Participant.delegation_id == delegation.id)
        .order_by(Participant.position, Participant.id)
    )


def seated(workshop_id: int) -> Select[Participant]:
    return select(Participant).where(
        Participant.workshop_id == workshop_id, Participant.standing == ParticipantStatus.APPROVED
    )


def waiting(workshop_id: int) -> Select[Participant]:
    """The waiting list in order."""
    return (
        participants(workshop_id)
        .where(Participant.standing == ParticipantStatus.WAITING)
        .order_by(None)
        .order_by(Participant.queued_at, Participant.id)
    )


def last_number(workshop_id: int) -> Select[int | None]:
    """The highest badge number given so far."""
    return select(func.max(Participant.number)).where(Participant.workshop_id == workshop_id)


def former_holders(workshop_id: int) -> Select[FormerHolder]:
    """Who held a seat before, the newest first."""
    return (
        select(FormerHolder)
        .join(FormerHolder.participant)
        .where(Participant.workshop_id == workshop_id)
        .options(joinedload(FormerHolder.participant))
        .order_by(FormerHolder.id.desc())
    )


def letters(workshop: Workshop) -> Select[DelegationLetter]:
    """Every letter written, with its delegation, by number."""
    return (
        select(DelegationLetter)
        .where(DelegationLetter.workshop_id == workshop.id)
        .options(joinedload(DelegationLetter.delegation).joinedload(Delegation.organisation))
        .order_by(DelegationLetter.year, DelegationLetter.serial)
    )


def last_serial(workshop: Workshop, year: int) -> Select[int | None]:
    return select(func.max(DelegationLetter.serial)).where(
        DelegationLetter.workshop_id == workshop.id, DelegationLetter.year == year
    )


def last_letters(workshop: Workshop) -> Select[int, datetime, MessageState | None, str | None]:
    """Of each delegation: when it was last written to; and state and reason, where that did not arrive or waits."""
    among = select(Delegation.id).where(Delegation.workshop_id == workshop.id)
    owner = DelegationLetter.delegation_id
    unsent = unsent_mails(owner, DelegationLetter.id, DelegationLetter.message_id, among).subquery()
    return (
        select(owner, func.max(DelegationLetter.written_at), func.max(unsent.c.state), func.max(unsent.c.reason))
        .outerjoin(unsent, unsent.c.delegation_id == owner)
        .where(owner.in_(among))
        .group_by(owner)
    )


def letter_print(workshop: Workshop, language: str, fingerprint: str) -> Select[LetterPrint]:
    return (
        select(LetterPrint)
        .where(
            LetterPrint.workshop_id == workshop.id,
            LetterPrint.language == language,
            LetterPrint.fingerprint == fingerprint,
        )
        .options(joinedload(LetterPrint.task))
    )


def counts_by_delegation(workshop: Workshop) -> Select[int | None, ParticipantStatus, int]:
    return (
        select(Participant.delegation_id, Participant.standing, func.count())
        .where(Participant.workshop_id == workshop.id)
        .group_by(Participant.delegation_id, Participant.standing)
    )


def members_by_delegation(rows: Iterable[Row[int | None, ParticipantStatus, int]]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for delegation_id, standing, count in rows:
        if delegation_id is not None:
            found.setdefault(delegation_id, {})[standing.value] = count
    return found


@register_queries.organisation_ids_in.by
def organisation_ids_in(workshops: Select[int]) -> Select[int | None]:
    """The organisations that are invited."""
    return select(Delegation.organisation_id).where(Delegation.workshop_id.in_(workshops))


@register_queries.organisation_ids_in.by
def organisation_ids_of_participants(workshops: Select[int]) -> Select[int | None]:
    """Those that participants come from."""
    return select(Participant.organisation_id).where(Participant.workshop_id.in_(workshops))


@register_queries.uses_of.by
def participants_from(organisation: Organisation, workshops: Select[int]) -> Select[Participant]:
    """Everybody who takes part for it, by themselves or in its delegation."""
    invited = select(Delegation.id).where(Delegation.organisation_id == organisation.id)
    return (
        select(Participant)
        .where(
            or_(Participant.organisation_id == organisation.id, Participant.delegation_id.in_(invited)),
            Participant.workshop_id.in_(workshops),
            Participant.family_name != "",
        )
        .options(joinedload(Participant.workshop))
        .order_by(Participant.workshop_id.desc(), Participant.family_name, Participant.id)
    )


@contents.by
def people_contained(workshop: Workshop) -> Iterable[Counted]:
    for table, words in (
        (Delegation, lambda count: ngettext("%(num)s delegation", "%(num)s delegations", count)),
        (Participant, lambda count: ngettext("%(num)s participant", "%(num)s participants", count)),
    ):
        yield select(func.count(table.id)).where(table.workshop_id == workshop.id), words
