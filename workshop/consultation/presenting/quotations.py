"""Quoting an answer: word for word, by consent, with names masked, and never beside small figures.

A quote keeps where its words stand in the answer, not the words. No database, no request, no clock.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import Publication, ResponseState
from workshop.platform.errors import RuleBroken

from .models import Finding, FindingState, Quote

MASK = "[…]"
TRACES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|www\.\S+|\+?\d[\d ()./-]{6,}\d")  # addresses, telephones
SHORTEST_NAME = 2


@dataclass(frozen=True)
class ShownQuote:
    """The words as they are read, and their language."""

    id: int
    text: str
    language: str


def may_quote(publication: Publication) -> bool:
    """Whether the respondent allows these words to be quoted, with or without a name."""
    return publication in {Publication.NAMED, Publication.ANONYMOUS}


def quote(
    finding: Finding,
    table: Tabulation | None,
    response: Response,
    question: str,
    *,
    excerpt: str,
    names: Iterable[str],
) -> Quote:
    """Some words of an answer, for a finding in draft. `names` are masked, addresses and telephones by themselves."""
    text = _answer(response, question)
    if finding.state is not FindingState.DRAFT:
        raise RuleBroken(_("This finding was published, so it stays as it is. Write another."), field="finding")
    if response.state is not ResponseState.SUBMITTED or not may_quote(response.publication):
        raise RuleBroken(_("The respondent does not wish to be quoted."), field="excerpt")
    if table is None or has_hidden(table):
        raise RuleBroken(
            _("The table of this finding has hidden figures. Words beside it could tell who they are from."),
            field="finding",
        )
    wanted = excerpt.strip()
    begins = text.find(wanted)
    if not wanted or begins < 0:
        raise RuleBroken(_("Quote word for word: these words are not in the answer."), field="excerpt")
    masks = masks_of(text, begins, begins + len(wanted), names)
    return Quote(
        finding=finding,
        response=response,
        question=question,
        begins=begins,
        ends=begins + len(wanted),
        masks=masks,
        digest=digest_of(text),
    )


def masks_of(text: str, begins: int, ends: int, names: Iterable[str]) -> list[list[int]]:
    """From where to where something is masked, in order and without overlaps."""
    patterns = [re.escape(name.strip()) for name in names if len(name.strip()) >= SHORTEST_NAME]
    found = [match.span() for match in TRACES.finditer(text)]
    found += [match.span() for each in patterns for match in re.finditer(each, text, re.IGNORECASE)]
    masks: list[list[int]] = []
    for start, end in sorted(span for span in found if span[1] > begins and span[0] < ends):
        if masks and start <= masks[-1][1]:
            masks[-1][1] = max(end, masks[-1][1])
        else:
            masks.append([start, end])
    return masks


def quotes_shown(finding: Finding, table: Tabulation | None) -> list[ShownQuote]:
    """Those that may be read now: consent, the answer and the table are asked each time."""
    if table is None or has_hidden(table):
        return []
    found = [(each, text_of(each)) for each in finding.quotes]
    return [ShownQuote(each.id, text, each.response.language) for each, text in found if text]


def text_of(quoted: Quote) -> str:
    """The words of a quote; "" where the answer is gone or another one, or its writer no longer wishes it."""
    response = quoted.response
    text = _answer(response, quoted.question)
    if response.state is not ResponseState.SUBMITTED or not may_quote(response.publication):
        return ""
    if digest_of(text) != quoted.digest:
        return ""
    words, place = [], quoted.begins
    for start, end in quoted.masks:
        words += [text[place : max(start, place)], MASK]
        place = end
    return "".join([*words, text[place : quoted.ends]])


def has_hidden(table: Tabulation) -> bool:
    """Whether the table has a figure that is hidden, or is not shown at all."""
    cells = [*table.rows, *(cell for line in table.grid for cell in line.cells)]
    return not cells or any(cell.suppressed for cell in cells)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _answer(response: Response, question: str) -> str:
    found = response.answers.get(question)
    return found if isinstance(found, str) else ""
