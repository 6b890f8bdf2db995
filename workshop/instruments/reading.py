"""A file of any accepted kind as a questionnaire."""

from typing import Any

from flask_babel import gettext as _

from workshop.db import Words
from workshop.errors import RuleBroken
from workshop.questionnaires.definition import Definition, DefinitionError

from . import limesurvey, xlsform_read
from .account import Account
from .opened import open_file
from .xlsform_read import Read

FORMAT = "intersession-questionnaire"


def read_file(content: bytes, *, plain_language: str) -> Read:
    """What the file asks, and what became of every row. Raises RuleBroken, written for the person.

    `plain_language` is the language of texts that name none.
    """
    found = open_file(content)
    if found["kind"] == "xlsform":
        read = xlsform_read.read(found, plain_language=plain_language)
    elif found["kind"] == "limesurvey":
        read = limesurvey.read(found)
    else:
        read = _own_json(found["document"])
    try:
        Definition.read(read.document)
    except DefinitionError as fault:
        raise RuleBroken(
            _("The questionnaire in this file does not hold together: %(fault)s", fault=fault), "file"
        ) from fault
    return read


def _own_json(document: Any) -> Read:
    """What `export --format json` wrote. Each question is a row."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RuleBroken(_("This JSON file is not a questionnaire that was written here."), "file")
    definition = document.get("definition")
    try:
        questions = Definition.read(definition if isinstance(definition, dict) else {}).questions
    except (DefinitionError, TypeError, ValueError, AttributeError) as fault:
        raise RuleBroken(
            _("The questionnaire in this file does not hold together: %(fault)s", fault=fault), "file"
        ) from fault
    account = Account("json", rows=len(questions), questions=len(questions))
    account.taken = {number: question.code for number, question in enumerate(questions, 1)}
    account.languages = list(document["definition"]["languages"])
    return Read(
        document["definition"],
        account,
        str(document.get("slug", "")),
        _words(document, "title"),
        _words(document, "introduction"),
    )


def _words(document: dict[str, Any], key: str) -> Words:
    found = document.get(key)
    texts = found.items() if isinstance(found, dict) else ()
    return Words({code: text for code, text in texts if isinstance(code, str) and isinstance(text, str)})
