"""Papers, slides and pictures that people send: what they really are, what they tell, and copies that tell nothing.

The name of a file is only repeated in messages, never believed.
"""

from pathlib import PurePosixPath
from typing import NamedTuple

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from . import sandbox
from .limits import CLEAN, CODES, CONTENTS, KIND, LOGO, PHOTO, Limit


class Contents(NamedTuple):
    text: str
    traces: list[dict[str, str]]  # what it tells about people: kind and value


def shown_name(filename: str) -> str:
    """The name without folders and without characters that cannot be seen; at most 150 characters."""
    last = PurePosixPath(filename.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-150:].strip(" .") or _("the file")


def inspect(content: bytes, filename: str) -> str:
    """The media type of an upload, by its content. Raises Unreadable, written for the person, for what is not taken."""
    return str(sandbox.read(KIND, content, name=shown_name(filename)))


def read_contents(content: bytes, media_type: str, *, limit: Limit = CONTENTS) -> Contents:
    """What the file says, and what it tells about people. Raises Unreadable."""
    told = sandbox.read(limit, content, media_type=media_type)
    return Contents(told["text"], told["traces"])


def without_traces(content: bytes, media_type: str, *, filename: str = "", limit: Limit = CLEAN) -> bytes:
    """A copy that tells nothing about people beside what stands on its pages. Raises Unreadable."""
    return sandbox.copy(limit, content, name=shown_name(filename), media_type=media_type)


def content_of(sent: FileStorage, limit: Limit) -> bytes:
    """What was sent, and no more of it than tells that it is too large. A large upload lies in a file, closed here."""
    with sent.stream as stream:
        return stream.read(limit.sent + 1)


def small_photo(sent: FileStorage) -> bytes:
    """A photo as a small JPEG without anything else in it. Raises Unreadable for the field "photo"."""
    return sandbox.copy(PHOTO, content_of(sent, PHOTO), name=shown_name(sent.filename or ""), field="photo")


def codes_in_photo(sent: FileStorage) -> list[str]:
    """What the square codes in a photo say. Raises Unreadable for the field "photo"."""
    found = sandbox.read(CODES, content_of(sent, CODES), name=shown_name(sent.filename or ""), field="photo")
    return [str(each) for each in found]


def small_logo(sent: FileStorage) -> bytes:
    """A logo as a small PNG without anything else in it. Raises Unreadable for the field "logo"."""
    return sandbox.copy(LOGO, content_of(sent, LOGO), name=shown_name(sent.filename or ""), field="logo")
