"""Making a questionnaire a form of the registration."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.platform.forms import BaseForm, labelled, whole
from workshop.platform.i18n import language

from .models import Audience, Moment


class OfferForm(BaseForm):
    questionnaire = SelectField(_l("Questionnaire"), [DataRequired()], coerce=whole)
    moment = SelectField(_l("Offered"), choices=labelled(Moment), coerce=Moment, default=Moment.APPROVED.value)
    audience = SelectField(_l("Asked of"), choices=labelled(Audience), coerce=Audience, default=Audience.EVERYONE.value)
    required = BooleanField(
        _l("Required"),
        description=_l(
            "With the registration: the secretariat decides on people who register in person once they have answered it."
        ),
    )

    def __init__(self, formdata: object = None, *, offered: Sequence[Questionnaire]) -> None:
        super().__init__(formdata)
        titles = [SelectChoice(each.id, each.title.in_(language(), "en")[0]) for each in offered]
        self.questionnaire.choices = [SelectChoice("", _l("Choose…")), *titles]
