"""Small files of each kind: honest ones, and some that pretend."""

import io
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(width: int = 1, height: int = 1, rows: bytes | None = None, more: bytes = b"") -> bytes:
    """A black picture; it may say that it is larger than its points are, or carry `more` chunks."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    points = bytes((width + 1) * height) if rows is None else rows
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", zlib.compress(points)) + chunk(b"IEND", b"")
    )


PNG = png()
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1" + bytes(40) + b"\xff\xd9"
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\0\3\0\0\0" + bytes(200)
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as written:
        for name, content in members.items():
            # A fixed date: the same file twice is the same bytes, whatever the second.
            member = zipfile.ZipInfo(name, (2005, 2, 2, 9, 30, 0))
            written.writestr(member, content, compress_type=compression)
    return file.getvalue()


def office(main: str = "word/document.xml", kind: str = WORD, members: dict[str, bytes] | None = None) -> bytes:
    """A Word file, or slides; more `members` by name."""
    types = f'<Types><Override PartName="/{main}" ContentType="{kind}.main+xml"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, main: b"<document/>"} | (members or {}))


def open_document(kind: str = ODT, manifest: bytes = b"<manifest/>", members: dict[str, bytes] | None = None) -> bytes:
    always = {"mimetype": kind.encode(), "content.xml": b"<content/>", "META-INF/manifest.xml": manifest}
    return archive(always | (members or {}), zipfile.ZIP_STORED)


def locked(content: bytes) -> bytes:
    """The same archive, with the mark of a password on every member."""
    data = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def bomb() -> bytes:
    """A Word file of 50 kB that unpacks to 50 MB."""
    return office(members={"word/media/image1.bmp": bytes(50 * 1024 * 1024)})


def overlapping() -> bytes:
    """An archive whose table of contents lists the same bytes a thousand times."""
    data = office(members={"word/media/image1.png": b"x" * 1000})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[start:end] * 1000
    count = (3000).to_bytes(2, "little")
    tail = (
        b"PK\x05\x06\0\0\0\0" + count * 2 + len(entries).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    )
    return data[:start] + entries + tail


def photo(kind: str = "JPEG", **exif: object) -> bytes:
    """A small photo by Ines, taken with a camera at a place, lying on its side."""
    from PIL import Image

    picture, marks = Image.new("RGB", (40, 30), (10, 120, 60)), Image.Exif()
    marks[0x0112], marks[0x010F], marks[0x0110], marks[0x013B] = 6, "Sample", "Camera 1", "Ines Synthetic"
    place = marks.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (46.0, 12.0, 30.0), "E", (6.0, 8.0, 0.0)
    file = io.BytesIO()
    picture.save(file, kind, exif=marks)
    return file.getvalue()


def word_document(*paragraphs: str, author: str = "Ines Synthetic") -> bytes:
    """A real Word file, last saved by Lia, with a photo that knows where it was taken."""
    import docx

    document = docx.Document()
    for paragraph in paragraphs or ("Le co-développement aide.",):
        document.add_paragraph(paragraph)
    document.add_picture(io.BytesIO(photo()))
    document.core_properties.author, document.core_properties.last_modified_by = author, "Lia Synthetic"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def tracked() -> bytes:
    """A Word file with a remark, and text inserted, deleted and moved by two people."""
    body = f"""<w:document {W}><w:body><w:p><w:r><w:t>We </w:t></w:r>
      <w:ins w:id="1" w:author="Ines Synthetic"><w:r><w:t>strongly </w:t></w:r></w:ins>
      <w:del w:id="2" w:author="Lia Synthetic"><w:r><w:delText>reluctantly </w:delText></w:r></w:del>
      <w:moveFrom w:id="3" w:author="Lia Synthetic"><w:r><w:t>moved </w:t></w:r></w:moveFrom>
      <w:commentRangeStart w:id="0"/><w:r><w:t>agree.</w:t></w:r><w:commentRangeEnd w:id="0"/>
      <w:r><w:commentReference w:id="0"/></w:r></w:p></w:body></w:document>"""
    remark = f'<w:comments {W}><w:comment w:id="0" w:author="Lia Synthetic"><w:p><w:r><w:t>Do we?</w:t></w:r></w:p></w:comment></w:comments>'
    return office(members={"word/document.xml": body.encode(), "word/comments.xml": remark.encode()})


def open_text() -> bytes:
    """An OpenDocument text with a remark and a deleted sentence."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    )
    content = f"""<office:document-content {names}><office:body><office:text>
      <text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Lia Synthetic</dc:creator>
      </office:change-info><text:p>Secret sentence.</text:p></text:deletion></text:changed-region></text:tracked-changes>
      <text:p>Mobility<office:annotation><dc:creator>Ines Synthetic</dc:creator><text:p>Really?</text:p></office:annotation> helps.</text:p>
      </office:text></office:body></office:document-content>"""
    meta = f"<office:document-meta {names}><office:meta><meta:initial-creator>Ines Synthetic</meta:initial-creator><dc:creator>Lia Synthetic</dc:creator></office:meta></office:document-meta>"
    return open_document(members={"content.xml": content.encode(), "meta.xml": meta.encode()})


def pdf(*lines: str, author: str = "Ines Synthetic", stream: bytes = b"", filters: tuple[str, ...] = ()) -> bytes:
    """A PDF that can be read, with a remark in its margin and its author in two places."""
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    text = " ".join(f"({line}) Tj T*" for line in lines or ("Remittances matter",))
    written = DecodedStreamObject()
    written.set_data(stream or f"BT /F1 12 Tf 14 TL 50 800 Td {text} ET".encode("latin-1"))
    if filters:
        written[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in filters)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(written)
    from pypdf.annotations import Text

    remark = Text(rect=(50, 550, 200, 650), text="Do we?")
    remark[NameObject("/T")] = TextStringObject("Lia Synthetic")
    writer.add_annotation(0, remark)
    writer.add_metadata({"/Author": author, "/Title": "A paper"})
    described = DecodedStreamObject()
    described.set_data(
        f"<rdf:RDF><dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator></rdf:RDF>".encode()
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(described)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
