"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterator
from datetime import date, datetime

from flask_babel import ngettext
from sqlalchemy import Delete, Select, Update, case, delete, func, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload, load_only
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.platform.tasks import Task, TaskState
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Membership, Role, Workshop
from workshop.secretariat.settings.removal import Counted, contents

from .models import Colleague, DraftChange, Questionnaire, QuestionnaireVersion, Recipient, Response, TranslatorLink
from .states import ResponseState

QUIET = {"synchronize_session": False}
# Put together once, for every page of an answer asks for it.
ASKED_BY = joinedload(Response.version).joinedload(QuestionnaireVersion.questionnaire)
WITH_QUESTIONNAIRE = (ASKED_BY.joinedload(Questionnaire.workshop), ASKED_BY.defer(Questionnaire.draft))


def open_questionnaires(workshop_id: int) -> Select[Questionnaire]:
    """Questionnaires of a workshop that anyone may answer by their open address."""
    published = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
    return (
        select(Questionnaire)
        .where(Questionnaire.workshop_id == workshop_id, Questionnaire.open_to_all, published.exists())
        .order_by(Questionnaire.id)
    )


def newest_version(slug: str, questionnaire: str) -> Select[QuestionnaireVersion]:
    """The version anyone may answer now, with its questionnaire and published workshop; no row where there is none."""
    return (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .join(Questionnaire.workshop)
        .where(
            Workshop.slug == slug, Workshop.published, Questionnaire.slug == questionnaire, Questionnaire.open_to_all
        )
        .options(contains_eager(QuestionnaireVersion.questionnaire).contains_eager(Questionnaire.workshop))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def response_by_link(token: str) -> Select[Response]:
    """The response that a personal link leads to, the own one or a colleague's, with all that its pages show."""
    lent = select(Colleague.response_id).where(Colleague.opened_by(token))
    return select(Response).where(or_(Response.opened_by(token), Response.id.in_(lent))).options(*WITH_QUESTIONNAIRE)


def recipient_by_link(token: str) -> Select[Recipient]:
    """Whoever a personal link was sent to, with the questionnaire and the answers, if any."""
    return (
        select(Recipient)
        .where(Recipient.opened_by(token))
        .options(
            joinedload(Recipient.questionnaire).joinedload(Questionnaire.workshop),
            joinedload(Recipient.response).joinedload(Response.version),
        )
    )


def version_for(questionnaire: Questionnaire) -> Select[QuestionnaireVersion]:
    """The version that whoever begins now answers."""
    return (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
        .options(joinedload(QuestionnaireVersion.questionnaire).joinedload(Questionnaire.workshop))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def of_workshop(workshop: Workshop) -> Select[Questionnaire]:
    return select(Questionnaire).where(Questionnaire.workshop_id == workshop.id).order_by(Questionnaire.id)


def questionnaire_of(workshop: Workshop, slug: str) -> Select[Questionnaire]:
    return select(Questionnaire).where(Questionnaire.workshop_id == workshop.id, Questionnaire.slug == slug)


def lock_questionnaire(workshop: Workshop, slug: str) -> ReturningUpdate[Questionnaire]:
    """Keeps a questionnaire to oneself until the commit: who saves at the same time waits, and then reads what was saved."""
    return (
        update(Questionnaire)
        .where(Questionnaire.workshop_id == workshop.id, Questionnaire.slug == slug)
        .values(revision=Questionnaire.revision)
        .returning(Questionnaire)
        .execution_options(populate_existing=True, synchronize_session=False)
    )


def lock_by_link(link: TranslatorLink) -> ReturningUpdate[Questionnaire]:
    """The same for whoever comes with a translator's link."""
    return (
        update(Questionnaire)
        .where(Questionnaire.id == link.questionnaire_id)
        .values(revision=Questionnaire.revision)
        .returning(Questionnaire)
        .execution_options(populate_existing=True, synchronize_session=False)
    )


def versions_of(questionnaire: Questionnaire) -> Select[QuestionnaireVersion]:
    """All versions, newest first."""
    return (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
        .order_by(QuestionnaireVersion.number.desc())
    )


def newest_of(questionnaire: Questionnaire) -> Select[QuestionnaireVersion]:
    return versions_of(questionnaire).limit(1)


def counts(workshop: Workshop) -> Select[int, int, datetime, int, int]:
    """For each version of a workshop's questionnaires: number, when, how many answers are begun and sent in."""
    return (
        select(
            QuestionnaireVersion.questionnaire_id,
            QuestionnaireVersion.number,
            QuestionnaireVersion.published_at,
            func.count(case((Response.state == ResponseState.BEGUN, 1))).label("begun"),
            func.count(case((Response.state == ResponseState.SUBMITTED, 1))).label("submitted"),
        )
        .join(QuestionnaireVersion.questionnaire)
        .outerjoin(Response, Response.version_id == QuestionnaireVersion.id)
        .where(Questionnaire.workshop_id == workshop.id)
        .group_by(QuestionnaireVersion.id)
        .order_by(QuestionnaireVersion.number.desc())
    )


def last_change(questionnaire: Questionnaire) -> Select[DraftChange]:
    return (
        select(DraftChange)
        .where(DraftChange.questionnaire_id == questionnaire.id)
        .order_by(DraftChange.id.desc())
        .limit(1)
    )


def waiting(kind: str, subject_id: int) -> Select[int]:
    """A task of that kind for that subject which nobody has taken yet."""
    return (
        select(Task.id).where(Task.kind == kind, Task.subject_id == subject_id, Task.state == TaskState.READY).limit(1)
    )


def response_ids(questionnaire_id: int) -> Select[int]:
    return select(Response.id).join(Response.version).where(QuestionnaireVersion.questionnaire_id == questionnaire_id)


def recipient_ids(questionnaire_id: int) -> Select[int]:
    return select(Recipient.id).where(Recipient.questionnaire_id == questionnaire_id)


def rewritten_response(id: int) -> Update:
    """The same row written once more, unchanged."""
    return update(Response).where(Response.id == id).values(language=Response.language).execution_options(**QUIET)


def lock_recipient(recipient: Recipient) -> Update:
    """Who holds or changes the same recipient at the same time waits."""
    return rewritten_recipient(recipient.id)


def rewritten_recipient(id: int) -> Update:
    return update(Recipient).where(Recipient.id == id).values(language=Recipient.language).execution_options(**QUIET)


def questionnaires_to_purge(on: date) -> Select[Questionnaire]:
    """Questionnaires whose answers were promised to be gone by that day, and which still have some, or a list."""
    responses = (
        select(Response.id).join(Response.version).where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
    )
    recipients = select(Recipient.id).where(Recipient.questionnaire_id == Questionnaire.id)
    return (
        select(Questionnaire)
        .where(Questionnaire.kept_until < on, or_(responses.exists(), recipients.exists()))
        .options(joinedload(Questionnaire.workshop))
        .order_by(Questionnaire.id)
    )


def with_files(questionnaire_id: int) -> Select[Response]:
    """All answers, with what they were typed in from; answers that hold no file cost little to look at."""
    return (
        select(Response)
        .join(Response.version)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .options(joinedload(Response.transcription), load_only(Response.answers, Response.channel))
    )


def erase_answers(questionnaire: Questionnaire) -> tuple[Delete, Delete]:
    """Whoever was asked, and everything answered. Snapshots stay: nobody can be found in them."""
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    return (
        delete(Recipient).where(Recipient.questionnaire_id == questionnaire.id).execution_options(**QUIET),
        delete(Response).where(Response.version_id.in_(versions)).execution_options(**QUIET),
    )


def note_presence(whoever: Colleague | Response, section: str, at: datetime) -> Update:
    """That somebody is writing there, noted beside the answers, so that it never stands in the way of a save."""
    kind = type(whoever)
    return (
        update(kind)
        .where(kind.id == whoever.id)
        .values(at_section=section, seen_at=at)
        .execution_options(synchronize_session=False)
    )


def old_changes(questionnaire: Questionnaire, kept: int = 50) -> Delete:
    """Deletes what nobody will undo any more."""
    newest = (
        select(DraftChange.id)
        .where(DraftChange.questionnaire_id == questionnaire.id)
        .order_by(DraftChange.id.desc())
        .limit(kept)
        .scalar_subquery()
    )
    return (
        delete(DraftChange)
        .where(DraftChange.questionnaire_id == questionnaire.id, DraftChange.id.not_in(newest))
        .execution_options(synchronize_session=False)
    )


def library(user: User) -> Select[Questionnaire, QuestionnaireVersion]:
    """Every questionnaire of the workshops that this person organises, with its newest version if it has one."""
    newest = (
        select(func.max(QuestionnaireVersion.number))
        .where(QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .correlate(Questionnaire)
        .scalar_subquery()
    )
    organised = select(Membership.workshop_id).where(Membership.user_id == user.id, Membership.role == Role.ORGANISER)
    return (
        select(Questionnaire, QuestionnaireVersion)
        .join(Questionnaire.workshop)
        .outerjoin(
            QuestionnaireVersion,
            (QuestionnaireVersion.questionnaire_id == Questionnaire.id) & (QuestionnaireVersion.number == newest),
        )
        .where(Questionnaire.workshop_id.in_(organised))
        .options(contains_eager(Questionnaire.workshop))
        .order_by(Workshop.starts_on.desc(), Questionnaire.id)
    )


def links(questionnaire: Questionnaire) -> Select[TranslatorLink]:
    return (
        select(TranslatorLink)
        .where(TranslatorLink.questionnaire_id == questionnaire.id)
        .order_by(TranslatorLink.ended_at.is_not(None), TranslatorLink.id.desc())
    )


def translator_link(token: str) -> Select[TranslatorLink]:
    """The translator's link that holds that secret."""
    return (
        select(TranslatorLink)
        .join(TranslatorLink.questionnaire)
        .where(TranslatorLink.opened_by(token))
        .options(contains_eager(TranslatorLink.questionnaire).joinedload(Questionnaire.workshop))
    )


def how_many_answered(questionnaire: Questionnaire) -> Select[int]:
    """How many responses of any kind there are to any of its versions."""
    return (
        select(func.count(Response.id))
        .join(Response.version)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    )


@contents.by
def questionnaires_contained(workshop: Workshop) -> Iterator[Counted]:
    own = select(Questionnaire.id).where(Questionnaire.workshop_id == workshop.id)
    yield (
        select(func.count()).select_from(own.subquery()),
        lambda count: ngettext("%(num)s questionnaire", "%(num)s questionnaires", count),
    )
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id.in_(own))
    answers = select(func.count(Response.id)).where(Response.version_id.in_(versions))
    yield answers, lambda count: ngettext("%(num)s set of answers", "%(num)s sets of answers", count)
