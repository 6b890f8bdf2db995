"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.programme.agenda.models import Appearance, GuidingQuestion, Room, Session
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.secretariat.series.models import Workshop


def sessions_with_texts(workshop: Workshop) -> Select[Session]:
    """The draft agenda with whatever has a text in several languages: five statements whatever its length."""
    return (
        select(Session)
        .where(Session.workshop_id == workshop.id)
        .options(
            selectinload(Session.questions).selectinload(GuidingQuestion.wordings),
            selectinload(Session.items),
            selectinload(Session.appearances).joinedload(Appearance.person),
        )
        .order_by(Session.number)
    )


def groups_with_texts(workshop: Workshop) -> Select[Group]:
    questions = selectinload(Group.questions).selectinload(GroupQuestion.wordings)
    return select(Group).where(Group.workshop_id == workshop.id).options(questions).order_by(Group.number)


def rooms_with_texts(workshop: Workshop) -> Select[Room]:
    return (
        select(Room)
        .where(Room.workshop_id == workshop.id)
        .options(joinedload(Room.workshop))
        .order_by(Room.position, Room.id)
    )


def drafts(workshop: Workshop) -> Select[Questionnaire]:
    """The questionnaires that are being written, with their drafts."""
    return select(Questionnaire).where(Questionnaire.workshop_id == workshop.id).order_by(Questionnaire.id)
