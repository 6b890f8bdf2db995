"""A questionnaire and its draft: where work goes on, what is kept of it, how it is undone; links for translators.

No database, no request, no clock.
"""

import re
from collections.abc import Collection
from copy import deepcopy
from datetime import datetime, timedelta

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import DraftChange, Questionnaire, QuestionnaireVersion, TranslatorLink
from workshop.consultation.questions import language_names
from workshop.consultation.questions.questionnaire_document import Document, nothing
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.forms import LANGUAGE_CODE
from workshop.secretariat.series.models import Workshop

RESERVED = {"new", "ready-made", "results"}  # words of our own addresses


def working(questionnaire: Questionnaire, newest: QuestionnaireVersion | None) -> Document:
    """The document to work on: the draft, else what was published last, else nearly nothing."""
    if questionnaire.draft:
        return deepcopy(questionnaire.draft)
    if newest:
        return as_published(questionnaire, newest)
    return empty(questionnaire.workshop.languages, questionnaire.title)


def as_published(questionnaire: Questionnaire, version: QuestionnaireVersion) -> Document:
    """A version as one works on it: with its title and introduction, which older documents leave to the questionnaire."""
    return {
        "title": dict(questionnaire.title),
        "introduction": dict(questionnaire.introduction),
        **deepcopy(version.definition),
    }


def empty(languages: list[str], title: Words) -> Document:
    return {"languages": list(languages), "title": dict(title), "introduction": {}, "lists": {}, "sections": []}


def keep(
    questionnaire: Questionnaire,
    newest: QuestionnaireVersion | None,
    document: Document,
    *,
    verb: str,
    subject: str,
    who: int | None,
    at: datetime,
) -> DraftChange | None:
    """Make this the draft; what it said before, to be added, or None where nothing changed.

    A draft that says what is published is none. Until something is published the title on the desk follows the draft.
    """
    before = working(questionnaire, newest)
    if document == before:
        return None
    _replace(questionnaire, newest, document)
    return DraftChange(questionnaire=questionnaire, before=before, verb=verb, subject=subject[:200], at=at, who=who)


def undo(
    questionnaire: Questionnaire, newest: QuestionnaireVersion | None, change: DraftChange | None, wanted: int
) -> DraftChange:
    """Take the last change back; the entry to delete. Somebody else's later one is not undone by mistake."""
    if change is None or change.id != wanted:
        raise RuleBroken(
            _("Something else was changed in the meantime. Check it first, then undo it if you still want to.")
        )
    _replace(questionnaire, newest, deepcopy(change.before))
    return change


def _replace(questionnaire: Questionnaire, newest: QuestionnaireVersion | None, document: Document) -> None:
    same = newest is not None and document == as_published(questionnaire, newest)
    questionnaire.draft = nothing() if same else document
    questionnaire.revision += 1
    if newest is None:
        questionnaire.title = Words(document.get("title", {})) or questionnaire.title
        questionnaire.introduction = Words(document.get("introduction", {}))


def create(
    workshop: Workshop, title: Words, *, source: Document | None, taken: Collection[str], opens_to_all: bool = False
) -> Questionnaire:
    """A questionnaire with nothing in it, or with a copy of another's document. Nobody can answer it yet."""
    languages = list(source["languages"]) if source else list(workshop.languages)
    document = deepcopy(source) if source else empty(languages, title)
    document["title"] = dict(title)
    return Questionnaire(
        workshop=workshop,
        slug=_slug(title, taken),
        title=title,
        introduction=Words(document.get("introduction", {})),
        draft=document,
        open_to_all=opens_to_all,
    )


def _slug(title: Words, taken: Collection[str]) -> str:
    """A short name for addresses out of the title."""
    words = title.in_("en", "fr", "es")[0].lower().encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:50].strip("-") or "questionnaire"
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, 10_000)))
    return next(name for name in candidates if name not in {*taken, *RESERVED})


def make(
    questionnaire: Questionnaire, *, language: str, name: str, days: int, at: datetime
) -> tuple[TranslatorLink, str]:
    """A link to one language, and its secret, which is not kept anywhere."""
    link = TranslatorLink(
        questionnaire=questionnaire,
        language=language,
        name=name,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    return link, link.issue_link()


def codes_of(typed: str) -> list[str]:
    """The language codes in "en, fr es". Raises RuleBroken for what is none."""
    codes = typed.replace(",", " ").split()
    for code in codes:
        if not LANGUAGE_CODE.fullmatch(code) or not language_names.is_known(code):
            raise RuleBroken(_("“%(code)s” is not the code of a language, such as fr or ar.", code=code), "languages")
    return codes
