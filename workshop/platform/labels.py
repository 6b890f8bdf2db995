"""Enums whose members say how they are called. No database, no request, no clock."""

import enum
from typing import Self


class Labelled(enum.StrEnum):
    """Each member is declared once: its value, its label and, where it is shown with one, its tone.

        ACCEPTED = "accepted", _l("accepted"), "good"

    The value alone is stored, compared and sent. The label waits to be translated. The tone says how loudly a page
    shows it: "good", "warn" (somebody must act), "bad", or nothing.
    """

    label: str  # waits to be translated
    tone: str

    def __new__(cls, value: str, label: str | None = None, tone: str = "") -> Self:
        # Without a label a member is looked up by its value; a checker of types sees both calls as one.
        if label is None:
            raise TypeError(f"{value!r} has no label")
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.tone = tone
        return member

    @classmethod
    def labels(cls) -> dict[Self, str]:
        """The label of each, to be looked up by member or by value."""
        return {member: member.label for member in cls}
