"""`workshop import agenda`: the account on standard output, one sentence and status 2 where there is none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange import imports

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
KEYS = ["blocks", "speakers", "discussants", "discussion_papers", "statements", "presentations", "not_provided", "untyped",
        "breakout_groups"]  # fmt: skip


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The demonstration in a folder of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("WORKSHOP_", "TEST_"))}
    env = inherited | {"WORKSHOP_INSTANCE": str(tmp_path_factory.mktemp("imported")), "WORKSHOP_MODE": "demo"}
    assert run("demo", "--no-serve", env=env).returncode == 0
    return env


def run(*words: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "workshop.cli", *words]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def bring(env: dict[str, str], file: Path, *more: str, slug: str = "migration-and-development-2005") -> "subprocess.CompletedProcess[str]":  # fmt: skip
    return run("import", "agenda", str(file), "--workshop", slug, *more, env=env)


def test_the_agenda_of_2005_into_the_demonstration(environment):
    """Dry, then for good, then once more: what the demonstration words otherwise stays as it is."""
    accounts = []
    for more in (["--dry-run"], [], []):
        done = bring(environment, HERE / "agenda_2005.txt", *more)
        assert done.returncode == 0, done.stderr
        accounts.append(json.loads(done.stdout))
    dry, taken, again = accounts
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
    [("a.txt", b"nothing", "No session was found"), ("a.xml", b"<rss/>", "<rss>"), ("a.bin", bytes(99), "byte 0"),
     ("large.txt", b"x" * (13 * 1024 * 1024), "larger than 12 MB"), ("a.pdf", b"%PDF-", "PDF")],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_and_status_2(environment, tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    done = bring(environment, tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_unknown_workshop_file_and_language(environment, tmp_path):
    (tmp_path / "a.csv").write_text(imports.CSV)
    for done, told in (
        (bring(environment, tmp_path / "a.csv", slug="nowhere"), "no workshop “nowhere”"),
        (bring(environment, tmp_path / "missing.csv"), "There is no file"),
        (bring(environment, tmp_path), "There is no file"),
        (bring(environment, tmp_path / "a.csv", "--lang", "xx"), "no language “xx”"),
    ):
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr
        assert done.stderr.count("\n") == 1
