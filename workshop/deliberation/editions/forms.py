"""What people decide about an edition: the deadline of its review, its languages, why it goes, why a word stays."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from workshop.platform.forms import BaseForm, CheckboxesField, ClockField, WordsField
from workshop.platform.i18n import language_name

LINE = Length(max=300)


class ReviewForm(BaseForm):
    """Until when silence counts as no objection: a day and a time in the workshop's zone."""

    day = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    time = ClockField(_l("Time"), [InputRequired(_l("Enter a time, such as 18:00."))])


class ReleaseLanguagesForm(BaseForm):
    """In which languages it is shown."""

    languages = CheckboxesField(_l("Languages"))

    def offer(self, codes: list[str]) -> "ReleaseLanguagesForm":
        self.languages.choices = [SelectChoice(code, language_name(code)) for code in codes]
        return self


class WithdrawForm(BaseForm):
    because = StringField(
        _l("Why it is withdrawn"), [DataRequired(_l("Say why. Only people who work on the report read it.")), LINE]
    )


class CorrigendumForm(BaseForm):
    """What a released edition should have said."""

    text = WordsField(
        _l("Corrigendum"),
        lines=4,
        at_most=3000,
        description=_l("Name the paragraph, what it says and what it should say."),
    )
    checked = BooleanField(_l("I have checked the names and words in it"))


class KeepForm(BaseForm):
    """A decision that something the release check found stays."""

    hit = HiddenField(validators=[InputRequired()])
    reason = StringField(_l("Why it is kept"), [DataRequired(_l("Say why it is kept.")), LINE])
