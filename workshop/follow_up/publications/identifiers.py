"""ISBN, ISSN, symbol and outside addresses as they are printed. No database, no request, no clock."""

import re
from urllib.parse import urlsplit

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

SYMBOL = re.compile(r"[A-Z][A-Z0-9.\-]*(/[A-Za-z0-9.()\-]+)+")


def sound_isbn(typed: str) -> str:
    """The number as typed, with its check digit found right. Raises RuleBroken."""
    digits = _digits(typed)
    if digits and not (_is_isbn13(digits) or _is_isbn10(digits)):
        raise RuleBroken(
            _("%(typed)s is not an ISBN: the check digit does not match. Compare it with the book.", typed=typed),
            "isbn",
        )
    return typed.upper()


def sound_issn(typed: str) -> str:
    """The number as printed: 1607-338X. Raises RuleBroken."""
    digits = _digits(typed)
    if not digits:
        return ""
    if not re.fullmatch(r"\d{7}[\dX]", digits) or sum(_value(d) * (8 - at) for at, d in enumerate(digits)) % 11:
        raise RuleBroken(
            _("%(typed)s is not an ISSN: the check digit does not match. Compare it with the cover.", typed=typed),
            "issn",
        )
    return f"{digits[:4]}-{digits[4:]}"


def sound_symbol(typed: str) -> str:
    """A document symbol without blanks: MC/INF/271. Raises RuleBroken."""
    symbol = re.sub(r"\s+", "", typed)
    if symbol and not SYMBOL.fullmatch(symbol):
        raise RuleBroken(_("Write the symbol with its slashes, such as MC/INF/271."), "symbol")
    return symbol


def sound_address(typed: str, field: str) -> str:
    """An address of the web. Raises RuleBroken for anything else, which a page must not lead to."""
    if not typed:
        return ""
    try:
        parts = urlsplit(typed)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in {"http", "https"} or parts.username or re.search(r"\s", typed):
        raise RuleBroken(_("Write the whole address, beginning with https:// or http://."), field)
    return typed


def _digits(typed: str) -> str:
    return re.sub(r"[\s\-\u2010\u2011\u2013]", "", typed).upper()


def _value(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


def _is_isbn10(digits: str) -> bool:
    return (
        bool(re.fullmatch(r"\d{9}[\dX]", digits)) and not sum(_value(d) * (10 - at) for at, d in enumerate(digits)) % 11
    )


def _is_isbn13(digits: str) -> bool:
    return (
        bool(re.fullmatch(r"97[89]\d{10}", digits))
        and not sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10
    )
