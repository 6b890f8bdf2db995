"""What a file really is, judged by its content alone. Its name is only repeated in messages, never believed."""

import io
import zipfile
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

import puremagic
from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

from .media_types import JPEG, ODP, ODT, PDF, PNG, SLIDES, WEBP, WORD

MEGABYTE = 1024 * 1024
LARGEST = 40 * MEGABYTE
UNPACKED = 200 * MEGABYTE  # what an office file may grow to when opened
RATIO = 200  # and how many times its own size
MEMBERS = 5000
PEEK = MEGABYTE

ACCEPTED = "PDF, DOCX, PPTX, ODT, ODP, PNG, JPEG, WebP"
OPENINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
MAIN_PARTS = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES}
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ACTIVE = ("vbaproject.bin", "vbadata.xml", "activex", "basic/", "scripts/")
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".jar")


def inspect(content: bytes, filename: str) -> str:
    """The media type of an upload. Raises RuleBroken, written for the person, for whatever is not accepted."""
    name = shown_name(filename)
    if not content:
        raise RuleBroken(_("“%(name)s” is empty. Please choose the file again.", name=name), "file")
    if len(content) > LARGEST:
        raise RuleBroken(_("“%(name)s” is larger than 40 MB. Please make it smaller.", name=name), "file")
    for opening, media_type in OPENINGS.items():
        if content.startswith(opening):
            _refuse_cut_short(content, media_type, name)
            return media_type
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        _refuse_cut_short(content, WEBP, name)
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office(content, name)
    if content.startswith(OLD_OFFICE):
        text = _("“%(name)s” is an older Office file, or protected by a password.", name=name)
        raise RuleBroken(_and_what_is_accepted(text), "file")
    raise RuleBroken(
        _and_what_is_accepted(_("“%(name)s” is not a document we can take: %(kind)s.", name=name, kind=_kind(content))),
        "file",
    )


def shown_name(filename: str) -> str:
    """The name without folders and without characters that cannot be seen; at most 150 characters."""
    last = PurePosixPath(filename.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-150:].strip(" .") or _("the file")


def _and_what_is_accepted(text: str) -> str:
    accepted = _("Accepted are %(kinds)s, whatever the name says.", kinds=ACCEPTED)
    return f"{text} {accepted}"


def _kind(content: bytes) -> str:
    """What it looks like instead, in the words of its media type."""
    try:
        found: Any = puremagic.magic_string(content[:PEEK])
    except (ValueError, puremagic.PureError):  # puremagic 1 raises where puremagic 2 finds nothing
        found = []
    kinds = [match.mime_type for match in found if match.mime_type]
    return str(kinds[0] if kinds else _("its content is of no known kind"))


def _refuse_cut_short(content: bytes, media_type: str, name: str) -> None:
    """A transfer that broke off leaves a file without its end."""
    endings = {PDF: b"%%EOF", PNG: b"IEND", JPEG: b"\xff\xd9", WEBP: b""}
    said = int.from_bytes(content[4:8], "little") + 8 if media_type == WEBP else 0  # a WebP file tells its length
    # Cameras and printers write a little more after the end.
    if endings[media_type] not in content[-65536:] or len(content) < said:
        raise RuleBroken(_("“%(name)s” breaks off before its end. Please upload it again.", name=name), "file")


def _office(content: bytes, name: str) -> str:
    """The media type of an office file, which is a zip archive with a table of contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_dangerous(archive, len(content), name)
            return _office_type(archive, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, UnicodeError) as error:
        text = _("“%(name)s” is damaged or breaks off before its end. Please upload it again.", name=name)
        raise RuleBroken(text, "file") from error


def refuse_dangerous_archive(content: bytes, filename: str = "") -> None:
    """Raise RuleBroken for an archive that is damaged, locked, or would unpack to far more than its size."""
    name = shown_name(filename)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_dangerous(archive, len(content), name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, UnicodeError) as error:
        text = _("“%(name)s” is damaged or breaks off before its end. Please upload it again.", name=name)
        raise RuleBroken(text, "file") from error


def _refuse_dangerous(archive: zipfile.ZipFile, size: int, name: str) -> None:
    members = archive.infolist()
    unpacked = sum(each.file_size for each in members)
    if len(members) > MEMBERS or unpacked > min(UNPACKED, RATIO * size) or _share_bytes(members):
        raise RuleBroken(_("“%(name)s” would unpack to far more than its size, so it is refused.", name=name), "file")
    if any(each.flag_bits & 1 for each in members):
        text = _("“%(name)s” is protected by a password. Please save it without.", name=name)
        raise RuleBroken(text, "file")
    for each in members:
        path = each.filename.replace("\\", "/").casefold()
        if path.startswith("/") or ".." in path.split("/") or path.endswith(PROGRAMS):
            raise RuleBroken(
                _and_what_is_accepted(_("“%(name)s” carries something that is not a document.", name=name)), "file"
            )
        if any(f"/{part}" in f"/{path}" for part in ACTIVE):
            text = _("“%(name)s” contains macros. Please save it without macros, as DOCX, PPTX or PDF.", name=name)
            raise RuleBroken(text, "file")


def _share_bytes(members: list[zipfile.ZipInfo]) -> bool:
    """Whether two members lie on the same bytes, as in the densest zip bombs."""
    spans = sorted((each.header_offset, each.header_offset + 30 + each.compress_size) for each in members)
    return any(following[0] < span[1] for span, following in pairwise(spans))


def _office_type(archive: zipfile.ZipFile, name: str) -> str:
    names = archive.namelist()
    if names[:1] == ["mimetype"]:
        declared = _peek(archive, "mimetype").decode("ascii", "replace").strip()
        if declared in {ODT, ODP} and {"content.xml", "META-INF/manifest.xml"} <= set(names):
            if b"encryption-data" in _peek(archive, "META-INF/manifest.xml"):
                text = _("“%(name)s” is protected by a password. Please save it without.", name=name)
                raise RuleBroken(text, "file")
            return declared
    if "[Content_Types].xml" in names:
        types = _peek(archive, "[Content_Types].xml")
        for part, media_type in MAIN_PARTS.items():
            if part in names and f"{media_type}.main+xml".encode() in types:
                return media_type
    raise RuleBroken(
        _and_what_is_accepted(_("“%(name)s” is an archive, but not a document we can take.", name=name)), "file"
    )


def _peek(archive: zipfile.ZipFile, member: str) -> bytes:
    """The beginning of a member: never more is unpacked here, whatever its header says."""
    with archive.open(member) as file:
        return file.read(PEEK)
