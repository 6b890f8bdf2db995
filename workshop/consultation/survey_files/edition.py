"""The edition of a questionnaire that goes into a file: the draft where there is one, else the version published last."""

from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.consultation.designing import rules
from workshop.consultation.questionnaires import queries as questionnaires
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform.db import Database, Words
from workshop.platform.errors import RuleBroken


@dataclass(frozen=True)
class Edition:
    """One questionnaire as it stands; `number` is None for a draft."""

    questionnaire: Questionnaire
    definition: Definition
    document: Document
    number: int | None

    @property
    def title(self) -> Words:
        return self.definition.title or self.questionnaire.title

    @property
    def introduction(self) -> Words:
        return self.definition.introduction or self.questionnaire.introduction

    @property
    def name(self) -> str:
        """Draft, or version 3."""
        return _("version %(number)s", number=self.number) if self.number else _("draft")

    @property
    def mark(self) -> str:
        """The same for file names and for machines."""
        return f"v{self.number}" if self.number else "draft"


def edition(session: Database, questionnaire: Questionnaire, *, published: bool = False) -> Edition:
    """The draft, or what was published last. Raises RuleBroken where there is nothing, or the draft does not hold together."""
    version = session.scalar(questionnaires.newest_of(questionnaire))
    document: Document
    if questionnaire.draft and not published:
        document, number = questionnaire.draft, None
    elif version is None:
        raise RuleBroken(_("This questionnaire has no version yet."))
    else:
        document, number = rules.as_published(questionnaire, version), version.number
    try:
        definition = Definition.read(document)
    except DefinitionError as fault:
        raise RuleBroken(_("The draft is not consistent yet: %(fault)s", fault=fault)) from fault
    return Edition(questionnaire, definition, document, number)
