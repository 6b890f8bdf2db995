"""Languages by their codes: any that a questionnaire may be written in, not only those of the product."""

from functools import cache

from babel import Locale, UnknownLocaleError

from workshop.i18n import LANGUAGES, language


def name_of(code: str) -> str:
    """What a language is called by those who speak it, with its name in the reader's language where that differs."""
    own = LANGUAGES.get(code) or _name(code, code)
    ours = _name(code, language())
    return own if own.lower() == ours.lower() else f"{own} ({ours})"


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
