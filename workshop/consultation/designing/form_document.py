"""Between the document and the forms of the editor: what a form shows of a question, and what it makes of one."""

from collections.abc import Sequence
from decimal import Decimal

from workshop.consultation.questions.question import CURRENT_YEAR, Kind
from workshop.consultation.questions.questionnaire_document import OptionDraft, QuestionDraft
from workshop.platform.db import Words

from .forms import ListForm, QuestionForm

AS_THEY_ARE = (
    "text",
    "hint",
    "why",
    "guidance",
    "options",
    "rows",
    "columns",
    "other",
    "min_choices",
    "max_choices",
    "top",
    "decimals",
    "unit",
    "unit_label",
    "currency",
    "earliest",
    "latest",
    "max_length",
    "kinds",
    "max_size",
    "required",
    "personal",
    "sensitive",
    "condition",
    "limit",
    "limit_message",
    "required_if",
    "default",
    "filter",
    "shuffle",
    "look",
    "calculation",
    "item",
    "least",
    "most",
    "times",
)
TEXTS = {"text", "hint", "why", "guidance", "unit_label", "limit_message", "item"}


def as_form_data(question: QuestionDraft) -> dict[str, object]:
    """A question as its form shows it."""
    ends = question.get("ends", {})
    values = {key: question[key] for key in AS_THEY_ARE if key in question}
    return {key: Words(value) if key in TEXTS else value for key, value in values.items()} | {
        "code": question["code"],
        "unit": question.get("unit", ""),
        "look": question.get("look", ""),
        "currency": question.get("currency", ""),
        "low": Words(ends.get("low", {})),
        "high": Words(ends.get("high", {})),
        "min": _decimal(question.get("min")),
        "max": _decimal(question.get("max")),
        "to_now": question.get("max") == CURRENT_YEAR,
        "ends_on_no": question.get("on_no") == "end",
        "asks_address": question.get("reveals") == "email",
    }


def keys_of_form(form: QuestionForm) -> QuestionDraft:
    """The keys of the document that a form sets; a blank value takes its key out."""
    values: QuestionDraft = {}
    for key in ("code", *AS_THEY_ARE):
        if key in form:
            data = form[key].data
            values[key] = {code: text for code, text in data.items() if text} if key in TEXTS else _one_line_end(data)
    for key in ("min", "max"):
        if key in form:
            values[key] = _number(form[key].data)
    if "to_now" in form and form.to_now.data:
        values["max"] = CURRENT_YEAR
    if "low" in form:
        ends = {"low": dict(form.low.data), "high": dict(form.high.data)}
        values["ends"] = {key: words for key, words in ends.items() if words}
    if "ends_on_no" in form:
        values["on_no"] = "end" if form.ends_on_no.data else ""
    if "asks_address" in form:
        values["reveals"] = "email" if form.asks_address.data else ""
    return values


def beginning(kind: Kind, code: str) -> QuestionDraft:
    """What a new question of a type has before anybody typed anything."""
    usual: dict[Kind, QuestionDraft] = {
        Kind.SCALE: {"min": 1, "max": 5},
        Kind.EMAIL: {"personal": True},
        Kind.INTEGER: {"min": 0},
        Kind.DECIMAL: {"min": 0, "decimals": 2},
        Kind.MONEY: {"min": 0, "decimals": 2},
        Kind.YEAR: {"max": CURRENT_YEAR},
        Kind.TEXT: {"max_length": 200},
        Kind.LONGTEXT: {"max_length": 1000},
    }
    return {"code": code, "type": kind.value, "text": {}} | usual.get(kind, {})


def options_shown(options: Sequence[OptionDraft]) -> list[dict[str, object]]:
    """The answers of a list as their form shows them, numbered."""
    return [
        {
            "was": option["code"],
            "code": option["code"],
            "label": Words(option["label"]),
            "place": place,
            "exclusive": option.get("exclusive", False),
            "columns": "; ".join(f"{name}={value}" for name, value in option.get("columns", {}).items()),
        }
        for place, option in enumerate(options, 1)
    ]


def options_made(form: ListForm, language: str) -> tuple[list[OptionDraft], dict[str, str]]:
    """The answers of a list in their new order, and which codes were renamed: old to new."""
    rows = [
        entry for entry in form.options.data if not entry["remove"] and (entry["code"] or any(entry["label"].values()))
    ]
    numbered = sorted(enumerate(rows, 1), key=lambda pair: (pair[1]["place"] or 10_000, pair[0]))
    options: list[OptionDraft] = [
        {
            "code": row["code"],
            "label": {code: text for code, text in row["label"].items() if text},
            "exclusive": row["exclusive"],
            "columns": columns_made(row["columns"]),
        }
        for _place, row in numbered
    ]
    renamed = {row["was"]: row["code"] for row in rows if row["was"] and row["code"] and row["was"] != row["code"]}
    return [*options, *from_lines(form.more.data, language)], renamed


def columns_made(text: str | None) -> dict[str, str]:
    """ "region=af; kind=ministry" as columns; what has no name is left out."""
    pairs = (pair.partition("=") for pair in (text or "").split(";"))
    return {name.strip(): value.strip() for name, sign, value in pairs if sign and name.strip() and value.strip()}


def from_lines(text: str | None, language: str) -> list[OptionDraft]:
    """One answer for each line, without a code yet."""
    return [{"code": "", "label": {language: line.strip()}} for line in (text or "").splitlines() if line.strip()]


def _decimal(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _one_line_end(value: object) -> object:
    """Conditions are one expression, however they were broken into lines."""
    return " ".join(value.split()) if isinstance(value, str) else value
