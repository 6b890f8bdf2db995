"""Photos: what comes in, what is kept of it."""

import io

import pytest
from flask import Flask
from PIL import Image

from tests.platform.foreign.pictures import bomb, picture, picture_with_notes
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign import sandbox
from workshop.platform.foreign.documents.photos import SIDE
from workshop.platform.foreign.limits import PHOTO


def small_photo(content: bytes) -> bytes:
    return sandbox.copy(PHOTO, content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_any_kind_becomes_a_small_jpeg(app: Flask, kind: str) -> None:
    content = small_photo(picture(kind, (1200, 900)))
    image = Image.open(io.BytesIO(content))
    assert (image.format, max(image.size)) == ("JPEG", SIDE)
    assert len(content) <= 30_000


def test_nothing_is_left_of_place_camera_and_comment(app: Flask) -> None:
    sent = picture_with_notes()
    assert b"SecretCamera" in sent
    content = small_photo(sent)
    image = Image.open(io.BytesIO(content))
    assert dict(image.getexif()) == {}
    assert {"exif", "comment", "icc_profile"}.isdisjoint(image.info)
    assert b"Secret" not in content
    assert b"secret" not in content
    assert image.height > image.width  # it lay on its side


def test_what_is_transparent_becomes_white(app: Flask) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(small_photo(out.getvalue()))).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<script>alert(1)</script>", "not a JPEG, PNG or WebP"),
        (b"GIF89a" + b"\0" * 50, "not a JPEG, PNG or WebP"),
        (b"%PDF-1.4", "not a JPEG, PNG or WebP"),
        (picture()[:2000], "incomplete"),
        (bomb(), "million pixels"),
        (b"\xff\xd8\xff" + b"\0" * PHOTO.sent, "larger than 8 MB"),
        (b"", "is empty"),
    ],
    ids=["script", "gif", "pdf", "cut short", "bomb", "large", "empty"],
)
def test_what_is_not_taken_is_refused_in_words(app: Flask, content: bytes, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        small_photo(content)
