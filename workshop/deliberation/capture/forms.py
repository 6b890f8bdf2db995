"""What a note-taker types. A field for a name exists only where what is said is on record."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from workshop.platform.forms import BaseForm, labelled, unix_lines, whole
from workshop.platform.i18n import LANGUAGES, language
from workshop.programme.agenda.formats import Perspective
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

from .models import Channel, PointKind, Relation, Turn
from .places import Noted, Place
from .rules import LONGEST_POINT, MOST_VOICES, RAISED_FROM

NO_QUESTION = 0


def moment(value: object) -> datetime | None:
    """What a browser's clock said, in UTC; nothing where it is no moment."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else None


class PointForm(BaseForm):
    """One point. `question` is the position of a guiding question, 0 for none of them.

    The hidden fields say where and when it was typed: what the questions said there (`wordings`), under which mode, at
    which moment, by which browser in which order.
    """

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
    category = SelectField(
        _l("Category of speaker"), choices=labelled(Category, _l("Not stated")), default="", validators=[Optional()]
    )
    voices = IntegerField(
        _l("Voices"),
        default=1,
        validators=[Optional(), NumberRange(1, MOST_VOICES, _l("Please give a number between %(min)s and %(max)s."))],
        render_kw={"min": 1, "max": MOST_VOICES, "inputmode": "numeric"},
    )
    language = SelectField(_l("Written in"), validators=[DataRequired()])
    may_quote = BooleanField(_l("These are the speaker’s words, and the speaker agrees to be quoted"))
    relation = SelectField(
        _l("What it says about that point"), choices=labelled(Relation), default=Relation.SUPPORTS.value
    )
    about: Field = HiddenField(filters=(whole,))
    replaces: Field = HiddenField(filters=(whole,))
    channel = HiddenField(default=Channel.SCREEN.value)
    client_key = HiddenField()
    wordings = HiddenField()
    mode = HiddenField()
    typed_at = HiddenField()
    device = HiddenField(validators=[Length(max=40)])
    sequence = HiddenField(filters=(whole,))

    def said(self) -> dict[str, Any]:
        """What the point says, as `rules.note` takes it."""
        channels = {each.value for each in Channel}
        return {
            "kind": PointKind(self.kind.data),
            "text": self.text.data,
            "language": self.language.data,
            "perspective": Perspective(self.perspective.data) if self.perspective.data else None,
            "category": Category(self.category.data) if self.category.data else None,
            "voices": self.voices.data or 1,
            "may_quote": bool(self.may_quote.data),
            "client_key": self.client_key.data or "",
            "channel": Channel(self.channel.data) if self.channel.data in channels else Channel.SCREEN,
            "wordings": [int(each) for each in (self.wordings.data or "").split(",") if each.isdecimal()],
            "mode": MeetingMode(self.mode.data) if self.mode.data in set(MeetingMode) else None,
            "typed_at": moment(self.typed_at.data),
            "device": self.device.data or "",
            "sequence": self.sequence.data,
        }


class SessionPointForm(PointForm):
    """One point of a plenary session, which has turns."""

    turn = RadioField(_l("When it was said"), choices=labelled(Turn), default=Turn.FLOOR.value)

    def said(self) -> dict[str, Any]:
        return super().said() | {"turn": Turn(self.turn.data)}


class NamedPointForm(SessionPointForm):
    """On record, who spoke may be noted."""

    speaker = StringField(_l("Speaker"), validators=[Length(max=200)], default="")

    def said(self) -> dict[str, Any]:
        return super().said() | {"speaker": self.speaker.data or ""}


def point_form(
    place: Place,
    question: int | None,
    *,
    before: Noted | None = None,
    about: int | None = None,
    paper: bool = False,
    speaking: Mapping[str, str] | None = None,
) -> PointForm:
    """The form for the next point, at the guiding question in that position; or for the text that replaces `before`.

    `speaking` says the category of whoever has the floor, and the name where one may be noted.
    """
    kind = PointForm if place.group else NamedPointForm if place.asks_for_names else SessionPointForm
    languages = place.workshop.languages
    values: dict[str, object] = {
        "question": question if question is not None else 1,
        "language": language() if language() in languages else languages[0],
        "client_key": secrets.token_hex(16),
        "wordings": ",".join(str(each.wordings[-1].id) for each in place.questions),
        "mode": place.mode.value,
        "about": about,
        "channel": Channel.PAPER.value if paper else Channel.SCREEN.value,
        **{name: said for name in ("category", "speaker") if (said := (speaking or {}).get(name))},
    }
    form = kind(data=values | (as_kept(before) if before else {}))
    choices = [SelectChoice(each.position, each.text.in_(language(), "en")[0]) for each in place.questions]
    form.question.choices = [*choices, SelectChoice(NO_QUESTION, _l("None of these"))]
    form.language.choices = [SelectChoice(code, LANGUAGES.get(code, code)) for code in offered(languages, before)]
    return form


def offered(languages: Sequence[str], before: Noted | None) -> list[str]:
    return list(dict.fromkeys([*languages, *([before.language] if before else [])]))


def as_kept(point: Noted) -> dict[str, object]:
    """A point as the form shows it that corrects it."""
    names = ("kind", "text", "perspective", "category", "voices", "language", "may_quote", "turn", "speaker")
    values = {name: getattr(point, name) for name in names if hasattr(point, name)}
    return {name: value.value if hasattr(value, "value") else value for name, value in values.items()} | {
        "question": point.question.position if point.question else NO_QUESTION,
        "replaces": point.number,
    }
