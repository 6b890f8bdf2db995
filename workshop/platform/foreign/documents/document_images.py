"""What a picture tells about people, and the same picture without it."""

import io
import re
from typing import Any

from ..limits import JPEG, PNG, WEBP, Limit
from ..refusals import N_, Refusal

TOO_MANY_PIXELS = N_("“%(name)s” has more than %(most)s million pixels. Please make the picture smaller.")
ORIENTATION, ARTIST, COPYRIGHT, MAKE, MODEL = 0x0112, 0x013B, 0x8298, 0x010F, 0x0110
DETAILS, GPS = 0x8769, 0x8825
OWNER, SERIAL, TAKEN = 0xA430, 0xA431, 0x9003
CREATOR = re.compile(rb"<dc:creator>.*?<rdf:li[^>]*>([^<]+)<", re.DOTALL)
KEPT_SEGMENTS = {0xE0, 0xEE}  # JFIF, and what Adobe says of its colours; a colour profile is kept too


def traces(content: bytes) -> list[dict[str, str]]:
    """Author, owner, camera, place and time of a picture, as far as it tells them."""
    from PIL import Image  # here because not every kind of file needs it

    Image.MAX_IMAGE_PIXELS = None  # nothing is unpacked: only its head is read
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
        exif = image.getexif()
        details, place = exif.get_ifd(DETAILS), exif.get_ifd(GPS)
        xmp = image.info.get("xmp") or b""
        comment = image.info.get("comment") or b""
    found = [("author", exif.get(ARTIST)), ("author", exif.get(COPYRIGHT)), ("owner", details.get(OWNER))]
    found += [("author", each) for each in CREATOR.findall(xmp if isinstance(xmp, bytes) else xmp.encode())]
    found += [
        ("camera", " ".join(filter(None, map(plain, (exif.get(MAKE), exif.get(MODEL), details.get(SERIAL)))))),
        ("taken", details.get(TAKEN)),
        ("place", coordinates(place)),
        ("comments", comment),
    ]
    told = [{"kind": kind, "value": value} for kind, given in found if (value := plain(given))]
    return [each for number, each in enumerate(told) if each not in told[:number]]


def plain(value: object) -> str:
    """A value of the metadata as one short line."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def coordinates(place: dict[int, Any]) -> str:
    """Latitude and longitude in degrees, or nothing."""
    try:
        north, east = (sum(float(part) / 60**power for power, part in enumerate(place[key])) for key in (2, 4))
        return f"{north:.4f} {place.get(1, '')}, {east:.4f} {place.get(3, '')}"
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""


def cleaned(content: bytes, media_type: str, limit: Limit) -> bytes:
    """The same picture without what it tells about people. JPEG and WebP keep every point as it is."""
    if media_type == PNG:
        return drawn_anew(content, limit)
    return {JPEG: stripped_jpeg, WEBP: stripped_webp}[media_type](content)


def drawn_anew(content: bytes, limit: Limit) -> bytes:
    """A PNG written anew from its points: nothing else that was in the file comes along."""
    from PIL import Image, ImageOps  # here because not every kind of file needs it

    Image.MAX_IMAGE_PIXELS = None  # counted below, before a single point is unpacked
    with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
        refuse_huge(image, limit.pixels)
        profile, transparency = image.info.get("icc_profile"), image.info.get("transparency")
        upright = ImageOps.exif_transpose(image)
        upright.info = {} if transparency is None else {"transparency": transparency}
        file = io.BytesIO()
        upright.save(file, "PNG", icc_profile=profile)
    return file.getvalue()


def refuse_huge(image: Any, most: int) -> None:
    """More pixels are refused before a single one is unpacked."""
    if image.width * image.height > most:
        raise Refusal(TOO_MANY_PIXELS, most=most // 1_000_000)


def stripped_jpeg(content: bytes) -> bytes:
    """Without Exif, XMP, IPTC, comments and whatever follows the picture; which side is up is kept."""
    kept, at = [content[:2], upright_mark(content)], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xFF:  # a filling byte
            at += 1
            continue
        segment = content[at : at + 2 + length]
        if marker == 0xDA:
            end = content.rfind(b"\xff\xd9")
            return b"".join([*kept, content[at : end + 2]])
        personal = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in KEPT_SEGMENTS)
        if not personal or segment[4:16] == b"ICC_PROFILE\0":
            kept.append(segment)
        at += 2 + length
    raise ValueError("a JPEG without a picture")


def upright_mark(content: bytes) -> bytes:
    """An Exif segment that says which side is up and nothing else; nothing where the picture stands upright."""
    from PIL import Image  # here because not every kind of file needs it

    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        side = image.getexif().get(ORIENTATION, 1)
    if side not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = side
    data = exif.tobytes()
    return b"\xff\xe1" + (len(data) + 2).to_bytes(2, "big") + data


def stripped_webp(content: bytes) -> bytes:
    """Without its Exif and XMP chunks, and without the flags that announce them."""
    kept, at = [], 12
    end = int.from_bytes(content[4:8], "little") + 8
    while at + 8 <= min(end, len(content)):
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        chunk = content[at : at + 8 + length + length % 2]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]
        if name in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}:
            kept.append(chunk)
        at += len(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
