"""The groups of a form: which are sections, which are tables, and what stands inside a repeat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .form_types import boundary, question_of_row
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
