"""The languages of a questionnaire and how files of other tools name them: "French (fr)", "Français", "fr"."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import force_locale

from workshop.db import Words
from workshop.i18n import LOCALES

CODE_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*$")
NAMED_IN = ("en", "fr", "es")
OWN_NAMES = "ar am bn de es fa fr ha hi id it ku ky my ne nl pl ps pt ro ru so sq sw ta tg th tl tr uk ur uz vi zh"


def code_of(named: str) -> str:
    """The code of a language as a file names it; nothing where nobody can tell."""
    if found := CODE_IN_BRACKETS.search(named):
        return _known(found[1])
    return _by_name().get(named.strip().casefold(), "") or _known(named.strip())


def _known(code: str) -> str:
    """The code as we write it, "pt-BR", where there is such a language."""
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError, TypeError):
        return ""
    return str(locale).replace("_", "-")


@cache
def _by_name() -> dict[str, str]:
    """Languages by their names in a few languages and, where field forms use them, in their own."""
    named = {}
    for code in OWN_NAMES.split():
        named[Locale.parse(code).languages.get(code, code).casefold()] = code
    for reader in reversed(NAMED_IN):
        for code, name in Locale(reader).languages.items():
            if known := _known(code):
                named[name.casefold()] = known
    return named


def column_of(code: str) -> str:
    """How XLSForm names it: "French (fr)"."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name("en")
    except (ValueError, UnknownLocaleError):
        name = None
    return f"{name.split('(')[0].strip() if name else code} ({code})"


def in_each(codes: Sequence[str], sentence: Callable[[], Any]) -> Words:
    """A sentence of ours in each language; English where we have none of it."""
    said = {}
    for code in codes:
        with force_locale(LOCALES.get(code, LOCALES["en"])):
            said[code] = str(sentence())
    return Words(said)
