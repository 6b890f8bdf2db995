"""What a script fills in, and the name that a person gives."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from workshop.platform.forms import BaseForm

LONGEST_ANSWER = 20_000


class AnswerForm(BaseForm):
    """`answer` is what the browser says, as JSON."""

    answer = HiddenField(validators=[Length(max=LONGEST_ANSWER)])
    next = HiddenField()


class NewPasskeyForm(BaseForm):
    name = StringField(
        _l("Name of this passkey"),
        description=_l("So that you know it again in the list, such as “Office laptop”."),
        validators=[DataRequired(_l("Please give it a name.")), Length(max=60)],
        render_kw={"autocomplete": "off"},
    )
    answer = HiddenField(validators=[Length(max=LONGEST_ANSWER)])
