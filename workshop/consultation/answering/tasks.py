"""What is done after answers came in: mixing anonymous ones, erasing those whose time is over."""

import random
from datetime import timedelta

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questionnaires.states import Anonymity
from workshop.platform import files, patience, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day

from . import answer_files, retention

SHUFFLE = "questionnaires.stir"
SOON = timedelta(minutes=1)
UNCONFIRMED = timedelta(hours=1)  # a form that carries a file may still be on its way


def ask_to_shuffle(questionnaire: Questionnaire) -> None:
    """Ask for the task that mixes the rows of an anonymous questionnaire, unless one is waiting.

    A database remembers which rows were written together or last. Without this, whoever holds all of it could lay
    used invitations and new answers side by side in that order.
    """
    if questionnaire.anonymity is not Anonymity.ANONYMOUS:
        return
    if not db.session.scalar(questionnaires_queries.waiting(SHUFFLE, questionnaire.id)):
        tasks.ask(SHUFFLE, questionnaire.id, at=now() + SOON)


@tasks.handles(SHUFFLE, patience=patience.SOON)
def shuffle_rows(task: tasks.Task) -> None:
    """Write every invitation and every response anew, in one transaction and in an order drawn by lot."""
    for rewritten, ids in (
        (questionnaires_queries.rewritten_response, questionnaires_queries.response_ids),
        (
            questionnaires_queries.rewritten_recipient,
            questionnaires_queries.recipient_ids,
        ),
    ):
        order = list(db.session.scalars(ids(task.subject_id)))
        random.SystemRandom().shuffle(order)
        for id in order:
            db.session.execute(rewritten(id))
    db.session.commit()


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
