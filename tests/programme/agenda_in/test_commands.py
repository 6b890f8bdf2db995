"""`workshop import agenda`: the import report on standard output, one sentence and status 2 where there is none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import Here
from tests.installations import environment, workshop
from tests.programme.agenda_in import imports

SLUG = "migration-and-development-2005"
AGENDA = Path(__file__).with_name("agenda_2005.txt")
KEYS = [
    "blocks",
    "speakers",
    "discussants",
    "discussion_papers",
    "statements",
    "presentations",
    "not_provided",
    "untyped",
    "breakout_groups",
]


@pytest.fixture
def bring(here: Here, own_instance: Path) -> Callable[..., Result]:
    """`bring(file)` runs the command on the demonstration."""

    def invoke(file: Path, *more: str, slug: str = SLUG) -> Result:
        return here(own_instance, "import", "agenda", str(file), "--workshop", slug, *more, WORKSHOP_MODE="demo")

    return invoke


def test_the_agenda_of_2005_into_the_demonstration(bring: Callable[..., Result], own_instance: Path) -> None:
    """Dry, then for good, then once more: what the demonstration words otherwise stays as it is."""
    words = ("import", "agenda", str(AGENDA), "--workshop", SLUG, "--dry-run")
    dry = workshop(*words, env=environment(own_instance, WORKSHOP_MODE="demo"))
    assert dry.returncode == 0, dry.stderr
    taken, again = bring(AGENDA), bring(AGENDA)
    assert (taken.exit_code, again.exit_code) == (0, 0), taken.stderr + again.stderr
    dry, taken, again = accounts = [json.loads(done.stdout) for done in (dry, taken, again)]
    assert list(dry["totals"]) == KEYS
    assert list(dry["totals"].values()) == [9, 12, 3, 4, 4, 6, 2, 1, 3]
    assert dry == taken
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, again["rows"])
    for account in accounts:
        assert account["rows"] == sum(account[name] for name in ("created", "updated", "unchanged", "rejected"))
        assert all(set(each) == {"place", "message"} for each in account["warnings"])
    assert dry["created"] == 0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"nothing", "No session was found"),
        ("a.xml", b"<rss/>", "<rss>"),
        ("a.bin", bytes(99), "byte 0"),
        ("large.txt", b"x" * (13 * 1024 * 1024), "larger than 12 MB"),
        ("a.pdf", b"%PDF-", "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_status_2(
    bring: Callable[..., Result], tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = bring(tmp_path / name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_unknown_workshop_file_and_language(bring: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(imports.CSV)
    for done, told in (
        (bring(tmp_path / "a.csv", slug="nowhere"), "no workshop “nowhere”"),
        (bring(tmp_path / "missing.csv"), "There is no file"),
        (bring(tmp_path), "There is no file"),
        (bring(tmp_path / "a.csv", "--lang", "xx"), "no language “xx”"),
    ):
        assert (done.exit_code, done.stdout) == (2, "")
        assert told in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.on_one_database("what is read again does not depend on where the agenda is stored")
def test_what_was_exported_changes_nothing_when_it_comes_back(here: Here, own_instance: Path, tmp_path: Path) -> None:
    tried = [("csv", code) for code in ("en", "fr", "es")]
    tried += [(kind, "en") for kind in ("xlsx", "docx", "ics", "xml", "json")]
    for kind, code in tried:
        file = tmp_path / f"{code}.{kind}"
        words = ("--workshop", SLUG, "--format", kind, "--lang", code, "-o", str(file))
        assert here(own_instance, "export", "agenda", *words, WORKSHOP_MODE="demo").exit_code == 0
        back = ("import", "agenda", str(file), "--workshop", SLUG, "--lang", code, "--dry-run")
        done = here(own_instance, *back, WORKSHOP_MODE="demo")
        assert done.exit_code == 0, (kind, code, done.stderr)
        report = json.loads(done.stdout)
        assert (report["created"], report["updated"], report["rejected"]) == (0, 0, 0), (kind, code, report)
        assert not [each for each in report["warnings"] if "not recognised" in each["message"]], (kind, code)
