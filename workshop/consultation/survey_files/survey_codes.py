"""Codes for questions, options and sections where those of another tool are not allowed here."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError
from flask_babel import force_locale

from workshop.consultation.questions.document_reader import OPTION_CODE, QUESTION_CODE
from workshop.platform.db import Words
from workshop.platform.i18n import LOCALES


def question_code(name: str, taken: Container[str]) -> str:
    """The name itself where it may stand, else one as near to it as can be."""
    return name if QUESTION_CODE.fullmatch(name) and name not in taken else _near(name, QUESTION_CODE, taken, "q")


def option_code(name: str, taken: Container[str]) -> str:
    """As for questions. "other" is never the code of an ordinary option."""
    allowed = OPTION_CODE.fullmatch(name) and name != "other" and name not in taken
    return name if allowed else _near(name, OPTION_CODE, taken, "o")


def section_code(number: int) -> str:
    """A, B … Z, AA, AB …"""
    code = ""
    while number:
        number, letter = divmod(number - 1, 26)
        code = chr(ord("A") + letter) + code
    return code


def slug_of(name: str) -> str:
    """A name for an address."""
    return re.sub(r"[^a-z0-9]+", "-", _latin(name).lower()).strip("-")[:60].strip("-")


def _latin(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _near(name: str, shape: re.Pattern[str], taken: Container[str], first: str) -> str:
    base = re.sub(r"[^A-Za-z0-9_]+", "_", _latin(name)).strip("_")[:50] or first
    base = base if base[0].isalpha() else f"{first}{base}"
    for candidate in (base, *(f"{base}_{number}" for number in range(1, 100_000))):
        if shape.fullmatch(candidate) and candidate not in taken and candidate != "other":
            return candidate
    raise AssertionError("unreachable: no file has that many rows")


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


COMMON = {
    "en": "the of and is are you your what which how do does did have has to in for was were",
    "fr": "le la les des du est vous votre quel quelle dans pour avez combien ou et une qui sont",
    "es": "el los las del es usted su cuál qué cuántos en para tiene por y una que con ha",
    "pt": "o os as do da é você seu qual que quantos em para tem por e uma com não",
}


def language_written(texts: Iterable[str]) -> str:
    """The language of texts that name none, where their commonest words leave no doubt."""
    words = re.findall(r"[^\W\d_]+", " ".join(texts).lower())
    if sum("\u0600" <= word[0] <= "\u06ff" for word in words) > len(words) / 2:
        return "ar"
    counts = sorted(((sum(word in common.split() for word in words), code) for code, common in COMMON.items()))
    (second, _other), (most, code) = counts[-2:]
    return code if most >= 4 and most >= 2 * second else ""


def column_of(code: str) -> str:
    """How XLSForm names it: "French (fr)"."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name("en")
    except (ValueError, UnknownLocaleError):
        name = None
    return f"{name.split('(')[0].strip() if name else code} ({code})"


def in_each(codes: Sequence[str], sentence: Callable[[], str]) -> Words:
    """A sentence of ours in each language; English where we have none of it."""
    said = {}
    for code in codes:
        with force_locale(LOCALES.get(code, LOCALES["en"])):
            said[code] = str(sentence())
    return Words(said)
