"""The groups of a form: which are sections, which are tables, and what stands inside a repeat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import OptionDraft, QuestionDraft, option
from workshop.platform.db import Words

from ..survey_codes import option_code
from .form_types import boundary, question_of_row
from .question_rows import YES, Questions, without_empty_keys
from .survey_columns import Line


@dataclass
class Node:
    """A row; of a group or repeat with the rows inside and the row that closes it."""

    line: Line
    kind: str = ""  # "group", "repeat", or nothing
    inside: list["Node"] = field(default_factory=list)
    end: Line | None = None

    @property
    def words(self) -> bool:
        return bool(self.line.words("label"))

    @property
    def rows(self) -> Iterator[Line]:
        """The rows inside, however deep, boundaries left out."""
        for node in self.inside:
            if node.kind:
                yield from node.rows
            else:
                yield node.line

    @property
    def boundaries(self) -> Iterator[Line]:
        """The rows that open and close this group and those inside."""
        yield self.line
        if self.end:
            yield self.end
        for node in self.inside:
            if node.kind:
                yield from node.boundaries


def tree(lines: Sequence[Line]) -> list[Node]:
    """The rows as groups within groups. What is closed without having been opened is let go: pyxform refuses it."""
    top: list[Node] = []
    stack: list[Node] = []
    for line in lines:
        opens, kind = boundary(line)
        if opens == "end" and stack:
            stack.pop().end = line
            continue
        node = Node(line, kind)
        (stack[-1].inside if stack else top).append(node)
        if opens == "begin":
            stack.append(node)
    return top


def unwrap_groups(nodes: list[Node]) -> tuple[list[Node], list[Node]]:
    """The groups that only wrap the whole form, and what is inside them."""
    wrappers: list[Node] = []
    while len(groups := [node for node in nodes if node.kind]) == 1 and groups[0].kind == "group":
        loose = [node for node in nodes if not node.kind and question_of_row(node.line).kind]
        only = groups[0]
        if (
            loose
            or is_table(only)
            or only.line.own("type")
            or not any(each.kind and each.words for each in only.inside)
        ):
            break
        wrappers.append(only)
        nodes = [inner for node in nodes for inner in (only.inside if node is only else [node])]
    return wrappers, nodes


def is_table(node: Node) -> bool:
    """Whether this group is one question per row with the same choices: a matrix."""
    return node.kind == "group" and bool(table_rows(node))


def table_rows(node: Node) -> list[Line]:
    """The rows of a group that is a matrix; none where it is not."""
    looks = node.line.get("appearance").split()
    rows = [each.line for each in node.inside]
    if any(each.kind for each in node.inside) or not rows:
        return []
    if "table-list" not in looks:  # the older way: a row that only shows the choices, above rows that do not
        if "label" not in rows[0].get("appearance").split() or len(rows) < 2:
            return []
        rows = rows[1:]
        if not all("list-nolabel" in row.get("appearance").split() for row in rows):
            return []
    kinds = {question_of_row(row) for row in rows}
    plain = not any(row.get("relevant") or row.get("constraint") or row.get("calculation") for row in rows)
    alike = len(kinds) == 1 and (one := kinds.pop()).kind == "one" and not one.or_other
    return rows if plain and alike else []


def matrix(questions: Questions, node: Node) -> QuestionDraft:
    """The one question that a table is; its rows count as taken, the rows that open and close the group as structural."""
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
