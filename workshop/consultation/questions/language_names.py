"""Languages by their codes: any that a questionnaire may be written in, not only those of the product."""

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError

from workshop.platform.i18n import LANGUAGES, language


def names_by_code(codes: Iterable[str]) -> dict[str, str]:
    """Languages, by code, as those who speak them call them."""
    return {code: _own_name(code) for code in codes}


def name_of(code: str) -> str:
    """What a language is called by those who speak it, with its name in the reader's language where that differs."""
    own = _own_name(code)
    ours = _name(code, language())
    return own if own.lower() == ours.lower() else f"{own} ({ours})"


@cache
def _own_name(code: str) -> str:
    own = _name(code, code)
    return LANGUAGES.get(code) or own[:1].upper() + own[1:]


def is_known(code: str) -> bool:
    return _locale(code) is not None


@cache
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _name(code: str, reader: str) -> str:
    locale = _locale(code)
    return str((locale and locale.get_display_name(reader)) or code)
