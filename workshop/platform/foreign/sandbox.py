"""Files of strangers are opened in a child process that can reach nothing: it may use up its memory or time, or die.

It is started for one file, is not given our settings, and its answer is plain JSON or the bytes of a copy.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from structlog import get_logger

from workshop.platform.errors import RuleBroken
from workshop.platform.pdf import surroundings

from .limits import MEGABYTE, Limit
from .refusals import DAMAGED, EMPTY, TOO_LARGE, TOO_MUCH, Refusal

ROOT = Path(__file__).resolve().parents[3]
log = get_logger()


class Unreadable(RuleBroken):
    """The file cannot be read within its limits, or is damaged, or not of a kind that is taken. The message says why
    and, where there is one, names the place; the same file would be refused again. `sentence` is the reason.
    """

    sentence = ""


def read(limit: Limit, content: bytes, *, name: str = "", field: str = "file", **given: object) -> Any:
    """What the file says, as JSON has it. Raises Unreadable, written for the person, for the field of her form."""
    try:
        return json.loads(_ask(limit, content, name, field, given))
    except (ValueError, RecursionError) as fault:
        raise refused(TOO_MUCH, name=name, field=field) from fault


def copy(limit: Limit, content: bytes, *, name: str = "", field: str = "file", **given: object) -> bytes:
    """The file made anew by the child. Raises Unreadable as `read` does."""
    return _ask(limit, content, name, field, given)


def _ask(limit: Limit, content: bytes, name: str, field: str, given: Mapping[str, object]) -> bytes:
    if not content:
        raise refused(EMPTY, name=name, field=field)
    refuse_too_large(content, limit, name=name, field=field)
    outcome, told = _child(limit, content, given)
    if outcome == "told":
        return told
    if outcome == "refused":
        refusal = json.loads(told)
        raise refused(*refusal["sentences"], field=field, **{"name": name, **refusal["values"]})
    if outcome == "failed":
        log.warning("file.unreadable", opens=limit.opens, fault=told.decode(errors="replace")[:200])
        raise refused(DAMAGED, name=name, field=field)
    raise refused(TOO_MUCH, name=name, field=field)


def _child(limit: Limit, content: bytes, given: Mapping[str, object]) -> tuple[str, bytes]:
    """The first line of the answer and the rest; nothing where the child passed a limit."""
    command = [sys.executable, "-m", "workshop.platform.foreign.sandbox_process", json.dumps(limit), json.dumps(given)]
    # openpyxl reads XML through defusedxml only where it is told to leave lxml alone.
    around = surroundings() | {"OPENPYXL_LXML": "False", "PYTHONIOENCODING": "utf-8"}
    # The answer goes into a file, whose size is limited too; a pipe would be emptied into our memory, however full.
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                command,
                input=content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=around,
                timeout=3 * limit.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            done = None
        size = os.fstat(answer.fileno()).st_size
        if done is None or done.returncode != 0 or size > limit.answer:
            log.warning("file.past_limit", opens=limit.opens, code=done.returncode if done else "timeout")
            return "", b""
        answer.seek(0)
        outcome, _newline, told = answer.read().partition(b"\n")
        return outcome.decode(errors="replace"), told


def refuse_too_large(content: bytes, limit: Limit, *, name: str = "", field: str = "file") -> None:
    """What nobody will open need not be stored either. Raises Unreadable."""
    if len(content) > limit.sent:
        raise refused(TOO_LARGE, name=name, field=field, size=limit.sent // MEGABYTE)


def refused(*sentences: str, name: str = "", field: str = "file", **values: object) -> Unreadable:
    """A refusal in the language of the person. It names the file, or the part of it that is meant."""
    return _unreadable(sentences, {"name": name or _("the file"), **values}, field)


def in_words(refusal: Refusal) -> Unreadable:
    """What was refused here rather than by the child, in the language of the person."""
    return _unreadable(refusal.sentences, {"name": _("the file"), **refusal.values}, "file")


def _unreadable(sentences: Sequence[str], values: Mapping[str, object], field: str) -> Unreadable:
    refusal = Unreadable(" ".join(_(sentence, **values) for sentence in sentences), field)
    refusal.sentence = sentences[0]
    return refusal
