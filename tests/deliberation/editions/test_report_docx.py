"""The report as a Word document: real styles, a contents list that is never empty, and nothing that has to be repaired."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from flask import Flask

from tests.deliberation.plenary.meeting import Met, material, meeting, numbered, snapshot, tabulation
from tests.factories import NOON
from workshop.deliberation.editions import rules
from workshop.deliberation.editions.models import Edition
from workshop.deliberation.editions.plain_formats import as_text
from workshop.deliberation.editions.report_docx import as_docx
from workshop.deliberation.plenary.chapters import compile_paragraphs
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import numbered as in_order
from workshop.platform.db import Words


@pytest.fixture
def met(app: Flask) -> Met:
    return numbered(meeting())


@pytest.fixture
def edition(met: Met) -> Edition:
    """A report with tables and a paragraph in a person's words."""
    paragraphs = compile_paragraphs(material(met, snapshot=snapshot(), tables=[tabulation()]))
    paragraphs[0].words = Words(en="Held in **Geneva**.\n\n- early\n- often")
    report = PlenaryReport(workshop=met.workshop, slug="plenary", title=Words(en="Report", fr="Compte rendu"))
    return rules.make_edition(report, in_order(paragraphs), {}, last=None, by=None, at=NOON)


def test_captions_sources_and_headings_have_styles_of_their_own(edition: Edition) -> None:
    document = Document(io.BytesIO(as_docx(edition, "fr")))
    styles = {line.style.name for line in document.paragraphs if line.style}
    assert {"Title", "Heading 1", "Heading 2", "Caption", "Source", "List Bullet"} <= styles
    captions = [line for line in document.paragraphs if line.style and line.style.name == "Caption"]
    assert len(captions) == len(document.tables)
    assert all(line.paragraph_format.keep_with_next for line in captions)
    assert captions[0].text.startswith("Tableau 1. ")


def test_the_contents_list_its_chapters_before_the_field_is_filled(edition: Edition) -> None:
    lines = [line.text for line in Document(io.BytesIO(as_docx(edition, "en"))).paragraphs]
    contents = lines[lines.index("Contents") + 1]
    assert contents.splitlines()[0] == "1. Opening and attendance"
    assert contents.splitlines()[-1].endswith("Annexes")


def test_word_and_plain_text_say_the_same(edition: Edition) -> None:
    """Every word of one is in the other, chapter numbers and marks of lists apart."""
    document = Document(io.BytesIO(as_docx(edition, "en")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    in_word = set(" ".join([*(line.text for line in document.paragraphs), *cells]).casefold().split())
    in_text = as_text(edition, "en").casefold().replace("|", " ").replace("[", " ").replace("]", " ")
    assert {word for word in in_text.split() if word not in in_word} == set()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
@pytest.mark.on_one_database("a file is converted")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_libreoffice_opens_it(edition: Edition, language: str, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(as_docx(edition, language))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.docx")], check=True, capture_output=True, timeout=120)
    said = (tmp_path / "report.txt").read_text()
    assert "Transfers cost too much." in said
    assert "WS-2026-R00" in said
