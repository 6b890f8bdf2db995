"""From an uploaded file to a stored one: its kind judged by its content, a PNG drawn anew, nothing kept of the rest."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform import files
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign import uploaded_files
from workshop.platform.foreign.limits import KIND, PNG
from workshop.platform.foreign.sandbox import Unreadable
from workshop.platform.labels import Labelled

from . import rules
from .forms import UploadForm
from .models import DocumentFile


def store_upload(form: UploadForm) -> rules.Received:
    """The file of an upload form, inspected and stored. Raises RuleBroken, written for the person.

    The content is stored before there is a row: alone it harms nobody, and a row without content must never be.
    """
    content, name = uploaded_files.content_of(form.file.data, KIND), uploaded_files.shown_name(form.file.data.filename)
    media_type = uploaded_files.inspect(content, name)
    if media_type == PNG:
        content = uploaded_files.without_traces(content, PNG, filename=name)
    return rules.Received(form.language.data, files.put(content), name, media_type, len(content))


def clean_copy(file: DocumentFile) -> bytes:
    """The content without what its metadata tell. Raises RuleBroken where it cannot be made."""
    try:
        return uploaded_files.without_traces(files.get(file.stored_as), file.media_type)
    except Unreadable as error:
        text = _(
            "The metadata of this file cannot be removed here. Please save it without metadata and upload it again."
        )
        raise RuleBroken(text) from error


class Trace(Labelled):
    AUTHOR = "author", _l("Author")
    LAST_SAVED_BY = "last_saved_by", _l("Last saved by")
    COMPANY = "company", _l("Company or manager")
    OWNER = "owner", _l("Owner of the camera")
    CAMERA = "camera", _l("Camera")
    TAKEN = "taken", _l("Taken at")
    PLACE = "place", _l("Place where it was taken")
    COMMENTS = "comments", _l("Comments")
    CHANGES = "changes", _l("Tracked changes")


def told_by(file: DocumentFile) -> list[tuple[str, str]]:
    """Each trace as (label, value)."""
    return [(Trace(each["kind"]).label, each["value"]) for each in file.traces]
