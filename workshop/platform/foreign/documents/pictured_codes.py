"""What the square codes in a photo say, as phones take them: large, turned, half in the dark."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from ..limits import Limit
from ..refusals import Refusal, damaged
from .document_images import refuse_huge
from .photos import BROKEN, KINDS, NOT_A_PHOTO

SIDE = 1600  # enough for a badge that fills a fifth of the photo
LONGEST, MOST = 500, 8  # characters of a code, and codes of a photo


def read_codes(content: bytes, limit: Limit) -> list[str]:
    """The text of each code that can be read, the largest first. Raises Refusal with what to do."""
    import zxingcpp

    Image.MAX_IMAGE_PIXELS = None
    with damaged(BROKEN):
        try:
            image = Image.open(io.BytesIO(content), formats=KINDS)
        except UnidentifiedImageError as error:
            raise Refusal(NOT_A_PHOTO) from error
        refuse_huge(image, limit.pixels if image.format == "JPEG" else limit.pixels // 2)
        image.draft("L", (SIDE, SIDE))
        image.thumbnail((SIDE, SIDE))
        grey = ImageOps.exif_transpose(image).convert("L")
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [each.text[:LONGEST] for each in found[:MOST] if each.text]
