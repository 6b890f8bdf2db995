"""A questionnaire as an XLSForm that ODK and Kobo read, with what they have no column for in columns of our own."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from workshop.consultation.questions.answer_wording import OWN_WORDS
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import Expression, Or, Selected, to_text
from workshop.consultation.questions.question import Kind, Option, Question, Section
from workshop.platform.db import Words

from ..survey_codes import column_of, in_each
from .choice_writer import Choices
from .constraints import constraint
from .conventions import EMAIL, FIGURES, FORMAT, MARKS, OTHER, OWN, TRANSLATED, TYPES, VALUES
from .survey_columns import SPARED
from .xpath_writer import write

REFERENCE = re.compile(r"\$\{([^{}]*)\}")
Row = dict[str, Any]  # column to text, or to Words for a column with languages


@dataclass
class Form:
    """The three sheets of an XLSForm. Words stand for one column in each language."""

    languages: tuple[str, ...]
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    settings: list[Row] = field(default_factory=list)


def form_of(definition: Definition, *, slug: str, title: Words, introduction: Words, version: str) -> Form:
    """The sheets of a questionnaire."""
    form = Form(definition.languages)
    choices = Choices(definition)
    names = Names(definition)
    for section in definition.sections:
        form.survey += _section(section, choices, names)
    form.choices = choices.rows()
    first = definition.languages[0]
    form.settings = [
        {
            "form_title": title.in_(first)[0] or slug,
            "form_id": slug,
            "version": version,
            "default_language": column_of(first),
            f"{OWN}format": FORMAT,
            f"{OWN}title": title,
            f"{OWN}introduction": introduction,
            f"{OWN}own_title": definition.title,
            f"{OWN}own_introduction": definition.introduction,
        }
    ]
    for rows in (form.survey, form.choices, form.settings):
        rows[:] = [_sparing(row, names.taken) for row in rows]
    return form


def _sparing(row: Row, names: set[str]) -> Row:
    """Without “${…}” in its texts where it names no question: pyxform would refuse it."""

    def spared(found: re.Match[str]) -> str:
        return found[0] if found[1] in names else found[0].replace("${", SPARED)

    return {
        key: Words({code: REFERENCE.sub(spared, text) for code, text in value.items()})
        if isinstance(value, dict)
        else REFERENCE.sub(spared, value)
        if key == "form_title"
        else value
        for key, value in row.items()
    }


class Names:
    """Names for rows that are no questions of ours; never the name of another row."""

    def __init__(self, definition: Definition) -> None:
        self.taken = {*definition.everything}

    def new(self, wanted: str) -> str:
        while wanted in self.taken:
            wanted += "_"
        self.taken.add(wanted)
        return wanted


def _section(section: Section, choices: Choices, names: Names) -> Iterator[Row]:
    name = names.new(f"section_{section.code}")
    relevant = {"relevant": write(section.condition)} if section.condition else {}
    mark = {f"{OWN}type": "section", f"{OWN}code": section.code}
    yield {"type": "begin_group", "name": name, "label": section.title, "appearance": "field-list"} | relevant | mark
    if section.note:
        yield {"type": "note", "name": names.new(f"{name}_note"), "label": section.note, f"{OWN}type": "section_note"}
    for question in section.questions:
        yield from _question(question, choices, names)
    yield {"type": "end_group", "name": name}


def _question(question: Question, choices: Choices, names: Names) -> Iterator[Row]:
    if question.type is Kind.REPEAT:
        yield from _repeat(question, choices, names)
    else:
        yield from (
            _matrix(question, choices, names) if question.type is Kind.MATRIX else _rows(question, choices, names)
        )


def _repeat(question: Question, choices: Choices, names: Names) -> Iterator[Row]:
    """A group asked several times over."""
    times = {"repeat_count": write(question.times)} if question.times else {}
    yield {"type": "begin_repeat"} | _common(question) | times
    for inner in question.questions:
        yield from _question(inner, choices, names)
    yield {"type": "end_repeat", "name": question.code}


def _common(question: Question) -> Row:
    """What a row of any type says, and what only we know of it."""
    row: Row = {
        "name": question.code,
        "label": question.text,
        "hint": question.hint,
        "guidance_hint": question.guidance,
        "required": "yes" if question.required else write(question.required_if) if question.required_if else "",
        "relevant": write(question.own_condition) if question.own_condition else "",
        "constraint": constraint(question),
        "constraint_message": question.limit_message,
        "calculation": write(question.calculation) if question.calculation else "",
        "choice_filter": write(question.filter) if question.filter else "",
        "default": question.default,
        "parameters": "randomize=true" if question.shuffle else "",
        "appearance": question.look,
        f"{OWN}type": question.type.value,
        f"{OWN}limit": to_text(question.limit) if question.limit else "",
        f"{OWN}rows": question.rows_list,
        f"{OWN}kinds": " ".join(question.kinds),
    }
    row |= {f"{OWN}{key}": "yes" for key in MARKS if getattr(question, key)}
    for key in (*VALUES[:-1], *FIGURES, *TRANSLATED):
        value = getattr(question, key)
        if value and key != "decimals" and not (key == "unit" and question.type is Kind.YEAR):
            row[f"{OWN}{key}"] = value
    if question.decimals != (6 if question.type is Kind.DECIMAL else 2):
        row[f"{OWN}decimals"] = str(question.decimals)
    return row


def _rows(question: Question, choices: Choices, names: Names) -> Iterator[Row]:
    """The row of a question, and the rows for what is written beside its answer."""
    kind = TYPES[question.type]
    row = _common(question)
    if listed := choices.list_for(question):
        kind = f"{kind} {listed}"
    if question.type is Kind.LONGTEXT:
        row["appearance"] = "multiline"
    if question.type is Kind.COUNTRY:
        row["appearance"] = "minimal autocomplete"
    if question.type is Kind.SCALE:
        row["parameters"] = f"start={question.steps[0]} end={question.steps[-1]} step=1"
    yield {"type": kind} | row
    if question.other:
        yield other_row(question, names.new(f"{question.code}_other"), choices.languages)
    if question.reveals:
        yield email_row(question, names.new(f"{question.code}_email"), choices.languages)
    if question.type is Kind.MONEY and not question.currency:
        yield currency_row(question, names.new(f"{question.code}_currency"), choices.languages)


def _matrix(question: Question, choices: Choices, names: Names) -> Iterator[Row]:
    """A group shown as a table: each row asks the same."""
    row = _common(question)
    required = row.pop("required")
    yield {"type": "begin_group"} | row | {"appearance": "table-list"}
    for option in question.rows:
        yield _matrix_row(question, option, choices, names) | {"required": required}
    yield {"type": "end_group", "name": question.code}


def _matrix_row(question: Question, option: Option, choices: Choices, names: Names) -> Row:
    return {
        "type": f"select_one {choices.name_of(question.columns_list)}",
        "name": names.new(f"{question.code}_{option.code}"),
        "label": option.label,
        f"{OWN}part_of": question.code,
        f"{OWN}type": "row",
        f"{OWN}code": option.code,
        f"{OWN}exclusive": "yes" if option.exclusive else "",
    }


def workbook(form: Form) -> bytes:
    """The form as .xlsx. No text is taken for a formula or a link."""
    import xlsxwriter  # here because few requests need it

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name in ("survey", "choices", "settings"):
            sheet = book.add_worksheet(name)
            header, rows = table(getattr(form, name), form.languages)
            sheet.write_row(0, 0, header, bold)
            for number, row in enumerate(rows, 1):
                for at, value in enumerate(row):
                    if value != "":
                        sheet.write_string(number, at, value, wrap)
            sheet.freeze_panes(1, 2)
            sheet.set_column(0, len(header), 24)
    return made.getvalue()


FIRST_COLUMNS = (
    "type",
    "list_name",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "choice_filter",
    "repeat_count",
    "default",
    "appearance",
    "parameters",
)
ALWAYS = {"type", "list_name", "name", "label"}


def table(rows: list[Row], languages: tuple[str, ...]) -> tuple[list[str], list[list[str]]]:
    """Header and rows with a column for each language of a text, and none that would be empty throughout."""
    filled = {key for row in rows for key, value in row.items() if value or key in ALWAYS}
    translated = {key for row in rows for key, value in row.items() if isinstance(value, dict)}
    keys = sorted(filled, key=lambda key: (FIRST_COLUMNS.index(key) if key in FIRST_COLUMNS else 99, key))
    columns = [
        (key, code) for key in keys for code in (_languages(key, rows, languages) if key in translated else ("",))
    ]
    header = [f"{key}::{column_of(code)}" if code else key for key, code in columns]
    return header, [[_cell(row.get(key, ""), code) for key, code in columns] for row in rows]


def _languages(key: str, rows: list[Row], languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the questionnaire; its title may be known in more."""
    more = {code for row in rows for code in row.get(key, ())} if key.startswith((f"{OWN}title", f"{OWN}intro")) else ()
    return tuple(dict.fromkeys([*languages, *sorted(more)]))


