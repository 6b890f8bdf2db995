"""What files tell about people: read, shown, removed; in a child process that survives hostile files."""

import contextlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from tests import factories as make
from tests.conftest import SignedIn
from tests.looking import there
from tests.platform.foreign import samples
from tests.programme.papers.test_views import at, sent
from tests.secretariat.accounts.conftest import mails
from workshop.platform import files, tasks
from workshop.platform.db import db
from workshop.platform.foreign import uploaded_files
from workshop.platform.foreign.limits import CLEAN, CONTENTS, JPEG, MEGABYTE, ODT, PDF, PNG, SLIDES, WEBP, WORD
from workshop.platform.foreign.sandbox import Unreadable
from workshop.platform.foreign.uploaded_files import read_contents, without_traces
from workshop.programme.agenda.models import Session
from workshop.programme.papers.models import Document, Examined, FileText, State
from workshop.programme.papers.tasks import examine_unread

pytestmark = pytest.mark.usefixtures("app")
READ_APART = pytest.mark.on_one_database("a child process reads the file, and nothing is stored")

PHOTO = {"author": "Ines Synthetic", "camera": "Sample Camera 1", "place": "46.2083 N, 6.1333 E"}


def told(content: bytes, media_type: str) -> dict[str, str]:
    return {each["kind"]: each["value"] for each in read_contents(content, media_type).traces}


@pytest.fixture
def document(session: Session) -> Document:
    row = make.document(workshop=session.workshop, session=session, item=session.items[0])
    db.session.add(row)
    db.session.commit()
    return row


# what is told, and what is left of it


@READ_APART
@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        (samples.photo(), JPEG, PHOTO),
        (samples.photo("WEBP"), WEBP, PHOTO),
        (samples.photo("PNG"), PNG, PHOTO),
        (samples.word_document(), WORD, PHOTO | {"last_saved_by": "Lia Synthetic"}),
        (samples.tracked(), WORD, {"comments": "1 (Lia Synthetic)", "changes": "3 (Ines Synthetic, Lia Synthetic)"}),
        (
            samples.open_text(),
            ODT,
            {"author": "Lia Synthetic", "comments": "1 (Ines Synthetic)", "changes": "1 (Lia Synthetic)"},
        ),
        (samples.pdf(), PDF, {"author": "Ines Synthetic", "comments": "1 (Lia Synthetic)"}),
    ],
    ids=["jpeg", "webp", "png", "docx", "tracked", "odt", "pdf"],
)
def test_it_is_told_and_then_it_is_gone(content: bytes, media_type: str, expected: dict[str, str]) -> None:
    assert told(content, media_type) == expected
    copy = without_traces(content, media_type)
    assert told(copy, media_type) == {}
    for name in (b"Ines", b"Lia Synth"):
        assert name not in unpacked(copy)
    assert uploaded_files.inspect(copy, "copy") == media_type


