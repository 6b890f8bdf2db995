"""Office files opened with care: a zip archive that unpacks to little, XML without a document type of its own."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

MEGABYTE = 1024 * 1024
UNPACKED = 64 * MEGABYTE  # all members together
LARGEST_PART = 8 * MEGABYTE
RATIO = 300
MEMBERS = 3000
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    KeyError,
)


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, once it is known to unpack to a size that can be held. Raises Unreadable otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive, len(content))
            yield archive
    except FAULTS as fault:
        raise Unreadable(
            _("The file is damaged or breaks off before its end: %(fault)s.", fault=_said(fault))
        ) from fault


def _refuse_bombs(archive: zipfile.ZipFile, size: int) -> None:
    members = archive.infolist()
    if any(each.flag_bits & 1 for each in members):
        raise Unreadable(_("The file is protected by a password. Please save it without."))
    unpacked = sum(each.file_size for each in members)
    if len(members) > MEMBERS or unpacked > UNPACKED or unpacked > max(MEGABYTE, RATIO * size):
        raise Unreadable(
            _(
                "The file would unpack to %(size)s MB, far more than an agenda; it was not opened.",
                size=unpacked // MEGABYTE,
            )
        )
    for each in members:
        if each.filename.casefold().endswith((".xml", ".rels")) and each.file_size > LARGEST_PART:
            raise Unreadable(
                _(
                    "“%(part)s” in the file holds %(size)s MB, far more than an agenda; it was not opened.",
                    part=each.filename,
                    size=each.file_size // MEGABYTE,
                )
            )


def _said(fault: BaseException) -> str:
    return str(fault).strip("'\". ") or type(fault).__name__


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member, whole."""
    content = archive.read(name)
    refuse_declarations(content, name)
    return content


def refuse_declarations(content: bytes, name: str) -> None:
    """No document type, so no entities: nothing to expand, nothing to fetch."""
    for code in ("utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(code) in content[:4096] or "<!ENTITY".encode(code) in content[:4096]:
            raise Unreadable(_("%(name)s declares a document type or entities; that is not accepted.", name=name))
    if found := DECLARED.search(content):
        line = content.count(b"\n", 0, found.start()) + 1
        raise Unreadable(
            _(
                "%(name)s declares a document type or entities in line %(line)s; that is not accepted.",
                name=name,
                line=line,
            )
        )


def parsed(content: bytes, name: str) -> Any:
    """The root element. Raises Unreadable with line and column of what is malformed."""
    from lxml import etree

    refuse_declarations(content, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)  # without entities, network or a document type
    except (etree.XMLSyntaxError, ValueError) as fault:
        line, column = getattr(fault, "position", (1, 1))
        said = str(fault).split(", line")[0]
        raise Unreadable(
            _(
                "%(name)s is malformed in line %(line)s, column %(column)s: %(fault)s.",
                name=name,
                line=line,
                column=column,
                fault=said,
            )
        ) from fault
    if root is None:
        raise Unreadable(_("%(name)s holds nothing.", name=name))
    return root


MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(content: bytes) -> tuple[str, str]:
    """The text with "\\n" line ends, and a remark where the encoding had to be guessed ("" otherwise)."""
    for mark, code in MARKS:
        if content.startswith(mark):
            try:
                return _lines(content.decode(code)), ""
            except UnicodeDecodeError as fault:
                raise Unreadable(_("The text is damaged at byte %(place)s.", place=fault.start)) from fault
    refuse_binary(content)
    try:
        return _lines(content.decode("utf-8")), ""
    except UnicodeDecodeError:
        guessed = _("The text is not UTF-8; it was read as Windows-1252 (Western European). Check the accents.")
        return _lines(content.decode("cp1252", errors="replace")), guessed


def refuse_binary(content: bytes) -> None:
    """Control characters do not occur in text. Raises Unreadable with the place of the first."""
    for place, byte in enumerate(content[:65536]):
        if byte < 9 or 14 <= byte < 27 or 28 <= byte < 32:
            raise Unreadable(
                _(
                    "This is not a text, and no kind of file that can be read: byte %(place)s is a control character. Accepted are text, HTML, DOCX, XLSX, CSV, frab schedules (XML, JSON) and iCalendar.",
                    place=place,
                )
            )
    if b"\0" in content:
        raise Unreadable(_("This is not a text: byte %(place)s is empty.", place=content.index(b"\0")))


def _lines(text: str) -> str:
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0b", "\n")
        .replace("\x0c", "\n")
        .replace("\u2028", "\n")
    )


class Unreadable(RuleBroken):
    """The file cannot be read as an agenda. The message says why and, where there is one, names the place."""
