"""A photo as it was sent, made into a small JPEG without anything else in it. What it is, its content says."""

import io
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.errors import RuleBroken

MEGABYTE = 1024 * 1024
LARGEST = 8 * MEGABYTE
KINDS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
MOST_UNPACKED = 25_000_000  # of PNG and WebP, which cannot be read in a smaller size
SIDE = 360
HEAVIEST = 30_000  # bytes
TOO_MANY = _l("The photo has too many pixels. Please make it smaller.")
QUALITIES = (85, 75, 65, 55, 45, 35, 25)


def made_small(content: bytes) -> bytes:
    """A JPEG of at most 30 kB, upright, without place, camera or any other note. Raises RuleBroken with what to do."""
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError  # here because few requests need it

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the PDF engine, where it is loaded too, asks for the contrary
    if len(content) > LARGEST:
        raise RuleBroken(_("The photo has more than 8 MB. Please choose a smaller one."), "photo")
    try:
        image = Image.open(io.BytesIO(content), formats=KINDS)
        _refuse_huge(image)
        image.draft("RGB", (2 * SIDE, 2 * SIDE))
        image.thumbnail((2 * SIDE, 2 * SIDE))
        small = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RuleBroken(TOO_MANY, "photo") from error
    except UnidentifiedImageError as error:
        raise RuleBroken(_("This is not a JPEG, PNG or WebP image, whatever its name says."), "photo") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        text = _("The photo is damaged or breaks off before its end. Please choose it again.")
        raise RuleBroken(text, "photo") from error
    small.thumbnail((SIDE, SIDE))
    return _as_jpeg(Image, small)


def _refuse_huge(image: Any) -> None:
    width, height = image.size
    if width * height > (MOST_PIXELS if image.format == "JPEG" else MOST_UNPACKED):
        raise RuleBroken(TOO_MANY, "photo")


def _as_jpeg(library: Any, image: Any) -> bytes:
    """Painted on white into a new image, so that nothing but its colours comes along."""
    seen = image.convert("RGBA")
    fresh = library.new("RGB", seen.size, "white")
    fresh.paste(seen, mask=seen.getchannel("A"))
    for quality in QUALITIES:
        out = io.BytesIO()
        fresh.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= HEAVIEST:
            break
    return out.getvalue()
