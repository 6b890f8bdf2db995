"""What a respondent types about a colleague."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length

from workshop.platform.forms import BaseForm, CheckboxesField
from workshop.platform.i18n import LANGUAGES

SHORT = Length(max=200, message=_l("At most %(max)s characters."))


class ColleagueForm(BaseForm):
    """Somebody who is to write a part of an organisation's answers."""

    name = StringField(_l("Institution or person"), [DataRequired(), SHORT])
    email = StringField(_l("Email address"), [DataRequired(), SHORT])
    language = SelectField(
        _l("Language of the email"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )
    sections = CheckboxesField(_l("Which sections"), description=_l("Leave all unticked for all sections."))
    reads_only = BooleanField(
        _l("They only read"),
        description=_l("For the person who approves the answers: they see everything and can change nothing."),
    )
