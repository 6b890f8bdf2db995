"""The second `python3 run.py demo`, from the command to the first answer; memory of server and worker after use."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.figures import WORKSHOP, Figure, memory, show
from tests.installations import ROOT, environment, free_port, wait_until_it_answers
from tests.test_start import children_of

PAGES = ("/", f"{WORKSHOP}/", f"{WORKSHOP}/agenda", f"{WORKSHOP}/speakers", f"{WORKSHOP}/papers")
REQUESTS = 200


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder))
        subprocess.run([sys.executable, "run.py", "demo", "--no-serve"], cwd=ROOT, env=env, check=True)
        port = str(free_port())
        begun = time.monotonic()
        demo = subprocess.Popen([sys.executable, "run.py", "demo", "--port", port], cwd=ROOT, env=env, stdout=-3)
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/", demo)
            seconds = time.monotonic() - begun
            for number in range(REQUESTS):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGES[number % len(PAGES)]}").read()
            server, (worker,) = memory(demo.pid), children_of(demo.pid)
            return [
                Figure("Second start, until it answers", seconds, "s", 3),
                Figure(f"Memory of the server after {REQUESTS} requests", server, "MB", 120),
                Figure("Memory of the worker", memory(worker), "MB", 120),
            ]
        finally:
            demo.terminate()
            demo.wait(20)


if __name__ == "__main__":
    sys.exit(not show(measure()))
