"""How templates join sentences: what ends with a full stop is followed by a space, whichever branches are taken."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

pytestmark = pytest.mark.on_one_database("templates are read, not filled")
TEMPLATES = Path(__file__).parents[2] / "templates"
SENTENCE, WORD, NOTHING, OTHER = "sentence", "word", "", "other"


def edges(body: Sequence[nodes.Node], *, last: bool) -> set[str]:
    """What a stretch of a template may begin or end with; NOTHING among them where it may print nothing."""
    found = {NOTHING}
    for node in reversed(body) if last else body:
        found = (found - {NOTHING}) | edge(node, last=last)
        if NOTHING not in found:
            break
    return found


def edge(node: nodes.Node, *, last: bool) -> set[str]:
    match node:
        case nodes.TemplateData():
            text = node.data[-1:] if last else node.data[:1]
            return {WORD if text.isalnum() and not last else OTHER}
        case nodes.Call(node=nodes.Name(name="_" | "ngettext"), args=[nodes.Const(value=str(said)), *_]):
            return {SENTENCE if last and said.endswith((".", "!", "?", "…")) else WORD}
        case nodes.Output():
            return edges(node.nodes, last=last)
        case nodes.If():
            branches = [node.body, *(each.body for each in node.elif_), node.else_]
            return set().union(*(edges(branch, last=last) for branch in branches))
        case nodes.For():
            return edges(node.body, last=last) | {NOTHING}
        case nodes.Expr():
            return {OTHER if last else WORD}
        case nodes.Stmt() if isinstance(node, nodes.Assign | nodes.AssignBlock | nodes.Macro | nodes.FromImport):
            return {NOTHING}
    return {OTHER}


def joined(tree: nodes.Node) -> Iterator[int]:
    """The lines after which a sentence may be followed by a word without a space."""
    for parent in [tree, *tree.find_all(nodes.Stmt)]:
        for body in (value for name, value in parent.iter_fields() if name in {"body", "else_"}):
            flat = [part for node in body for part in (node.nodes if isinstance(node, nodes.Output) else [node])]
            for place, node in enumerate(flat[:-1]):
                if isinstance(node, nodes.Node) and SENTENCE in edge(node, last=True):
                    yield from [node.lineno] if WORD in edges(flat[place + 1 :], last=False) else []


def test_a_sentence_is_followed_by_a_space(built_app: Flask) -> None:
    faults = {
        f"{path.relative_to(TEMPLATES)}:{line}"
        for path in TEMPLATES.glob("**/*.*")
        for line in joined(built_app.jinja_env.parse(path.read_text(encoding="utf-8")))
    }
    assert faults == set()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('{{ _("A.") }} {{ _("B") }}', []),
        ('{{ _("A.") }}{{ _("B") }}', [1]),
        (
            '{% if x -%}\n{{ _("A.") }}\n{%- else %}\n{{ _("B") }}\n{%- endif %}\n{% if y -%}\n{{ _("C") }}\n{%- endif %}',
            [1],
        ),
        ('{% if x -%}\n{{ _("A.") }}\n{% endif %}\n{% if y %}\n  {{ _("C") }}\n{% endif %}', []),
        ('{{ _("A.") }}</p>{{ _("B") }}', []),
    ],
)
def test_what_is_joined_is_found(built_app: Flask, text: str, lines: list[int]) -> None:
    assert list(joined(built_app.jinja_env.parse(text))) == lines


def test_what_leads_back_is_a_link_and_no_button() -> None:
    """Beside the act of a form; where going back is the one act of a page, it is the filled button."""
    leading = re.compile(r'<a class="button second"[^>]*>\s*\{\{-? _\("(?:Back to|Cancel)')
    assert [
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("**/*.html") if leading.search(path.read_text())
    ] == []
