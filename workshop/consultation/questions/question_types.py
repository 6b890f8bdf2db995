"""The types of question as an editor sees them: what they are called, and which keys of the document each has."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .document_checks import WITHOUT_DEFAULT
from .question import CURRENT_YEAR, Kind

EVERY = ("code", "type", "text", "hint", "personal", "sensitive", "condition")
ANSWERED = (*EVERY, "why", "guidance", "required", "required_if", "limit", "limit_message", "default")
OWN: dict[Kind, tuple[str, ...]] = {
    Kind.ONE: ("options", "other", "filter", "look", "shuffle"),
    Kind.MANY: ("options", "other", "min_choices", "max_choices", "filter", "shuffle"),
    Kind.RANK: ("options", "top", "filter"),
    Kind.MATRIX: ("rows", "columns"),
    Kind.SCALE: ("min", "max", "ends"),
    Kind.INTEGER: ("min", "max", "unit", "unit_label"),
    Kind.DECIMAL: ("min", "max", "decimals", "unit", "unit_label"),
    Kind.MONEY: ("currency", "min", "max", "decimals"),
    Kind.DATE: ("earliest", "latest"),
    Kind.YEAR: ("min", "max"),
    Kind.COUNTRIES: ("min_choices", "max_choices"),
    Kind.TEXT: ("max_length",),
    Kind.LONGTEXT: ("max_length",),
    Kind.FILE: ("kinds", "max_size"),
    Kind.CONSENT: ("on_no",),
    Kind.CONSENTS: ("options", "max_choices", "reveals"),
    Kind.REPEAT: ("questions", "item", "least", "most", "times"),
}
WITHOUT_LIMIT = {Kind.NOTE, Kind.MATRIX, Kind.FILE, Kind.CONSENT, Kind.REPEAT}


def keys_of(kind: Kind) -> frozenset[str]:
    """The keys that a question of this type may have."""
    if kind is Kind.NOTE:
        return frozenset({"code", "type", "text", "hint", "guidance", "condition"})
    if kind is Kind.CALCULATION:
        return frozenset({"code", "type", "text", "calculation", "condition", "personal", "sensitive"})
    common = {*ANSWERED} - ({"limit", "limit_message"} if kind in WITHOUT_LIMIT else set())
    common -= {"default"} if kind in WITHOUT_DEFAULT else set()
    return frozenset(common | {*OWN.get(kind, ())})


NAMES: dict[str, str] = {
    "min": _l("Lowest"),
    "max": _l("Highest"),
    "decimals": _l("Digits after the point"),
    "currency": _l("Currency"),
    "earliest": _l("Earliest day"),
    "latest": _l("Latest day"),
    "unit": _l("Unit"),
    "top": _l("How many places"),
    "min_choices": _l("At least how many"),
    "max_choices": _l("At most how many"),
    "max_length": _l("At most how many characters"),
    "max_size": _l("At most how many megabytes"),
    "kinds": _l("Kinds of file"),
    "other": _l("“Other”, with a field for the respondent’s own words"),
    "required": _l("Must be answered"),
    "limit": _l("The answer must fulfil"),
    "required_if": _l("Must be answered if"),
    "default": _l("Filled in at first"),
    "filter": _l("Choices offered"),
    "shuffle": _l("Choices in a random order for each respondent"),
    "look": _l("Shown as"),
    "calculation": _l("Calculation"),
    "least": _l("At least how many entries"),
    "most": _l("At most how many entries"),
    "times": _l("As many entries as"),
    "personal": _l("Personal: left out of results, only counted"),
    "sensitive": _l("Sensitive: results hide figures under ten"),
    "on_no": _l("Without this consent the questionnaire ends"),
    "reveals": _l("People who consent are asked for an email address"),
}
TICKED = {"other", "shuffle", "required", "personal", "sensitive", "on_no", "reveals"}


def limit_in_words(key: str, value: object) -> str:
    if key in TICKED:
        return str(_("yes") if value else _("no"))
    if value == CURRENT_YEAR:
        return str(_("the current year"))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "–" if value is None or value == "" else str(value)
