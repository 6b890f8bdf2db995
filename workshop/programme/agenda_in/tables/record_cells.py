"""The cells of one row by what their columns mean, and what several of them say together."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.papers.models import Kind

from ..prose.agenda_phrases import IN_BRACKETS, sentences
from ..reading.agenda_file import Agenda, Document
from ..reading.agenda_words import kind_named, says_not_provided


@dataclass
class Cells:
    """One row by field, with the place of each cell."""

    values: dict[str, str]
    places: dict[str, str]
    place: str

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def words(self, name: str, language: str) -> Words:
        """The text in every language that has a column; the plain column is in `language`."""
        said = {language: self[name]} | {
            key.partition(":")[2]: value for key, value in self.values.items() if key.startswith(f"{name}:")
        }
        return Words({code: text for code, text in said.items() if text})


def questions_in_cell(cells: Cells, name: str, language: str) -> list[Words]:
    """The questions of a cell, one on each line or one after the other, put together from the columns of all languages."""
    by_language = {
        code: [each.lstrip("-•– ") for line in text.split("\n") for each in sentences(line) if each.strip("-•– ")]
        for code, text in cells.words(name, language).items()
    }
    most = max((len(each) for each in by_language.values()), default=0)
    return [Words({code: said[n] for code, said in by_language.items() if n < len(said)}) for n in range(most)]


def documents_in(cells: Cells, row: int, agenda: Agenda) -> list[Document]:
    """The documents that a row expects, each with its kind."""
    found: list[Document] = []
    for each in re.split(r"\s*[;\n]\s*", cells["document"]):
        if not each:
            continue
        bare = IN_BRACKETS.sub("", each)
        kind = kind_named(bare) or kind_named(bare.split(" – ")[-1])
        missing = says_not_provided(bare) or says_not_provided(each) or says_not_provided(cells["document_state"])
        if kind is None and not missing:
            agenda.remark(
                cells.places["document"],
                _("“%(text)s” is not a known kind of document; it counts as untyped.", text=each),
            )
        found.append(Document(kind or Kind.OTHER, row, provided=not missing))
    return found
