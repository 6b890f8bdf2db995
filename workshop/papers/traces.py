"""What the metadata of a file tell about people, in words."""

import enum
from typing import Any

from flask_babel import lazy_gettext as _l

from .models import DocumentFile


class Trace(enum.StrEnum):
    AUTHOR = "author"
    LAST_SAVED_BY = "last_saved_by"
    COMPANY = "company"
    OWNER = "owner"
    CAMERA = "camera"
    TAKEN = "taken"
    PLACE = "place"
    COMMENTS = "comments"
    CHANGES = "changes"

    @property
    def label(self) -> Any:
        return TRACE_LABELS[self]


TRACE_LABELS = {
    Trace.AUTHOR: _l("Author"),
    Trace.LAST_SAVED_BY: _l("Last saved by"),
    Trace.COMPANY: _l("Company or manager"),
    Trace.OWNER: _l("Owner of the camera"),
    Trace.CAMERA: _l("Camera"),
    Trace.TAKEN: _l("Taken at"),
    Trace.PLACE: _l("Place where it was taken"),
    Trace.COMMENTS: _l("Comments"),
    Trace.CHANGES: _l("Tracked changes"),
}


def told_by(file: DocumentFile) -> list[tuple[Any, str]]:
    """Each trace as (label, value)."""
    return [(Trace(each["kind"]).label, each["value"]) for each in file.traces]
