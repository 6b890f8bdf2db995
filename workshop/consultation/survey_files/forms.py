"""What an organiser sends: a file to read, or texts that came back from a translator."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from workshop.platform.forms import BaseForm


class BringForm(BaseForm):
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "XLSForm (.xlsx, .xls, .ods, .csv, .md), LimeSurvey survey (.lss, .lsa, .tsv) or our own JSON, at most 20 MB."
        ),
    )
    slug = StringField(
        _l("Short name in addresses"),
        [Length(max=60)],
        description=_l(
            "May stay empty: the name in the file is then used. The name of an existing questionnaire updates that "
            "questionnaire."
        ),
    )


class KeepForm(BaseForm):
    """Confirms what was read; the file is kept meanwhile, and its name is signed."""

    kept = HiddenField(validators=[DataRequired()])
    slug = HiddenField()
    seen = HiddenField()


class TextsForm(BaseForm):
    file = FileField(
        _l("Sheet of texts"),
        [FileRequired(_l("Choose a file."))],
        description=_l("The workbook (.xlsx) that was downloaded from here."),
    )
