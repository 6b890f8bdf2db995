"""A photo or a logo as it was sent, made small, without anything else in it. What it is, its content says."""

import io
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from ..limits import Limit
from ..refusals import N_, Refusal, damaged
from .document_images import refuse_huge

KINDS = ("JPEG", "PNG", "WEBP")
SIDE = 360
LOGO_SIZE = (480, 160)
HEAVIEST = 30_000  # bytes
QUALITIES = (85, 75, 65, 55, 45, 35, 25)
NOT_A_PHOTO = N_("This is not a JPEG, PNG or WebP image, whatever its name says.")
BROKEN = N_("The photo is damaged or incomplete. Please choose it again.")


def small_photo(content: bytes, limit: Limit) -> bytes:
    """A JPEG of at most 30 kB, upright, without place, camera or any other note. Raises Refusal with what to do."""
    Image.MAX_IMAGE_PIXELS = None  # counted here, before a single point is unpacked
    with damaged(BROKEN):
        try:
            image = Image.open(io.BytesIO(content), formats=KINDS)
        except UnidentifiedImageError as error:
            raise Refusal(NOT_A_PHOTO) from error
        # PNG and WebP cannot be read in a smaller size than they have.
        refuse_huge(image, limit.pixels if image.format == "JPEG" else limit.pixels // 2)
        image.draft("RGB", (2 * SIDE, 2 * SIDE))
        image.thumbnail((2 * SIDE, 2 * SIDE))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((SIDE, SIDE))
        return _as_jpeg(small)


def small_logo(content: bytes, limit: Limit) -> bytes:
    """A PNG that keeps what is clear, at most 480 × 160. Raises Refusal with what to do."""
    Image.MAX_IMAGE_PIXELS = None
    with damaged(BROKEN):
        try:
            image = Image.open(io.BytesIO(content), formats=KINDS)
        except UnidentifiedImageError as error:
            raise Refusal(NOT_A_PHOTO) from error
        refuse_huge(image, limit.pixels // 2)
        seen = ImageOps.exif_transpose(image).convert("RGBA")
        seen.thumbnail(LOGO_SIZE)
        fresh = Image.new("RGBA", seen.size)
        fresh.paste(seen)
        out = io.BytesIO()
        fresh.save(out, "PNG", optimize=True)
        return out.getvalue()


def _as_jpeg(image: Any) -> bytes:
    """Painted on white into a new image, so that nothing but its colours comes along."""
    seen = image.convert("RGBA")
    fresh = Image.new("RGB", seen.size, "white")
    fresh.paste(seen, mask=seen.getchannel("A"))
    for quality in QUALITIES:
        out = io.BytesIO()
        fresh.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= HEAVIEST:
            break
    return out.getvalue()
