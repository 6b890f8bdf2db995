"""Office files without names, remarks and tracked changes; changes are accepted."""

import io
import re
import zipfile

from lxml import etree

from .. import archives
from ..limits import Element, Limit
from .office_files import DC, META, OFFICE, PROPERTIES, REMARKS, TEXT, W, is_picture, kind_of, parsed, without_gps

CUSTOM = "docProps/custom.xml"
GONE = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "tblGridChange",
        "numberingChange",
        "cellDel",
    )
}
UNWRAPPED = {f"{W}ins", f"{W}moveTo"}
GONE_OPEN = {
    f"{OFFICE}annotation",
    f"{OFFICE}annotation-end",
    f"{TEXT}tracked-changes",
    f"{TEXT}change",
    f"{TEXT}change-start",
    f"{TEXT}change-end",
}
ABOUT = {f"{DC}creator", f"{META}initial-creator", f"{META}printed-by", f"{META}user-defined"}


def scrubbed(content: bytes, limit: Limit) -> bytes:
    """The whole file again, part by part, in the same order and packed the same way."""
    made = io.BytesIO()
    with archives.open_archive(content, limit) as archive, zipfile.ZipFile(made, "w") as copy:
        for member in archive.infolist():
            plain = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            copy.writestr(plain, part(archive, member.filename, limit), compress_type=member.compress_type)
    return made.getvalue()


def part(archive: zipfile.ZipFile, member: str, limit: Limit) -> bytes:
    if is_picture(member):
        return without_gps(archives.part(archive, member, limit.unpacked))
    if member in PROPERTIES:
        return as_bytes(without_names(parsed(archive, member, limit)))
    if member == CUSTOM or REMARKS.fullmatch(member):
        return as_bytes(emptied(parsed(archive, member, limit)))
    if member == "content.xml":
        return as_bytes(without(parsed(archive, member, limit), GONE_OPEN))
    if re.fullmatch(r"word/[^/]+\.xml", member):
        return as_bytes(accepted(parsed(archive, member, limit)))
    return archives.part(archive, member, limit.unpacked)


def as_bytes(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def emptied(root: Element) -> Element:
    for child in list(root):
        root.remove(child)
    root.text = None
    return root


def without_names(root: Element) -> Element:
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in ABOUT and element.getparent() is not None:
            element.getparent().remove(element)
        elif kind_of(element):
            element.text = ""
    return root


def without(root: Element, tags: set[str]) -> Element:
    """Take these elements out; the text that follows one of them stays."""
    for element in [each for each in root.iter() if each.tag in tags]:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)
    return root


def accepted(root: Element) -> Element:
    """Every tracked change accepted: what was inserted stays, what was deleted goes, rows of a table too."""
    for row in [mark.getparent().getparent() for mark in root.iter(f"{W}del") if mark.getparent().tag == f"{W}trPr"]:
        if row is not None and row.getparent() is not None:
            row.getparent().remove(row)
    without(root, GONE)
    for element in [each for each in root.iter() if each.tag in UNWRAPPED]:
        parent = element.getparent()
        place = parent.index(element)
        for child in list(element):
            parent.insert(place, child)
            place += 1
        parent.remove(element)
    return root
