"""What a file really is, judged by its content alone, and refused where it is not taken or carries what is active."""

import zipfile
from typing import Any

import puremagic

from .. import archives
from ..limits import JPEG, MEGABYTE, ODP, ODT, PDF, PNG, SLIDES, WEBP, WORD, Limit
from ..refusals import LOCKED, N_, Refusal
from ..workbooks import OLD_OFFICE

PEEK = MEGABYTE
ACCEPTED = "PDF, DOCX, PPTX, ODT, ODP, PNG, JPEG, WebP"
OPENINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
MAIN_PARTS = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES}
ACTIVE = ("vbaproject.bin", "vbadata.xml", "activex", "basic/", "scripts/")
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".jar")
NOT_TAKEN = N_("“%(name)s” is not a document we can accept: %(kind)s.")
NO_KIND = N_("“%(name)s” is not a document we can accept: its content is of an unknown kind.")
WHAT_IS = N_("Accepted are %(kinds)s, whatever the name says.")
CUT_SHORT = N_("“%(name)s” is incomplete. Please upload it again.")
OLD = N_("“%(name)s” is an older Office file, or protected by a password.")
CARRIES = N_("“%(name)s” contains something that is not a document.")
MACROS = N_("“%(name)s” contains macros. Please save it without macros, as DOCX, PPTX or PDF.")
ANOTHER = N_("“%(name)s” is an archive, but not a document we can accept.")


def kind_of(content: bytes, limit: Limit) -> str:
    """The media type of an upload. Raises Refusal for whatever is not accepted."""
    for opening, media_type in OPENINGS.items():
        if content.startswith(opening):
            _refuse_cut_short(content, media_type)
            return media_type
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        _refuse_cut_short(content, WEBP)
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        with archives.open_archive(content, limit) as archive:
            _refuse_active(archive)
            return _office_type(archive)
    if content.startswith(OLD_OFFICE):
        raise Refusal(OLD, WHAT_IS, kinds=ACCEPTED)
    raise _unknown(content)


def _unknown(content: bytes) -> Refusal:
    """What it looks like instead, in the words of its media type."""
    try:
        found: Any = puremagic.magic_string(content[:PEEK])
    except (ValueError, puremagic.PureError):  # puremagic 1 raises where puremagic 2 finds nothing
        found = []
    kinds = [match.mime_type for match in found if match.mime_type]
    if kinds:
        return Refusal(NOT_TAKEN, WHAT_IS, kind=kinds[0], kinds=ACCEPTED)
    return Refusal(NO_KIND, WHAT_IS, kinds=ACCEPTED)


def _refuse_cut_short(content: bytes, media_type: str) -> None:
    """A transfer that broke off leaves a file without its end."""
    endings = {PDF: b"%%EOF", PNG: b"IEND", JPEG: b"\xff\xd9", WEBP: b""}
    said = int.from_bytes(content[4:8], "little") + 8 if media_type == WEBP else 0  # a WebP file tells its length
    # Cameras and printers write a little more after the end.
    if endings[media_type] not in content[-65536:] or len(content) < said:
        raise Refusal(CUT_SHORT)


def _refuse_active(archive: zipfile.ZipFile) -> None:
    """Nothing that runs, and no member that would lie outside."""
    for each in archive.namelist():
        path = each.replace("\\", "/").casefold()
        if path.startswith("/") or ".." in path.split("/") or path.endswith(PROGRAMS):
            raise Refusal(CARRIES, WHAT_IS, kinds=ACCEPTED)
        if any(f"/{part}" in f"/{path}" for part in ACTIVE):
            raise Refusal(MACROS)


def _office_type(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if names[:1] == ["mimetype"]:
        declared = _peek(archive, "mimetype").decode("ascii", "replace").strip()
        if declared in {ODT, ODP} and {"content.xml", "META-INF/manifest.xml"} <= set(names):
            if b"encryption-data" in _peek(archive, "META-INF/manifest.xml"):
                raise Refusal(LOCKED)
            return declared
    if "[Content_Types].xml" in names:
        types = _peek(archive, "[Content_Types].xml")
        for part, media_type in MAIN_PARTS.items():
            if part in names and f"{media_type}.main+xml".encode() in types:
                return media_type
    raise Refusal(ANOTHER, WHAT_IS, kinds=ACCEPTED)


def _peek(archive: zipfile.ZipFile, member: str) -> bytes:
    """The beginning of a member: never more is unpacked here, whatever its header says."""
    with archive.open(member) as file:
        return file.read(PEEK)
