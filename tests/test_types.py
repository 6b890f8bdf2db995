"""Types at the seams: what one package takes from another says what it is."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_shape import CODE, MODULES, ROOT, dotted, package_of

MOST = 200
ANY = re.compile(r"\bAny\b")
TREES = {dotted(path): ast.parse(path.read_text()) for path in MODULES}
READERS = [ROOT / "app.py", *sorted(CODE.glob("*.py")), *sorted((CODE / "demonstration").glob("*.py")), *MODULES]


def names_taken() -> set[str]:
    """By full name, what is taken out of another package: imported by name, or looked up in a module of it."""
    taken = set()
    for path in READERS:
        own, nodes = package_of(dotted(path)), list(ast.walk(ast.parse(path.read_text())))
        absolute = [node for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
        local = {each.asname or each.name: f"{node.module}.{each.name}" for node in absolute for each in node.names}
        found = {
            f"{local[node.value.id]}.{node.attr}"
            for node in nodes
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in local
        }
        taken |= {name for name in {*local.values(), *found} if package_of(name) not in ("", own)}
    return taken


def declared(node: ast.stmt) -> Iterator[ast.expr]:
    """What a function, a class with all that is public in it, or a name says of its types."""
    match node:
        case ast.FunctionDef(args=args, returns=returns):
            own = [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]
            yield from filter(None, (*(each.annotation for each in own), returns))
        case ast.ClassDef(bases=bases, body=body):
            yield from bases
            for each in body:
                if not re.match(r"_(?!_)", getattr(each, "name", "")):
                    yield from declared(each)
        case ast.AnnAssign(annotation=annotation):
            yield annotation
        case ast.Assign(value=value):
            yield value


def name_of(node: ast.stmt) -> str:
    targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
    return getattr(node, "name", "") or "".join(each.id for each in targets if isinstance(each, ast.Name))


def test_nothing_that_packages_take_from_one_another_is_just_any() -> None:
    taken = names_taken()
    assert len(taken) > 500
    vague = {
        f"{module}.{name_of(node)}"
        for module, tree in TREES.items()
        for node in tree.body
        if f"{module}.{name_of(node)}" in taken and any(ANY.search(ast.unparse(each)) for each in declared(node))
    }
    assert vague == set()


@pytest.mark.parametrize("said", ["def f(x: dict[str, Any]) -> None: ...", "class C:\n x: Any", "Facts = list[Any]"])
def test_any_is_seen_wherever_a_type_is_said(said: str) -> None:
    (node,) = ast.parse(said).body
    assert any(ANY.search(ast.unparse(each)) for each in declared(node))


def test_any_is_rare() -> None:
    code = [ROOT / "app.py", ROOT / "config.py", ROOT / "run.py", *CODE.rglob("*.py")]
    assert sum(len(ANY.findall(path.read_text())) for path in code) < MOST
