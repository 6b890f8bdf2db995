"""A list as it stands in its file: the headings, the rows with their numbers, and what each column is taken for."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.opened_files import opened_tables

from .roster_columns import FIELDS, guess, header_of, plain

MOST_ROWS, LONGEST_CELL = 10_000, 300


@dataclass(frozen=True)
class RosterFile:
    """A table with its headings. `source` names all lists with the same headings."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]

    @property
    def source(self) -> str:
        return source_of(self.headings)

    def fields(self, remembered: Mapping[str, str]) -> list[str]:
        return guess(self.headings, [row for _number, row in self.rows], remembered)

    def examples(self, column: int) -> list[str]:
        return [row[column] for _number, row in self.rows if column < len(row) and row[column]][:3]


def source_of(headings: Sequence[str]) -> str:
    return hashlib.sha256("|".join(map(plain, headings)).encode()).hexdigest()[:32]


def read_roster(content: bytes, *, name: str = "") -> RosterFile:
    """The first sheet with anything in it. Raises RuleBroken, written for the person."""
    if not content.strip():
        raise RuleBroken(_("The list is empty."), "file")
    known = [heading for _label, words in FIELDS.values() for heading in words.split("|")]
    sheets = opened_tables(content, name=name, headings=[*known, "email", "e-mail", "name", "first name", "last name"])
    numbered = next((sheet["rows"] for sheet in sheets if len(sheet["rows"]) > 1), [])
    if not numbered:
        raise RuleBroken(_("The list is empty."), "file")
    if len(numbered) > MOST_ROWS + 1:
        raise RuleBroken(_("The list has more than %(most)s rows. Please split it.", most=MOST_ROWS), "file")
    cells = [(number, [" ".join(cell.split())[:LONGEST_CELL] for cell in row]) for number, row in numbered]
    header = header_of([row for _number, row in cells])
    width = max(len(row) for _number, row in cells)
    headings = [*cells[header][1], *[""] * (width - len(cells[header][1]))]
    return RosterFile(headings, cells[header + 1 :])
