"""What speakers are asked to allow, in the words they are asked. Whoever changes a text gives it a new number."""

from typing import Any

from flask_babel import lazy_gettext as _l

from .models import Use

VERSION = 1
TEXTS: dict[Use, Any] = {
    Use.PHOTO: _l("My photo may be shown on the public page of speakers of this workshop."),
    Use.BIOGRAPHY: _l("My biography may be shown on the public page of speakers of this workshop."),
    Use.RECORDING: _l("My contribution may be recorded, and the recording made available to participants."),
    Use.CONTACT: _l("My e-mail address may be shown to the participants of this workshop."),
}
