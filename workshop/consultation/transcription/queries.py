"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, load_only

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, Channel, ResponseState
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

NOTHING: Mapping[str, str] = {}
# What came on paper and does not count yet.
UNCHECKED = and_(
    Response.channel.in_(set(Channel) - {Channel.ONLINE}),
    Response.state.in_((ResponseState.BEGUN, ResponseState.ENTERED)),
)
SENT = Response.state == ResponseState.SUBMITTED
# What a respondent has not sent is nobody's to read.
HELD = or_(SENT, UNCHECKED)
UNSENT_FIRST = Response.submitted_at.desc().nulls_first()

LISTED = (
    Response.state,
    Response.channel,
    Response.language,
    Response.submitted_at,
    Response.is_late,
    Response.is_synthetic,
)  # what the list says of a set of answers
SORTED = {
    "from": func.lower(Recipient.name),
    "status": Response.state,
    "how": Response.channel,
    "when": Response.submitted_at,
    "version": QuestionnaireVersion.number,
}


def versions_of(questionnaire: Questionnaire) -> Select[int]:
    return select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)


def newest_first(versions: Sequence[int], *, end: int, most: int, to_check: bool = False) -> Select[int]:
    """The ids of `most` answers of the list in its own order, those before `end`.

    What waits for a check, and what was sent in each version, is read in the order of an index; the list as a whole would
    have to be sorted for each of its pages.
    """
    kinds = (
        [(UNCHECKED, UNSENT_FIRST)] if to_check else [(UNCHECKED, UNSENT_FIRST), (SENT, Response.submitted_at.desc())]
    )
    parts = [
        select(Response.id, Response.submitted_at)
        .where(Response.version_id == version, kind)
        .order_by(day, Response.id.desc())
        .limit(end)
        .subquery()
        for version in versions
        for kind, day in kinds
    ]
    found = union_all(*(select(part.c.id, part.c.submitted_at) for part in parts)).subquery()
    in_order = select(found.c.id).order_by(found.c.submitted_at.desc().nulls_first(), found.c.id.desc())
    return in_order.limit(most).offset(end - most)


def listed(*which: ColumnElement[bool]) -> Select[Response, Recipient]:
    """Sets of answers as a list says them, newest first, with whoever was asked; without the answers."""
    return (
        select(Response, Recipient)
        .join(Response.version)
        .outerjoin(Recipient, Recipient.response_id == Response.id)
        .where(*which)
        .options(
            contains_eager(Response.version).load_only(QuestionnaireVersion.number),
            joinedload(Response.transcription),
            load_only(*LISTED),
            load_only(Recipient.name),
        )
        .order_by(UNSENT_FIRST, Response.id.desc())
    )


def received_responses(
    questionnaire: Questionnaire, *, to_check: bool = False, chosen: Mapping[str, str] = NOTHING, sort: str = ""
) -> Select[Response, Recipient]:
    """What was sent or typed in, with whoever was asked; without the answers. Anonymous ones stand as their lot fell,
    however the list is asked for: no order tells which came first. `chosen` and `sort` are what the address asks.
    """
    of_it = QuestionnaireVersion.questionnaire_id == questionnaire.id
    statement = listed(of_it, UNCHECKED if to_check else HELD, *narrowed(chosen))
    if questionnaire.anonymity is Anonymity.ANONYMOUS:
        return statement.order_by(None).order_by(Response.id)
    if column := SORTED.get(sort.removeprefix("-")):
        ordered = column.desc() if sort.startswith("-") else column.asc()
        return statement.order_by(None).order_by(ordered.nulls_last(), Response.id.desc())
    return statement


def narrowed(chosen: Mapping[str, str]) -> Iterator[ColumnElement[bool]]:
    """The conditions of what the address narrows the list to."""
    if name := chosen.get("q"):
        yield func.lower(Recipient.name).contains(name.lower(), autoescape=True)
    if channel := chosen.get("how"):
        yield Response.channel == Channel(channel)
    if language := chosen.get("language"):
        yield Response.language == language


def how_many(
    questionnaire: Questionnaire, kind: ColumnElement[bool] = HELD, chosen: Mapping[str, str] = NOTHING
) -> Select[int]:
    """Counted in an index: SENT and UNCHECKED are told apart without a look at the rows, HELD is not."""
    statement = select(func.count(Response.id)).where(
        Response.version_id.in_(versions_of(questionnaire)), kind, *narrowed(chosen)
    )
    if "q" in chosen:
        statement = statement.outerjoin(Recipient, Recipient.response_id == Response.id)
    return statement


def response(workshop: Workshop, questionnaire: str, number: int) -> Select[Response]:
    """One set of answers, with all that its page needs."""
    return (
        select(Response)
        .join(Response.version)
        .join(QuestionnaireVersion.questionnaire)
        .where(
            Response.id == number,
            Questionnaire.workshop_id == workshop.id,
            Questionnaire.slug == questionnaire,
            Questionnaire.trial_of_id.is_(None),
            HELD,
        )
        .options(
            contains_eager(Response.version)
            .contains_eager(QuestionnaireVersion.questionnaire)
            .joinedload(Questionnaire.workshop),
            joinedload(Response.transcription),
        )
    )


def recipient_of(response: Response) -> Select[Recipient]:
    return select(Recipient).where(Recipient.response_id == response.id)


def names(accounts: list[int]) -> Select[int, str]:
    return select(User.id, User.name).where(User.id.in_(accounts))
