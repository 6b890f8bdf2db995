"""Stored files: whole or not at all, also where the disk has no room, and for nobody else to read."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from flask import Flask

from tests import factories as make
from tests.conftest import CheckedClient
from tests.consultation.questions.documents import asks, document
from tests.platform.foreign.pictures import picture
from workshop.platform import files
from workshop.platform.db import db


@pytest.fixture
def small_disk(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The store on a disk of its own, of 100 kB."""
    made = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", tmp_path], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("cannot mount a disk here")
    before, app.extensions["files"] = app.extensions["files"], obstore.store.LocalStore(tmp_path)
    yield tmp_path
    app.extensions["files"] = before
    subprocess.run(["/bin/umount", tmp_path], check=True)


@pytest.mark.on_one_database("the disk is full, whichever database there is")
def test_a_full_disk_is_said_the_text_comes_back_and_no_half_file_stays(
    client: CheckedClient, small_disk: Path
) -> None:
    questionnaire = make.questionnaire(slug="q")
    db.session.add(make.version(document(asks("T", "text"), asks("F", "file")), questionnaire=questionnaire))
    link = client.post("/workshops/w/questionnaires/q").headers["Location"]
    large = {
        "T": "What I typed",
        "F": (io.BytesIO(picture("PNG", (320, 300), compress_level=0)), "map.png"),
        "go": "next",
    }
    page = client.post(
        f"{link}/A", data=large, content_type="multipart/form-data", headers={"Origin": "http://localhost"}
    )
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "There is no room left to store this" in page.text
    assert "What I typed" in page.text
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
    small = {"T": "What I typed", "F": (io.BytesIO(picture("PNG", (8, 8))), "map.png"), "go": "next"}
    assert client.post(f"{link}/A", data=small, content_type="multipart/form-data").status_code == 302


def test_nobody_else_reads_a_stored_file(app: Flask) -> None:
    name = files.put(b"somebody's own")
    path = Path(str(app.extensions["files"].prefix)) / name[:2] / name
    assert path.stat().st_mode & 0o777 == 0o600
