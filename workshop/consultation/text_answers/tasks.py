"""What takes long: looking for campaigns among a hundred thousand letters, and gathering texts for an archive."""

from flask_babel import gettext as _
from sqlalchemy import insert

from workshop.consultation.findings.disclosing.showing import definition_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.archiving.questionnaire_archive import archive_parts
from workshop.consultation.presenting.quotations import may_quote
from workshop.consultation.questionnaires.states import Anonymity, Publication
from workshop.consultation.questions.definition import Definition
from workshop.platform import patience, tasks
from workshop.platform.comma_separated import as_csv
from workshop.platform.db import db
from workshop.platform.tasks import Task

from . import queries, rules
from .campaigns import find_campaigns
from .models import SimilarText

FIND = "text_answers.find_campaigns"


@tasks.handles(FIND, patience=patience.PRINT)
def find(task: Task) -> None:
    """Find the campaigns among the answers to each question in words, and put them in place of those found before."""
    version = db.session.scalar(queries.newest_version_of(task.subject_id))
    if version is None:
        return
    questions = rules.read_questions(Definition.read(version.definition))
    for step, question in enumerate(questions):
        tasks.report_progress(task, step, len(questions))
        rows = db.session.execute(queries.texts(task.subject_id, question.code)).all()
        numbers = find_campaigns(row.text for row in rows)
        found = [
            {"response_id": row.id, "question": question.code, "campaign": number}
            for row, number in zip(rows, numbers, strict=True)
            if number
        ]
        db.session.execute(queries.forget_campaigns(task.subject_id, question.code))
        if found:
            db.session.execute(insert(SimilarText), found)


@archive_parts.by
def quotable_texts(snapshot: Snapshot, language: str) -> dict[str, bytes]:
    """The answers in words that their authors allow to be read, for the archive; with a name only where they allow it."""
    questionnaire = snapshot.questionnaire
    knows_names = questionnaire.anonymity is not Anonymity.ANONYMOUS
    rows: list[list[object]] = [[_("Question"), _("Text"), _("Answer"), _("Language"), _("Name")]]
    for question in rules.read_questions(definition_of(snapshot)):
        for row in db.session.execute(queries.texts_with_names(snapshot, question.code)):
            if may_quote(row.publication):
                named = knows_names and row.publication is Publication.NAMED
                text = question.text.in_(language, "en")[0]
                rows.append([question.code, text, row.text, row.language, (row.name or "") if named else ""])
    return {"answers-in-words.csv": as_csv(rows)} if len(rows) > 1 else {}
