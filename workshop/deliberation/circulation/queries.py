"""What to read of reviews. Statements only."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from workshop.deliberation.editions.models import Edition
from workshop.deliberation.editions.queries import undecided_remarks
from workshop.deliberation.plenary.models import Block, PlenaryReport
from workshop.participation.attendance.queries import seated
from workshop.participation.delegations.models import Participant
from workshop.secretariat.series.models import Workshop

from .models import Remark, RemarkKind, ReviewCopy


def copies(edition: Edition) -> Select[ReviewCopy]:
    """Those who have the edition, by name."""
    return (
        select(ReviewCopy)
        .join(ReviewCopy.participant)
        .where(ReviewCopy.edition_id == edition.id)
        .options(joinedload(ReviewCopy.participant))
        .order_by(Participant.family_name, Participant.given_name, Participant.id)
    )


def recipients(workshop: Workshop, edition: Edition) -> Select[Participant]:
    """Participants with a seat and an address who do not have it yet."""
    have = select(ReviewCopy.participant_id).where(ReviewCopy.edition_id == edition.id)
    return seated(workshop.id).where(Participant.email != "", Participant.id.not_in(have))


def copy_by_link(token: str) -> Select[ReviewCopy]:
    report = joinedload(ReviewCopy.edition).joinedload(Edition.report)
    return (
        select(ReviewCopy)
        .where(ReviewCopy.opened_by(token))
        .options(
            report.joinedload(PlenaryReport.workshop).joinedload(Workshop.series),
            joinedload(ReviewCopy.participant),
        )
    )


def remarks(edition: Edition) -> Select[Remark]:
    """All remarks on an edition: paragraph by paragraph, those on the whole first."""
    return (
        select(Remark)
        .where(Remark.edition_id == edition.id)
        .options(joinedload(Remark.copy).joinedload(ReviewCopy.participant), joinedload(Remark.block))
        .order_by(Remark.paragraph.is_not(None), Remark.paragraph, Remark.id)
    )


def blocks_of(edition: Edition) -> Select[Block]:
    return select(Block).where(Block.report_id == edition.report_id)


@undecided_remarks.by
def objections_undecided(edition: Edition) -> Select[int]:
    kinds = [kind for kind in RemarkKind if kind.must_be_decided]
    return select(func.count(Remark.id)).where(
        Remark.edition_id == edition.id, Remark.kind.in_(kinds), Remark.decision.is_(None)
    )
