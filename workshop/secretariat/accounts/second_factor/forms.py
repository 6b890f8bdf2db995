"""A code, typed."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from workshop.platform.forms import BaseForm


def code_field(label: str, description: str) -> StringField:
    return StringField(
        label,
        description=description,
        validators=[DataRequired(_l("Please type the code.")), Length(max=100)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "class": "short"},
    )


class FirstCodeForm(BaseForm):
    code = code_field(_l("Code that the app shows"), _l("Six digits."))


class CodeForm(BaseForm):
    code = code_field(
        _l("Code"),
        _l("The six digits that your app shows now, or one of your recovery codes, such as 7kq3-0fzm-p2xd-9wha."),
    )
