"""Bringing a file into a workshop: the same for the web page and the command line. The caller commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workshop.questionnaires import drafting
from workshop.questionnaires import queries as questionnaires
from workshop.questionnaires.models import Questionnaire
from workshop.series.models import Workshop

from . import rules
from .reading import read_file
from .xlsform_read import Read


@dataclass
class Brought:
    """What a file would do, or did. `questionnaire` is the one it goes into, if there is one already."""

    read: Read
    document: dict[str, Any]
    slug: str
    changed: bool
    questionnaire: Questionnaire | None


def look(session: Any, workshop: Workshop, content: bytes, *, slug: str = "", filename: str = "") -> Brought:
    """What the file would do to the questionnaire of that name. Nothing is changed."""
    read = read_file(content, plain_language=workshop.languages[0])
    name = rules.slug_for(read, wanted=slug, filename=filename)
    found = session.scalar(questionnaires.one(workshop, name).execution_options(populate_existing=True))
    before = drafting.working(found, session.scalar(questionnaires.newest_of(found))) if found else {}
    document = rules.complete(read, before, name)
    return Brought(read, document, name, rules.account_for(read, document, before), found)


def keep(session: Any, workshop: Workshop, brought: Brought, *, source: str, who: int | None, at: datetime) -> None:
    """Make what the file says the draft. The caller holds the workshop and looked after that."""
    if brought.questionnaire is None:
        brought.questionnaire = rules.begin(brought.document, workshop=workshop, slug=brought.slug)
        session.add(brought.questionnaire)
    elif brought.changed:
        replace(
            session, brought.questionnaire, brought.document, verb="import questionnaire", source=source, who=who, at=at
        )


def replace(
    session: Any, questionnaire: Questionnaire, document: dict[str, Any], *, verb: str, source: str,
    who: int | None, at: datetime,
) -> None:  # fmt: skip
    """Make this the draft, so that it can be undone."""
    newest = session.scalar(questionnaires.newest_of(questionnaire))
    change = drafting.keep(questionnaire, newest, document, verb=verb, subject=source, who=who, at=at)
    if change:
        session.add(change)
        session.flush()
        session.execute(questionnaires.old_changes(questionnaire))
