"""Stylesheets: joined, small and cacheable as they are sent; each class in one file, used, and written as intended."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from workshop.platform import sheets

ROOT = Path(__file__).parent.parent.parent
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
ON_PAPER = {
    "badges",
    "official-letter",
    "participants",
    "paper",
    "report",
    "programme",
    "runsheet-print",
    "results-paper",
    "results-deck",
}  # sheets of the PDFs, each on its own
FILES = {path.stem: path for path in sorted(STATIC.glob("css/**/*.css")) if path.stem not in ON_PAPER}
SHARED = {path.stem for path in (STATIC / "css" / "parts").glob("*.css")}
MOST_BYTES, LONGEST_LINE = 16_000, 120


def rules(path: Path) -> list[str]:
    """The selectors of a file, one by one."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    heads = [head.rpartition(";")[2].strip() for head in re.findall(r"([^{}]+)\{", text)]
    return [one.strip() for head in heads if not head.startswith("@") for one in re.split(r",(?![^(]*\))", head)]


def classes(selector: str) -> list[str]:
    return re.findall(r"\.([A-Za-z][\w-]*)", re.sub(r'"[^"]*"', "", selector))


def owners() -> dict[str, set[str]]:
    """In which files a rule begins with a class; for a class that begins none, in which it stands at all."""
    begins, stands = defaultdict(set), defaultdict(set)
    for name, path in FILES.items():
        for found in filter(None, map(classes, rules(path))):
            begins[found[0]].add(name)
            for each in found:
                stands[each].add(name)
    return {each: begins.get(each) or places for each, places in stands.items()}


def test_a_class_belongs_to_one_file() -> None:
    assert {each: places for each, places in owners().items() if len(places) > 1} == {}


def test_a_sheet_touches_no_class_of_another_but_the_shared_ones() -> None:
    owned = owners()
    for name, path in FILES.items():
        for selector in rules(path):
            strange = {each for each in classes(selector) if not owned[each] <= SHARED | {name}}
            assert strange == set(), f"{path.name}: {selector}"


def words_of(*patterns: str) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for pattern in patterns for path in ROOT.glob(pattern)]
    return set(re.findall(r"[\w-]+", "\n".join(texts)))


def test_every_class_in_a_sheet_is_used() -> None:
    used = words_of("templates/**/*.html", "static/js/*.js") | {
        "good",
        "warn",
        "bad",
        "done",
        "now",
    }  # tones, standings
    assert {each for each in owners() if each not in used} == set()


# Marks for scripts, tests and the sheets of PDFs, which no sheet of a page draws.
HOOKS = {"checked-form", "only-if", "readings"}


def test_every_class_on_a_page_is_drawn_or_is_a_hook() -> None:
    on_paper = {each for stem in ON_PAPER for head in rules(STATIC / "css" / f"{stem}.css") for each in classes(head)}
    written: dict[str, set[str]] = defaultdict(set)
    for path in TEMPLATES.glob("**/*.html"):
        if "pdf" not in path.parts:
            for value in re.findall(r'\bclass="([^"{]*)"', path.read_text(encoding="utf-8")):
                for each in value.split():
                    written[each].add(path.relative_to(TEMPLATES).as_posix())
    assert {each: places for each, places in written.items() if each not in owners().keys() | on_paper | HOOKS} == {}


def test_a_page_loads_the_sheet_of_each_class_on_it() -> None:
    """A template's classes are in the sheet of every page, or in that of its package or of a page in it."""
    sent = {Path(name).stem: set(classes(body.decode())) for name, body in sheets.read(STATIC).items()}
    on_screen, on_paper = sent.keys() - ON_PAPER, set().union(*(sent[stem] for stem in ON_PAPER))
    drawn = set().union(*(sent[stem] for stem in on_screen)) - on_paper - HOOKS
    for folder in {path.parent for path in TEMPLATES.glob("*/*/*.html")}:
        texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.html")]
        named = {folder.name, *re.findall(r"\{% block sheet %\}([\w-]+)", "".join(texts))} & sent.keys()
        loaded = sent["site"].union(sent["lists"], *(sent[stem] for stem in named))
        written = {each for value in re.findall(r'\bclass="([^"{]*)"', "".join(texts)) for each in value.split()}
        assert written & drawn - loaded == set(), folder


def test_lines_can_be_read() -> None:
    long = {
        path.name for path in FILES.values() if any(len(line) > LONGEST_LINE for line in path.read_text().splitlines())
    }
    assert long == set()
    packed = {path.name for path in FILES.values() if re.search(r"\} *[^\s}]", path.read_text())}
    assert packed == set(), "one rule a line"


def test_what_a_page_loads_is_small() -> None:
    sent = {name: len(body) for name, body in sheets.read(STATIC).items()}
    every = sent.pop("css/site.css"), sent.pop("css/lists.css")
    own = {name: size for name, size in sent.items() if Path(name).stem in FILES}
    loaded = {name: every[0] + (name != "css/timetable.css" and every[1]) + size for name, size in own.items()}
    assert loaded.keys() > {"css/timetable.css", "css/answering.css"}
    assert {name: size for name, size in loaded.items() if size > MOST_BYTES} == {}


def test_a_sheet_stands_for_a_package_or_is_named_by_a_page(built_app: Flask) -> None:
    named = set(re.findall(r"\{% block sheet %\}([\w-]+)", "".join(p.read_text() for p in TEMPLATES.glob("**/*.html"))))
    own = {path.stem for path in (STATIC / "css").glob("*.css")} - ON_PAPER - {"site", "lists"}
    assert own - set(built_app.blueprints) - named == set()
    assert named <= own


def test_imports_are_joined_and_nothing_else_is_said_differently(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text('/* why */\n@import "b.css";\n.a > .b:hover { margin: 0 0.5rem;  color: red; }\n')
    (tmp_path / "b.css").write_text(
        '.q::before { content: "a;  b: /"; }\n@media (min-width: 10.05rem) {\n  p { top: 0; }\n}\n'
    )
    assert sheets.small(sheets.join_imports(tmp_path / "a.css")) == (
        '.q::before{content:"a;  b: /"}@media (min-width:10.05rem){p{top:0}}.a>.b:hover{margin:0 .5rem;color:red}'
    )


@pytest.mark.parametrize("packing", ["br", "gzip", ""])
def test_a_sheet_is_sent_packed_and_not_sent_again(client: FlaskClient, packing: str) -> None:
    answer = client.get("/static/css/site.css", headers={"Accept-Encoding": packing})
    assert answer.headers.get("Content-Encoding", "") == packing
    assert answer.mimetype == "text/css"
    assert "Accept-Encoding" in answer.headers["Vary"]
    again = client.get(
        "/static/css/site.css", headers={"Accept-Encoding": packing, "If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert (len(answer.data) < 4_000) == bool(packing)


def test_only_sheets_that_are_read_are_answered(client: FlaskClient) -> None:
    assert client.get("/static/css/no-such.css").status_code == 404
    assert client.post("/static/css/site.css").status_code in (404, 405)


def test_states_and_bars_have_one_markup() -> None:
    others = [path for path in TEMPLATES.glob("**/*.html") if path.name != "show.html" and "pdf" not in path.parts]
    texts = {path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in others}
    by_hand = re.compile(r'class="state\b|<svg|<meter')
    assert {name for name, text in texts.items() if by_hand.search(text)} == set()
