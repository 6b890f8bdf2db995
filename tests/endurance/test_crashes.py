"""`kill -9` and power cuts under load: what was acknowledged is there. Real processes, a real file system."""

import http.client
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests import factories as make
from tests.consultation.answering.test_killed import QUESTIONS, Person, installed
from tests.consultation.questions.documents import asks, document
from tests.installations import environment, free_port, wait_until_it_answers
from tests.test_start import eventually, running
from workshop.consultation.questionnaires.models import Response
from workshop.platform import schema
from workshop.platform.db import db
from workshop.platform.links import digest

from . import FULL, note

PEOPLE, ROUNDS, EACH_ROUND, MOST = (12, 20, 520, 200) if FULL else (4, 1, 40, 40)
CUTS, BETWEEN = (10, 300) if FULL else (1, 40)
BACK = 5.0  # seconds of the processor until it answers again: a busy machine makes everybody wait in its own way


class Somebody(Person):
    """One of many behind a proxy: each has an address of her own."""

    number = 0

    def __init__(self, address: str) -> None:
        super().__init__(address)
        Somebody.number += 1
        self.forwarded = f"198.51.{Somebody.number // 250}.{Somebody.number % 250 + 1}"

    def ask(self, verb: str, path: str, **fields: str) -> tuple[http.client.HTTPResponse, str]:
        request = self.line.request

        def forward(verb: str, path: str, body: Any, headers: dict[str, str]) -> None:
            request(verb, path, body, headers | {"X-Forwarded-For": self.forwarded})

        self.line.request = forward  # type: ignore[assignment, method-assign]
        try:
            return super().ask(verb, path, **fields)
        finally:
            self.line.request = request  # type: ignore[method-assign]

    def run(self) -> None:
        try:
            self.begin()
            for number in range(1, MOST + 1):
                self.save(number)
        except (OSError, http.client.HTTPException):
            pass  # the server is gone
        finally:
            self.line.close()


def processor_time(pid: int) -> float:
    """How many seconds a process has worked so far."""
    own, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(own) + int(system)) / os.sysconf("SC_CLK_TCK")


def prepare(env: dict[str, str]) -> None:
    with installed(env):
        schema.bring_up_to_date()
        db.session.add(make.version(document(*(asks(f"Q{number}", "text") for number in range(QUESTIONS)))))
        db.session.commit()


def settings_for(instance: Path) -> dict[str, str]:
    return environment(instance, WORKSHOP_SECRET_KEY="x" * 40, WORKSHOP_TRUSTED_PROXY="127.0.0.1")


@contextmanager
def under_load(env: dict[str, str], enough: int) -> Iterator[tuple["subprocess.Popen[bytes]", list[Person]]]:
    """A server at which people save until enough is acknowledged; then the block does its worst to it."""
    port = free_port()
    with running("serve", "--port", str(port), env=env) as server:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", server)
        people: list[Person] = [Somebody(f"http://127.0.0.1:{port}") for _ in range(PEOPLE)]
        threads = [threading.Thread(target=person.run) for person in people]
        for thread in threads:
            thread.start()
        assert eventually(
            lambda: sum(person.saved for person in people) >= enough, seconds=300
        )  # however busy the machine is
        yield server, people
        server.kill()
        for thread in threads:
            thread.join(20)


def lost(env: dict[str, str], people: list[Person]) -> int:
    """How many of them miss what they were told was saved."""
    with installed(env):
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        kept: dict[str, Any] = {each.token_hash: each for each in db.session.scalars(db.select(Response))}
    missing = 0
    for person in (each for each in people if each.token):
        response = kept.get(digest(person.token))
        last = {f"Q{person.under_way % QUESTIONS}": str(person.under_way)}  # asked for, and perhaps never answered
        missing += response is None or response.answers not in (person.answers, person.answers | last)
    return missing


@pytest.mark.skipif(not FULL, reason="every day: tests/consultation/answering/test_killed.py")
@pytest.mark.on_one_database("an installation of its own on SQLite")
def test_killed_again_and_again(tmp_path: Path) -> None:
    env = settings_for(tmp_path)
    prepare(env)
    people: list[Person] = []
    slowest = 0.0
    for _round in range(ROUNDS):
        with under_load(env, EACH_ROUND) as (server, some):
            server.kill()
        people += some
        port = free_port()
        with running("serve", "--port", str(port), env=env) as server:
            wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", server)
            slowest = max(slowest, processor_time(server.pid))
    acknowledged = sum(person.saved for person in people)
    note(f"kill -9: {ROUNDS} rounds, {acknowledged} acknowledged, back within {slowest:.1f} s of the processor")
    assert lost(env, people) == 0
    assert acknowledged >= ROUNDS * EACH_ROUND
    assert slowest <= BACK or not FULL


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """An ext4 file system of its own: its image, and where it is mounted."""
    image, mount = tmp_path / "disk", tmp_path / "mnt"
    mount.mkdir()
    with image.open("wb") as file:
        file.truncate(256 * 2**20)
    if os.geteuid() or not attach(image, mount, fresh=True):
        pytest.skip("needs root and loop devices")
    yield image, mount
    subprocess.run(["/bin/umount", "--lazy", mount], check=False)


def attach(image: Path, mount: Path, *, fresh: bool = False) -> bool:
    commands = [["/sbin/mkfs.ext4", "-q", "-F", str(image)]] if fresh else []
    commands.append(["/bin/mount", "-o", "loop", str(image), str(mount)])
    return all(subprocess.run(each, check=False, capture_output=True).returncode == 0 for each in commands)


@pytest.mark.on_one_database("an installation of its own on SQLite")
def test_the_power_is_cut(disk: tuple[Path, Path], tmp_path: Path) -> None:
    """What the block device holds at that moment is copied, and the file system found in it is mounted: what was only in
    memory is not there.
    """
    image, mount = disk
    env = settings_for(mount / "instance")
    prepare(env)
    os.sync()  # this process writes lazily; the server does not
    people: list[Person] = []
    for cut in range(CUTS):
        with under_load(env, BETWEEN) as (server, some):
            server.send_signal(signal.SIGSTOP)
            shutil.copyfile(image, tmp_path / "cut")
            seen = [dict(person.answers) for person in some]
        people += some
        after = tmp_path / f"after{cut}"
        after.mkdir()
        assert attach(tmp_path / "cut", after), "the journal is read and the file system is whole"
        try:
            then = settings_for(after / "instance")
            for person, answers in zip(some, seen, strict=True):
                person.answers = answers
            assert lost(then, people) == 0
        finally:
            subprocess.run(["/bin/umount", "--lazy", after], check=True)
    note(f"power cut: {CUTS} rounds, {sum(person.saved for person in people)} acknowledged")
