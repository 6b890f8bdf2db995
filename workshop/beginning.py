"""How a process begins: first of all, and cheaply, for somebody waits for each start.

Libraries load others in case they are wanted. What nobody here wants of them is a tenth of a start, so they are loaded as
if it were not installed; whoever does want it, SQLAlchemy for PostgreSQL say, loads it afterwards all the same.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from werkzeug.routing import Rule

gc.set_threshold(10_000, 10, 10)  # a start makes half a million objects that stay: after each 700 nothing is found


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """What is built at the start stays until the end; looking through it for garbage took a quarter of each start."""
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # what others have frozen stays so
            gc.freeze()
            gc.unfreeze()  # now it is old, and the next look is not at all of it
        gc.enable()


@contextmanager
def without(*names: str) -> Iterator[None]:
    """What is imported inside does not find these libraries, unless they are loaded already."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: Python takes it that there is none
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def load_lightly() -> None:
    """The queue without the stores it is not kept in, the log without colours."""
    with without("psycopg", *([] if os.environ.get("WORKSHOP_REDIS_URL") else ["redis"])):
        import huey.storage  # noqa: F401
    with without("rich", "better_exceptions"):
        import structlog.dev  # noqa: F401


class Address(Rule):
    """An address whose builder is written when the first link to it is: five hundred took a fifth of each start, and
    most processes make links to a few.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        def write_and_build(rule: Address, /, **values: object) -> tuple[str, str]:
            builder: Callable[..., tuple[str, str]] = (
                super(Address, rule)._compile_builder(append_unknown).__get__(rule)
            )
            setattr(rule, "_build_unknown" if append_unknown else "_build", builder)
            return builder(**values)

        return write_and_build


load_lightly()
