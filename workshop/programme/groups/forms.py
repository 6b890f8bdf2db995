"""What an organiser types about the questions of a group."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, StringField

from workshop.platform.conflicts import SharedForm
from workshop.platform.db import Words
from workshop.platform.forms import BaseForm, WordsField, whole
from workshop.programme.agenda.question_wordings import QuestionText


class QuestionForm(BaseForm):
    """One guiding question inside the form of its group."""

    class Meta(BaseForm.Meta):
        csrf = False

    id = HiddenField(filters=(whole,))
    text = WordsField(_l("Question"), lines=3, at_most=1000)
    place = StringField(_l("Position"), filters=(whole,), render_kw={"inputmode": "numeric", "size": "3"})
    remove = BooleanField(_l("Remove this question"))


class QuestionsForm(SharedForm):
    """All that a group is asked."""

    questions = FieldList(FormField(QuestionForm), _l("Guiding questions"), max_entries=40)

    def validate(self, extra_validators: object = None) -> bool:
        good = super().validate(extra_validators)
        said = [message for entry in self.questions for field in entry.form for message in field.errors]
        if said:
            self.questions.errors = said  # the summary on top can name a plain message, not a nested one
        return good

    def typed_questions(self) -> list[QuestionText]:
        """What was typed; a question that is ticked for removal has no text left."""
        return [
            QuestionText(text=Words() if each["remove"] else each["text"], id=each["id"], place=each["place"])
            for each in self.questions.data
        ]
