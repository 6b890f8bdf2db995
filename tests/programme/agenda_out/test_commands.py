"""python3 run.py export agenda: the same files for scripts."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from defusedxml.ElementTree import fromstring
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from tests.conftest import Here
from tests.installations import environment, workshop
from tests.programme.agenda_out.schedule_format import check_json, check_xml
from workshop.platform import pdf
from workshop.programme.agenda_out import programme_print

SLUG = "migration-and-development-2005"


@pytest.fixture
def export(here: Here, loaded_instance: Path) -> Callable[..., Result]:
    """`export("ics", "--lang", "fr")` writes to standard output."""

    def invoke(form: str, *more: str, instance: Path = loaded_instance, slug: str = SLUG, target: str = "-") -> Result:
        return here(instance, "export", "agenda", "--workshop", slug, "--format", form, "-o", target, *more)

    return invoke


def test_every_form_comes_out(export: Callable[..., Result], tmp_path: Path) -> None:
    readers: dict[str, Callable[[bytes], int]] = {
        "ics": lambda content: len(Calendar.from_ical(content).walk("VEVENT")),
        "xml": lambda content: len(check_xml(fromstring(content))),
        "json": lambda content: len(check_json(json.loads(content))),
        "docx": lambda content: sum(len(table.rows) - 1 for table in Document(io.BytesIO(content)).tables),
        "xlsx": lambda content: len(
            {row[0] for row in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)}
        ),
        "csv": lambda content: len({row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))}) - 1,
    }
    for form, count in readers.items():
        done = export(form, "--lang", "fr", target=str(tmp_path / f"agenda.{form}"))
        assert (done.exit_code, done.output) == (0, "")
        assert count((tmp_path / f"agenda.{form}").read_bytes()) == 9, form


def test_the_first_language_is_meant_where_none_is_named(export: Callable[..., Result]) -> None:
    written = [export("ics", *more).stdout_bytes for more in ((), ("--lang", "fr"))]
    titles = [{event["SUMMARY"] for event in Calendar.from_ical(each).walk("VEVENT")} for each in written]
    assert "Groupes de discussion" in titles[1]
    assert "Groupes de discussion" not in titles[0]


def test_as_a_process_it_writes_nothing_but_the_file(loaded_instance: Path, export: Callable[..., Result]) -> None:
    words = ("export", "agenda", "--workshop", SLUG, "--format", "json", "-o", "-")
    done = workshop(*words, env=environment(loaded_instance))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == export("json").stdout


@pytest.mark.parametrize("form", ["pdf", "overview"])
def test_a_pdf_is_made_at_once(export: Callable[..., Result], form: str) -> None:
    try:
        pdf.engine()
    except pdf.PdfUnavailable as missing:
        pytest.skip(str(missing))
    done = export(form)
    assert (done.exit_code, done.stdout_bytes[:5]) == (0, b"%PDF-")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ics", "--lang", "de"), "no language 'de', only en, fr, es"),
        (("xml", "--workshop", "nowhere"), "no workshop “nowhere”"),
        (("json", "-o", "/no/such/folder/agenda.json"), "/no/such/folder/agenda.json cannot be written"),
        (("doc",), "is not one of 'ics'"),
    ],
)
def test_a_refusal_is_a_sentence(export: Callable[..., Result], words: tuple[str, ...], said: str) -> None:
    done = export(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_workshop_without_a_release_has_nothing_to_give(
    here: Here, export: Callable[..., Result], tmp_path: Path
) -> None:
    setup = (
        "setup",
        "--email",
        "ana@example.org",
        "--name",
        "Ana",
        "--title",
        "First",
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
    made = here(tmp_path, *setup, WORKSHOP_SETUP_PASSWORD="a long enough one")
    assert made.exit_code == 0, made.stderr
    done = export("ics", instance=tmp_path, slug="first")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "has been published yet" in done.stderr


def test_a_missing_engine_is_said(export: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing(pdf.Renderer):
        def __init__(self, *_: Any) -> None:
            super().__init__(seconds=50)
            self.command = [sys.executable, "-c", f"import sys; sys.stdin.read(); sys.exit({pdf.NO_ENGINE})"]

    monkeypatch.setattr(programme_print, "Renderer", Missing)
    done = export("pdf")
    assert done.exit_code == 2
    assert "PDF export needs the Pango system library" in done.stderr
