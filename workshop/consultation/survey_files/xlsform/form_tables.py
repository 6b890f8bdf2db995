"""A group of rows that all ask the same, as one matrix."""

from flask_babel import gettext as _

from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import OptionDraft, QuestionDraft, option
from workshop.platform.db import Words

from ..survey_codes import option_code
from .form_types import question_of_row
from .question_rows import YES, Questions, without_empty_keys
from .row_groups import Node, table_rows
from .survey_columns import Line


def matrix(questions: Questions, node: Node) -> QuestionDraft:
    """The question; its rows count as taken, the rows that open and close the group as structural."""
    report, line, rows = questions.report, node.line, table_rows(node)
    report.structural += 1 + bool(node.end)
    question, known = questions.begin(line, Kind.MATRIX)
    del report.taken[line.number]
    for inner in node.inside:
        report.taken[inner.line.number] = known.code
    required = [row.get("required").strip().lower() in YES for row in rows]
    if any(required) and not all(required):
        report.warn(
            _("Only some rows of the table are required; here it may be left blank."), line.number, sheet="survey"
        )
    name = line.own("rows") or f"{known.code}_rows"
    question |= {
        "required": all(required),
        "rows": questions.lists.put(name, _options(questions, known.code, rows)),
        "columns": questions.lists.use(question_of_row(rows[0]).list_name),
    }
    questions.known[line.get("name")] = known
    return without_empty_keys(question)


def _options(questions: Questions, code: str, rows: list[Line]) -> list[OptionDraft]:
    options: list[OptionDraft] = []
    for row in rows:
        name = row.own("code") or row.get("name").removeprefix(f"{code}_")
        label = row.words("label") or Words({questions.languages[0]: row.get("name")})
        own = option_code(name, {each["code"] for each in options})
        options.append(option(own, label, exclusive=bool(row.own("exclusive"))))
        if row.words("hint") or row.words("guidance_hint"):
            questions.report.warn(
                _("The hint of a row of a table is not imported."), row.number, sheet="survey", column="hint"
            )
    return options
