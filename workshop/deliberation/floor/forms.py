"""Who asks for the floor, and what holds for the list. A name is asked on record only."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, CheckboxesField, labelled
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

LONGEST_NAME, LONGEST_SEAT, MOST_MINUTES = 120, 12, 60


def in_minutes(label: str) -> IntegerField:
    return IntegerField(
        label,
        [InputRequired(), NumberRange(1, MOST_MINUTES, _l("Please give a number between %(min)s and %(max)s."))],
        render_kw={"min": 1, "max": MOST_MINUTES, "inputmode": "numeric"},
    )


class RequestForm(BaseForm):
    """A request under a mode that lets nobody be named: the chair calls a seat."""

    category = SelectField(
        _l("Category of speaker"),
        [InputRequired(_l("Choose the category."))],
        choices=labelled(Category, _l("Choose…")),
        default="",
    )
    name = StringField(
        _l("Seat or table number"),
        [Length(max=LONGEST_SEAT)],
        default="",
        description=_l("No names in this session. It is forgotten as soon as the person has spoken."),
        render_kw={"autocomplete": "off"},
    )
    for_a_group = BooleanField(_l("Speaks for a group of States or organisations"))


class NamedRequestForm(RequestForm):
    """On record, the chair calls a delegation or a person."""

    name = StringField(
        _l("Called as"),
        [DataRequired(_l("Say whom the chair calls.")), Length(max=LONGEST_NAME)],
        default="",
        description=_l("The delegation or person, as the chair reads it out."),
        render_kw={"autocomplete": "off"},
    )


def request_form(mode: MeetingMode) -> RequestForm:
    return NamedRequestForm() if mode is MeetingMode.ON_RECORD else RequestForm()


class LimitsForm(SharedForm):
    """What holds for the whole list."""

    minutes = in_minutes(_l("Minutes for each speaker"))
    minutes_for_a_group = in_minutes(_l("Minutes for someone who speaks for a group"))
    first = CheckboxesField(
        _l("Called before others"),
        choices=labelled(Category),
        description=_l("In the order of this list. Within a category, by time of request."),
        default=(),
    )
    is_closed = BooleanField(_l("The list is closed: no further requests"))
