"""The program as a newcomer starts it: its own process, its own worker, the demonstration loaded."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 120  # seconds, after which something hangs; a busy machine is only slow


def environment(instance: Path, **more: str) -> dict[str, str]:
    """What a process of the program is told: nothing that this one was told of databases, and `more`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("WORKSHOP_", "TEST_"))}
    return inherited | {"WORKSHOP_INSTANCE": str(instance)} | more


def workshop(*words: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run the command line to its end, in a process of its own."""
    command = [sys.executable, "-m", "workshop.cli", *words]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(instance: Path) -> Iterator[str]:
    """Run `workshop demo` on a free port until the block ends; its address."""
    port = free_port()
    command = [sys.executable, "-m", "workshop.cli", "demo", "--port", str(port)]
    log = (instance / "demo.log").open("w")
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(instance), stdout=log, stderr=log, start_new_session=True
    )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        log.close()


@contextmanager
def in_production(instance: Path, **settings: str) -> Iterator[str]:
    """Run `workshop serve` and `workshop worker` until the block ends; the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = environment(instance, WORKSHOP_PUBLIC_URL=address, **settings)
    log = (instance / "production.log").open("w")
    server, worker = (
        subprocess.Popen(
            [sys.executable, "-m", "workshop.cli", *words],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        for words in (("serve", "--port", str(port)), ("worker",))
    )
    try:
        wait_until_it_answers(f"{address}/healthz", server)
        yield address
    finally:
        for process in (server, worker):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
        log.close()


def wait_until_it_answers(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the demonstration ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer within {PATIENCE} s")
