"""What is typed about a series."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import WordsField


class SeriesForm(SharedForm):
    title = WordsField(_l("Title"), [DataRequired(_l("Give the series a title."))], lines=2)
    description = WordsField(_l("Description"), lines=4, at_most=2000)


class NewSeriesForm(SeriesForm):
    slug = StringField(
        _l("Short name"),
        [Length(max=60)],
        default="",
        description=_l("It is part of every address. Leave it empty to have it made from the title."),
    )
