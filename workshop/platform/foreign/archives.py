"""Office files opened with care: a zip archive that unpacks to little, XML without a document type of its own."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from .limits import MEGABYTE, MEMBERS, RATIO, Element, Limit
from .refusals import BOMB, LOCKED, N_, Refusal, damaged

ENTITIES = N_("%(name)s declares a document type or entities in line %(line)s; that is not accepted.")
MALFORMED = N_("%(name)s is malformed in line %(line)s, column %(column)s: %(fault)s.")
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
SHEET = "xl/worksheets/"


@contextmanager
def open_archive(content: bytes, limit: Limit) -> Iterator[zipfile.ZipFile]:
    """The archive, once it is known to unpack to a size that can be held. Raises Refusal otherwise."""
    with damaged(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        _refuse_bombs(archive.infolist(), len(content), limit)
        yield archive


def _refuse_bombs(members: list[zipfile.ZipInfo], size: int, limit: Limit) -> None:
    """A table of contents that promises too much, or whose parts lie on the same bytes."""
    sheets = sum(each.file_size for each in members if limit.sheets and each.filename.startswith(SHEET))
    rest = sum(each.file_size for each in members) - sheets
    most = min(limit.unpacked, max(MEGABYTE, RATIO * size))
    spans = sorted((each.header_offset, each.header_offset + 30 + each.compress_size) for each in members)
    overlap = any(following[0] < span[1] for span, following in pairwise(spans))
    if len(members) > MEMBERS or rest > most or sheets > limit.sheets or overlap:
        raise Refusal(BOMB)
    if any(each.flag_bits & 1 for each in members):
        raise Refusal(LOCKED)


def part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """One member, whole; never more of it than may be, whatever its header says."""
    with archive.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Refusal(BOMB)
    return content


def refuse_declarations(content: bytes, name: str) -> None:
    """No document type, so no entities: nothing to expand, nothing to fetch. `name` is that of a part, or empty."""
    for code in ("utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(code) in content[:4096] or "<!ENTITY".encode(code) in content[:4096]:
            raise _told(ENTITIES, name, line=1)
    if found := DECLARED.search(content):
        raise _told(ENTITIES, name, line=content.count(b"\n", 0, found.start()) + 1)


def parsed(content: bytes, name: str = "") -> Element:
    """The root element. Raises Refusal with line and column of what is malformed."""
    from lxml import etree  # here because not every kind of file needs it

    refuse_declarations(content, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)  # without entities, network or a document type
    except (etree.XMLSyntaxError, ValueError) as fault:
        line, column = getattr(fault, "position", (1, 1))
        said = str(fault).split(", line")[0]
        raise _told(MALFORMED, name, line=line, column=column, fault=said) from fault


def _told(sentence: str, name: str, **values: object) -> Refusal:
    """A refusal that names the part, or the file where it is not an archive."""
    return Refusal(sentence, **values, **({"name": name} if name else {}))
