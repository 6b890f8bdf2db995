"""What an organiser types when publishing the agenda."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from workshop.platform.forms import BaseForm, WordsField


class ReleaseForm(BaseForm):
    """What a release is called. `seen` tells which draft the organiser had before her."""

    seen = HiddenField()
    name = WordsField(
        _l("Name of the release"),
        lines=1,
        at_most=100,
        description=_l("Each release has its own name. Left empty, it gets the name suggested here."),
    )
    note = WordsField(
        _l("Note to readers"), lines=3, at_most=1000, description=_l("Printed with the release: why it was made.")
    )
