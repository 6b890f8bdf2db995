"""Files of strangers are opened in a child process that can reach nothing: it may use up its memory or time, or die.

The child is started as `python -m workshop.platform.foreign.document_sandbox VERB MEDIA-TYPE SECONDS MEMORY`, reads the file from standard
input and writes JSON (`read`) or the copy (`clean`) to standard output.
"""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from workshop.platform.pdf import limit_self, surroundings

from . import document_images
from .media_types import IMAGES, PDF

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 40  # of computing; shorter than the lease of a task
MEMORY = 1024**3  # bytes of address space
LONGEST_TEXT = 300_000  # characters kept of one file
READING = 20  # seconds after which what has been read so far is enough
TOO_LARGE = 5  # how the child says that a picture has too many points


class Read(NamedTuple):
    text: str
    traces: list[dict[str, str]]


class Unreadable(RuntimeError):
    """The file could not be read within the limits, or is damaged. The same file would fail again."""


class TooManyPoints(RuntimeError):
    """The picture would take more room than there is."""


def read(content: bytes, media_type: str, *, seconds: int = SECONDS, memory: int = MEMORY) -> Read:
    """What the file says, and what it tells about people."""
    told = json.loads(_ask("read", content, media_type, seconds, memory))
    return Read(told["text"], told["traces"])


def clean(content: bytes, media_type: str, *, seconds: int = SECONDS, memory: int = MEMORY) -> bytes:
    """A copy that tells nothing about people beside what stands on its pages."""
    return _ask("clean", content, media_type, seconds, memory)


def _ask(verb: str, content: bytes, media_type: str, seconds: int, memory: int) -> bytes:
    command = [
        sys.executable,
        "-m",
        "workshop.platform.foreign.document_sandbox",
        verb,
        media_type,
        str(seconds),
        str(memory),
    ]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, cwd=ROOT, env=surroundings(), timeout=2 * seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"not read within {2 * seconds} seconds") from error
    if done.returncode == TOO_LARGE:
        raise TooManyPoints
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()[-300:]
        raise Unreadable(said or f"the child ended with code {done.returncode}")
    return done.stdout


def _text(content: bytes, media_type: str) -> Iterator[str]:
    if media_type in IMAGES:
        return iter(())
    if media_type == PDF:
        from . import pdf_files as portable  # here because each child needs one of the libraries

        return portable.text(content)
    from . import office_files as office  # here because each child needs one of the libraries

    return office.text(content, media_type)


def _traces(content: bytes, media_type: str) -> list[dict[str, str]]:
    if media_type in IMAGES:
        return document_images.traces(content)
    if media_type == PDF:
        from . import pdf_files as portable  # here because each child needs one of the libraries

        return portable.traces(content)
    from . import office_files as office  # here because each child needs one of the libraries

    return office.traces(content, media_type)


def _clean(content: bytes, media_type: str) -> bytes:
    if media_type in IMAGES:
        return document_images.cleaned(content, media_type)
    if media_type == PDF:
        from . import pdf_files as portable  # here because each child needs one of the libraries

        return portable.cleaned(content)
    from . import office_scrubbing as scrubbing  # here because each child needs one of the libraries

    return scrubbing.scrubbed(content)


def _read(content: bytes, media_type: str) -> str:
    """The text, as much as there is time and room for; a file without readable text still has its metadata read."""
    traces = _traces(content, media_type)
    said: list[str] = []
    length, end = 0, time.monotonic() + READING
    with contextlib.suppress(Exception):  # a damaged page ends the reading; what came before it counts
        for part in _text(content, media_type):
            said.append(part.replace("\0", ""))
            length += len(part)
            if length > LONGEST_TEXT or time.monotonic() > end:
                break
    text = "\n".join(said)[:LONGEST_TEXT]
    return json.dumps({"text": text, "traces": traces})


def _child(verb: str, media_type: str, seconds: int, memory: int) -> int:
    limit_self(seconds, memory)
    content = sys.stdin.buffer.read()
    try:
        if verb == "clean":
            sys.stdout.buffer.write(_clean(content, media_type))
        else:
            sys.stdout.write(_read(content, media_type))
    except document_images.TooLarge:
        return TOO_LARGE
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
