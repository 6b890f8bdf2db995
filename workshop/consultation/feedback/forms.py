"""What was heard and what became of it, as it is typed."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, NumberRange

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import WordsField

from .models import Outcome


class FeedbackForm(SharedForm):
    introduction = WordsField(
        _l("Introduction"),
        lines=5,
        at_most=3000,
        description=_l("Thank those who answered, and say how their answers were used."),
    )


class EntryForm(SharedForm):
    heard = WordsField(
        _l("What we heard"), [DataRequired(_l("Say in at least one language what was heard."))], lines=4, at_most=2000
    )
    outcome = SelectField(_l("Outcome"), choices=[SelectChoice(each.value, each.label) for each in Outcome])
    answer = WordsField(
        _l("What was done, or why it was not"),
        lines=4,
        at_most=2000,
        description=_l("Required unless it was acted on in full."),
    )
    questions = SelectMultipleField(
        _l("Questions it was said under"),
        description=_l("Respondents who answered one of them see that this is about their answer."),
    )
    position = IntegerField(_l("Position"), [NumberRange(1, 999)], default=1)

    def __init__(self, formdata: object = None, *, asked: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.questions.choices = [SelectChoice(*each) for each in asked]
