"""Document symbols: IDM/2005/3, and its Rev.1, Corr.2, Add.1."""

import re
from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.search_normalise import fold

from .models import SymbolKind


class Symbolised(Protocol):
    id: int
    symbol: str
    symbol_kind: SymbolKind | None
    symbol_number: int | None


Row = TypeVar("Row", bound=Symbolised)
BELOW = {SymbolKind.CORR, SymbolKind.ADD}  # listed under the document they belong to


def full_symbol(symbol: str, kind: SymbolKind | None, number: int | None) -> str:
    """The symbol as printed: IDM/2005/3/Rev.1."""
    return f"{symbol}/{kind.mark}{number}" if symbol and kind else symbol


def key(symbol: str, kind: SymbolKind | None, number: int | None) -> str | None:
    """What makes it unique: without capitals, accents and spaces. None where there is no symbol."""
    return re.sub(r"\s+", "", fold(full_symbol(symbol, kind, number))) or None


def refuse_unless_sound(
    symbol: str, kind: SymbolKind | None, number: int | None, taken: Collection[str | None]
) -> None:
    """Raises RuleBroken where a part is missing, or another document of the workshop carries it."""
    if kind and not symbol:
        raise RuleBroken(_("Give the symbol of the document that it belongs to."), "symbol")
    if kind and not number:
        raise RuleBroken(_("Give the number: Rev.1, Corr.1, Add.1."), "symbol_number")
    if key(symbol, kind, number) in taken:
        text = _(
            "Another document of the workshop has the symbol %(symbol)s.", symbol=full_symbol(symbol, kind, number)
        )
        raise RuleBroken(text, "symbol")


def next_number(documents: Iterable[Symbolised], symbol: str, kind: SymbolKind) -> int:
    """The number after the last of that kind."""
    base = key(symbol, None, None)
    numbers = [each.symbol_number or 0 for each in documents if each.symbol_kind is kind and _base(each) == base]
    return max(numbers, default=0) + 1


def _base(document: Symbolised) -> str | None:
    return key(document.symbol, None, None)


def families(documents: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Each document with the corrigenda and addenda that belong to it: to its newest revision, or to the document
    itself. One whose parent is not in the list stands alone.
    """
    rows = list(documents)
    parents: dict[str, Row] = {}
    for row in sorted(rows, key=lambda each: each.symbol_number or 0):
        base = _base(row)
        if base and row.symbol_kind not in BELOW:
            parents[base] = row
    below: dict[int, list[Row]] = {}
    alone = []
    for row in rows:
        parent = parents.get(_base(row) or "")
        if row.symbol_kind in BELOW and parent is not None:
            below.setdefault(parent.id, []).append(row)
        else:
            alone.append(row)
    return [(row, sorted(below.get(row.id, []), key=_place)) for row in alone]


def _place(row: Symbolised) -> tuple[str, int]:
    return (row.symbol_kind or "", row.symbol_number or 0)
