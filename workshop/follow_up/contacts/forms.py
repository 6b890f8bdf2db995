"""A card and a consent, as they are typed; and how a reader asks for an address."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, CheckboxesField
from workshop.platform.i18n import LANGUAGES, language, language_name
from workshop.secretariat.register.countries import in_order


class CardForm(SharedForm):
    name = StringField(_l("Name"), [DataRequired(), LINE], default="")
    function = StringField(_l("Function"), [LINE], default="")
    organisation = StringField(_l("Organisation"), [LINE], default="")
    country = SelectField(_l("Country"))
    topics = StringField(_l("Subjects"), [Length(max=500)], default="", description=_l("Separated by commas."))
    languages = CheckboxesField(_l("Languages"))
    email = StringField(
        _l("Email address"),
        [DataRequired(), LINE],
        default="",
        description=_l("Paste it as it is: what surrounds the address is removed. Readers see it only when they ask."),
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )
    phone = StringField(_l("Telephone"), [LINE], default="", render_kw={"dir": "ltr", "autocomplete": "off"})

    def __init__(self, formdata: object = None, *, offered: Sequence[str], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        none = SelectChoice("", _l("None, or an international body"))
        self.country.choices = [none, *(SelectChoice(code, name) for code, name in in_order(language()))]
        self.languages.choices = [
            SelectChoice(code, language_name(code)) for code in dict.fromkeys([*LANGUAGES, *offered])
        ]


class CardConsentForm(SharedForm):
    consented_on = DateField(_l("Date of the consent"), [InputRequired()])
    expires_on = DateField(_l("Consent ends on"), [InputRequired()], description=_l("At most two years later."))
    consent_note = StringField(_l("How it was given"), [DataRequired(), Length(max=300)], default="")
