"""The languages of a workshop: one to six, the working language first. No database, no request, no clock."""

import re
from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

MOST = 6
# Offered without having to be typed: those with the whole interface, and the other official ones of the United Nations.
OFFERED = ("en", "fr", "es", "ar", "ru", "zh", "pt")


def chosen_languages(working: str, chosen: Iterable[str], another: str = "") -> list[str]:
    """The languages as they are kept: the working language, then the others in the order given. Raises RuleBroken."""
    typed = [code_of(each) for each in re.split(r"[,;\s]+", another) if each]
    found = list(dict.fromkeys([working, *chosen, *typed]))
    for code in found:
        if not is_known(code):
            raise RuleBroken(_("“%(code)s” is not the code of a language.", code=code), "another")
    if len(found) > MOST:
        message = _("A workshop has at most %(most)s languages; you chose %(count)s.", most=MOST, count=len(found))
        raise RuleBroken(message, "languages")
    return found


def code_of(written: str) -> str:
    """A language as somebody types it, by its ISO 639 code, or by its own or its English name. Raises RuleBroken."""
    wanted = written.strip().casefold()
    if is_known(wanted):
        return wanted
    english = {str(code): str(name) for code, name in Locale("en").languages.items() if "_" not in str(code)}
    for code, name in english.items():
        if wanted == name.casefold():
            return code
    for code in english:  # afterwards, because what a language calls itself is read from a file of its own
        if wanted == (own_name(code) or "").casefold():
            return code
    message = _("“%(name)s” is not a language we know. Type its code, such as wo for Wolof.", name=written)
    raise RuleBroken(message, "another")


def is_known(code: str) -> bool:
    """Whether it is the code of a language, with or without a region or a script: "pt", "pt-BR"."""
    return (
        re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", code) is not None
        and code.partition("-")[0] in Locale("en").languages
    )


def own_name(code: str) -> str | None:
    """What a language calls itself, where that is known."""
    try:
        return Locale.parse(code.replace("-", "_")).get_language_name(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None
