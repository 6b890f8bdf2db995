"""Erasing what was promised to be erased: answers and addresses of questionnaires whose time is over."""

from collections.abc import Sequence
from datetime import date

import click

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform import audit, files
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day

from . import answer_files


def due(on: date) -> Sequence[Questionnaire]:
    """The questionnaires whose answers must be gone by that day and are not yet."""
    return db.session.scalars(questionnaires_queries.questionnaires_to_purge(on)).all()


def purge(questionnaire: Questionnaire) -> int:
    """Erase the answers with their files, and the list of those asked; the number of answers. Commits."""
    found = len(db.session.scalars(questionnaires_queries.response_ids(questionnaire.id)).all())
    for statement in questionnaires_queries.erase_answers(questionnaire):
        db.session.execute(statement)
    place = f"{questionnaire.workshop.slug} {questionnaire.slug}"
    db.session.add(audit.record("purge answers", f"{place}: {found}", who=None, at=now()))
    db.session.commit()
    for name in files.names_in(answer_files.folder(questionnaire.id), before=now()):
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
