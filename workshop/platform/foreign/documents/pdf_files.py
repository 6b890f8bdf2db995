"""Text and metadata of PDFs, and a copy without the metadata."""

import io
import re
from collections.abc import Iterator
from typing import Any

from . import document_images

NAMES = {"/Author": "author", "/Company": "company", "/Manager": "company", "/LastSavedBy": "last_saved_by"}
CREATOR = re.compile(r"<dc:creator>(.*?)</dc:creator>|pdfx?:Author>([^<]+)<|\bpdf:Author=\"([^\"]+)\"", re.DOTALL)
ENTRY = re.compile(r"<rdf:li[^>]*>([^<]+)<")
REMARKS = {"/Text", "/Popup", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret"}
PAGES = 3000


def text(content: bytes) -> Iterator[str]:
    """What stands in the file, page by page."""
    for page in reader_of(content).pages[:PAGES]:
        # A word broken at the end of a line is one word.
        yield re.sub(r"(?<=[^\W\d])[-\u00ad]\n(?=[^\W\d])", "", page.extract_text())


def reader_of(content: bytes) -> Any:
    from pypdf import PdfReader  # here because not every kind of file needs it

    return PdfReader(io.BytesIO(content))


def traces(content: bytes) -> list[dict[str, str]]:
    """Who wrote it, remarks in the margin, and what the pictures in it tell."""
    reader = reader_of(content)
    info, xmp = reader.metadata or {}, xmp_of(reader)
    found = [(NAMES.get(key, ""), document_images.plain(value)) for key, value in info.items()]
    for group in CREATOR.findall(xmp):
        found += [
            ("author", document_images.plain(name)) for name in ENTRY.findall(group[0]) or filter(None, group[1:])
        ]
    remarks = [
        document_images.plain(remark.get("/T")) for remark in remarks_of(reader) if remark.get("/Subtype") != "/Popup"
    ]
    if remarks:
        names = sorted({*remarks} - {""})[:10]
        found.append(("comments", f"{len(remarks)} ({', '.join(names)})" if names else str(len(remarks))))
    for stream in pictures_of(reader):
        found += [(each["kind"], each["value"]) for each in traces_of(stream)]
    told = [{"kind": kind, "value": value} for kind, value in found if kind and value]
    return [each for number, each in enumerate(told) if each not in told[:number]]


def value(holder: Any, key: str) -> Any:
    """What stands under a key, wherever in the file it lies; None where there is nothing."""
    found = holder.get(key)
    return None if found is None else found.get_object()


def xmp_of(document: Any) -> str:
    """The descriptive metadata as written, unread."""
    stream = document.root_object.get("/Metadata")
    return stream.get_object().get_data().decode("utf-8", "replace") if stream is not None else ""


def remarks_of(document: Any) -> Iterator[Any]:
    for page in document.pages[:PAGES]:
        for reference in value(page, "/Annots") or ():
            remark = reference.get_object()
            if remark.get("/Subtype") in REMARKS:
                yield remark


def pictures_of(document: Any) -> Iterator[Any]:
    """The JPEGs that the pages show, each once."""
    seen: set[int] = set()
    for page in document.pages[:PAGES]:
        pictures = value(value(page, "/Resources") or {}, "/XObject") or {}
        for reference in pictures.values():
            stream = reference.get_object()
            if stream.get("/Subtype") == "/Image" and stream.get("/Filter") == "/DCTDecode" and id(stream) not in seen:
                seen.add(id(stream))
                yield stream


def traces_of(stream: Any) -> list[dict[str, str]]:
    try:
        return document_images.traces(stream._data)
    except (OSError, ValueError, SyntaxError):  # not a picture after all
        return []


def cleaned(content: bytes) -> bytes:
    """The same pages without author, remarks in the margin, editing history and what pictures tell. Title,
    language and the structure that screen readers use are kept.
    """
    from pypdf import PdfWriter  # here because not every kind of file needs it
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

    reader = reader_of(content)
    title = document_images.plain((reader.metadata or {}).get("/Title"))
    accessible = re.search(r"pdfuaid:part[>=\"]+(\d)", xmp_of(reader))
    writer = PdfWriter(clone_from=reader)
    for found in writer._objects:
        if isinstance(found, DictionaryObject):
            for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                found.pop(key, None)
    for page in writer.pages:
        notes = value(page, "/Annots") or ()
        remarks = [each for each in notes if each.get_object().get("/Subtype") in REMARKS]
        if remarks:
            kept = [each for each in notes if each not in remarks]
            page[NameObject("/Annots")] = ArrayObject(kept)
    for stream in pictures_of(writer):
        stream._data = without_traces(stream._data)
    writer.metadata = {"/Title": title} if title else {}
    described = DecodedStreamObject()
    described.set_data(description(title, accessible[1] if accessible else ""))
    described.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(described)
    writer.compress_identical_objects(remove_unreferenced=True)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def without_traces(data: bytes) -> bytes:
    try:
        return document_images.stripped_jpeg(data)
    except (OSError, ValueError, SyntaxError):
        return data


def description(title: str, accessible: str) -> bytes:
    """Metadata that say the title, and that the file is made for screen readers where it said so before."""
    from xml.sax.saxutils import escape  # it writes, it reads nothing

    part = f"<pdfuaid:part>{accessible}</pdfuaid:part>" if accessible else ""
    named = f"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{escape(title)}</rdf:li></rdf:Alt></dc:title>"
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:pdfuaid='http://www.aiim.org/pdfua/ns/id/'>"
        f"{named if title else ''}{part}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()
