"""What is typed at the desk and at the door."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, labelled
from workshop.secretariat.register.countries import country_choices
from workshop.secretariat.register.models import Category

NUMBER = NumberRange(0, 99999)


class WalkInForm(BaseForm):
    """Somebody who came without registration."""

    given_name = StringField(_l("Given name"), [LINE], default="")
    family_name = StringField(
        _l("Family name"), [DataRequired(_l("Give the family name. A single name goes here.")), LINE], default=""
    )
    category = SelectField(
        _l("Category"), choices=labelled(Category), coerce=Category, default=Category.STATE_MEMBER.value
    )
    organisation = StringField(_l("Organisation"), [LINE], default="")
    country = SelectField(_l("State or country"), default="")

    def __init__(self, *args: object, language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = country_choices(language)


class DoorForm(BaseForm):
    number = IntegerField(_l("Number on your badge"), [DataRequired(_l("Give the number on your badge.")), NUMBER])
    letters = StringField(
        _l("First three letters of your family name"),
        [DataRequired(_l("Give the first three letters of your family name.")), LINE],
        default="",
    )


class CountForm(SharedForm):
    """How many are in a session, by category."""


for _category in Category:
    setattr(CountForm, f"count_{_category.value}", IntegerField(_category.label, [Optional(), NUMBER]))
