"""What is done with answers by itself: erasing those whose time is over, and files that none of them holds."""

from datetime import timedelta

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.platform import files, patience, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day

from . import answer_files, retention

SHUFFLE = "questionnaires.stir"
UNCONFIRMED = timedelta(hours=1)  # a form that carries a file may still be on its way


@tasks.handles(SHUFFLE, patience=patience.SOON)
def leave_alone(_task: tasks.Task) -> None:
    """What earlier versions asked for: rows are no longer mixed by the minute, for no order is left to hide."""


@tasks.every_day("questionnaires.sweep")
def sweep() -> None:
    """Remove the files that no answers hold any more: replaced, taken back, or never confirmed by their form."""
    there: dict[int, set[str]] = {}
    for name in files.names_in(answer_files.FOLDER, before=now() - UNCONFIRMED):
        there.setdefault(int(name.split("/")[1]), set()).add(name)
    for questionnaire_id, names in there.items():
        answers = db.session.scalars(questionnaires_queries.with_files(questionnaire_id))
        for name in names.difference(*map(answer_files.held_by, answers)):
            files.remove(name)


@tasks.every_day("questionnaires.purge")
def purge() -> None:
    """Erase what was promised to be gone by now."""
    for questionnaire in retention.due(on_day(now(), "UTC")):
        retention.purge(questionnaire)
