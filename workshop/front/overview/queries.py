"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, case, func, select

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.deliberation.group_reports.models import GroupReport
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.platform.db import Words
from workshop.programme.groups.models import Group, GroupRole
from workshop.secretariat.series.models import Workshop


def servants(workshop: Workshop) -> Select[GroupRole]:
    return select(GroupRole).join(Group, Group.id == GroupRole.group_id).where(Group.workshop_id == workshop.id)


def group_reports(workshop: Workshop) -> Select[GroupReport]:
    return select(GroupReport).join(Group, Group.id == GroupReport.group_id).where(Group.workshop_id == workshop.id)


def newest_report(workshop: Workshop) -> Select[PlenaryReport]:
    return (
        select(PlenaryReport)
        .where(PlenaryReport.workshop_id == workshop.id)
        .order_by(PlenaryReport.compiled_at.desc())
        .limit(1)
    )


def answers_so_far(workshop: Workshop) -> Select[int, Words, int, int]:
    """Per questionnaire: its title, how many answers were begun and how many of those submitted."""
    submitted = func.sum(case((Response.state == ResponseState.SUBMITTED, 1), else_=0))
    return (
        select(
            Questionnaire.id,
            Questionnaire.title,
            func.count(Response.id).label("begun"),
            func.coalesce(submitted, 0).label("submitted"),
        )
        .join(QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .outerjoin(Response, Response.version_id == QuestionnaireVersion.id)
        .where(Questionnaire.workshop_id == workshop.id)
        .group_by(Questionnaire.id)
        .order_by(Questionnaire.id)
    )
