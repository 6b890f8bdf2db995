"""What an organiser sends: a file or pasted text, what its columns mean, her word that it be taken."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired

from workshop.platform.forms import BaseForm
from workshop.platform.i18n import LANGUAGES


class BringForm(BaseForm):
    file = FileField(
        _l("File"),
        description=_l(
            "Word (DOCX), Excel (XLSX, XLS), OpenDocument (ODS, ODT), PDF, slides (PPTX), CSV, HTML, text, frab or pretalx "
            "schedule (XML, JSON) or iCalendar. The type is "
            "recognised from the content, whatever the name."
        ),
    )
    text = TextAreaField(
        _l("Or paste the agenda"), description=_l("From a web page, an email or a document; the text is enough.")
    )
    language = SelectField(_l("Language of the agenda"), [DataRequired()])

    def __init__(self, *, languages: list[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.language.choices = [(code, LANGUAGES.get(code, code)) for code in languages]


class DatesForm(BaseForm):
    """Which figure of a date is the month, where the file does not tell."""

    order = RadioField(_l("What does the date mean?"), [DataRequired(_l("Choose one of the two dates."))])

    def __init__(self, *, meanings: tuple[str, str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.order.choices = [SelectChoice("day", meanings[0]), SelectChoice("month", meanings[1])]


class TakeForm(BaseForm):
    overwrite = BooleanField(_l("Where the file and the workshop differ, use the file"))
    seen = HiddenField()
