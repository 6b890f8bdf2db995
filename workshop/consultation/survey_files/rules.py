"""Putting what a file asks in the place of a questionnaire's draft. No database, no request, no clock."""

from dataclasses import replace

from flask_babel import gettext as _

from workshop.consultation.designing.rules import RESERVED
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.question import Question, Section
from workshop.consultation.questions.questionnaire_document import Document, nothing
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.intake import Outcome
from workshop.secretariat.series.models import Workshop

from .survey_codes import slug_of
from .xlsform.form_reader import Read


def slug_for(read: Read, *, wanted: str, filename: str = "") -> str:
    """The name in addresses: as wanted, else as the file says, else its title or the file's own name."""
    if wanted and slug_of(wanted) != wanted:
        raise RuleBroken(
            _("“%(slug)s” cannot be used in an address; use small letters, figures and hyphens.", slug=wanted), "slug"
        )
    title = read.title.in_("en")[0]
    slug = wanted or read.slug or slug_of(title) or slug_of(filename.rpartition(".")[0] or filename)
    if not slug:
        raise RuleBroken(_("The file does not name the questionnaire; give it a short name."), "slug")
    if slug in {*RESERVED, "import"}:
        raise RuleBroken(_("“%(slug)s” is the address of another page; choose another name.", slug=slug), "slug")
    return slug


def complete(read: Read, before: Document | None, slug: str) -> Document:
    """The document to keep, with its title and introduction; what they said before in other languages stays."""
    document, held = read.document.copy(), before or nothing()
    usual = {read.report.languages[0]: slug}
    document["title"] = document.get("title") or {**held.get("title", {}), **read.title} or usual
    document["introduction"] = document.get("introduction") or {**held.get("introduction", {}), **read.introduction}
    return document


def compare(read: Read, document: Document, before: Document | None) -> bool:
    """Say of each question whether it is new, changed or the same as before; whether anything differs at all."""
    now, then = _pieces(document), _pieces(before) if before else {}
    for code, piece in now.items():
        read.report.outcomes[code] = (
            Outcome.CREATED if code not in then else Outcome.UNCHANGED if then[code] == piece else Outcome.UPDATED
        )
    read.report.removed = [code for code in then if code not in now and not code.startswith("section ")]
    return not before or _whole(document) != _whole(before)


def _whole(document: Document) -> Definition | Document:
    try:
        return Definition.read(document)
    except DefinitionError:
        return document


def _pieces(document: Document) -> dict[str, object]:
    """Everything that a row may become, by code: questions, and the notes of sections. None of a broken document."""
    try:
        definition = Definition.read(document)
    except DefinitionError:
        return {}
    found: dict[str, object] = {f"section {section.code}": _note(section) for section in definition.sections}
    return found | {code: _same_by_any_list(question) for code, question in definition.everything.items()}


def _note(section: Section) -> tuple[object, ...]:
    return section.title, section.note, section.condition


def _same_by_any_list(question: Question) -> Question:
    """What lists are called makes no difference to whoever answers."""
    return replace(question, options_list="", rows_list="", columns_list="")


def begin(document: Document, *, workshop: Workshop, slug: str) -> Questionnaire:
    """A new questionnaire with this draft. It is not open to anyone before a version is published."""
    return Questionnaire(
        workshop=workshop,
        slug=slug,
        title=Words(document["title"]),
        introduction=Words(document["introduction"]),
        open_to_all=False,
        draft=document,
    )
