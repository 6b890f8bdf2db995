"""What an analyst types about answers in words."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length

from workshop.platform.forms import LINE, BaseForm


class QuoteForm(BaseForm):
    """Some words of an answer for a finding."""

    finding = SelectField(_l("For the finding"), [DataRequired()])
    excerpt = TextAreaField(
        _l("The words to quote"),
        [DataRequired(_l("Leave the words that are to be quoted."))],
        description=_l("Word for word. Cut what is not needed; change nothing."),
    )
    names = TextAreaField(
        _l("Names to mask"),
        default="",
        description=_l(
            "One a line: persons, organisations, places. Email addresses and telephone numbers are masked anyway."
        ),
    )

    def __init__(self, *, findings: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.finding.choices = [SelectChoice(*each) for each in findings]


class CodeForm(BaseForm):
    name = StringField(
        _l("New code"),
        [DataRequired(_l("Give the code a name.")), Length(max=120), LINE],
        default="",
        description=_l("A few words for what several answers say, such as: cost of transfers."),
    )
