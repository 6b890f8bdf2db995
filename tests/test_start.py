"""How the program starts, what it refuses to start with, and what survives when it is killed. Real processes."""

import contextlib
import hashlib
import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

import run
from app import create_app
from config import make_secret, settings
from tests.conftest import Here
from tests.installations import ROOT, environment, free_port, started, wait_until_it_answers, workshop
from workshop.platform import backup, files, outbox, schema, serving, static, tasks
from workshop.platform.db import db, now
from workshop.platform.mail import Message

SETUP = (
    "setup",
    "--email",
    "Ana@Example.org",
    "--name",
    "Ana",
    "--title",
    "A first workshop",
    "--slug",
    "first",
    "--place",
    "Geneva",
    "--zone",
    "Europe/Zurich",
    "--first-day",
    "2027-02-02",
    "--last-day",
    "2027-02-03",
)


@contextlib.contextmanager
def running(*words: str, env: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "workshop.cli", *words]
    process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


# run.py


def test_only_what_a_command_needs_is_installed() -> None:
    assert run.wanted_extras(["demo"], {}) == set()
    assert run.wanted_extras(["test", "-k", "x"], {}) == {"dev"}
    production = {"WORKSHOP_DATABASE_URL": "postgresql+psycopg://h/d", "WORKSHOP_REDIS_URL": "redis://h"}
    assert run.wanted_extras(["serve"], production) == {"postgres", "redis"}
    assert run.wanted_extras([], {}) == set()


def test_an_environment_behind_a_link_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "of another checkout").mkdir()
    (tmp_path / "of another checkout" / "file").touch()
    (tmp_path / ".venv").symlink_to(tmp_path / "of another checkout")
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "installed")
    run.prepare(set(), [], locked=True)
    assert [each.name for each in (tmp_path / ".venv").iterdir()] == ["file"]


def test_an_empty_path_misses_the_browser_for_tests_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "chromium" in run.missing_packages(["test"])
    assert "chromium" not in run.missing_packages(["demo"])


def test_missing_libraries_are_said_with_the_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    run.bring(["libpango-1.0-0"], may_install=False)
    said = capsys.readouterr().out
    assert "everything else works" in said
    assert "install" in said


def test_the_worker_beside_writes_addresses_that_lead_here(app: Flask) -> None:
    assert serving.worker_environment(app)["WORKSHOP_PUBLIC_URL"] == app.config["PUBLIC_URL"] != ""


