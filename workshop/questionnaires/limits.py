"""What the limits and marks of a question are called, and what they say, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .questions import CURRENT_YEAR

NAMES: dict[str, Any] = {
    "min": _l("Lowest"), "max": _l("Highest"), "decimals": _l("Digits after the point"), "currency": _l("Currency"),
    "earliest": _l("Earliest day"), "latest": _l("Latest day"), "unit": _l("Unit"), "top": _l("How many places"),
    "min_choices": _l("At least how many"), "max_choices": _l("At most how many"),
    "max_length": _l("At most how many characters"), "max_size": _l("At most how many megabytes"),
    "kinds": _l("Kinds of file"), "other": _l("“Other”, with room for own words"), "required": _l("Must be answered"),
    "limit": _l("The answer must fulfil"), "personal": _l("Personal: kept out of results, only counted"),
    "sensitive": _l("Sensitive: results hide figures under ten"),
    "on_no": _l("Without this consent the questionnaire ends"),
    "reveals": _l("Who consents is asked for an e-mail address"),
}  # fmt: skip
TICKED = {"other", "required", "personal", "sensitive", "on_no", "reveals"}


def said(key: str, value: Any) -> str:
    if key in TICKED:
        return str(_("yes") if value else _("no"))
    if value == CURRENT_YEAR:
        return str(_("the current year"))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "–" if value is None or value == "" else str(value)
