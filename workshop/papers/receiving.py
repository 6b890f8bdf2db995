"""From an uploaded file to a stored one: its kind judged by its content, a PNG drawn anew, nothing kept of the rest."""

from typing import Any

from flask_babel import gettext as _

from workshop import files
from workshop.errors import RuleBroken

from . import apart, rules, uploads
from .media import PNG
from .models import DocumentFile


def stored(form: Any) -> rules.Received:
    """The file of an upload form, inspected and stored. Raises RuleBroken, written for the person.

    The content is stored before there is a row: alone it harms nobody, and a row without content must never be.
    """
    content, name = form.file.data.read(), uploads.shown_name(form.file.data.filename)
    media_type = uploads.inspect(content, name)
    if media_type == PNG:
        content = _drawn_anew(content, name)
    return rules.Received(form.language.data, files.put(content), name, media_type, len(content))


def _drawn_anew(content: bytes, name: str) -> bytes:
    try:
        return apart.clean(content, PNG)
    except apart.TooManyPoints as error:
        text = _("“%(name)s” has more than 50 million points. Please make the picture smaller.", name=name)
        raise RuleBroken(text, "file") from error
    except apart.Unreadable as error:
        text = _("“%(name)s” is damaged: it cannot be opened as a picture.", name=name)
        raise RuleBroken(text, "file") from error


def cleaned(file: DocumentFile) -> bytes:
    """The content without what its metadata tell. Raises RuleBroken where it cannot be made."""
    try:
        return apart.clean(files.get(file.stored_as), file.media_type)
    except (apart.Unreadable, apart.TooManyPoints) as error:
        text = _("The metadata of this file cannot be removed here. Please save it without and upload it again.")
        raise RuleBroken(text) from error
