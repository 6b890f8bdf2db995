"""What a note-taker types. There is no field for a name."""

import secrets
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from workshop.platform.forms import BaseForm, unix_lines
from workshop.platform.i18n import LANGUAGES, language
from workshop.programme.agenda.formats import Perspective
from workshop.programme.groups.models import Group

from .models import PointKind
from .rules import LONGEST_POINT, MOST_VOICES, RAISED_FROM

NO_QUESTION = 0


class PointForm(BaseForm):
    """One point. `question` is the position of a guiding question, 0 for none of them."""

    question = RadioField(_l("Under which question"), coerce=int, validators=[InputRequired()])
    kind = RadioField(
        _l("Kind of point"),
        choices=[SelectChoice(kind.value, kind.label) for kind in PointKind],
        default=PointKind.ISSUE.value,
        validators=[InputRequired()],
    )
    text = TextAreaField(
        _l("The point, in one or two sentences"),
        description=_l("Up to %(count)s characters.", count=LONGEST_POINT),
        validators=[
            DataRequired(_l("Please write what was said.")),
            Length(
                max=LONGEST_POINT,
                message=_l("This is longer than %(max)d characters. Please split it into two points."),
            ),
        ],
        filters=(unix_lines,),
        render_kw={"rows": 5, "maxlength": LONGEST_POINT},
    )
    perspective = SelectField(
        _l("Perspective"),
        choices=[SelectChoice("", _l("Not stated")), *(SelectChoice(each.value, each.label) for each in RAISED_FROM)],
    )
    voices = IntegerField(
        _l("Voices"),
        default=1,
        validators=[Optional(), NumberRange(1, MOST_VOICES, _l("Please give a number between %(min)s and %(max)s."))],
        render_kw={"min": 1, "max": MOST_VOICES, "inputmode": "numeric"},
    )
    language = SelectField(_l("Written in"), validators=[DataRequired()])
    client_key = HiddenField()

    @property
    def raised_from(self) -> Perspective | None:
        return Perspective(self.perspective.data) if self.perspective.data else None

    def said(self) -> dict[str, object]:
        """What the point says, as `rules.note` takes it."""
        return {
            "kind": PointKind(self.kind.data),
            "text": self.text.data,
            "language": self.language.data,
            "perspective": self.raised_from,
            "voices": self.voices.data or 1,
            "client_key": self.client_key.data,
        }


def point_form(group: Group, languages: Sequence[str], question: int | None) -> PointForm:
    """The form for the next point of a group, at the guiding question in that position."""
    form = PointForm(
        question=question if question is not None else 1,
        language=language() if language() in languages else languages[0],
        client_key=secrets.token_hex(16),
    )
    choices = [SelectChoice(each.position, each.text.in_(language(), "en")[0]) for each in group.questions]
    form.question.choices = [*choices, SelectChoice(NO_QUESTION, _l("None of these"))]
    form.language.choices = [SelectChoice(code, LANGUAGES.get(code, code)) for code in languages]
    return form
