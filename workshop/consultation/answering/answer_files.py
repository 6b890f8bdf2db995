"""Files sent as answers: checked by their content, stored, told by their names, and removed with the answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeGuard

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.consultation.questionnaires.resubmission import sent_earlier
from workshop.consultation.questionnaires.states import Anonymity
from workshop.consultation.questions.definition import FileAnswer
from workshop.consultation.questions.question import Kind, Question, Section
from workshop.platform import files
from workshop.platform.db import now
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign import uploaded_files
from workshop.platform.foreign.limits import EXTENSIONS, IMAGES, KIND, MEGABYTE
from workshop.platform.foreign.sandbox import Unreadable
from workshop.platform.rendering import comma

FOLDER = "answers"


def files_of_section(section: Section, came: MultiDict[str, FileStorage]) -> dict[str, FileStorage]:
    """The files that a form carries for the questions of a section."""
    asked = [question for question in section.questions if question.type is Kind.FILE]
    return {q.code: came[q.code] for q in asked if q.code in came and came[q.code].filename}


def store(question: Question, file: FileStorage, questionnaire: Questionnaire) -> FileAnswer:
    """The answer that a file is. Raises RuleBroken, written for the person, for whatever the question does not take."""
    largest = min((question.max_size or KIND.sent) * MEGABYTE, KIND.sent)
    try:
        return keep(file, questionnaire, largest=largest, kinds=question.kinds)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, question.code) from refusal


def keep(
    file: FileStorage, questionnaire: Questionnaire, *, largest: int = KIND.sent, kinds: Iterable[str] = ()
) -> FileAnswer:
    """Check a file and store it with the answers of that questionnaire; how it is remembered."""
    name = uploaded_files.shown_name(file.filename or "")
    content = file.stream.read(largest + 1)
    file.close()
    if len(content) > largest:
        size = largest // MEGABYTE
        raise RuleBroken(_("“%(name)s” is larger than %(size)s MB. Please make it smaller.", name=name, size=size))
    media_type = uploaded_files.inspect(content, name)
    if kinds and EXTENSIONS[media_type] not in kinds:
        wanted = comma().join(kind.upper() for kind in kinds)
        raise RuleBroken(_("“%(name)s” is not one of the kinds asked for here: %(kinds)s.", name=name, kinds=wanted))
    if questionnaire.anonymity is Anonymity.ANONYMOUS or media_type in IMAGES:
        content = _without_traces(content, media_type, name)
    stored_as = files.put_apart(content, folder(questionnaire.id), dated=_dated(questionnaire))
    return {"name": name, "stored_as": stored_as, "media_type": media_type, "size": len(content)}


def _without_traces(content: bytes, media_type: str, name: str) -> bytes:
    """The same without what it tells of people beside what it shows: a picture its place, an anonymous file its author."""
    try:
        return uploaded_files.without_traces(content, media_type)
    except Unreadable as error:
        raise RuleBroken(
            _(
                "“%(name)s” may reveal who made it and where, and this cannot be removed here. Please save it "
                "again, as a PDF or as a smaller picture.",
                name=name,
            )
        ) from error


def _dated(questionnaire: Questionnaire) -> datetime | None:
    """Files of anonymous answers all bear a time to come, closing or the end of the month, so that they do not tell in
    which order answers came.
    """
    if questionnaire.anonymity is not Anonymity.ANONYMOUS:
        return None
    at = now()
    if questionnaire.closes_at and questionnaire.closes_at > at:
        return questionnaire.closes_at
    next_month = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)
    return next_month.replace(day=1)


def folder(questionnaire_id: int) -> str:
    """Where the files of a questionnaire's answers lie, apart from all others."""
    return f"{FOLDER}/{questionnaire_id}"


def held_by(response: Response) -> list[str]:
    """The stored names of all files that a set of answers holds, what it was typed in from included."""
    scan = response.transcription.scan if response.transcription else {}
    earlier = [answer for sent in sent_earlier(response) for answer in sent["answers"].values()]
    return [each["stored_as"] for each in (*response.answers.values(), *earlier, scan) if is_file(each)]


def is_file(answer: object) -> TypeGuard[FileAnswer]:
    return isinstance(answer, Mapping) and answer.keys() == {"name", "stored_as", "media_type", "size"}
