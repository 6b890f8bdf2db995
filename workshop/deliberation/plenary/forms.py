"""The form that compiles the report to the plenary."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from workshop.platform.forms import BaseForm


class CompileForm(BaseForm):
    """`after` is the edition that was on the page, so that pressing twice compiles once."""

    after = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    partly = BooleanField(_l("Compile anyway, without the unsigned group reports"))
