"""What organisers say about answers that came on paper."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from workshop.consultation.questionnaires.models import QuestionnaireVersion, Recipient
from workshop.consultation.questionnaires.rules import publications
from workshop.consultation.questionnaires.states import ENDED, Anonymity, Channel, Publication
from workshop.consultation.questions.language_names import name_of
from workshop.platform.forms import BaseForm

from .rules import LONGEST


class TranscribeForm(BaseForm):
    channel = RadioField(
        _l("How did the answers arrive?"),
        [InputRequired()],
        coerce=Channel,
        choices=[SelectChoice(each.value, each.label) for each in (Channel.PAPER, Channel.EMAIL)],
    )
    recipient = SelectField(
        _l("From"),
        coerce=lambda value: value or "",
        description=_l(
            "The recipient you choose gets no more reminders, and their link tells them that the answers arrived."
        ),
    )
    received_on = DateField(
        _l("When did they arrive?"),
        [DataRequired()],
        description=_l("They count as submitted on that day; after closing they are marked as late."),
    )
    version = SelectField(
        _l("Which version is it?"),
        [InputRequired()],
        coerce=int,
        description=_l("It is shown at the bottom of every page."),
    )
    language = SelectField(_l("In which language were they written?"), [InputRequired()])
    publication = RadioField(
        _l("How may the answers be published, by the choice made on the paper?"), [InputRequired()]
    )
    scan = FileField(_l("Scan, photo, or the email saved as PDF"))

    def __init__(self, versions: list[QuestionnaireVersion], recipients: list[Recipient], **kwargs: object) -> None:
        super().__init__(**kwargs)
        asked = versions[0].questionnaire
        self.version.choices = [SelectChoice(each.id, _("version %(number)s", number=each.number)) for each in versions]
        written = {code for each in versions for code in each.definition["languages"]}
        self.language.choices = [SelectChoice(code, name_of(code)) for code in sorted(written)]
        free = [each for each in recipients if not each.response or each.response.state in ENDED]
        self.recipient.choices = [
            SelectChoice("", _("Not on the list")),
            *(SelectChoice(each.key, each.name) for each in free),
        ]
        self.publication.choices = [SelectChoice(each.value, each.label) for each in publications(asked)]
        self.scan.flags.required = asked.anonymity is not Anonymity.ANONYMOUS
        if not recipients:
            del self.recipient
        if not self.publication.choices:
            del self.publication
        elif self.publication.data is None:
            self.publication.data = Publication.TOTALS.value


class SendBackForm(BaseForm):
    found = TextAreaField(
        _l("What differs from the paper?"),
        [DataRequired(_l("Write what differs from the paper, so that it can be corrected.")), Length(max=LONGEST)],
        description=_l("Name the question by its code, and say what the paper says."),
    )


class EraseForm(BaseForm):
    """Nothing to fill in: the button says it all."""
