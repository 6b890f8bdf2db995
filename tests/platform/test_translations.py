"""Every text a person sees exists in French, Spanish and Arabic; placeholders are kept."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_catalogue_is_complete(extracted: Path, language: str) -> None:
    with extracted.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert len(wanted) > 100
    missing = [i for i in wanted if not (m := catalogue.get(_key(i))) or not _written(m.string) or m.fuzzy]
    assert missing == []


def test_arabic_has_a_form_for_each_of_its_six_numbers() -> None:
    with (ROOT / "translations" / "ar" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
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
