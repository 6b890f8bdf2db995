"""The command line as a person uses it: real processes on a real database, and hostile files in little memory."""

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from flask import Flask

from app import create_app
from config import settings
from tests import factories as make
from tests.consultation.survey_files.limesurvey.surveys import lss
from tests.consultation.survey_files.xlsform.forms_of_others import HOUSEHOLD, xlsx
from workshop.cli import main
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.survey_files.importing import read_file
from workshop.platform import schema
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken

ROOT = Path(__file__).resolve().parents[3]
HALF_A_GIGABYTE = 512 * 1024**2


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with a workshop "w", on a database of its own."""
    folder = tmp_path_factory.mktemp("command-line")
    app = create_app(settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(folder)}))
    with app.app_context():
        schema.bring_up_to_date()
        db.session.add(make.workshop())
        db.session.commit()
        db.engine.dispose()
    return folder


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(place: Path, *words: Path | str) -> Done:
    """A command in this process, as the command line would take it."""
    around = dict.fromkeys(name for name in os.environ if name.startswith("WORKSHOP_"))
    around |= {"WORKSHOP_INSTANCE": str(place), "WORKSHOP_MODE": "demo"}
    done = CliRunner(env=around).invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def in_half_a_gigabyte() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (HALF_A_GIGABYTE, HALF_A_GIGABYTE))


def run_apart(place: Path, *words: Path | str) -> "subprocess.CompletedProcess[str]":
    """A process of its own, with 512 MB of address space for it and for each that it starts."""
    around = {"PATH": os.environ["PATH"], "WORKSHOP_INSTANCE": str(place), "WORKSHOP_MODE": "demo", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "workshop.cli", *map(str, words)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=around,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=in_half_a_gigabyte,
    )


def brought(
    place: Path, path: Path, *more: str, how: Callable[..., "Done | subprocess.CompletedProcess[str]"] = run
) -> dict[str, Any]:
    done = how(place, "import", "questionnaire", path, "--workshop", "w", *more)
    assert done.returncode == 0, done.stderr
    account: dict[str, Any] = json.loads(done.stdout)
    return account


def questionnaires(place: Path) -> dict[str, Any]:
    app = create_app(settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(place)}))
    with app.app_context():
        found = {q.slug: q.draft for q in db.session.scalars(db.select(Questionnaire))}
        db.engine.dispose()
    return found


def balance(account: dict[str, Any]) -> int:
    states = ("created", "updated", "unchanged", "structural")
    return sum(int(account[state]) for state in states) + len(account["unsupported"])


def test_a_form_comes_in_once_and_goes_out_again(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsx(HOUSEHOLD))
    dry = brought(place, path, "--dry-run", how=run_apart)
    assert (dry["created"], dry["structural"], len(dry["unsupported"]), dry["questions"]) == (15, 8, 2, 16)
    assert balance(dry) == dry["rows"] == 25
    assert "household-2026" not in questionnaires(place)

    first = brought(place, path)
    kept = questionnaires(place)["household-2026"]
    assert (first["created"], first["changed"]) == (15, True)
    again = brought(place, path)
    assert (again["created"], again["unchanged"], again["updated"], again["changed"]) == (0, 15, 0, False)
    assert balance(again) == again["rows"]
    assert questionnaires(place)["household-2026"] == kept

    out = tmp_path / "out.xlsx"
    done = run(place, "export", "questionnaire", "household-2026", "--workshop", "w", "--format", "xlsform", "-o", out)
    assert done.returncode == 0, done.stderr
    back = brought(place, out)
    assert (back["changed"], back["unsupported"], back["warnings"]) == (False, [], [])
    for kind in ("json", "docx", "texts"):
        to = tmp_path / f"out.{kind}"
        done = run(
            place,
            "export",
            "questionnaire",
            "household-2026",
            "--workshop",
            "w",
            "--format",
            kind,
            "-o",
            to,
            "--lang",
            "ar",
        )
        assert (done.returncode, to.stat().st_size > 1000) == (0, True), done.stderr
    assert brought(place, tmp_path / "out.json")["changed"] is False


def test_a_changed_form_says_which_questions_change(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    rows = [["type", "name", "label"], ["text", "a", "A"], ["text", "b", "B"], ["text", "c", "C"]]
    path.write_bytes(xlsx({"survey": rows}))
    brought(place, path, "--slug", "changing")
    path.write_bytes(xlsx({"survey": [*rows[:2], ["text", "b", "Another B"], ["integer", "d", "D"]]}))
    account = brought(place, path, "--slug", "changing")
    assert [account[state] for state in ("created", "updated", "unchanged")] == [1, 1, 1]
    assert account["removed"] == ["c"]


def test_a_limesurvey_file(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "survey.lss"
    path.write_bytes(
        lss([{"title": "q1", "type": "T", "text": {"en": "Why?"}}, {"title": "q2", "type": "*", "text": {"en": "Sum"}}])
    )
    account = brought(place, path)
    assert (account["format"], account["questionnaire"], account["rows"], account["created"]) == (
        "limesurvey",
        "survey-en",
        3,
        1,
    )
    reason = "It is not calculated here: “Sum” is not an earlier imported question."
    assert account["unsupported"] == [{"row": 3, "text": "q2", "reason": reason}]


def sparse() -> bytes:
    """One cell in the last row that a sheet can have."""
    return changed_sheet('<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>far</t></is></c></row>')


def changed_sheet(row: str, repeat: int = 1) -> bytes:
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx({"survey": [["type", "name", "label"], ["text", "q", "Q"]]}))) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.infolist():
            data = old.read(each)
            if each.filename.endswith("sheet1.xml"):
                before, tag, after = data.partition(b"</sheetData>")
                with new.open(each.filename, "w") as file:
                    file.write(before)
                    file.write(row.encode() * repeat)
                    file.write(tag + after)
            else:
                new.writestr(each.filename, data)
    return kept.getvalue()


def billion_laughs_in_a_sheet() -> bytes:
    content = changed_sheet("")
    kept = io.BytesIO()
    entities = (
        b'<!DOCTYPE x [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %s "%s">' % (bytes([98 + n]), b"&%s;" % bytes([97 + n]) * 10) for n in range(9))
        + b"]>"
    )
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for each in old.infolist():
            data = old.read(each)
            new.writestr(
                each.filename,
                entities + data.replace(b">Q<", b">&j;<") if each.filename.endswith("sheet1.xml") else data,
            )
    return kept.getvalue()


def zip_bomb() -> bytes:
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as file,
    ):
        for _n in range(300):
            file.write(b" " * 2**20)
    return kept.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "far": sparse,
    "bomb": zip_bomb,
    "many": lambda: changed_sheet(
        '<row><c t="inlineStr"><is><t>' + "text " * 40 + "</t></is></c></row>" * 1, repeat=300_000
    ),
    "laughs": billion_laughs_in_a_sheet,
    "laughing survey": lambda: b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><document>&b;</document>',
    "deep": lambda: b"<document>" + b"<a>" * 200_000,
    "deep json": lambda: b'{"a":' * 200_000,
    "cut": lambda: xlsx(HOUSEHOLD)[:-900],
    "garbage": lambda: bytes(range(256)) * 4000,
    "old office": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 5000,
    "nothing": lambda: b"",
    "large": lambda: b"x" * (21 * 1024 * 1024),
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "long csv": lambda: b"survey\n,type,name,label\n" + b",text,q,Q\n" * 500_000,
    "nul": lambda: b"survey\n,type\0,name\n",
}


LARGEST = ("many", "long csv")


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in LARGEST])
def test_hostile_files_are_refused_in_one_sentence(app: Flask, name: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_file(HOSTILE[name](), plain_language="en")
    assert len(str(refusal.value.message).splitlines()) == 1


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_of_them_fit_into_half_a_gigabyte(place: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(HOSTILE[name]())
    done = run_apart(place, "import", "questionnaire", path, "--workshop", "w", "--dry-run")
    assert done.returncode == 2, (done.stdout[:300], done.stderr[-2000:])
    assert done.stdout == ""
    [sentence] = done.stderr.strip().splitlines()
    assert sentence.startswith("Refused: ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere.xlsx", "--workshop", "w"), "Refused: nowhere.xlsx cannot be read (No such file or directory)."),
        ((__file__, "--workshop", "elsewhere"), "Refused: There is no workshop “elsewhere”."),
        (
            ("{form}", "--workshop", "w", "--slug", "Not Good"),
            "Refused: “Not Good” cannot be used in an address; use small letters, figures and hyphens.",
        ),
        (
            ("{form}", "--workshop", "w", "--slug", "new"),
            "Refused: “new” is the address of another page; choose another name.",
        ),
    ],
)
def test_what_cannot_be_done_is_said(place: Path, tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    form = tmp_path / "form.xlsx"
    form.write_bytes(xlsx(HOUSEHOLD))
    done = run(place, "import", "questionnaire", *(word.format(form=form) if "{" in word else word for word in words))
    assert (done.returncode, done.stderr.strip()) == (2, sentence)
