"""The command line, run in this process: a process for each sentence would spend its time on starting."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workshop.cli import main


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`here(folder, "export", …)` runs the command on that instance folder, told nothing else but settings named."""
    for name in [name for name in os.environ if name.startswith("WORKSHOP_")]:
        monkeypatch.delenv(name)

    def invoke(instance: Path, *words: str, **settings: str) -> Result:
        return CliRunner(env={"WORKSHOP_INSTANCE": str(instance)} | settings).invoke(main, list(map(str, words)))

    return invoke
