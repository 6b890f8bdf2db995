"""Email addresses and telephone numbers out of what people paste: links, labels and brackets around them taken off.

No database, no request, no clock.
"""

import re
from html import unescape
from urllib.parse import unquote

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
LABEL = re.compile(
    r"^\W*(?:e-?mail|courriel|correo|mailto|tel(?:ephone|éfono)?|tél(?:éphone)?|phone|fax)\W*[:.]\W*", re.I
)
PHONE = re.compile(r"\+?[\d(][\d\s()./\u00a0\u2010\u2011-]{4,}\d(?:\s*(?:ext|x|poste)\.?\s*\d+)?", re.I)
BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")


def email_in(pasted: str) -> str:
    """The one address in it: of `"mailto:press@example.org">press@example.org` press@example.org. Raises RuleBroken."""
    text = unquote(unescape(pasted)).replace("mailto:", " ").replace("MAILTO:", " ")
    text = re.sub(r"\s*[\[(]\s*at\s*[\])]\s*", "@", text, flags=re.I)
    found: list[str] = list(dict.fromkeys(each.strip(".").lower() for each in EMAIL.findall(text)))
    if not found:
        raise RuleBroken(_("No email address was found in what you typed."), "email")
    if len(found) > 1:
        raise RuleBroken(
            _("More than one email address was found: %(found)s. Keep one.", found=", ".join(found)), "email"
        )
    return found[0]


def phone_in(pasted: str) -> str:
    """The number in it, as written: of "Tel: 41 00 000 0000" 41 00 000 0000. Nothing where nothing was typed."""
    text = BLANKS.sub(" ", unquote(unescape(pasted)).removeprefix("tel:")).strip()
    if not text:
        return ""
    found = PHONE.search(text)
    if found is None:
        raise RuleBroken(_("No telephone number was found in what you typed."), "phone")
    return BLANKS.sub(" ", str(found[0])).strip(" .-/")


def plain_line(pasted: str) -> str:
    """A name or a function without tags, links, labels and blanks around it."""
    text = re.sub(r"<[^>]*>|\S*=\s*$", " ", unescape(pasted))
    text = re.sub(r"\"?mailto:[^\s\">]*\"?>?", " ", text, flags=re.I)
    return BLANKS.sub(" ", LABEL.sub("", text)).strip(" \"'<>,;")
