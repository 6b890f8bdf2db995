"""An address as a picture that cameras read."""

import segno
from markupsafe import Markup


def as_picture(text: str) -> Markup:
    """Plain SVG, dark on white whatever the colours of the page. Its element needs the class `qr` and a label."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=4, light="#fff", svgclass=None)
    return Markup(drawn)  # noqa: S704  # made by the library from what we gave it: squares, and no text


def as_image(text: str) -> str:
    """The same as the address of an image of one dot per square, for many on paper: it is drawn in a tenth of the time.

    Its pattern is always the third: choosing the best of eight for each takes four times as long as making it.
    """
    return str(segno.make(text, error="m", micro=False, mask=2).png_data_uri(scale=1, border=4))
