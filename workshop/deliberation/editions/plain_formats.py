"""An edition as plain text, and as JSON with what each paragraph rests on."""

import json
from collections.abc import Iterator

from flask_babel import gettext as _

from workshop.deliberation.plenary.evidence.citations import citation_of
from workshop.deliberation.plenary.multilingual_prose import percent, spoken_in, with_originals
from workshop.deliberation.plenary.paragraphs import Cell, Paragraph
from workshop.deliberation.plenary.reading import Reading, body_of, caption_of
from workshop.platform.db import Words
from workshop.platform.i18n import written_in

from .models import Edition


def as_text(edition: Edition, language: str) -> str:
    """The words of an edition in one language, a blank line between paragraphs."""
    with written_in(language), spoken_in(language):
        return "\n\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    yield plain(edition.title)
    yield plain(edition.report.workshop.title)
    yield _("Edition %(number)s", number=edition.number)
    if edition.corrigendum:
        yield _("Corrigendum")
        yield plain(edition.corrigendum.text)
    for part in Reading(edition.paragraphs).chapters:
        yield f"{part.number}. {part.chapter.label}".upper()
        for each in part.paragraphs:
            yield from (plain(text, each) for text in (each.heading, each.subheading) if text)
            if each.table:
                yield "\n".join(rows_in_words(each))
            said = str(body_of(each).striptags())
            yield f"{each.number}. {said}" if each.number else said
            if each.sources:
                yield "[" + _("Source: %(sources)s.", sources=citation_of(each.sources).striptags()) + "]"


def plain(text: Words, paragraph: Paragraph | None = None) -> str:
    return str(with_originals(text, paragraph.originals if paragraph else ()).striptags())


def rows_in_words(paragraph: Paragraph) -> Iterator[str]:
    table = paragraph.table
    yield str(caption_of(paragraph).striptags())
    yield " | ".join(plain(each) for each in table["columns"])
    for row in table["rows"]:
        yield " | ".join(cell_in_words(cell) for cell in row)


def cell_in_words(cell: Cell) -> str:
    """What a cell says: a figure, a share in per cent, or words."""
    match cell:
        case None:
            return ""
        case int():
            return str(cell)
        case {"bar": share}:
            return "–" if share is None else percent(float(str(share)))
        case {"mark": words}:
            return plain(Words(words))  # type: ignore[call-overload]
        case _:
            return plain(Words(cell))  # type: ignore[arg-type]


def as_json(edition: Edition) -> str:
    """Everything of an edition but what only those inside may read: sources by kind and name, never by their row."""
    return json.dumps(
        {
            "title": edition.title,
            "workshop": edition.report.workshop.slug,
            "edition": edition.number,
            "digest": edition.digest,
            "released": {each.language: each.released_at.isoformat() for each in edition.releases},
            "corrigendum": edition.corrigendum.text if edition.corrigendum else None,
            "paragraphs": [_paragraph(each) for each in edition.paragraphs_out],
        },
        ensure_ascii=False,
        indent=1,
    )


def _paragraph(paragraph: Paragraph) -> dict[str, object]:
    languages = paragraph.words or paragraph.text
    said = {}
    for code in languages:
        with written_in(code), spoken_in(code):
            said[code] = str(body_of(paragraph).striptags())
    return {
        "id": f"b{paragraph.block}",
        "number": paragraph.number,
        "chapter": paragraph.chapter.value,
        "text": said,
        "table": paragraph.table or None,
        "sources": [{"kind": each.kind.value, "name": each.label} for each in paragraph.sources],
    }
