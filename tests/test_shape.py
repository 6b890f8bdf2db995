"""The shape of the code, checked: who imports whom, that folders mirror, that every view says who may open it."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app import FEATURES

ORDER = [feature.name for feature in FEATURES]
ROOT = Path(__file__).parent.parent
MODULES = [
    path
    for path in sorted([*ROOT.glob("workshop/*/*.py"), *ROOT.glob("workshop/*/*/*.py")])
    if path.relative_to(ROOT).parts[1] in ORDER
]
BANNED = {
    "rules": ("flask.", "flask_login", "workshop.db.db", "workshop.db.now", "sqlalchemy", "datetime.datetime.now"),
    "models": ("flask.", "flask_login"),
    "forms": ("workshop.db.db",),
    "queries": ("workshop.db.db", "flask."),
}

# Modules whose functions answer requests: what a feature has too much of for `views` and `desk` has a name of its own.
SCREENS = {
    "views",
    "desk",
    "groups",
    "timetable",
    "settings",
    "personal",
    "behind",
    "sending_in",
    "copies",
    "releases",
    "telling",
    "giving",
    "inviting",
    "organisations",
    "replacing",
    "by_link",
    "feeds",
    "editor",
    "editor_lists",
    "editor_questions",
    "previewing",
    "together",
    "translating",
    "transcribing",
}


def imports(path: Path) -> set[str]:
    found = set()
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            found.update((module, *(f"{module}.{alias.name}" for alias in node.names)))
    return found


def is_in(name: str, place: str) -> bool:
    return name == place.rstrip(".") or name.startswith(place.rstrip(".") + ".")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    feature, found = path.relative_to(ROOT).parts[1], imports(path)
    later = [f"workshop.{name}" for name in ORDER[ORDER.index(feature) + 1 :]]
    assert not {name for name in found if any(is_in(name, place) for place in later)}
    assert not {name for name in found if any(is_in(name, banned) for banned in BANNED.get(path.stem, ()))}
    foreign = {name for name in found if name.split(".")[:1] == ["workshop"] and name.split(".")[1:2] != [feature]}
    closed = {"views", "forms", "desk"}
    assert not {
        n for n in foreign if n.split(".")[1:2][0:1] and n.split(".")[1] in ORDER and closed & {*n.split(".")[2:3]}
    }


@pytest.mark.parametrize("path", sorted(ROOT.glob("workshop/*.py")), ids=lambda path: path.name)
def test_plumbing_knows_no_feature(path: Path) -> None:
    if path.name == "cli.py":
        pytest.skip("the command line is the one place beside app.py that starts everything")
    assert not {name for name in imports(path) for feature in ORDER if is_in(name, f"workshop.{feature}")}


@pytest.mark.parametrize("feature", ORDER)
def test_each_feature_has_its_templates_and_tests(feature: str) -> None:
    assert list((ROOT / "tests" / feature).glob("test_*.py"))
    if feature != "stakeholders":  # a register without pages of its own yet
        assert list((ROOT / "templates" / feature).glob("*.html"))


def test_only_views_and_tasks_hold_the_session() -> None:
    allowed = SCREENS | {"tasks", "standing", "signing_in", "commands", "intake_commands", "purging"}
    holders = {path for path in MODULES if "workshop.db.db" in imports(path)}
    assert {str(path.relative_to(ROOT)) for path in holders if path.stem not in allowed} == set()


def views_of(built_app: Flask) -> list[Rule]:
    return [rule for rule in built_app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_address_is_in_kebab_case(built_app: Flask) -> None:
    for rule in views_of(built_app):
        assert re.fullmatch(r"[a-z0-9\-/.<>:_]*", rule.rule), rule.rule
        assert not re.search(r"[A-Z]", re.sub(r"<[^>]*>", "", rule.rule))
        assert "_" not in re.sub(r"<[^>]*>", "", rule.rule), rule.rule


def test_every_template_a_view_renders_has_its_name() -> None:
    for path in MODULES:
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef) or path.stem not in SCREENS:
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "render_template":
                    name = call.args[0].value if isinstance(call.args[0], ast.Constant) else ""
                    assert (ROOT / "templates" / str(name)).is_file(), f"{path}: {name}"
                    assert str(name).split("/")[0] == path.parent.name, f"{path}: {name}"


def test_every_template_is_used() -> None:
    code = "\n".join(p.read_text() for p in [*ROOT.glob("workshop/**/*.py"), *ROOT.glob("templates/**/*.html")])
    unused = [
        name
        for path in ROOT.glob("templates/**/*.html")
        if (name := path.relative_to(ROOT / "templates").as_posix()) not in code
    ]
    assert unused == []


def test_no_template_carries_inline_code() -> None:
    for path in ROOT.glob("templates/**/*.html"):
        if "pdf" in path.parts:
            continue
        text = path.read_text()
        code = text.replace('<script type="application/ld+json">{{ structured_data(', "")  # data, which never runs
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<style", code), path
