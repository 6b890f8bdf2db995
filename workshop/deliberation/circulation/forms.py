"""What people say about an edition under review, and what is decided about it."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from workshop.participation.delegations.models import Participant
from workshop.platform.forms import BaseForm, CheckboxesField, labelled

from .models import RemarkDecision, RemarkKind

LONG = Length(max=3000)


class RecipientsForm(BaseForm):
    """To whom the edition is sent. With nobody selected, to everybody on the list."""

    people = CheckboxesField(
        _l("Participants"),
        coerce=int,
        description=_l("If you select no one, everyone on the list is included."),
    )

    def offer(self, people: list[Participant]) -> "RecipientsForm":
        self.people.choices = [SelectChoice(str(each.id), each.plain_name) for each in people]
        return self


class RemarkForm(BaseForm):
    """A remark on one paragraph, or on the whole."""

    paragraph = IntegerField(
        _l("Paragraph"),
        [MayBeEmpty(), NumberRange(min=1, message=_l("Enter the number of a paragraph."))],
        description=_l("The number in the margin. Leave empty for the report as a whole."),
    )
    kind = SelectField(_l("Kind of remark"), choices=labelled(RemarkKind), coerce=RemarkKind)
    text = TextAreaField(_l("Remark"), [DataRequired(_l("Write what you want to say.")), LONG])
    wording = TextAreaField(
        _l("Proposed wording"), [LONG], description=_l("As the paragraph should read, if you propose something else.")
    )


class DecisionForm(BaseForm):
    """What becomes of a remark."""

    remark = HiddenField(validators=[DataRequired()])
    decision = SelectField(_l("Decision"), choices=labelled(RemarkDecision), coerce=RemarkDecision)
    answer = TextAreaField(_l("Answer to its author"), [Length(max=1000)])
    wording = HiddenField()  # that of the button which uses the wording proposed

    @property
    def uses_wording(self) -> bool:
        return bool(self.wording.data)
