"""The refusal of a file, as the child process says it."""

from typing import Any


class Unreadable(ValueError):
    """The file cannot be taken; `code` names a sentence of `opened.REFUSALS`."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values
