"""Why a file is not taken, as a sentence that the parent says in the language of the person.

The sentences are marked with N_ where they stand, so that they are found for the catalogues; each may name the file
as %(name)s, or the part of it that is meant. No database, no request, no clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager


def N_(sentence: str) -> str:  # noqa: N802  # the name that the extraction of messages knows
    """Marks a sentence for the catalogues and leaves it as it is."""
    return sentence


EMPTY = N_("“%(name)s” is empty. Please choose the file again.")
TOO_LARGE = N_("“%(name)s” is larger than %(size)s MB. Please make it smaller.")
DAMAGED = N_("“%(name)s” is damaged or incomplete. Please upload it again.")
LOCKED = N_("“%(name)s” is protected by a password. Please save it without one.")
BOMB = N_("“%(name)s” would unpack to far more than its size, so it is refused.")
TOO_MUCH = N_("“%(name)s” needs more time or memory to open than is available, so it is refused.")


class Refusal(Exception):
    """The file is not taken. The sentences are of the catalogues, `values` are put into them."""

    def __init__(self, sentence: str, *more: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentences, self.values = [sentence, *more], values


@contextmanager
def damaged(sentence: str = DAMAGED, **values: object) -> Iterator[None]:
    """Whatever a library raises on a broken file is a refusal; what is too much stays too much."""
    try:
        yield
    except (Refusal, MemoryError, RecursionError):
        raise
    except Exception as fault:  # libraries raise whatever a broken file leads them to
        raise Refusal(sentence, **values) from fault