def test_doctor_says_that_nothing_is_installed_yet(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text((ROOT / "run.py").read_text())
    done = subprocess.run(
        [sys.executable, "run.py", "doctor"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "python3 run.py demo" in done.stderr
    assert not (tmp_path / ".venv").exists()


# Refusals


def test_production_needs_a_secret(tmp_path: Path) -> None:
    done = workshop("serve", env=environment(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("Refused: There is no secret key.")
    assert "Traceback" not in done.stderr


def test_production_needs_an_up_to_date_database(tmp_path: Path) -> None:
    done = workshop("serve", env=environment(tmp_path, WORKSHOP_SECRET_KEY="x" * 40))
    assert done.returncode == 2
    assert "python3 run.py migrate" in done.stderr


def test_production_refuses_demonstration_accounts(own_instance: Path) -> None:
    done = workshop("serve", env=environment(own_instance))
    assert done.returncode == 2
    assert "demonstration accounts" in done.stderr


def test_a_taken_port_is_said(here: Here, tmp_path: Path) -> None:
    set_up(here, tmp_path)
    env = environment(tmp_path)
    port = str(free_port())
    with running("serve", "--port", port, env=env) as first:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", first)
        done = workshop("serve", "--port", port, env=env)
    assert done.returncode == 2
    assert f"Port {port} is taken" in done.stderr


def set_up(here: Here, instance: Path) -> None:
    done = here(instance, *SETUP, WORKSHOP_SETUP_PASSWORD="a long enough one")
    assert done.exit_code == 0, done.stderr


def test_setup_makes_a_secret_only_its_user_can_read_and_an_organiser(here: Here, tmp_path: Path) -> None:
    made = workshop(*SETUP, env=environment(tmp_path, WORKSHOP_SETUP_PASSWORD="a long enough one"))
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    with sqlite3.connect(tmp_path / "workshop.sqlite") as connection:
        rows = connection.execute(
            "SELECT user.email, workshop.slug, membership.role, workshop.visibility, user.password_hash FROM membership "
            "JOIN user ON user.id = user_id JOIN workshop ON workshop.id = workshop_id"
        ).fetchall()
    connection.close()
    assert [row[:4] for row in rows] == [("ana@example.org", "first", "organiser", "private")]
    assert rows[0][4].startswith("$argon2id$")
    again = here(tmp_path, *SETUP, WORKSHOP_SETUP_PASSWORD="a long enough one")
    assert again.exit_code == 2
    assert "There is an account with this email address" in again.stderr
    assert make_secret(tmp_path) == (tmp_path / "secret").read_text()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--email", "nobody", "@-sign"),
        ("--zone", "Mars/Crater", "time zone"),
        ("--slug", "No Spaces", "short name"),
        ("--last-day", "2027-01-01", "before the first"),
    ],
)
def test_setup_says_what_it_cannot_take(here: Here, tmp_path: Path, option: str, value: str, said: str) -> None:
    words = list(SETUP)
    words[words.index(option) + 1] = value
    done = here(tmp_path, *words, WORKSHOP_SETUP_PASSWORD="a long enough one")
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# Running


def test_the_demonstration_answers_and_is_kept_when_started_again(tmp_path: Path) -> None:
    with started(tmp_path) as address:
        assert "Migration and Development" in read(address + "/")
        assert '"ready"' in read(address + "/readyz")
        assert "request_seconds" in read(address + "/metrics")
    with started(tmp_path) as address:
        assert "Migration and Development" in read(address + "/workshops/migration-and-development-2005/agenda")
    with sqlite3.connect(tmp_path / "workshop.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM workshop").fetchone() == (2,)
    connection.close()


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def children_of(process: int) -> list[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
    return [child for child, parent in parents.items() if parent == process]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux for the processes")
def test_the_worker_is_started_again_when_it_dies_and_ends_with_a_killed_server(own_instance: Path) -> None:
    env, port = environment(own_instance), free_port()
    with running("demo", "--port", str(port), env=env) as demo:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", demo)
        assert eventually(lambda: len(children_of(demo.pid)) == 1)
        (first,) = children_of(demo.pid)
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: children_of(demo.pid) not in ([], [first]))
        (second,) = children_of(demo.pid)
        time.sleep(2)  # it must have got as far as watching its parent
        demo.kill()
        demo.wait()
        assert eventually(lambda: not Path(f"/proc/{second}").exists())


@pytest.fixture
def instance_app(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own on a migrated SQLite file, with the queue the run was told of."""
    redis = os.environ.get("WORKSHOP_REDIS_URL", "").rpartition("/")[0]
    env = {"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(tmp_path)}
    app = create_app(settings(env | ({"WORKSHOP_REDIS_URL": f"{redis}/15"} if redis else {})) | {"LOG_LEVEL": 50})
    with app.app_context():
        schema.bring_up_to_date()
        app.extensions["queue"].flush()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_a_lost_database_is_told_to_the_operator_and_the_reader(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/nowhere/workshop.sqlite"
    env = {"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(tmp_path), "WORKSHOP_DATABASE_URL": nowhere}
    client = create_app(settings(env) | {"LOG_LEVEL": 50}).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    page = client.get("/")
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "30"
    assert "busy" in page.text


def a_delivery() -> tasks.Task:
    """The task of a mail that is in the outbox, committed."""
    outbox.add(Message(recipient="ben@example.org", subject="Hello", text="Hello", written_at=now()))
    db.session.commit()
    return db.session.scalars(select(tasks.Task).order_by(tasks.Task.id.desc()).limit(1)).one()


def is_done(task: tasks.Task) -> bool:
    db.session.rollback()
    db.session.refresh(task)
    return task.state == tasks.TaskState.DONE


@pytest.mark.own_database
def test_a_worker_does_what_was_left_behind_and_what_the_queue_brings(instance_app: Flask, tmp_path: Path) -> None:
    left_behind = a_delivery()
    instance_app.extensions["queue"].flush()
    redis = instance_app.config["REDIS_URL"]
    env = environment(tmp_path, **({"WORKSHOP_REDIS_URL": redis} if redis else {}))
    with running("worker", env=env) as worker:
        assert eventually(lambda: is_done(left_behind))
        nudged = a_delivery()
        assert eventually(lambda: is_done(nudged), seconds=10)  # well before the next sweep in most runs
        worker.terminate()
        assert worker.wait(15) == 0


def test_an_acknowledged_write_survives_the_kill_of_the_server(own_instance: Path) -> None:
    acknowledged: list[str] = []
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running("demo", "--port", str(port), env=environment(own_instance)) as demo:
        wait_until_it_answers(f"{address}/healthz", demo)
        threads = [threading.Thread(target=begin_questionnaires, args=(address, acknowledged)) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert eventually(lambda: len(acknowledged) >= 20)
        demo.kill()
        for thread in threads:
            thread.join(20)
    with sqlite3.connect(own_instance / "workshop.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {row[0] for row in connection.execute("SELECT token_hash FROM response")}
    connection.close()
    assert len(set(acknowledged)) == len(acknowledged) >= 20
    assert not {token for token in acknowledged if hashlib.sha256(token.encode()).hexdigest() not in kept}
    with started(own_instance) as address:
        assert "<h1" in read(f"{address}/q/{acknowledged[-1]}")


def begin_questionnaires(address: str, acknowledged: list[str]) -> None:
    """Begin one after the other as a browser would, noting each personal link received, until the server is gone."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        for _ in range(12):
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            page = browser.open(f"{address}/workshops/migration-and-development-2005/", timeout=60).read().decode()
            form = address + re.findall(r'"(/workshops/[^"?]+/questionnaires/[^"?]+)', page)[0]
            token = re.findall(r'name="csrf_token" value="([^"]+)"', browser.open(form, timeout=60).read().decode())[0]
            answer = browser.open(form, urllib.parse.urlencode({"csrf_token": token}).encode(), timeout=60)
            acknowledged.append(answer.url.split("/q/")[1].split("/")[0])


# Files that are served compressed, connections, backups


def test_a_compressed_copy_never_outlives_its_original(tmp_path: Path) -> None:
    style = tmp_path / "site.css"
    style.write_text("p { margin: 0 }\n" * 100)
    static.compress(tmp_path)
    copies = [tmp_path / "site.css.gz", tmp_path / "site.css.br"]
    assert all(copy.exists() for copy in copies)
    style.write_text("p { margin: 1px }\n" * 100)
    a_minute_later = style.stat().st_mtime + 60  # both writes may fall into one tick of the file system's clock
    os.utime(style, (a_minute_later, a_minute_later))
    static.drop_stale_copies(tmp_path)
    assert not any(copy.exists() for copy in copies)
    static.compress(tmp_path)
    assert all(copy.stat().st_mtime == pytest.approx(style.stat().st_mtime) for copy in copies)


@pytest.mark.own_database
def test_idle_connections_do_not_shut_readers_out(instance_app: Flask) -> None:
    server = serving.listen(instance_app, "127.0.0.1", 0)
    assert server.adj.connection_limit >= 1000
    assert server.adj.asyncore_use_poll
    server.close()


@pytest.mark.own_database
def test_a_backup_is_whole_and_named_only_when_finished(instance_app: Flask, tmp_path: Path) -> None:
    a_delivery()
    name = files.put(b"a paper")
    made = backup.make(tmp_path / "backups")
    with sqlite3.connect(made / "workshop.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT recipient FROM message").fetchall() == [("ben@example.org",)]
    connection.close()
    assert (made / "files" / name[:2] / name).read_bytes() == b"a paper"
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert made.stat().st_mode & 0o077 == 0


def test_doctor_tells_what_is_there_and_what_is_missing(here: Here, tmp_path: Path) -> None:
    sick = workshop("doctor", env=environment(tmp_path))
    assert sick.returncode == 1
    assert "MISSING  Settings" in sick.stdout
    set_up(here, tmp_path)
    well = here(tmp_path, "doctor")
    assert well.exit_code == 0
    assert "good     Database" in well.stdout
    assert "absent   Mail" in well.stdout
    assert "good     Modes" in well.stdout
    (tmp_path / "workshop.sqlite").chmod(0o644)
    open_to_all = here(tmp_path, "doctor")
    assert (open_to_all.exit_code, f"Run: chmod -R go= {tmp_path}" in open_to_all.stdout) == (1, True)


@pytest.mark.parametrize(
    ("words", "much"),
    [
        ([], True),
        (["-k", "clash"], True),
        (["tests"], True),
        (["tests/programme/groups"], False),
        (["tests/test_shape.py", "-q"], False),
        (["tests/programme/groups/test_views.py::test_it"], False),
    ],
)
def test_a_few_tests_run_in_this_process(words: list[str], much: bool) -> None:
    assert run.is_much(words) is much
