"""What an organiser sends: a file or pasted text, what its columns mean, her word that it be taken."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired

from workshop.platform.forms import BaseForm
from workshop.platform.i18n import LANGUAGES


class BringForm(BaseForm):
    file = FileField(
        _l("File"),
        description=_l(
            "Word (DOCX), Excel (XLSX, XLS), OpenDocument (ODS), CSV, HTML, text, frab schedule (XML, JSON) or iCalendar. The type is "
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


class TakeForm(BaseForm):
    overwrite = BooleanField(_l("Where the file and the workshop differ, use the file"))
    seen = HiddenField()
