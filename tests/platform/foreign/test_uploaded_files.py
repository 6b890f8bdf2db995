"""What a file is, judged by its content: every accepted kind, and a table of abuse."""

import pytest

from tests.platform.foreign import samples
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign import uploaded_files

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.on_one_database("the application is there for its words, nothing is stored"),
]

ODP = "application/vnd.oasis.opendocument.presentation"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (samples.PDF, "application/pdf"),
        (samples.PNG, "image/png"),
        (samples.JPEG, "image/jpeg"),
        (samples.office(), samples.WORD),
        (samples.office("ppt/presentation.xml", samples.SLIDES), samples.SLIDES),
        (
            samples.office(members={"word/media/image1.svg": b"<svg/>", "word/embeddings/sheet.xlsx": b"PK"}),
            samples.WORD,
        ),
        (samples.open_document(), samples.ODT),
        (samples.open_document(ODP), ODP),
    ],
)
@pytest.mark.parametrize("name", ["paper.pdf", "paper", "paper.exe", "déclaration.docx", ".htaccess"])
def test_accepted_kinds_are_known_whatever_the_name(content: bytes, media_type: str, name: str) -> None:
    assert uploaded_files.inspect(content, name) == media_type


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "paper.pdf", "is empty"),
        (b"%PDF-" + bytes(40 * 1024 * 1024), "paper.pdf", "larger than 40 MB"),
        (samples.HTML, "paper.pdf", "text/html"),
        (b"\n<html>" + samples.PDF, "paper.pdf", "not a document we can accept"),
        (samples.SVG, "picture.png", "image/svg+xml"),
        (b'<?xml version="1.0"?>' + samples.SVG, "picture.svg", "not a document we can accept"),
        (samples.EXE, "paper.docx", "portable-executable"),
        (samples.EXE + samples.office(), "paper.docx", "portable-executable"),
        (b"#!/bin/sh\nrm -rf /\n", "paper.pdf", "its content is of an unknown kind"),
        (b"<?php system($_GET[0]);", "paper.pdf", "not a document we can accept"),
        (samples.PDF[:40], "paper.pdf", "incomplete"),
        (samples.PNG[:20], "picture.png", "incomplete"),
        (samples.office()[:-30], "paper.docx", "incomplete"),
        (b"PK\x03\x04" + bytes(100), "paper.docx", "incomplete"),
        (samples.OLD_WORD, "paper.docx", "older Office file, or protected by a password"),
        (samples.bomb(), "paper.docx", "unpack to far more than its size"),
        (samples.overlapping(), "paper.docx", "unpack to far more than its size"),
        (samples.archive({f"{n}": b"" for n in range(5001)}), "paper.docx", "unpack to far more than its size"),
        (samples.locked(samples.office()), "paper.docx", "protected by a password"),
        (samples.open_document(manifest=b"<encryption-data/>"), "paper.odt", "protected by a password"),
        (samples.office(members={"word/vbaProject.bin": b"x"}), "paper.docx", "contains macros"),
        (samples.office(members={"word/VBAPROJECT.BIN": b"x"}), "paper.docx", "contains macros"),
        (samples.office(members={"word/activeX/activeX1.xml": b"x"}), "paper.docx", "contains macros"),
        (samples.open_document(members={"Basic/Standard/Module1.xml": b"x"}), "paper.odt", "contains macros"),
        (samples.office(members={"word/../../etc/passwd": b"x"}), "paper.docx", "something that is not a document"),
        (samples.office(members={"word/embeddings/run.EXE": b"x"}), "paper.docx", "something that is not a document"),
        (samples.archive({"notes.txt": b"hello"}), "paper.docx", "an archive, but not a document"),
        (samples.archive({"word/document.xml": b"<x/>"}), "paper.docx", "an archive, but not a document"),
        (samples.open_document("application/vnd.oasis.opendocument.spreadsheet"), "t.odt", "an archive, but not"),
        (samples.office("xl/workbook.xml", "application/vnd.ms-excel"), "table.xlsx", "an archive, but not"),
        (
            samples.office(kind="application/vnd.ms-word.document.macroEnabled"),
            "paper.docm",
            "an archive, but not a document",
        ),
    ],
    ids=range(31),
)
def test_abuse_is_refused_with_the_name_of_the_file_and_the_reason(content: bytes, name: str, said: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        uploaded_files.inspect(content, name)
    assert refusal.value.field == "file"
    assert f"“{name}”" in str(refusal.value.message)
    assert said in str(refusal.value.message)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ana\paper.pdf", "paper.pdf"),
        ("pa\x00per\n\u202efdp.pdf", "paperfdp.pdf"),
        ("", "the file"),
        ("..", "the file"),
        ("é" * 300 + ".pdf", "é" * 146 + ".pdf"),
        ("Déclaration du 2 février.pdf", "Déclaration du 2 février.pdf"),
    ],
)
def test_a_name_loses_folders_and_what_cannot_be_seen(sent: str, kept: str) -> None:
    assert uploaded_files.shown_name(sent) == kept
