"""Files sent as answers: checked by their content, stored, and told by their names."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from workshop import files
from workshop.errors import RuleBroken
from workshop.papers import media, uploads

from .questions import Kind, Question, Section


def sent(section: Section, came: MultiDict[str, FileStorage]) -> dict[str, FileStorage]:
    """The files that a form carries for the questions of a section."""
    asked = [question for question in section.questions if question.type is Kind.FILE]
    return {q.code: came[q.code] for q in asked if q.code in came and came[q.code].filename}


def store(question: Question, file: FileStorage) -> dict[str, Any]:
    """The answer that a file is. Raises RuleBroken, written for the person, for whatever the question does not take."""
    name = uploads.shown_name(file.filename or "")
    largest = min((question.max_size or uploads.LARGEST) * uploads.MEGABYTE, uploads.LARGEST)
    content = file.stream.read(largest + 1)
    file.close()
    if len(content) > largest:
        size = largest // uploads.MEGABYTE
        raise RuleBroken(
            _("“%(name)s” is larger than %(size)s MB. Please make it smaller.", name=name, size=size), question.code
        )
    try:
        media_type = uploads.inspect(content, name)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, question.code) from refusal
    if question.kinds and media.EXTENSIONS[media_type] not in question.kinds:
        kinds = _(", ").join(kind.upper() for kind in question.kinds)
        raise RuleBroken(
            _("“%(name)s” is not one of the kinds asked for here: %(kinds)s.", name=name, kinds=kinds), question.code
        )
    return {"name": name, "stored_as": files.put(content), "media_type": media_type, "size": len(content)}