def unpacked(content: bytes) -> bytes:
    """Everything in a file, with archives opened."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@READ_APART
def test_a_jpeg_keeps_every_point_and_the_side_that_is_up() -> None:
    before, after = (Image.open(io.BytesIO(c)) for c in (samples.photo(), without_traces(samples.photo(), JPEG)))
    assert before.tobytes() == after.tobytes()
    assert dict(after.getexif()) == {0x0112: 6}


@READ_APART
def test_a_png_stands_upright_afterwards_and_carries_nothing_along() -> None:
    more = samples.chunk(b"tEXt", b"Author\0Ines Synthetic")
    copy = without_traces(samples.png(3, 2, more=more) + b"<script>after the end</script>", PNG)
    assert b"Ines" not in copy
    assert b"script" not in copy
    assert Image.open(io.BytesIO(copy)).size == (3, 2)
    assert Image.open(io.BytesIO(without_traces(samples.photo("PNG"), PNG))).size == (30, 40)


@READ_APART
def test_tracked_changes_are_accepted() -> None:
    copy = without_traces(samples.tracked(), WORD)
    assert read_contents(copy, WORD).text.split() == ["We", "strongly", "agree."]
    assert b"reluctantly" not in unpacked(copy)
    assert b"Do we?" not in unpacked(copy)


@READ_APART
def test_a_cleaned_pdf_keeps_pages_and_title() -> None:
    copy = PdfReader(io.BytesIO(without_traces(samples.pdf("One line", "another"), PDF)))
    assert [page.extract_text().split() for page in copy.pages] == [["One", "line", "another"]]
    assert there(copy.metadata).title == "A paper"
    assert "A paper" in there(there(copy.xmp_metadata).dc_title).values()


@READ_APART
@pytest.mark.parametrize(
    ("content", "media_type", "text"),
    [
        (samples.word_document("Le co-développement aide.", "Deux."), WORD, "Le co-développement aide.\nDeux."),
        (samples.tracked(), WORD, "We strongly agree."),
        (samples.open_text(), ODT, "Mobility helps."),
        (samples.pdf("Remittances matter", "a lot"), PDF, "Remittances matter\na lot"),
        (samples.photo(), JPEG, ""),
    ],
    ids=["docx", "tracked", "odt", "pdf", "jpeg"],
)
def test_the_text_is_what_a_reader_sees(content: bytes, media_type: str, text: str) -> None:
    found = read_contents(content, media_type).text
    assert [line.split() for line in found.splitlines() if line.strip()] == [line.split() for line in text.splitlines()]


@READ_APART
def test_slides_are_read_in_order() -> None:
    def slide(text: str) -> bytes:
        names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        return f"<sld {names}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></sld>".encode()

    parts = {f"ppt/slides/slide{n}.xml": slide(f"slide {n}") for n in (10, 2, 1)}
    text = read_contents(samples.office("ppt/presentation.xml", SLIDES, parts), SLIDES).text
    assert text.split("\n") == ["slide 1", "", "slide 2", "", "slide 10", ""]


# hostile files


def laughs() -> bytes:
    """An XML that would grow to gigabytes."""
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE w [<!ENTITY a0 "ha">{"".join(lines)}]><w:document {samples.W}><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:document>'.encode()


def outside(tmp_path: Path) -> bytes:
    secret = tmp_path / "secret"
    secret.write_text("the secret of the machine")
    return f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document {samples.W}><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'.encode()


@READ_APART
def test_entities_are_never_opened(tmp_path: Path) -> None:
    for body in (laughs(), outside(tmp_path)):
        said = b""
        with contextlib.suppress(Unreadable):
            said = read_contents(
                samples.office(members={"word/document.xml": body}), WORD, limit=CONTENTS._replace(seconds=10)
            ).text.encode()
        assert b"secret" not in said
        assert b"hahaha" not in said


@READ_APART
def test_a_picture_that_unpacks_to_billions_of_points_is_not_unpacked() -> None:
    for content in (samples.png(60_000, 60_000, rows=b"\0"), samples.png(7_072, 7_071, rows=b"\0")):
        with pytest.raises(Unreadable, match="more than 50 million pixels"):
            without_traces(content, PNG)
    assert CLEAN.pixels == 50_000_000


@READ_APART
def test_a_pdf_whose_stream_unpacks_to_much_more_ends_with_the_child() -> None:
    bomb = zlib.compress(zlib.compress(bytes(300 * 1024 * 1024)))
    content = samples.pdf(stream=bomb, filters=("/FlateDecode", "/FlateDecode"))
    assert len(content) < 100_000
    with contextlib.suppress(Unreadable):
        assert read_contents(content, PDF, limit=CONTENTS._replace(seconds=20, memory=400 * MEGABYTE)).text == ""


@READ_APART
@pytest.mark.parametrize(
    ("content", "media_type", "is_read"),
    [
        (samples.PDF, PDF, False),
        (b"%PDF-1.7\n" + b"[" * 100_000 + b"%%EOF", PDF, False),
        (samples.JPEG, JPEG, False),
        (b"\xff\xd8\xff\xe1\xff\xffExif\0\0" + b"MM\0*\0\0\0\x08\xff\xff" + bytes(60) + b"\xff\xd9", JPEG, False),
        (b"RIFF\x04\0\0\0WEBP", WEBP, False),
        (samples.office(members={"word/document.xml": b"<document>" + b"<a>" * 5000}), WORD, False),
        (samples.office(), WORD, True),
        (samples.open_document(), ODT, True),
    ],
    ids=range(8),
)
def test_damaged_files_are_told_apart_from_empty_ones(content: bytes, media_type: str, is_read: bool) -> None:
    if is_read:
        assert read_contents(content, media_type) == ("", [])
    else:
        with pytest.raises(Unreadable):
            read_contents(content, media_type, limit=CONTENTS._replace(seconds=20))


@READ_APART
def test_a_child_without_memory_or_time_is_ended() -> None:
    with pytest.raises(Unreadable):
        read_contents(samples.pdf(), PDF, limit=CONTENTS._replace(memory=20 * MEGABYTE))
    with pytest.raises(Unreadable):
        read_contents(samples.pdf(*(f"line {n}" for n in range(40_000))), PDF, limit=CONTENTS._replace(seconds=0))


# the pages


def test_an_upload_is_read_shown_and_cleaned_with_one_click(
    as_: SignedIn, client: FlaskClient, document: Document
) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(samples.word_document(), "paper.docx", "fr"))
    assert "Being read" in ana.get(at(document)).text
    mails()
    page = ana.get(at(document)).text
    for value in ("Ines Synthetic", "Lia Synthetic", "46.2083 N", "Sample Camera 1", "Remove this from the file"):
        assert value in page
    assert db.session.scalars(db.select(FileText.words)).one().split() == [
        "aide",
        "co",
        "codeveloppement",
        "developpement",
        "le",
    ]
    assert ana.post(at(document, "fr/clean")).location == at(document)
    mails()
    page = ana.get(at(document)).text
    assert "reveal nothing about people" in page
    assert "Lia Synthetic" not in page.split('id="traces"')[1]
    assert [file.version for file in document.files] == [1, 2]
    ana.post(at(document, "publish"))
    assert b"Lia" not in unpacked(client.get(f"/papers/{document.key}/fr").data)
    assert client.get(at(document, "fr/1")).status_code == 302  # the original is for organisers alone
    assert as_("ben").get(at(document, "fr/1")).status_code == 403
    assert b"Lia" in unpacked(ana.get(at(document, "fr/1")).data)


def test_cleaning_changes_neither_state_nor_what_is_held(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(samples.photo(), "photo.jpg"))
    ana.post(at(document, "clear"))
    ana.post(at(document, "en/clean"))
    assert document.state is State.IN_CLEARANCE
    ana.post(at(document, "publish"))
    version = document.workshop.version
    ana.post(at(document, "en/clean"))
    assert (document.state, document.workshop.version) == (State.PUBLISHED, version + 1)
    assert ana.post(at(document, "fr/clean")).status_code == 404


def test_a_png_is_stored_only_as_drawn_anew(as_: SignedIn, document: Document) -> None:
    content = samples.png(4, 4, more=samples.chunk(b"tEXt", b"Author\0Ines Synthetic"))
    as_("ana").post(at(document, "files"), **sent(content, "photo.png"))
    stored = files.get(document.files[0].stored_as)
    assert b"Ines" not in stored
    assert document.files[0].size == len(stored)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (samples.png(60_000, 60_000, rows=b"\0"), "more than 50 million pixels"),
        (samples.png(9, 9, rows=b"\0"), "is damaged"),
    ],
)
def test_a_hostile_png_is_refused_in_words(as_: SignedIn, document: Document, content: bytes, said: str) -> None:
    page = as_("ana").post(at(document, "files"), **sent(content, "photo.png")).text
    assert said in page
    assert document.files == []


def test_a_webp_is_taken_and_served_as_attachment(as_: SignedIn, client: FlaskClient, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(samples.photo("WEBP"), "photo"))
    ana.post(at(document, "publish"))
    headers = client.get(f"/papers/{document.key}/en").headers
    assert headers["Content-Type"] == "image/webp"
    assert headers["Content-Disposition"] == "attachment; filename=photo.webp"
    page = ana.post(at(document, "files"), **sent(samples.photo("WEBP")[:-20], "photo.webp")).text
    assert "incomplete" in page


def test_what_cannot_be_read_says_so_and_cannot_be_cleaned(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(samples.JPEG, "photo.jpg"))
    mails()
    assert document.files[0].examined is Examined.FAILED
    assert "could not be read" in ana.get(at(document)).text
    page = ana.post(at(document, "en/clean"), follow_redirects=True).text
    assert "cannot be removed here" in page
    assert len(document.files) == 1


def test_a_lost_task_is_made_up_for_the_next_day(app: Flask, as_: SignedIn, document: Document) -> None:
    as_("ana").post(at(document, "files"), **sent(samples.pdf(), "paper.pdf"))
    db.session.execute(db.delete(tasks.Task))
    db.session.commit()
    examine_unread()
    mails()
    assert document.files[0].examined is Examined.DONE
    for task in db.session.scalars(db.select(tasks.Task)):
        task.state, task.due_at = tasks.TaskState.READY, make.NOON
    mails()
    assert "Remittances matter" in db.session.scalars(db.select(FileText.text)).one()


def test_a_traces_value_is_printed_as_text(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(samples.word_document(author='<script>alert("x")</script>'), "paper.docx"))
    mails()
    page = ana.get(at(document)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
