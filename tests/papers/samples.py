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
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more
        + chunk(b"IDAT", zlib.compress(points)) + chunk(b"IEND", b"")
    )  # fmt: skip


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


def office(main: str = "word/document.xml", kind: str = WORD, **more: bytes) -> bytes:
    """A Word file, or slides; `more` members by name."""
    types = f'<Types><Override PartName="/{main}" ContentType="{kind}.main+xml"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, main: b"<document/>", **more})


def open_document(kind: str = ODT, manifest: bytes = b"<manifest/>", **more: bytes) -> bytes:
    members = {"mimetype": kind.encode(), "content.xml": b"<content/>", "META-INF/manifest.xml": manifest}
    return archive({**members, **more}, zipfile.ZIP_STORED)


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
    return office(**{"word/media/image1.bmp": bytes(50 * 1024 * 1024)})


def overlapping() -> bytes:
    """An archive whose table of contents lists the same bytes a thousand times."""
    data = office(**{"word/media/image1.png": b"x" * 1000})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[start:end] * 1000
    count = (3000).to_bytes(2, "little")
    tail = (
        b"PK\x05\x06\0\0\0\0" + count * 2 + len(entries).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    )
    return data[:start] + entries + tail
