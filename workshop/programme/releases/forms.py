"""What an organiser types when publishing the agenda."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from workshop.platform.forms import BaseForm, WordsField

from .released import StoredSession
from .released_names import is_closed


class ReleaseForm(BaseForm):
    """What a release is called. `seen` tells which draft the organiser had before her; `names` is asked where somebody
    appears in a session under the Chatham House Rule.
    """

    seen = HiddenField()
    names = BooleanField(
        _l("Name these speakers in public all the same"),
        description=_l("Only with their consent. What is said in the session stays unattributed either way."),
    )
    name = WordsField(
        _l("Name of the release"),
        lines=1,
        at_most=100,
        description=_l("Each release has its own name. Left empty, it gets the name suggested here."),
    )
    note = WordsField(
        _l("Note to readers"), lines=3, at_most=1000, description=_l("Printed with the release: why it was made.")
    )

    def offer(self, agenda: Sequence[StoredSession]) -> "ReleaseForm":
        if not any(map(is_closed, agenda)):
            del self.names
        return self
