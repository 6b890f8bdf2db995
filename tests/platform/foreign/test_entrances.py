"""Whatever comes in by whichever way is opened apart: hostile files are refused in words, and we hold no reader of them."""

import ast
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import checked
from tests.fetching import waited
from tests.platform.foreign.entrances import entrances
from tests.platform.foreign.honest import HONEST
from tests.platform.foreign.hostile import HOSTILE, endless_pdf
from tests.secretariat.accounts.conftest import mails
from workshop.platform.db import db
from workshop.programme.papers.models import DocumentFile, Examined, FileText

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("agenda", "paper", "questionnaire", "translations", "distribution list", "photo", "answer")
ERROR = re.compile(r'class="error[^>]*>\s*([^<]+?)\s*<')
READERS = {
    "lxml",
    "openpyxl",
    "xlrd",
    "PIL",
    "pypdf",
    "docx",
    "icalendar",
    "pyxform",
    "defusedxml",
    "puremagic",
    "zipfile",
}
# They write what we made ourselves, in a request that asks for it, and never read an upload.
WRITERS = {
    "deliberation/allocation/seat_notice.py",
    "consultation/presenting/archiving/questionnaire_archive.py",
    "consultation/presenting/charts.py",
    "participation/attendance/badge_print.py",
    "participation/delegations/official/letter_docx.py",
    "participation/registration/listing/list_files.py",
    "consultation/survey_files/paper/docx_page.py",
    "consultation/survey_files/paper/docx_questionnaire.py",
    "platform/word_document.py",
    "programme/agenda_out/writers/ical.py",
    "programme/agenda_out/writers/zones.py",
}
# A PDF is told by its beginning and end; what is inside is read later, or never.
TAKEN = {("paper", "endless_pdf"), ("answer", "endless_pdf")}


@cache
def made(hostile: Callable[[], bytes]) -> bytes:
    return hostile()


@pytest.mark.on_one_database("the file is read apart and refused before anything is stored")
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda each: each.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused_in_words_by_every_entrance(app: Flask, name: str, hostile: Any) -> None:
    send = entrances(app, lambda person: checked(app).sign_in_as(person))[name]
    answer = send(made(hostile), name="sent.bin")
    if (name, hostile.__name__) in TAKEN:
        assert answer.status_code == 302
        return
    if answer.status_code == 302:  # what is large is read by a worker, and the page that waits for it says why not
        answer = waited(send.args[0], answer.headers["Location"])  # type: ignore[attr-defined]
    assert answer.status_code in {200, 422}
    [words] = {" ".join(html.unescape(each).split()) for each in ERROR.findall(answer.text)}
    assert re.fullmatch(r"[A-Z“‘\w].{20,400}\.", words), words
    assert "Traceback" not in answer.text
    assert db.session.scalars(db.select(DocumentFile)).all() == []


def test_a_pdf_that_never_ends_is_read_as_far_as_there_is_room(app: Flask) -> None:
    entrances(app, lambda person: checked(app).sign_in_as(person))["paper"](made(endless_pdf), name="paper.pdf")
    mails()
    [file] = db.session.scalars(db.select(DocumentFile)).all()
    assert file.examined in {Examined.DONE, Examined.FAILED}
    assert db.session.scalars(db.select(FileText)).all() == []


def test_the_process_that_serves_holds_no_reader_of_files(tmp_path: Path) -> None:
    """An honest file of each kind comes in by each entrance; afterwards no library that read it is in the process."""
    for number, (name, content) in enumerate(HONEST):
        (tmp_path / f"{number}-{name}").write_bytes(content if isinstance(content, bytes) else content())
    around = dict(os.environ) | {"SERVED_INSTANCE": str(tmp_path / "instance")}
    command = [sys.executable, "-m", "tests.platform.foreign.serving_process", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["taken"] == [f"{number}-{name}" for number, (name, _content) in enumerate(HONEST)]
    assert told["readers"] == []


def test_only_what_runs_apart_names_a_reader() -> None:
    """Static, where the test above is a walk: nobody else imports them, and the child imports nothing of the product."""
    naming = set()
    for path in (ROOT / "workshop").rglob("*.py"):
        names = imported(path)
        if names & READERS:
            naming.add(path.relative_to(ROOT / "workshop").as_posix())
    assert {name for name in naming if not name.startswith("platform/foreign/")} == WRITERS
    parents = {"sandbox.py", "uploaded_files.py"}
    for path in (ROOT / "workshop/platform/foreign").rglob("*.py"):
        if path.name not in parents:
            assert imported(path) & {"flask", "flask_babel", "sqlalchemy", "structlog"} == set(), path
            assert {name for name in modules(path) if name.startswith("workshop")} <= {"workshop.platform.pdf"}, path


def modules(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module))
    return found


def imported(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in modules(path)}
