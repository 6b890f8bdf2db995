"""The type of a row: what it asks for here, or why it has no counterpart."""

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Kind

from .conventions import TYPES
from .survey_columns import Line

SELECT = re.compile(
    r"(?P<many>select_multiple|select multiple(?: from)?|select all that apply(?: from)?|add select multiple prompt using)"
    r"|(?P<one>select_one|select one(?: from)?|select1|add select one prompt using)|(?P<rank>rank)"
)
BOUNDARY = re.compile(r"(begin|end)[\s_]*(group|repeat|lgroup|looped group|loop)")  # "end" alone is a time
PLAIN = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "note": Kind.NOTE,
    "range": Kind.SCALE,
    "acknowledge": Kind.CONSENT,
    "trigger": Kind.CONSENT,
    "file": Kind.FILE,
    "image": Kind.FILE,
    "photo": Kind.FILE,
    "time": Kind.TIME,
    "datetime": Kind.MOMENT,
}
HIDDEN = {"hidden", "xml-external", "csv-external"}
PLACES = {"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "gps", "location", "osm"}
SOUND = {"audio", "video", "background-audio", "barcode"}
RECORDED = {
    "start",
    "end",
    "today",
    "deviceid",
    "device id",
    "phonenumber",
    "phone number",
    "username",
    "email",
    "subscriberid",
    "simserial",
    "imei",
    "audit",
    "uuid",
    "start time",
    "end time",
}
NO_TYPE = _l("This row has no type.")
NO_COUNTERPART = _l("This type of row has no counterpart here.")
REASONS = (
    (HIDDEN, _l("Hidden values and outside files are not used here.")),
    (PLACES, _l("Places on a map are not asked for here.")),
    (SOUND, _l("Sound, film and barcodes are not asked for here.")),
    (RECORDED, _l("Nothing is recorded about the device or the time of answering here.")),
)
FROM_FILE = _l("The choices come from another file.")
IN_REPEAT = _l("It is a repeat within a repeat; here one level is possible.")
NOT_IN_REPEAT = _l("Files and consents cannot be asked in a repeat here.")
NOTHING_TO_CALCULATE = _l("There is nothing to calculate in this row.")
NEVER = _l("Its condition is never met.")
SWITCHED_OFF = _l("This row is disabled in the file.")


@dataclass(frozen=True)
class RowQuestion:
    """What a row asks for: a kind, a list and whether own words may be written; or a reason why it is not taken."""

    kind: Kind | None = None
    list_name: str = ""
    or_other: bool = False
    reason: object = ""


def boundary(line: Line) -> tuple[str, str]:
    """("begin" or "end", "group" or "repeat") for a row that opens or closes one."""
    found = BOUNDARY.fullmatch(line.get("type").strip().lower())
    if not found:
        return "", ""
    return found[1], "group" if found[2] == "group" else "repeat"


def question_type(line: Line) -> str:
    return line.get("type").strip().lower()


def question_of_row(line: Line) -> RowQuestion:
    """What this row asks for."""
    written = re.sub(r"\s+", " ", line.get("type").strip())
    lower = written.lower()
    if line.get("disabled").lower() in {"yes", "true", "true()", "1"}:
        return RowQuestion(reason=SWITCHED_OFF)
    if not written:
        return RowQuestion(reason=NO_TYPE)
    if found := SELECT.match(lower):
        return _select(found, written, line)
    for kinds, reason in REASONS:
        if lower in kinds:
            return RowQuestion(reason=reason)
    if lower == "calculate" or (line.get("calculation") and _is_read_only(line) and lower in PLAIN):
        return RowQuestion(Kind.CALCULATION) if line.get("calculation") else RowQuestion(reason=NOTHING_TO_CALCULATE)
    if lower not in PLAIN:
        return RowQuestion(reason=NO_COUNTERPART)
    return RowQuestion(_kind(PLAIN[lower], line))


def _is_read_only(line: Line) -> bool:
    return line.get("read_only").lower() in {"yes", "true", "true()", "1"}


def _select(found: re.Match[str], written: str, line: Line) -> RowQuestion:
    rest = written[found.end() :]
    if not rest.startswith(" ") or "search(" in line.get("appearance"):
        return RowQuestion(reason=FROM_FILE)
    listed = re.fullmatch(r" (.+?)( or_other| or other| or specify other)?", rest, re.IGNORECASE)
    if not listed or listed[1].startswith("${"):
        return RowQuestion(reason=NO_COUNTERPART)
    kind = Kind.MANY if found["many"] else Kind.RANK if found["rank"] else Kind.ONE
    return RowQuestion(_kind(kind, line), listed[1].strip(), bool(listed[2]))


def _kind(kind: Kind, line: Line) -> Kind:
    """The kind, or the one we wrote ourselves, where it has the same type."""
    if kind is Kind.TEXT and "multiline" in line.get("appearance"):
        kind = Kind.LONGTEXT
    own = line.own("type")
    if own in set(Kind) and TYPES.get(Kind(own)) == TYPES[kind]:
        return Kind(own)
    return kind
