"""Erasing what was promised to be erased: answers and addresses of questionnaires whose time is over."""

from collections.abc import Sequence
from datetime import date

import click

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import tally, tally_statements
from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform import audit, erasure, files, import_steps, outbox, restoring
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day

from . import answer_files
from .rules import erase

KIND = "answers"


@erasure.erases(KIND)
def erase_again(keys: set[str]) -> None:
    """Sets of answers that were erased after the backup which is being restored was made."""
    for response in db.session.scalars(questionnaires_queries.responses_by_key(keys)):
        for name in answer_files.held_by(response):
            files.remove(name)
        erase(response, at=now())
        response.state = ResponseState.WITHDRAWN
    outbox.forget_quotes(keys)


@restoring.after_restore.by
def put_right() -> None:
    """What was due meanwhile is erased, and the sheets of used invitations say what the restored database says."""
    for questionnaire in due(on_day(now(), "UTC")):
        purge(questionnaire)
    tally.rebuild(db.session.scalars(tally_statements.with_tallies()).all())


def note_erased(response: Response) -> None:
    """Before a set of answers is erased: no restored backup brings it back, and no mail that quotes it stays."""
    erasure.note(KIND, [response.key])
    outbox.forget_quotes([response.key])


def due(on: date) -> Sequence[Questionnaire]:
    """The questionnaires whose answers must be gone by that day and are not yet."""
    return db.session.scalars(questionnaires_queries.questionnaires_to_purge(on)).all()


def purge(questionnaire: Questionnaire) -> int:
    """Erase the answers with their files, and the list of those asked, also as it was sent; the number of answers. Commits."""
    found = len(db.session.scalars(questionnaires_queries.response_ids(questionnaire.id)).all())
    for statement in questionnaires_queries.erase_answers(questionnaire):
        db.session.execute(statement)
    place = f"{questionnaire.workshop.slug} {questionnaire.slug}"
    db.session.add(audit.record("purge answers", f"{place}: {found}", who=None, at=now()))
    lists = import_steps.forget(db.session)
    erasure.ask_to_scrub()
    db.session.commit()
    for name in lists:
        files.remove(name)
    for name in files.names_in(answer_files.folder(questionnaire.id)):
        files.remove(name)
    return found


def report(*, dry_run: bool, on: date | None) -> None:
    """Erase what is due and say so line by line; with `dry_run` only say it."""
    for questionnaire in due(on or on_day(now(), "UTC")):
        place = f"{questionnaire.workshop.slug} {questionnaire.slug}, kept until {questionnaire.kept_until}"
        if dry_run:
            click.echo(f"would erase: {place}")
        else:
            click.echo(f"erased: {place}; {purge(questionnaire)} sets of answers")
