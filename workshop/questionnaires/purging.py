"""Erasing what was promised to be erased: answers and addresses of questionnaires whose time is over."""

from collections.abc import Sequence
from datetime import date

import click

from workshop import audit, files
from workshop.db import db, now
from workshop.i18n import on_day

from . import files_sent, queries
from .models import Questionnaire


def due(on: date) -> Sequence[Questionnaire]:
    """The questionnaires whose answers must be gone by that day and are not yet."""
    return db.session.scalars(queries.outlived(on)).all()


def purge(questionnaire: Questionnaire) -> int:
    """Erase the answers with their files, and the list of those asked; the number of answers. Commits."""
    found = len(db.session.scalars(queries.response_ids(questionnaire.id)).all())
    for statement in queries.erased(questionnaire):
        db.session.execute(statement)
    place = f"{questionnaire.workshop.slug} {questionnaire.slug}"
    db.session.add(audit.record("purge answers", f"{place}: {found}", who=None, at=now()))
    db.session.commit()
    for name in files.names_in(files_sent.folder(questionnaire.id), before=now()):
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
