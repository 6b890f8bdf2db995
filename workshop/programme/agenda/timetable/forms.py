"""What an organiser types about the timetable: another place for a session, a new session, rooms, settings."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, ClockField, WordsField, labelled, whole
from workshop.platform.i18n import day

from ..formats import Format
from ..forms import line, one_of
from .clashes import Level, Rule, level_of
from .grid import days_of
from .moves import Step, Then
from .plan import Programme

MINUTES = [Optional(), NumberRange(5, 720)]


def as_day(value: object) -> date | None:
    """A day out of a choice; anything else counts as not given."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value or ""))
    except ValueError:
        return None


class SpotForm(BaseForm):
    """Where something stands in the timetable."""

    day = SelectField(_l("Day"), coerce=as_day)
    start = ClockField(_l("Starts at"), [Optional()])
    room = SelectField(_l("Room"), coerce=whole)
    minutes = IntegerField(_l("Length in minutes"), MINUTES)

    def __init__(self, formdata: object, *, programme: Programme, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        days = [SelectChoice(each.isoformat(), day(each)) for each in days_of(programme)]
        self.day.choices = [SelectChoice("", _("No time yet")), *days]
        rooms = [SelectChoice(str(room.id), room.name) for room in programme.rooms]
        self.room.choices = [SelectChoice("", _("No room yet")), *rooms]


class PlaceForm(SpotForm):
    """Another place for a session, in full or by one `step`. `seen` is the state that the sender had before them."""

    seen = HiddenField()
    step = SelectField(choices=labelled(Step, ""), coerce=one_of(Step), default="")
    then = RadioField(_l("What follows"), [DataRequired()], choices=labelled(Then), coerce=Then, default=Then.STAY)


class NewSessionForm(SpotForm):
    """A session put straight into the timetable; `like` is the number of one that it repeats."""

    class Meta(SpotForm.Meta):
        csrf = False  # beside another form on the same page: the request as a whole is checked

    title = WordsField(_l("Title"), [DataRequired(_l("Give the session a title in at least one language."))], lines=2)
    format = SelectField(
        _l("Format"), [DataRequired()], choices=labelled(Format), coerce=Format, default=Format.PLENARY
    )
    like = HiddenField(filters=(whole,))

    def __init__(self, formdata: object, *, programme: Programme, **kwargs: object) -> None:
        super().__init__(formdata, programme=programme, prefix="new-", **kwargs)


class RoomForm(SharedForm):
    name = line(_l("Name of the room"), DataRequired(_l("Give the room a name.")))
    names = WordsField(_l("Name in the other languages"), description=_l("Where it differs."), at_most=200)
    seats = IntegerField(_l("Seats"), [Optional(), NumberRange(0, 100_000)])


class SettingsForm(SharedForm):
    """What the timetable may count on, and what each kind of clash does."""

    interpreter_teams = IntegerField(
        _l("Teams of interpreters"),
        [Optional(), NumberRange(0, 100)],
        description=_l("How many sessions can be interpreted at once. Leave it empty if this is not counted."),
    )
    hard_stops = StringField(
        _l("Times at which the interpreters leave"),
        [Length(max=200)],
        default="",
        description=_l("Local time of the workshop, such as 13:00, 18:00."),
    )


for _rule in Rule:  # a choice for each kind of clash
    setattr(
        SettingsForm,
        _rule.value,
        RadioField(_rule.label, [DataRequired()], choices=labelled(Level), coerce=Level, default=Level.WARN),
    )


def as_set(levels: dict[str, str]) -> dict[str, Level]:
    """The level of each rule, as the form shows it."""
    return {rule.value: level_of(rule, levels) for rule in Rule}
