"""What is typed about series and workshops: names, facts, dates and place, languages, who can see them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, CheckboxesField, WordsField, labelled, unix_lines, whole
from workshop.platform.i18n import language, language_name, zones
from workshop.secretariat.series.copying import CopyPart
from workshop.secretariat.series.languages import OFFERED
from workshop.secretariat.series.models import MeetingMode, Visibility

from .goals import goals, name_of

SHORT_NAME = _l("It is part of every address, such as migration-2027. Leave it empty to have it made from the title.")


def zone_choices() -> list[SelectChoice]:
    return [SelectChoice(zone, zone.replace("_", " ")) for zone in zones()]


def language_choices(*codes: str) -> list[SelectChoice]:
    """These languages by name, and those that are always offered."""
    return [SelectChoice(code, language_name(code)) for code in dict.fromkeys((*OFFERED, *codes))]


def clock_field(label: str) -> StringField:
    hint = _l("24 hours, such as 09:00.")
    return StringField(label, [LINE], default="", description=hint, render_kw={"size": "5", "inputmode": "numeric"})


class VisibilityForm(BaseForm):
    """A button for each state."""

    to = HiddenField(validators=[DataRequired()])

    @property
    def wanted(self) -> Visibility | None:
        return Visibility(self.to.data) if self.to.data in list(Visibility) else None


class BeginForm(BaseForm):
    """What is asked to begin a workshop, whether from nothing, from an outline or as a copy."""

    title = StringField(_l("Title"), [DataRequired(_l("Give the workshop a title.")), Length(max=300)])
    slug = StringField(_l("Short name"), [Length(max=60)], default="", description=SHORT_NAME)
    starts_on = DateField(_l("First day"), [DataRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [DataRequired(_l("Give the last day."))])


class NewWorkshopForm(BeginForm):
    series = SelectField(_l("Series"), [InputRequired()], coerce=whole)
    working = SelectField(
        _l("Working language"),
        [InputRequired()],
        description=_l("The title above is in this language. Forms ask for its texts first."),
    )
    languages = CheckboxesField(_l("Other languages"), default=())
    another = StringField(
        _l("Another language"), [LINE], default="", description=_l("Its name or code, such as Wolof or wo.")
    )
    place = StringField(_l("Place"), [LINE], default="", description=_l("City, or “online”."))
    zone = SelectField(_l("Time zone"), [InputRequired()], default="Europe/Zurich")
    outline = RadioField(_l("Begin from"), default="")

    def __init__(self, formdata: object, *, series: Any, outlines: Any, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.series.choices = [SelectChoice(str(each.id), each.title.in_(language(), "en")[0]) for each in series]
        self.working.choices = self.languages.choices = language_choices()
        self.zone.choices = zone_choices()
        empty = SelectChoice("", _("An empty workshop"))
        self.outline.choices = [empty, *(SelectChoice(each.key, each.title_in(language())) for each in outlines)]


class CopyForm(BeginForm):
    parts = CheckboxesField(_l("Copy"), default=[each.value for each in CopyPart])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.parts.choices = labelled(CopyPart)

    @property
    def wanted(self) -> frozenset[CopyPart]:
        return frozenset(CopyPart(each) for each in self.parts.data or ())


class AboutForm(SharedForm):
    title = WordsField(_l("Title"), [DataRequired(_l("Give the workshop a title."))], lines=2)
    short_title = WordsField(_l("Short title"), description=_l("For the top of every page; empty: the title."))
    introduction = WordsField(_l("Introduction"), lines=6, at_most=4000)
    objectives = WordsField(
        _l("Objectives"),
        lines=5,
        at_most=4000,
        description=_l("One a line, in the same order in each language. A dash keeps the place of a missing one."),
    )
    outcomes = WordsField(_l("Expected outcomes"), lines=5, at_most=4000, description=_l("One a line, likewise."))
    themes = StringField(_l("Themes"), [Length(max=500)], default="", description=_l("Separated by commas."))
    goals = CheckboxesField(_l("Goals"), default=())
    session_before = WordsField(
        _l("Session of the governing body before it"), description=_l("Such as: 88th session of the Council.")
    )
    session_after = WordsField(_l("Session of the governing body after it"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.goals.choices = [SelectChoice(code, name_of(code, language())) for code in goals()]


class DatesForm(SharedForm):
    starts_on = DateField(_l("First day"), [DataRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [DataRequired(_l("Give the last day."))])
    move_along = BooleanField(_l("Move the sessions along by as many days"))
    opens_at = clock_field(_l("Opens at"))
    closes_at = clock_field(_l("Closes at"))
    place = WordsField(_l("Place"), description=_l("City, or “online”."))
    venue = WordsField(_l("Venue"), lines=2, description=_l("Building and address."))
    zone = SelectField(
        _l("Time zone"), [InputRequired()], description=_l("Sessions keep their time of day when you change it.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.zone.choices = zone_choices()
        if self.zone.data and self.zone.data not in zones():  # an older name of a zone stays what it is
            self.zone.choices.append(SelectChoice(self.zone.data, self.zone.data))


class LanguagesForm(SharedForm):
    working = SelectField(_l("Working language"), [InputRequired()], description=_l("Forms ask for its texts first."))
    languages = CheckboxesField(_l("Other languages"), default=())
    another = StringField(
        _l("Another language"), [LINE], default="", description=_l("Its name or code, such as Wolof or wo.")
    )

    def __init__(self, *args: object, known: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.working.choices = self.languages.choices = language_choices(*known)


class ContactForm(SharedForm):
    contact_name = StringField(_l("Contact name"), [LINE], default="", description=_l("A person or an office."))
    contact_email = StringField(
        _l("Email address"), [Optional(), Email(_l("Write an email address such as office@example.org."))], default=""
    )
    contact_phone = StringField(_l("Telephone"), [Length(max=60)], default="")
    funders = TextAreaField(_l("Supported by"), [Length(max=2000)], default="", description=_l("One a line."))
    disclaimer = WordsField(_l("Disclaimer"), lines=3, at_most=2000)


class LogoForm(BaseForm):
    logo = FileField(_l("Logo"), description=_l("PNG or JPEG. It is shown on the public page."))
    logo_text = StringField(
        _l("What the logo says"), [Length(max=200)], default="", description=_l("For people who cannot see it.")
    )


class ConductForm(SharedForm):
    mode = RadioField(_l("Attribution"), [DataRequired()], choices=labelled(MeetingMode), coerce=MeetingMode)
    notice = WordsField(_l("Notice"), lines=2, at_most=500, description=_l("Shown on top of every public page."))
    retention_months = IntegerField(
        _l("Months for which personal data is kept after the workshop"),
        [Optional(), NumberRange(0, 240)],
        description=_l("Shown to the people concerned. Leave it empty if nothing was promised."),
    )


class RemoveForm(BaseForm):
    """The short name is typed once more: the button alone is too easy to press."""

    slug = StringField(_l("Short name of the workshop"), [DataRequired()], filters=(unix_lines,))
