"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from flask_babel import ngettext
from sqlalchemy import ColumnElement, Delete, Select, Update, and_, delete, func, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload, load_only
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.platform.db import Database
from workshop.platform.providers import Provided
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.settings.removal import Counted, contents

from .models import (
    Colleague,
    Questionnaire,
    QuestionnaireVersion,
    Quota,
    Recipient,
    Response,
    TranslatorLink,
)
from .states import ResponseState

answers_sent = Provided[[Database, Response], None](
    "What follows where answers are sent, in the same transaction, before the commit."
)
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
    """The version anyone may answer now, with its questionnaire and published workshop; no row where there is none.

    Whoever knows the address of a trial may answer it, in a private workshop too.
    """
    return (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .join(Questionnaire.workshop)
        .where(
            Workshop.slug == slug,
            Questionnaire.slug == questionnaire,
            or_(and_(Workshop.published, Questionnaire.open_to_all), Questionnaire.trial_of_id.is_not(None)),
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
    """All questionnaires of a workshop; trials are none."""
    own = (Questionnaire.workshop_id == workshop.id, Questionnaire.trial_of_id.is_(None))
    return select(Questionnaire).where(*own).order_by(Questionnaire.id)


def questionnaire_of(workshop: Workshop, slug: str) -> Select[Questionnaire]:
    return of_workshop(workshop).where(Questionnaire.slug == slug)


def lock_questionnaire(workshop: Workshop, slug: str) -> ReturningUpdate[Questionnaire]:
    """Keeps a questionnaire to oneself until the commit: who saves at the same time waits, and then reads what was saved."""
    own = (Questionnaire.workshop_id == workshop.id, Questionnaire.trial_of_id.is_(None))
    return _locked(*own, Questionnaire.slug == slug)


def lock_by_link(link: TranslatorLink) -> ReturningUpdate[Questionnaire]:
    """The same for whoever comes with a translator's link."""
    return _locked(Questionnaire.id == link.questionnaire_id)


def _locked(*which: ColumnElement[bool]) -> ReturningUpdate[Questionnaire]:
    same = update(Questionnaire).where(*which).values(revision=Questionnaire.revision)
    return same.returning(Questionnaire).execution_options(populate_existing=True, synchronize_session=False)


def answers_for_quotas(questionnaire: Questionnaire, quotas: Sequence[Quota]) -> Select[*tuple[object, ...]]:
    """What those who submitted answered to the questions of these quotas, one column each."""
    of_it = (QuestionnaireVersion.questionnaire_id == questionnaire.id, Response.state == ResponseState.SUBMITTED)
    return select(*(Response.answers[each["question"]] for each in quotas)).join(Response.version).where(*of_it)


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
    mine = select(func.count()).where(Response.version_id == QuestionnaireVersion.id)
    return (
        select(
            QuestionnaireVersion.questionnaire_id,
            QuestionnaireVersion.number,
            QuestionnaireVersion.published_at,
            mine.where(Response.state == ResponseState.BEGUN).scalar_subquery().label("begun"),
            mine.where(Response.state == ResponseState.SUBMITTED).scalar_subquery().label("submitted"),
        )
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.workshop_id == workshop.id)
        .order_by(QuestionnaireVersion.number.desc())
    )


def responses_by_key(keys: Iterable[str]) -> Select[Response]:
    """Sets of answers by their names on the list of what was erased, with what their erasing touches."""
    return select(Response).where(Response.key.in_(list(keys))).options(*WITH_QUESTIONNAIRE)


def response_ids(questionnaire_id: int) -> Select[int]:
    return select(Response.id).join(Response.version).where(QuestionnaireVersion.questionnaire_id == questionnaire_id)


def lock_recipient(recipient: Recipient) -> Update:
    """Who holds or changes the same recipient at the same time waits."""
    same = update(Recipient).where(Recipient.id == recipient.id)
    return same.values(language=Recipient.language).execution_options(**QUIET)


def is_begun_with(secret: str) -> Select[int]:
    return select(Response.id).where(Response.opened_by(secret))


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
        .options(joinedload(Response.transcription), load_only(Response.answers, Response.channel, Response.earlier))
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
    own = select(Questionnaire.id).where(Questionnaire.workshop_id == workshop.id, Questionnaire.trial_of_id.is_(None))
    yield (
        select(func.count()).select_from(own.subquery()),
        lambda count: ngettext("%(num)s questionnaire", "%(num)s questionnaires", count),
    )
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id.in_(own))
    answers = select(func.count(Response.id)).where(Response.version_id.in_(versions))
    yield answers, lambda count: ngettext("%(num)s set of answers", "%(num)s sets of answers", count)
