"""Freezing answers after a commit, with progress: a hundred thousand take seconds, and no page waits for them."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questions.definition import Definition, read_published
from workshop.platform import patience, tasks
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken
from workshop.platform.tasks import Task

from . import queries, rules
from .freezing import Answered, fill
from .models import Snapshot

FREEZE = "findings.freeze"
STEP = 2000  # so many answers are read between one word on progress and the next
FAILED = _l("The snapshot could not be created. Delete it and create another; the answers are safe.")


def _give_up(task: Task) -> None:
    snapshot = db.session.get(Snapshot, task.subject_id)
    if snapshot and not snapshot.frozen:
        snapshot.problem = str(FAILED)


@tasks.handles(FREEZE, patience=patience.PRINT, given_up=_give_up)
def freeze(task: Task) -> None:
    """Fill the snapshot with the answers sent until its moment. One that is filled, or gone, is left alone."""
    snapshot = db.session.scalar(queries.snapshot_by_id(task.subject_id))
    if snapshot is None or snapshot.frozen:
        return
    versions = db.session.scalars(queries.versions_counted(snapshot)).all()
    total = db.session.scalar(queries.how_many_submitted(versions, snapshot.until)) or 0
    asked_in = {version.number: read_published(version.id, version.definition) for version in versions}
    definition = Definition.read(snapshot.definition)
    answers = _read(snapshot, versions, task, total)
    fill(snapshot, definition, answers, asked_in=asked_in)
    try:
        rules.refuse_too_few(snapshot.responses)
    except RuleBroken:
        snapshot.columns, snapshot.responses = [], 0
        snapshot.problem = _("Too few answers were left to count. Delete this snapshot and create another later.")
        return
    snapshot.frozen, snapshot.problem = True, ""


def _read(snapshot: Snapshot, versions: Sequence[QuestionnaireVersion], task: Task, total: int) -> Iterator[Answered]:
    """The answers, a few at a time, over a connection of its own, so that progress can be told in between."""
    statement = queries.submitted_responses(versions, snapshot.until)
    with db.engine.connect() as connection:
        for count, row in enumerate(connection.execution_options(yield_per=500).execute(statement)):
            if count % STEP == 0:
                tasks.prolong(task.id, task.taken_by or "")
                tell(task, count, total)
            yield row


def tell(task: Task, count: int, total: int) -> None:
    """How far it is, in a transaction of its own: the snapshot is saved in one piece, at the end."""
    with db.engine.begin() as connection:
        connection.execute(queries.progress(task, count, max(total, 1)))
