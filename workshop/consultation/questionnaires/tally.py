"""Who has used an invitation to an anonymous questionnaire: noted beside the database, and told to it in batches only.

Answers must be kept at every save, so their order shows to whoever gets hold of the database. The order of used
invitations must not: it stands nowhere. A used invitation is one mark on a tally sheet; the database learns of it when a
reminder goes out or the questionnaire has closed, together with at least nine others. Until then nothing is written to an
invitation, and no row of it locked, from opening its page to sending the answers: not even that it was opened.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import update
from structlog import get_logger

from workshop.platform import erasure
from workshop.platform.db import db, public_key
from workshop.platform.errors import RuleBroken
from workshop.platform.tally_sheet import HeldSheet, TallySheet

from . import queries, tally_statements
from .models import Questionnaire, Recipient, Response
from .recipients import invitation_used
from .states import Anonymity

log = get_logger()
LEAST = 10


def is_kept_for(questionnaire: Questionnaire) -> bool:
    return questionnaire.anonymity is Anonymity.ANONYMOUS


def sheet_of(questionnaire: Questionnaire) -> TallySheet:
    """The sheet of a questionnaire; made where there never was one, with the marks that the database knows of. Commits."""
    while not questionnaire.tally:
        name = public_key()
        made = _sheet(name)
        _fill(made, questionnaire)
        unmade = update(Questionnaire).where(Questionnaire.id == questionnaire.id, Questionnaire.tally == "")
        named = db.session.scalar(
            unmade.values(tally=name).returning(Questionnaire.id).execution_options(synchronize_session=False)
        )
        db.session.commit()
        if named is None:  # somebody else was faster
            made.destroy()
        db.session.refresh(questionnaire, ["tally"])
    return _sheet(questionnaire.tally)


def _sheet(name: str) -> TallySheet:
    return TallySheet(current_app.config["TALLY_FOLDER"] / name)


def _fill(sheet: TallySheet, questionnaire: Questionnaire) -> None:
    sheet.create(db.session.scalar(tally_statements.highest_recipient()) or 0)
    with sheet.held() as held:
        held.replace(db.session.scalars(tally_statements.answered_recipients(questionnaire)))


def make_room(questionnaire: Questionnaire) -> None:
    """Before invitations go out. Commits."""
    sheet_of(questionnaire).make_room(db.session.scalar(tally_statements.highest_recipient()) or 0)


def begin_once(recipient: Recipient, response: Response, own: str) -> None:
    """Keep the new answers and mark the invitation as used; where that form was sent before, those answers stay. Commits.

    The answers come first and the mark second: whoever is cut off between the two begins again, and an empty row is
    left that counts for nothing. The other way round that person would be shut out. Raises RuleBroken.
    """
    with _held(recipient.questionnaire) as sheet:
        if not db.session.scalar(queries.is_begun_with(own)):
            if sheet.is_marked(recipient.id):
                raise RuleBroken(invitation_used())
            db.session.add(response)
            db.session.commit()
        sheet.mark(recipient.id)


@contextmanager
def _held(questionnaire: Questionnaire) -> Iterator[HeldSheet]:
    """The sheet to oneself. Where it was lost nobody begins, rather than somebody twice: restoring makes a new one."""
    try:
        with sheet_of(questionnaire).held() as sheet:
            yield sheet
    except FileNotFoundError as lost:
        log.error("tally.lost", questionnaire=questionnaire.id)
        raise RuleBroken(
            _(
                "Answers cannot be started at the moment: the list of used invitations is missing. Nothing is lost. Please "
                "tell the people who run this installation."
            )
        ) from lost


def is_used(recipient: Recipient) -> bool:
    """Whether answers were begun with this invitation."""
    questionnaire = recipient.questionnaire
    marked = questionnaire.tally and _sheet(questionnaire.tally).is_marked(recipient.id)
    return bool(recipient.answered or marked)


def forget(recipient: Recipient) -> None:
    """Somebody is taken off the list: the place may be another's later."""
    if recipient.questionnaire.tally:
        with suppress(RuleBroken), _held(recipient.questionnaire) as sheet:
            sheet.clear(recipient.id)


def carry_over(questionnaire: Questionnaire) -> int:
    """Tell the database who has begun, in one statement, where they are enough to hide among each other; how many. All
    answers are written anew with it, so that none can be told from the others by when it was written. Commits.
    """
    if not is_kept_for(questionnaire) or not questionnaire.tally:
        return 0
    fresh = sheet_of(questionnaire).marked() - set(
        db.session.scalars(tally_statements.answered_recipients(questionnaire))
    )
    fresh &= set(db.session.scalars(tally_statements.recipient_ids(questionnaire.id)))
    if len(fresh) < LEAST:
        return 0
    for statement in tally_statements.carry_over(questionnaire, fresh):
        db.session.execute(statement)
    db.session.commit()
    try:
        erasure.scrub(tables=("response", "recipient"))
    except Exception as busy:  # carried over all the same; the files are cleaned within a day
        log.warning("tally.not_scrubbed", error=repr(busy))
    return len(fresh)


def close(questionnaires: Iterable[Questionnaire]) -> None:
    """Once links have expired nobody can begin any more, and nothing needs to be known of who did. Commits."""
    for questionnaire in questionnaires:
        _sheet(questionnaire.tally).destroy()
        questionnaire.tally = ""
    db.session.commit()


def rebuild(questionnaires: Iterable[Questionnaire]) -> None:
    """After a restore: the sheets say what the restored database says."""
    for questionnaire in questionnaires:
        sheet = _sheet(questionnaire.tally)
        sheet.destroy()
        _fill(sheet, questionnaire)
