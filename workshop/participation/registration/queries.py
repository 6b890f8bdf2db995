"""What to read. Statements only: the caller runs them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Delete, Select, and_, bindparam, delete, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from workshop.participation.delegations.models import Delegation, Participant
from workshop.participation.delegations.statuses import DelegationStatus, ParticipantStatus
from workshop.platform.db import Database
from workshop.platform.providers import Provided
from workshop.programme.agenda.models import Session
from workshop.secretariat.register.models import Organisation
from workshop.secretariat.series.models import Workshop

from .models import (
    ListEdition,
    ListPrint,
    MailKind,
    ParticipantMail,
    ParticipantNeeds,
    PermissionEntry,
    SessionPlace,
    SessionQuota,
    TravelDocument,
    TravelPaper,
)

BESIDE = (MailKind.PLACE, MailKind.PAPERS, MailKind.REPLACED)  # mails that do not say how a registration stands
FurtherForm = tuple[str, str, str]  # what it is called, where it is, and how far it has come where that is known
present_ids = Provided[[int], Select[int]]("The ids of those participants of a workshop, by its id, who have come.")
further_forms = Provided[[Database, Participant, str], list[FurtherForm]](
    "What an approved participant is offered behind the personal link, by its secret, beside the registration."
)
awaits_forms = Provided[[Database, Participant], bool](
    "Whether something that this registration needs is not answered yet, so that it is a draft."
)
participant_erased = Provided[[Database, Participant], list[str]](
    "What else is erased with a participant, in the transaction of the caller; the stored files that go after it."
)

# What a line of the list of participants is made of, for all who have a seat (:workshop): plain columns, one statement.
LISTED = (
    select(
        Participant.id,
        Participant.delegation_id.label("delegation"),
        Participant.position,
        Participant.part,
        Participant.category,
        Participant.country,
        Participant.given_name,
        Participant.family_name,
        Participant.name_as_listed,
        Participant.honorific,
        Participant.honorifics,
        Participant.function,
        Participant.institution,
        Participant.place,
        Organisation.name.label("organisation"),
    )
    .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
    .where(
        Participant.workshop_id == bindparam("workshop"),
        Participant.standing == ParticipantStatus.APPROVED,
        Participant.family_name != "",
    )
    .order_by(Participant.id)
)


def figures(workshop_id: int) -> Select[int, int, int]:
    """How many delegations were invited, and how many people are named and registered: one statement."""
    asked = select(func.count()).where(
        Delegation.workshop_id == workshop_id, Delegation.standing != DelegationStatus.LISTED
    )
    people = select(func.count()).where(Participant.workshop_id == workshop_id)
    named = people.where(Participant.standing != ParticipantStatus.DRAFT)
    registered = people.where(Participant.standing == ParticipantStatus.APPROVED)
    counted = (asked.scalar_subquery(), named.scalar_subquery(), registered.scalar_subquery())
    return select(*(each.label(name) for each, name in zip(counted, ("invited", "named", "registered"), strict=True)))


def count_present(workshop_id: int) -> list[Select[int]]:
    """How many have come, as each later package that knows it says."""
    return [select(func.count()).select_from(each.subquery()) for each in present_ids(workshop_id)]


def participant(workshop_id: int, id: int) -> Select[Participant]:
    return (
        select(Participant)
        .where(Participant.workshop_id == workshop_id, Participant.id == id)
        .options(
            joinedload(Participant.delegation).joinedload(Delegation.organisation), joinedload(Participant.organisation)
        )
    )


def participant_by_link(token: str) -> Select[Participant]:
    """The participant whose personal link holds that secret."""
    return (
        select(Participant)
        .where(Participant.opened_by(token))
        .options(
            joinedload(Participant.workshop),
            joinedload(Participant.delegation).joinedload(Delegation.organisation),
            joinedload(Participant.organisation),
        )
    )


def participants_with_email(workshop: Workshop, email: str) -> Select[Participant]:
    gone = (ParticipantStatus.REFUSED, ParticipantStatus.WITHDRAWN)
    return select(Participant).where(
        Participant.workshop_id == workshop.id,
        Participant.email.ilike(email.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"), escape="\\"),
        Participant.standing.not_in(gone),
    )


def participant_of_person(workshop_id: int, person_id: int) -> Select[Participant]:
    """The seat of somebody on the programme."""
    return select(Participant).where(Participant.workshop_id == workshop_id, Participant.person_id == person_id)


def needs(workshop_id: int) -> Select[ParticipantNeeds]:
    """What those who come said they need, with who they are."""
    return (
        select(ParticipantNeeds)
        .join(ParticipantNeeds.participant)
        .where(Participant.workshop_id == workshop_id, Participant.standing == ParticipantStatus.APPROVED)
        .where(or_(ParticipantNeeds.diet != "", ParticipantNeeds.access != ""))
        .options(joinedload(ParticipantNeeds.participant))
        .order_by(Participant.family_name, Participant.given_name)
    )


def needs_of(who: Participant) -> Select[ParticipantNeeds]:
    return select(ParticipantNeeds).where(ParticipantNeeds.participant_id == who.id)


def needs_to_erase(day: date) -> Delete:
    """Those of workshops that ended before that day."""
    over = select(Workshop.id).where(Workshop.ends_on < day)
    ids = select(Participant.id).where(Participant.workshop_id.in_(over))
    return delete(ParticipantNeeds).where(ParticipantNeeds.participant_id.in_(ids))


def travel_document(who: Participant) -> Select[TravelDocument]:
    return select(TravelDocument).where(TravelDocument.participant_id == who.id)


def travel_to_erase(day: date) -> Delete:
    return delete(TravelDocument).where(TravelDocument.erase_on <= day)


def travellers(workshop_id: int) -> Select[Participant, TravelDocument | None]:
    """Those whose travel is paid or who need a letter for a visa, with what they gave of their passport."""
    comes = Participant.standing.not_in((ParticipantStatus.REFUSED, ParticipantStatus.WITHDRAWN))
    return (
        select(Participant, TravelDocument)
        .outerjoin(TravelDocument, TravelDocument.participant_id == Participant.id)
        .where(Participant.workshop_id == workshop_id, comes, or_(Participant.sponsored, Participant.needs_visa))
        .options(joinedload(Participant.delegation).joinedload(Delegation.organisation))
        .order_by(Participant.family_name, Participant.given_name, Participant.id)
    )


def papers(workshop_id: int) -> Select[TravelPaper]:
    return (
        select(TravelPaper)
        .join(TravelPaper.participant)
        .where(Participant.workshop_id == workshop_id)
        .order_by(TravelPaper.due_on, TravelPaper.id)
    )


def papers_of(who: Participant) -> Select[TravelPaper]:
    return select(TravelPaper).where(TravelPaper.participant_id == who.id).order_by(TravelPaper.due_on, TravelPaper.id)


def papers_of_delegation(delegation: Delegation) -> Select[TravelPaper]:
    """What is asked of those of its members who come and whose travel is paid."""
    comes = Participant.standing.not_in((ParticipantStatus.REFUSED, ParticipantStatus.WITHDRAWN))
    return (
        select(TravelPaper)
        .join(TravelPaper.participant)
        .where(Participant.delegation_id == delegation.id, Participant.sponsored, comes)
        .options(contains_eager(TravelPaper.participant))
        .order_by(Participant.position, Participant.id, TravelPaper.due_on, TravelPaper.id)
    )


def missing_papers(workshop_id: int) -> Select[TravelPaper]:
    """What has not come from those who come, with whom it is asked of."""
    comes = Participant.standing.not_in((ParticipantStatus.REFUSED, ParticipantStatus.WITHDRAWN))
    return (
        select(TravelPaper)
        .join(TravelPaper.participant)
        .where(Participant.workshop_id == workshop_id, Participant.sponsored, comes)
        .where(TravelPaper.received_on.is_(None), TravelPaper.due_on.is_not(None))
        .options(contains_eager(TravelPaper.participant).joinedload(Participant.delegation))
        .order_by(TravelPaper.due_on, TravelPaper.id)
    )


def papers_to_erase(day: date) -> Select[TravelPaper]:
    """Those with a file of workshops that ended before that day."""
    return (
        select(TravelPaper)
        .join(TravelPaper.participant)
        .join(Participant.workshop)
        .where(TravelPaper.stored_as != "", Workshop.ends_on < day)
    )


def permissions(who: Participant) -> Select[PermissionEntry]:
    return select(PermissionEntry).where(PermissionEntry.participant_id == who.id).order_by(PermissionEntry.id.desc())


def mails(who: Participant) -> Select[ParticipantMail]:
    return (
        select(ParticipantMail)
        .where(ParticipantMail.participant_id == who.id)
        .options(joinedload(ParticipantMail.message))
        .order_by(ParticipantMail.id.desc())
    )


def mail_kinds(ids: Collection[int]) -> Select[int, MailKind]:
    """Of each of these participants: what they were written about, the newest last."""
    return (
        select(ParticipantMail.participant_id, ParticipantMail.kind)
        .where(ParticipantMail.participant_id.in_(ids), ParticipantMail.kind.not_in(BESIDE))
        .order_by(ParticipantMail.id)
    )


def places(workshop_id: int) -> Select[SessionPlace]:
    """The places of those who still have a seat in the workshop, as they asked for them."""
    return (
        select(SessionPlace)
        .join(SessionPlace.participant)
        .where(Participant.workshop_id == workshop_id, Participant.standing == ParticipantStatus.APPROVED)
        .options(
            contains_eager(SessionPlace.participant).options(
                joinedload(Participant.delegation).joinedload(Delegation.organisation),
                joinedload(Participant.organisation),
            ),
            joinedload(SessionPlace.session),
        )
        .order_by(SessionPlace.asked_at, SessionPlace.id)
    )


def session_quotas(workshop_id: int) -> Select[SessionQuota]:
    return (
        select(SessionQuota)
        .join(SessionQuota.session)
        .where(Session.workshop_id == workshop_id)
        .options(contains_eager(SessionQuota.session).joinedload(Session.room))
        .order_by(Session.starts_at, Session.number)
    )


def editions(workshop_id: int) -> Select[ListEdition]:
    """What was published as the list of participants, the newest first."""
    return select(ListEdition).where(ListEdition.workshop_id == workshop_id).order_by(ListEdition.number.desc())


def shown_edition(workshop_id: int) -> Select[ListEdition]:
    """The one that the public sees, if any."""
    return editions(workshop_id).where(ListEdition.withdrawn_at.is_(None)).limit(1)


def shown_ids(workshop_id: int) -> Select[int]:
    """Those who may stand on a list now: whoever opted out or was erased since does not."""
    return select(Participant.id).where(
        and_(Participant.workshop_id == workshop_id, Participant.hidden.is_(False), Participant.family_name != "")
    )


def list_print(edition: ListEdition, language: str, fingerprint: str) -> Select[ListPrint]:
    return (
        select(ListPrint)
        .where(ListPrint.edition_id == edition.id, ListPrint.language == language, ListPrint.fingerprint == fingerprint)
        .options(joinedload(ListPrint.task))
    )
