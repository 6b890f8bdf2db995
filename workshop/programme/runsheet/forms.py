"""What those on stage must know, as typed. It may be open in two browsers at once."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from workshop.platform.conflicts import SharedForm


class NoteForm(SharedForm):
    text = TextAreaField(
        _l("Stage note"),
        [Length(max=2000)],
        default="",
        render_kw={"rows": 5},
        description=_l("Only for organisers, chairs and note-takers. It is never published, released or exported."),
    )
