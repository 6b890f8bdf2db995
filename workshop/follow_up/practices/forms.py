"""A practice, a consent and a gap, as they are typed."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, CheckboxesField, WordsField, unix_lines, whole
from workshop.platform.i18n import language
from workshop.secretariat.register.countries import in_order
from workshop.secretariat.settings.goals import goals, name_of

LONG = Length(max=5000)


def country_choices() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in in_order(language())]


def goal_choices() -> list[SelectChoice]:
    return [SelectChoice(code, name_of(code, language())) for code in goals()]


class PracticeForm(SharedForm):
    title = WordsField(_l("Title"), [DataRequired(_l("Give the title in at least one language."))], at_most=300)
    what = WordsField(_l("What is done"), [DataRequired(_l("Say what is done."))], lines=5, at_most=4000)
    who = WordsField(_l("Done by"), lines=2, at_most=1000)
    place = WordsField(_l("Where"), lines=2, at_most=1000)
    countries = SelectMultipleField(
        _l("Countries"),
        [InputRequired(_l("Choose at least one country."))],
        description=_l("At least one. Press Ctrl or Cmd to choose several."),
        render_kw={"size": 6},
    )
    source = StringField(
        _l("Source"),
        [Length(max=300)],
        description=_l(
            "Where it is known from: a document, a statement, a meeting. Required unless you choose a meeting."
        ),
        default="",
    )
    meeting = SelectField(_l("Shared at"), coerce=whole)
    partners = TextAreaField(
        _l("Partners"), [LONG], filters=(unix_lines,), description=_l("One a line."), render_kw={"rows": 3}, default=""
    )
    themes = StringField(_l("Themes"), [Length(max=500)], description=_l("Separated by commas."), default="")
    goals = SelectMultipleField(
        _l("Goals"), description=_l("Press Ctrl or Cmd to choose several."), render_kw={"size": 8}
    )
    link = StringField(_l("Address"), [Length(max=500)], render_kw={"inputmode": "url", "dir": "ltr"}, default="")
    contact = StringField(
        _l("Contact as printed"), [LINE], description=_l("An office rather than a person."), default=""
    )
    giver = StringField(_l("Given by"), [LINE], description=_l("Not shown to the public."), default="")
    giver_email = EmailField(
        _l("Email of the person who gave it"),
        [Optional(), Email(), LINE],
        description=_l("The link that asks for consent is sent there. Not shown to the public."),
        default="",
    )

    def __init__(self, formdata: object = None, *, meetings: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.countries.choices, self.goals.choices = country_choices(), goal_choices()
        self.meeting.choices = [
            SelectChoice("", _l("None of our workshops")),
            *(SelectChoice(*each) for each in meetings),
        ]


class ConsentForm(SharedForm):
    consented_on = DateField(_l("Date of the consent"), [InputRequired()])
    consent_note = StringField(_l("How it was given"), [DataRequired(), Length(max=300)], default="")


class GapForm(SharedForm):
    theme = StringField(_l("Theme"), [DataRequired(), Length(max=100)], default="")
    text = WordsField(_l("What is missing"), [DataRequired(_l("Say what is missing."))], lines=4, at_most=2000)
    rests_on = TextAreaField(
        _l("Based on"),
        [DataRequired(_l("Name at least one source for this gap.")), LONG],
        filters=(unix_lines,),
        description=_l("One source a line: what it is | address."),
        render_kw={"rows": 4},
        default="",
    )
    countries = SelectMultipleField(_l("Countries"), render_kw={"size": 6})
    goals = CheckboxesField(_l("Goals"), default=())

    def __init__(self, formdata: object = None, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.countries.choices, self.goals.choices = country_choices(), goal_choices()
