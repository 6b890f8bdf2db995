"""Bringing a file into a workshop: the same for the web page and the command line. The caller commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from workshop.consultation.designing import rules as designing_rules
from workshop.consultation.questionnaires import draft_statements
from workshop.consultation.questionnaires import queries as questionnaires
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform.db import Database, Words
from workshop.platform.errors import RuleBroken
from workshop.platform.intake import ImportReport
from workshop.platform.opened_files import opened_survey
from workshop.secretariat.series.models import Workshop

from . import rules
from .checking.mending import mend
from .limesurvey import lsq_reader
from .questionnaire_report import QuestionnaireReport
from .xlsform import form_reader
from .xlsform.form_reader import Read


@dataclass
class Brought:
    """What a file would do, or did. `questionnaire` is the one it goes into, if there is one already."""

    read: Read
    document: Document
    slug: str
    changed: bool
    questionnaire: Questionnaire | None

    @property
    def report(self) -> ImportReport:
        """What becomes of every row, beside the questionnaire as it stands."""
        revision = str(self.questionnaire.revision) if self.questionnaire else "new"
        return self.read.report.done(compared_with=revision)


def look(session: Database, workshop: Workshop, content: bytes, *, slug: str = "", filename: str = "") -> Brought:
    """What the file would do to the questionnaire of that name. Nothing is changed."""
    read = read_file(content, plain_language=workshop.languages[0], filename=filename)
    name = rules.slug_for(read, wanted=slug, filename=filename)
    found = session.scalar(questionnaires.questionnaire_of(workshop, name).execution_options(populate_existing=True))
    before = designing_rules.working(found, session.scalar(questionnaires.newest_of(found))) if found else None
    document = rules.complete(read, before, name)
    return Brought(read, document, name, rules.compare(read, document, before), found)


def keep(
    session: Database, workshop: Workshop, brought: Brought, *, source: str, who: int | None, at: datetime
) -> None:
    """Make what the file says the draft. The caller holds the workshop and looked after that."""
    if brought.questionnaire is None:
        brought.questionnaire = rules.begin(brought.document, workshop=workshop, slug=brought.slug)
        session.add(brought.questionnaire)
    elif brought.changed:
        replace(
            session, brought.questionnaire, brought.document, verb="import questionnaire", source=source, who=who, at=at
        )


def replace(
    session: Database,
    questionnaire: Questionnaire,
    document: Document,
    *,
    verb: str,
    source: str,
    who: int | None,
    at: datetime,
) -> None:
    """Make this the draft, so that it can be undone."""
    newest = session.scalar(questionnaires.newest_of(questionnaire))
    change = designing_rules.keep(questionnaire, newest, document, verb=verb, subject=source, who=who, at=at)
    if change:
        session.add(change)
        session.flush()
        session.execute(draft_statements.old_changes(questionnaire))


FORMAT = "intersession-questionnaire"


def read_file(content: bytes, *, plain_language: str, filename: str = "") -> Read:
    """What the file asks, and what became of every row. Raises RuleBroken, written for the person.

    `plain_language` is the language of texts that name none.
    """
    found = opened_survey(content, name=filename)
    if found["kind"] == "xlsform":
        read = form_reader.read(found, plain_language=plain_language)
    elif found["kind"] == "limesurvey":
        read = lsq_reader.read(found)
    else:
        return _own_json(found["document"])
    mend(read.document, read.report)
    if not read.document["sections"]:
        raise RuleBroken(_("No row of this form can be imported as a question."), "file")
    try:
        Definition.read(read.document)
    except DefinitionError as fault:
        raise RuleBroken(
            _("The questionnaire in this file is not consistent: %(fault)s", fault=fault), "file"
        ) from fault
    return read


def _own_json(document: object) -> Read:
    """What `export --format json` wrote. Each question is a row."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RuleBroken(_("This JSON file is not a questionnaire that was written here."), "file")
    definition = document.get("definition")
    try:
        questions = Definition.read(definition if isinstance(definition, dict) else {}).questions
    except (DefinitionError, TypeError, ValueError, AttributeError) as fault:
        raise RuleBroken(
            _("The questionnaire in this file is not consistent: %(fault)s", fault=fault), "file"
        ) from fault
    report = QuestionnaireReport("json", rows=len(questions), questions=len(questions))
    report.taken = {number: question.code for number, question in enumerate(questions, 1)}
    report.languages = list(document["definition"]["languages"])
    return Read(
        document["definition"],
        report,
        str(document.get("slug", "")),
        _words(document, "title"),
        _words(document, "introduction"),
    )


def _words(document: Mapping[str, object], key: str) -> Words:
    found = document.get(key)
    texts = found.items() if isinstance(found, dict) else ()
    return Words({code: text for code, text in texts if isinstance(code, str) and isinstance(text, str)})
