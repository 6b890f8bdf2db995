"""What an organiser types about a questionnaire as a whole: how it begins, how it is answered, how it is published."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, MomentField, WordsField


class CreateForm(BaseForm):
    title = WordsField(_l("Title"), [DataRequired(_l("Give it a title in at least one language."))])
    source = SelectField(
        _l("Begin with"), description=_l("A copy has all sections, questions, lists and conditions, and no answers.")
    )

    def __init__(self, *, sources: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.source.choices = [
            SelectChoice("", _l("An empty questionnaire")),
            *(SelectChoice(*s) for s in sources),
        ]


class SettingsForm(SharedForm):
    opens_at = MomentField(_l("Opens"), [Optional()])
    closes_at = MomentField(_l("Closes"), [Optional()])
    open_to_all = BooleanField(_l("Anyone may answer at the open address"))
    allows_changes = BooleanField(
        _l("Respondents may change what they submitted, until it closes"),
        description=_l("Their earlier answers are kept, and do not count while they change them. Not where anonymous."),
    )
    quotas = TextAreaField(
        _l("Quotas"),
        [Length(max=4000)],
        default="",
        description=_l("How many answers of one kind are enough, one on each line: A3 = ind: 50. Usually left blank."),
    )
    needs_all_texts = BooleanField(_l("Publish only when no text is missing in any language"))


class PublishForm(BaseForm):
    note = WordsField(
        _l("Note on this version"), lines=3, at_most=2000, description=_l("For people who read the results later.")
    )
    comparable = SelectField(
        _l("Answers to the last version and to this one"),
        choices=[
            SelectChoice("yes", _l("may be counted together")),
            SelectChoice("no", _l("must be counted separately")),
        ],
    )
    seen = HiddenField()
