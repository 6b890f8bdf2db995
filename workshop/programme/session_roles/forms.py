"""Which member serves a session, and how."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from workshop.platform.forms import BaseForm, labelled, whole
from workshop.programme.agenda.formats import Part
from workshop.secretariat.accounts.models import User

from .rules import PARTS


class PartForm(BaseForm):
    """A member of the workshop and what she does in the session."""

    member = SelectField(_l("Member"), [InputRequired()], coerce=whole)
    part = SelectField(_l("Part"), [InputRequired()], choices=labelled(PARTS), coerce=Part)

    def __init__(self, *, members: Sequence[User], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.member.choices = [SelectChoice(str(each.id), each.name) for each in members]
