"""Erasing a participant: nothing personal is left in any table or file; category, country and status stay for the counts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from workshop.participation.delegations.models import FormerHolder, Participant
from workshop.platform import erasure, files, import_steps, made_files
from workshop.platform.db import Database
from workshop.platform.mail import Message
from workshop.secretariat.activity.change_listener import silence

from . import queries, rules
from .models import ListEdition, ListPrint, ParticipantMail, ParticipantNeeds, TravelDocument, TravelPaper

KIND = "participant"
MADE_FILES = ("list.docx", "list.xlsx", "list.draft", "registrations.xlsx")  # kinds that name people
OWN = (ParticipantNeeds, TravelDocument, TravelPaper, FormerHolder)


def name_on_list(who: Participant) -> str:
    """What stands for them on the list of what was erased."""
    return erasure.name_of("participant", who.workshop.key, who.id)


def erase(session: Database, who: Participant, *, at: datetime) -> list[str]:
    """In the transaction of the caller; the stored files that go after its commit."""
    stored = [name for found in queries.participant_erased(session, who) for name in found]
    stored += [each.stored_as for each in session.scalars(queries.papers_of(who).with_for_update()) if each.stored_as]
    for table in OWN:
        session.execute(delete(table).where(table.participant_id == who.id))
    mails = select(ParticipantMail.message_id).where(ParticipantMail.participant_id == who.id)
    session.execute(delete(Message).where(Message.id.in_(mails)).execution_options(synchronize_session=False))
    stored += leave_lists(session, who)
    rules.erase(who, at=at)
    who.workshop.changed_in_public()
    session.flush()
    silence(session, Participant, [who.id])
    return stored


def leave_lists(session: Database, who: Participant) -> list[str]:
    """No published list names them any more, and no file of one that did is kept."""
    stored = [*made_files.forget(session, *MADE_FILES), *import_steps.forget(session)]
    for edition in session.scalars(select(ListEdition).where(ListEdition.workshop_id == who.workshop_id)):
        edition.entries = [each for each in edition.entries if each.get("id") != who.id]
    for made in session.scalars(select(ListPrint).where(ListPrint.workshop_id == who.workshop_id).with_for_update()):
        stored.append(made.stored_as)
        session.delete(made)
    return stored


def remove_files(stored: Iterable[str]) -> None:
    """After the commit."""
    for name in stored:
        files.remove(name)
