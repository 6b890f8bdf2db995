"""Bringing a file into a workshop: the same for the web page and the command line. The caller commits."""

from dataclasses import dataclass
from typing import Any

from workshop.questionnaires.models import Questionnaire
from workshop.series.models import Workshop

from . import queries, rules
from .reading import read_file
from .xlsform_read import Read


@dataclass
class Brought:
    """What a file would do, or did. `questionnaire` is the one it goes into, if there is one already."""

    read: Read
    slug: str
    changed: bool
    questionnaire: Questionnaire | None


def bring(
    session: Any, workshop: Workshop, content: bytes, *, slug: str = "", filename: str = "", keep: bool
) -> Brought:
    """Read the file into the questionnaire of that name; `keep` puts the changes into the session.

    The caller holds the workshop before keeping anything.
    """
    read = read_file(content, plain_language=workshop.languages[0])
    name = rules.slug_for(read, wanted=slug, filename=filename)
    found = session.scalar(queries.questionnaire(workshop, name))
    version = session.scalar(queries.newest_version(found.id)) if found else None
    before = (found.draft or (version.definition if version else {})) if found else {}
    document = rules.complete(read, found, before)
    changed = rules.account_for(read, document, before)
    if keep and found and changed:
        rules.replace_draft(found, document)
    elif keep and not found:
        found = rules.begin(read, document, workshop=workshop, slug=name)
        session.add(found)
    return Brought(read, name, changed, found)
