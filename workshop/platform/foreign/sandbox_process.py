"""The child of `sandbox`: limits itself, opens one file from standard input, and tells what it found.

It is started as `python -m workshop.platform.foreign.sandbox_process LIMIT GIVEN`, both in JSON. The answer is a line
that says "told", "refused" or "failed", and then JSON or the bytes of a copy.
"""

import json
import os
import resource
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from workshop.platform.pdf import limit_self

from .limits import Limit
from .refusals import TOO_MUCH, Refusal


def outcome_of(limit: Limit, content: bytes, given: Mapping[str, object]) -> tuple[bytes, bytes]:
    """What became of the file: "told" or "refused", and what is to be said."""
    module, _colon, function = limit.opens.partition(":")
    try:
        told = getattr(import_module(f"{__package__}.{module}"), function)(content, limit, **given)
        return b"told", told if isinstance(told, bytes) else _plain(told)
    except Refusal as refusal:
        sentences, values = refusal.sentences, refusal.values
    except (MemoryError, RecursionError):
        sentences, values = [TOO_MUCH], {}
    except Exception as fault:  # a library, or we, on a file nobody thought of: the parent keeps a note of where
        return b"failed", _where(fault)
    return b"refused", _plain({"sentences": sentences, "values": values})


def _plain(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=True).encode()


def _where(fault: Exception) -> bytes:
    """Kind and place of a fault. Its message may hold words of the file, so it is not told."""
    at = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__} in {Path(at.filename).name}:{at.lineno}".encode()


def main(limit: Limit, given: dict[str, object]) -> int:
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is not our answer
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = limit.memory if most == resource.RLIM_INFINITY else min(limit.memory, most)
    limit_self(limit.seconds, memory)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit.answer, limit.answer))
    sys.modules["numpy"] = None  # type: ignore[assignment]  # where it is installed, openpyxl loads it for nothing: 0.2 s
    outcome, told = outcome_of(limit, sys.stdin.buffer.read(), given)
    with answer:
        answer.write(outcome + b"\n" + told)
    return 0


if __name__ == "__main__":
    sys.exit(main(Limit(*json.loads(sys.argv[1])), json.loads(sys.argv[2])))
