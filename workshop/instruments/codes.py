"""Codes for questions, options and sections where those of another tool are not allowed here."""

import re
import unicodedata
from collections.abc import Container

from workshop.questionnaires.document import OPTION_CODE, QUESTION_CODE


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
