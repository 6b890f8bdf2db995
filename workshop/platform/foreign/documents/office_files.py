"""Text and metadata of office files, and copies without the metadata."""

import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from .. import archives
from ..limits import ODP, ODT, SLIDES, WORD, Element, Limit
from . import document_images

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNREAD = {f"{W}del", f"{W}moveFrom", FALLBACK, f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{PRESENTATION}notes"}
PARAGRAPHS = {f"{W}p", f"{A}p", f"{TEXT}p", f"{TEXT}h"}
SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{A}br", f"{TEXT}tab", f"{TEXT}s", f"{TEXT}line-break"}
WRITTEN = {WORD: r"word/(document|footnotes|endnotes)\.xml", SLIDES: r"ppt/slides/slide\d+\.xml"}
WRITTEN |= dict.fromkeys((ODT, ODP), r"content\.xml")
REMARKS = re.compile(r"(word/comments|ppt/comments/|word/people|ppt/commentAuthors|ppt/authors).*\.xml")
NAMES = {
    f"{DC}creator": "author",
    f"{META}initial-creator": "author",
    f"{META}printed-by": "last_saved_by",
    "lastModifiedBy": "last_saved_by",
    "Company": "company",
    "Manager": "company",
}
CHANGES = {"ins", "del", "moveFrom", "moveTo"}
PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")


def parsed(archive: zipfile.ZipFile, member: str, limit: Limit) -> Element:
    """A part of the file as XML: no entities, no network, no more than there may be."""
    content = archives.part(archive, member, limit.part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def text(content: bytes, limit: Limit, media_type: str) -> Iterator[str]:
    """What stands in the file, paragraph by paragraph, without deleted text, remarks and notes."""
    with archives.open_archive(content, limit) as archive:
        for member in members(archive, WRITTEN[media_type]):
            yield from paragraphs(parsed(archive, member, limit))


def members(archive: zipfile.ZipFile, pattern: str) -> list[str]:
    """The parts of that name, slide 2 before slide 10."""
    found = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
    return sorted(found, key=lambda name: [int(n) for n in re.findall(r"\d+", name)])


def paragraphs(root: Element) -> Iterator[str]:
    line: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in UNREAD:
            walk.skip_subtree()
        elif event == "start":
            line.append(" " if element.tag in SPACES else said_in(element))
        else:
            if element.tag in PARAGRAPHS:
                yield "".join(line)
                line.clear()
            line.append(element.tail or "" if in_open_text(element) else "")
    yield "".join(line)


def said_in(element: Element) -> str:
    plain = element.tag in {f"{W}t", f"{A}t"} or str(element.tag).startswith(TEXT)
    return element.text or "" if plain else ""


def in_open_text(element: Element) -> bool:
    """Whether what follows the element is text too: so it is in the paragraphs of OpenDocument."""
    parent = element.getparent()
    return parent is not None and str(parent.tag).startswith(TEXT)


def traces(content: bytes, limit: Limit) -> list[dict[str, str]]:
    """Who wrote and saved it, remarks, tracked changes, and what the pictures in it tell."""
    found: list[tuple[str, str]] = []
    remarks: list[str] = []
    changes: list[str] = []
    with archives.open_archive(content, limit) as archive:
        for member in archive.namelist():
            if member in PROPERTIES:
                found += [
                    (kind_of(each), document_images.plain(each.text)) for each in parsed(archive, member, limit).iter()
                ]
            elif REMARKS.fullmatch(member) or member == "content.xml":
                remarks += authors_of(parsed(archive, member, limit), is_remark)
            if member == "content.xml" or re.fullmatch(r"word/[^/]+\.xml", member):
                changes += authors_of(parsed(archive, member, limit), is_change)
            if is_picture(member):
                found += [
                    (each["kind"], each["value"])
                    for each in traces_of_picture(archives.part(archive, member, limit.unpacked))
                ]
    found += counted("comments", remarks) + counted("changes", changes)
    told = [{"kind": kind, "value": value} for kind, value in found if kind and value]
    return [each for number, each in enumerate(told) if each not in told[:number]]


def kind_of(element: Element) -> str:
    tag = str(element.tag)
    return NAMES.get(tag) or NAMES.get(tag.rpartition("}")[2], "")


def traces_of_picture(content: bytes) -> list[dict[str, str]]:
    try:
        return document_images.traces(content)
    except (OSError, ValueError, SyntaxError):  # not a picture after all
        return []


def is_remark(element: Element) -> bool:
    return element.tag == f"{OFFICE}annotation" or str(element.tag).rpartition("}")[2] in {"comment", "cm"}


def is_change(element: Element) -> bool:
    tag = str(element.tag)
    return tag == f"{TEXT}changed-region" or (tag.startswith(W) and tag.removeprefix(W) in CHANGES)


def authors_of(root: Element, wanted: Callable[[Element], bool]) -> list[str]:
    """One name for each element that is wanted; empty where none is given."""
    return [
        next((value for key, value in each.attrib.items() if str(key).rpartition("}")[2] == "author"), "")
        or each.findtext(f".//{DC}creator", "")
        for each in root.iter()
        if isinstance(each.tag, str) and wanted(each)
    ]


def counted(kind: str, authors: list[str]) -> list[tuple[str, str]]:
    """How many there are, and whose: "3 (Ines, Lia)"."""
    names = sorted({document_images.plain(name) for name in authors} - {""})[:10]
    return [(kind, f"{len(authors)} ({', '.join(names)})" if names else str(len(authors)))] if authors else []


def is_picture(member: str) -> bool:
    return member.casefold().endswith((".jpg", ".jpeg"))


def without_gps(content: bytes) -> bytes:
    try:
        return document_images.stripped_jpeg(content)
    except (OSError, ValueError, SyntaxError):
        return content
