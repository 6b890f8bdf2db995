"""A fault of a draft with its place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`kind` is "whole", "section", "question" or "list"; `code` names which; `field` the key of the document at fault."""

    kind: str
    code: str
    message: str
    field: str = ""
    is_error: bool = True

    @classmethod
    def of(cls, kind: str, code: str, message: str, *, field: str = "", is_error: bool = True) -> "Fault":
        return cls(kind, code, message, field, is_error)
