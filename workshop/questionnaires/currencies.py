"""Currencies in use today, by ISO 4217 code, named in each language."""

from functools import cache

from babel import Locale
from babel.core import get_global


@cache
def codes() -> frozenset[str]:
    """Every currency that is legal tender somewhere today."""
    in_use = get_global("territory_currencies").values()
    return frozenset(code for spans in in_use for code, _start, end, tender in spans if tender and end is None)


@cache
def in_order(language: str) -> tuple[tuple[str, str], ...]:
    """All of them as (code, name), by code: that is what people who handle money look for."""
    names = Locale.parse(language).currencies
    return tuple((code, str(names.get(code, code))) for code in sorted(codes()))
