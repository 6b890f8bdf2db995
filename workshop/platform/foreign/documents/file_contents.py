"""The text of a document, what it tells about people, and a copy that tells nothing about them.

Each kind of file needs one large library, which is imported where it is used: the child lives for one file.
"""

import contextlib
import time
from collections.abc import Iterator

from ..limits import IMAGES, PDF, Limit
from ..refusals import damaged
from . import document_images

READING = 20  # seconds after which what has been read so far is enough


def read_contents(content: bytes, limit: Limit, media_type: str) -> dict[str, object]:
    """The text, as much as there is time and room for; a file without readable text still has its metadata read."""
    with damaged():
        traces = _traces(content, limit, media_type)
    said: list[str] = []
    length, end = 0, time.monotonic() + READING
    with contextlib.suppress(Exception):  # a damaged page ends the reading; what came before it counts
        for part in _text(content, limit, media_type):
            said.append(part.replace("\0", ""))
            length += len(part)
            if length > limit.characters or time.monotonic() > end:
                break
    return {"text": "\n".join(said)[: limit.characters], "traces": traces}


def _text(content: bytes, limit: Limit, media_type: str) -> Iterator[str]:
    if media_type in IMAGES:
        return iter(())
    if media_type == PDF:
        from . import pdf_files as portable

        return portable.text(content)
    from . import office_files as office

    return office.text(content, limit, media_type)


def _traces(content: bytes, limit: Limit, media_type: str) -> list[dict[str, str]]:
    if media_type in IMAGES:
        return document_images.traces(content)
    if media_type == PDF:
        from . import pdf_files as portable

        return portable.traces(content)
    from . import office_files as office

    return office.traces(content, limit)


def copy_without_traces(content: bytes, limit: Limit, media_type: str) -> bytes:
    with damaged():
        if media_type in IMAGES:
            return document_images.cleaned(content, media_type, limit)
        if media_type == PDF:
            from . import pdf_files as portable

            return portable.cleaned(content)
        from . import office_scrubbing as scrubbing

        return scrubbing.scrubbed(content, limit)
