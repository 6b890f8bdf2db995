"""Every text a person sees exists in French and Spanish, every one a respondent sees in Arabic; placeholders are kept."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.meta import find_referenced_templates

from tests.test_shape import imports

ROOT = Path(__file__).parents[2]
# Where whatever respondents meet begins: their pages, what goes wrong on them, and the mails to them.
MET = (
    "consultation/answering/views",
    "consultation/answering/submit_views",
    "consultation/answering/begin_views",
    "consultation/answering/copy_views",
    "consultation/answering/colleague_views",
    "consultation/sending/letters",
    "platform/errors",
    "platform/form_recovery",
    "platform/foreign/refusals",  # what the sandbox says of files
    "platform/foreign/documents/file_kinds",
)
# What these use and what they say to organisers only.
UNMET = (
    "platform/access",
    "platform/forms",
    "platform/foreign/archives",
    "platform/foreign/workbooks",
    "consultation/questions/logic/grammar",
    "consultation/questions/question.py",  # its types as editors know them
    "consultation/sending/models",
    "secretariat/accounts/",  # said to whoever has an account, which respondents need not
    "secretariat/series/models",
    "secretariat/register/",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every message in the code and templates as they stand."""
    pot = tmp_path_factory.mktemp("i18n") / "messages.pot"
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "_l",
        "-k",
        "lazy_gettext",
        "-o",
        str(pot),
        ".",
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    return pot


@pytest.mark.parametrize("language", ["fr", "es"])
def test_catalogue_is_complete(extracted: Path, language: str) -> None:
    with extracted.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert len(wanted) > 100
    missing = [i for i in wanted if not (m := catalogue.get(_key(i))) or not _written(m.string) or m.fuzzy]
    assert missing == []


def used_by(modules: set[Path]) -> set[Path]:
    """These modules and all of ours that they import, however far."""
    found: set[Path] = set()
    while modules:
        found |= modules
        named = {ROOT / f"{name.replace('.', '/')}.py" for module in modules for name in imports(module)}
        modules = {path for path in named - found if path.is_relative_to(ROOT / "workshop") and path.exists()}
    return {path for path in found if not str(path.relative_to(ROOT / "workshop")).startswith(UNMET)}


def drawn_by(modules: set[Path]) -> set[Path]:
    """The templates that modules name, and all that those extend, include and import."""
    source = "".join(module.read_text() for module in modules)
    templates, found = (
        {ROOT / "templates" / name for name in re.findall(r'"([\w/]+\.(?:html|txt))"', source)},
        set[Path](),
    )
    while templates:
        found |= templates
        trees = [Environment(autoescape=True).parse(template.read_text()) for template in templates]
        named = {ROOT / "templates" / name for tree in trees for name in find_referenced_templates(tree) if name}
        templates = named - found
    return {template for template in found if template.name not in ("_typing.html", "_hand_over.html")}  # for staff


def met_by_respondents() -> set[object]:
    """Every message in the code and templates that respondents can come across."""
    modules = {ROOT / "workshop" / f"{name}.py" for name in MET}
    keywords = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None}
    files = [("python", path) for path in used_by(modules)] + [("jinja2", path) for path in drawn_by(modules)]
    return {
        message
        for method, path in files
        for _line, message, *_rest in extract_from_file(method, path, keywords=keywords)
    }


def test_the_arabic_catalogue_holds_what_respondents_meet_and_nothing_else() -> None:
    with (ROOT / "translations" / "ar" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
    there = {message.id for message in catalogue if message.id and _written(message.string) and not message.fuzzy}
    wanted = met_by_respondents()
    assert len(wanted) > 250
    assert (wanted - there, there - wanted) == (set(), set())
    assert catalogue.num_plurals == 6
    assert {len(m.string or ()) for m in catalogue if isinstance(m.id, tuple)} == {6}


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_placeholders_are_kept(language: str) -> None:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        if message.id and PLACEHOLDER.search(str(message.id)):
            sources = list(message.id) if isinstance(message.id, (tuple, list)) else [message.id]
            strings = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string or ""]
            allowed = set().union(*(PLACEHOLDER.findall(source) for source in sources))
            for string in strings:
                assert set(PLACEHOLDER.findall(string)) <= allowed, string
            if not isinstance(message.id, tuple):
                assert set(PLACEHOLDER.findall(strings[0])) == allowed, message.string


def _key(message_id: object) -> str:
    return message_id[0] if isinstance(message_id, tuple) else str(message_id)


def _written(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)