def _cell(value: object, code: str) -> str:
    return value.get(code, "") if isinstance(value, dict) else str(value)


def other_row(question: Question, name: str, languages: Sequence[str]) -> dict[str, object]:
    label = in_each(languages, lambda: _("Other: please say which"))
    return _row(question, name, "other_text", label) | {
        "relevant": write(Selected(question.code, OTHER)),
        "constraint": f"string-length(.) <= {OWN_WORDS}",
    }


def email_row(question: Question, name: str, languages: Sequence[str]) -> dict[str, object]:
    label = in_each(languages, lambda: _("Email address we may use for this"))
    given: list[Expression] = [Selected(question.code, o.code) for o in question.options if not o.exclusive]
    relevant = {"relevant": write(Or(tuple(given)) if len(given) > 1 else given[0])} if given else {}
    return _row(question, name, "email_text", label) | relevant | {"constraint": f"regex(., '{EMAIL}')"}


def currency_row(question: Question, name: str, languages: Sequence[str]) -> dict[str, object]:
    label = in_each(languages, lambda: _("Currency (three letters, such as EUR)"))
    relevant = {"relevant": write(question.own_condition)} if question.own_condition else {}
    return _row(question, name, "currency_text", label) | {"constraint": "regex(., '^[A-Z]{3}$')"} | relevant


def _row(question: Question, name: str, kind: str, label: Words) -> dict[str, object]:
    return {"type": "text", "name": name, "label": label, f"{OWN}type": kind, f"{OWN}part_of": question.code}
