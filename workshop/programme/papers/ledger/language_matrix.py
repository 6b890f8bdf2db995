"""What is there in which language, what is awaited, and what is late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled

from ..models import Document, State


class LanguageStatus(Labelled):
    """Where one language of a document stands."""

    PUBLISHED = "published", _l("published"), "good"
    RECEIVED = "received", _l("received"), "warn"
    AWAITED = "awaited", _l("awaited")
    LATE = "late", _l("late"), "bad"
    NOT_EXPECTED = "not_expected", _l("not expected")


MISSING = {LanguageStatus.AWAITED, LanguageStatus.LATE}


@dataclass(frozen=True)
class Cell:
    language: str
    standing: LanguageStatus
    any_language: bool = False  # awaited in whichever language comes


@dataclass(frozen=True)
class Row:
    document: Document
    cells: list[Cell]

    @property
    def late_translations(self) -> list[Cell]:
        """Languages that are late although the document is there in another."""
        there = any(cell.standing in {LanguageStatus.PUBLISHED, LanguageStatus.RECEIVED} for cell in self.cells)
        return [cell for cell in self.cells if there and cell.standing is LanguageStatus.LATE]


def rows(documents: Sequence[Document], languages: Sequence[str], *, today: date) -> list[Row]:
    return [
        Row(document, [_cell(document, code, languages, today=today) for code in languages]) for document in documents
    ]


def _cell(document: Document, code: str, languages: Sequence[str], *, today: date) -> Cell:
    if code in document.public_files and document.state is State.PUBLISHED:
        return Cell(code, LanguageStatus.PUBLISHED)
    if code in document.current_files and document.state not in {State.EXPECTED, State.WITHDRAWN}:
        return Cell(code, LanguageStatus.RECEIVED)
    anything = not document.languages and document.state is State.EXPECTED
    expected = code in document.languages or (anything and code == languages[0])
    if not expected or document.state in {State.NOT_PROVIDED, State.WITHDRAWN}:
        return Cell(code, LanguageStatus.NOT_EXPECTED)
    late = document.due_on is not None and document.due_on < today
    return Cell(code, LanguageStatus.LATE if late else LanguageStatus.AWAITED, any_language=anything)


def totals(table: Sequence[Row], languages: Sequence[str]) -> dict[LanguageStatus, list[int]]:
    """How many documents stand where, language by language."""
    counted = Counter((cell.language, cell.standing) for row in table for cell in row.cells)
    return {standing: [counted[code, standing] for code in languages] for standing in LanguageStatus}
