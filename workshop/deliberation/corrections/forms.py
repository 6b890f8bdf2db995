"""What a member of the group writes."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from workshop.platform.forms import BaseForm, labelled, unix_lines

from .models import ReportPart
from .rules import LONGEST


class CorrectionForm(BaseForm):
    part = SelectField(_l("About"), [InputRequired()], choices=labelled(ReportPart), coerce=ReportPart)
    text = TextAreaField(
        _l("What should it say"),
        [DataRequired(_l("Write what should be changed.")), Length(max=LONGEST)],
        filters=(unix_lines,),
        description=_l("Up to %(count)s characters. Do not give your name, nor anyone else’s.", count=LONGEST),
        render_kw={"rows": 4, "maxlength": LONGEST},
    )
