"""What a passport says, and which papers are asked of those whose travel is paid."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.validators import DataRequired, Optional

from workshop.platform.forms import LINE, BaseForm
from workshop.secretariat.register.countries import country_choices


class PassportForm(BaseForm):
    surname = StringField(_l("Surname, as in the passport"), [DataRequired(_l("Give the surname.")), LINE])
    given_names = StringField(_l("Given names, as in the passport"), [LINE], default="")
    born_on = DateField(_l("Date of birth"), [DataRequired(_l("Give the date of birth."))])
    nationality = SelectField(_l("Nationality"), [DataRequired(_l("Choose the nationality."))])
    number = StringField(_l("Passport number"), [DataRequired(_l("Give the passport number.")), LINE])
    expires_on = DateField(_l("Valid until"), [DataRequired(_l("Give the date until which it is valid."))])
    consulate = StringField(
        _l("Consulate"), [LINE], default="", description=_l("Where you ask for the visa, such as “Embassy of … in …”.")
    )

    def __init__(self, *args: object, language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.nationality.choices = country_choices(language)


class PaperForm(BaseForm):
    name = StringField(
        _l("Paper"),
        [DataRequired(_l("Say which paper is asked for.")), LINE],
        description=_l("Such as “Copy of the visa”."),
    )
    due_on = DateField(_l("Until"), [Optional()])
