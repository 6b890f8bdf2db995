"""A workshop built by words of the command line, with the same rules and refusals as the screens."""

from pathlib import Path

import pytest

from tests.conftest import Here

NEW = (
    *("new", "skills", "--series", "examples", "--title", "Skills that travel", "--from", "2031-05-06"),
    *("--to", "2031-05-07", "--languages", "fr,en", "--outline", "two-days", "--place", "Geneva"),
)
RELEASE = ("release", "agenda", "--workshop", "skills")
pytestmark = pytest.mark.on_one_database("a new installation of its own")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installation")


@pytest.fixture
def installation(here: Here, folder: Path) -> Path:
    """With the workshop "skills" in it, whose agenda is released; made once."""
    if not (folder / "workshop.sqlite").exists():
        for words in (("migrate",), NEW, RELEASE):
            done = here(folder, *words, WORKSHOP_SECRET_KEY="k" * 40)
            assert done.exit_code == 0, done.stderr
    return folder


def test_from_nothing_to_a_released_agenda_and_a_public_page(here: Here, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        done = here(tmp_path, *words, WORKSHOP_SECRET_KEY="k" * 40)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    run("migrate")
    assert "/workshops/skills/desk/" in run(*NEW)
    assert "number 1" in run(*RELEASE)
    assert "skills is now announced." in run("publish", "skills", "--as", "announced")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (NEW, "is taken"),
        ((*NEW[:1], "other", *NEW[2:8], "--to", "2030-01-01"), "The last day is before the first."),
        (("publish", "skills", "--as", "public"), "complete: Contact for the public"),
        (("publish", "skills", "--as", "archived"), "Only a public workshop can be archived."),
        (("publish", "nowhere", "--as", "public"), "There is no workshop “nowhere”."),
        (RELEASE, "Nothing to publish"),
    ],
)
def test_what_a_rule_refuses_is_refused_in_one_sentence(
    here: Here, installation: Path, words: tuple[str, ...], said: str
) -> None:
    done = here(installation, *words, WORKSHOP_SECRET_KEY="k" * 40)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
