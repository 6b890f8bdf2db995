"""The form of a group report. Its repeated parts are rows of fields named "key_points-0-text", "key_points-1-text" …"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.form import BaseForm as AnyForm
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput, TextInput

from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.capture.rules import RAISED_FROM
from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import Posted, unix_lines
from workshop.platform.i18n import LANGUAGES, language
from workshop.platform.labels import Labelled
from workshop.programme.groups.models import Group
from workshop.secretariat.register.models import Category

from .models import Strength
from .report_draft import Flat, nested, rows, rows_of, unnested
from .rules import AT_MOST, BANDS, LONGEST

MOST_PEOPLE = 999
NUMBER_OF_POINT = re.compile(r"(?:\b\d+\.)?\b(\d{1,6})\b")


def _line(label: str, part: str, name: str, hint: str = "") -> StringField:
    return StringField(label, description=hint, render_kw={"maxlength": LONGEST[part][name]})


def _text(label: str, part: str, name: str, *, lines: int = 3, hint: str = "") -> TextAreaField:
    longest = LONGEST[part][name]
    return TextAreaField(
        label, description=hint, filters=(unix_lines,), render_kw={"rows": lines, "maxlength": longest}
    )


def _select(label: str, members: Iterable[Labelled], empty: str | None = None) -> SelectField:
    choices = [
        *([] if empty is None else [SelectChoice("", empty)]),
        *(SelectChoice(m.value, m.label) for m in members),
    ]
    return SelectField(label, choices=choices, default=choices[0].value)


def _number() -> IntegerField:
    return IntegerField(widget=HiddenInput(), validators=[Optional()])


class PointsField(Field):
    """Points by their numbers, as people write them: "2.4, 2.7" or "4 7". `data` is a list of numbers."""

    widget = TextInput()

    def __init__(self, label: str, *, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.labels = {point.number: point.label for point in points}
        self.written = ""

    def _value(self) -> str:
        return self.written or ", ".join(self.labels.get(number, str(number)) for number in self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        self.written = ", ".join(valuelist).strip()
        self.data = sorted({int(number) for number in NUMBER_OF_POINT.findall(self.written)})

    def pre_validate(self, form: AnyForm) -> None:
        if left := NUMBER_OF_POINT.sub("", self.written).strip(" ,;.\n"):
            raise ValidationError(_("“%(text)s” is no number of a point. Write them like 2.4, 2.7.", text=left[:40]))
        for number in self.data or ():
            if number not in self.labels:
                raise ValidationError(_("This group has no point %(number)s.", number=number))


class GroupReportForm(SharedForm):
    """What stands once in the report; `report_form` adds the headcount and the rows."""

    remade: Callable[[Flat], "GroupReportForm"]
    languages_spoken = _line(_l("Languages spoken"), "report", "languages_spoken")
    moderator = _line(_l("Moderator"), "report", "moderator")
    rapporteur = _line(_l("Rapporteur"), "report", "rapporteur")
    language = SelectField(_l("This report is written in"), validators=[DataRequired()])
    differences = _text(_l("Where views differed"), "report", "differences", lines=5)
    lens_national = _text(_l("In national policy"), "report", "lens_national", lines=5)
    lens_multilateral = _text(_l("In multilateral bodies"), "report", "lens_multilateral", lines=5)
    multilateral_not_discussed = BooleanField(_l("Multilateral bodies were not discussed in this group"))
    not_covered = _text(_l("Not covered, or for another group"), "report", "not_covered")
    quotable = _line(_l("A line to quote"), "report", "quotable")
    quotable_consent = BooleanField(_l("The person who said it agrees to be quoted in these words"))

    def said(self) -> dict[str, object]:
        return nested(super().said())

    def taking(self, merged: Mapping[str, object]) -> "GroupReportForm":
        return self.remade(unnested(merged))

    def rows(self, part: str) -> list[dict[str, Field]]:
        """The fields of each row of a repeated part, by their short names."""
        return rows(self._fields, part)

    def headcount(self) -> list[Field]:
        return [field for name, field in self._fields.items() if name.startswith("headcount-")]

    def titled(self, name: str) -> str:
        """What a list of links calls one of its fields, rows told apart."""
        label, (part, _dash, rest) = str(self[name].label.text), name.partition("-")
        if part not in AT_MOST:
            return label
        place, column = int(rest.partition("-")[0]), rest.partition("-")[2]
        title = self._titled_row(part, place)
        return title if column == "text" else f"{title}, {label}"

    def _titled_row(self, part: str, place: int) -> str:
        number = place + 1
        if part == "key_points":
            asked = [row["question"].data for row in self.rows(part)[:number]]
            of_question = {"question": asked[place], "number": asked.count(asked[place])}
            return str(_("Question %(question)s, key point %(number)s", **of_question))
        titles = {
            "practices": _("Practice %(number)s", number=number),
            "recommendations": _("Recommendation %(number)s", number=number),
            "lessons": _("Lesson %(number)s", number=number),
        }
        return str(titles[part])


def report_form(group: Group, points: Sequence[Point], data: Flat, *, posted: Posted = None) -> GroupReportForm:
    """The form of this group's report with as many rows as `data` has, or as were posted."""
    shown = rows_of(posted if posted is not None else data)
    positions = [question.position for question in group.questions]
    shown["key_points"] *= bool(positions)
    fields: dict[str, object] = {
        f"headcount-{each.value}": IntegerField(
            each.label,
            validators=[
                Optional(),
                NumberRange(0, MOST_PEOPLE, _l("Please give a number between %(min)s and %(max)s.")),
            ],
            render_kw={"min": 0, "max": MOST_PEOPLE, "inputmode": "numeric"},
        )
        for each in Category
    }
    make: dict[str, Callable[[], dict[str, object]]] = {
        "key_points": lambda: _key_point(positions, points),
        "practices": _practice,
        "recommendations": lambda: _recommendation(group),
        "lessons": lambda: {"text": _text(_l("Lesson"), "lessons", "text", lines=2)},
    }
    for part, count in shown.items():
        for place in range(count):
            fields |= {f"{part}-{place}-{name}": field for name, field in make[part]().items()}

    class GroupReportFormWithRows(GroupReportForm):
        """With as many fields as this report needs."""

    for name, field in fields.items():
        setattr(GroupReportFormWithRows, name, field)
    form = GroupReportFormWithRows(formdata=posted, data=data)
    form.remade = lambda merged: report_form(group, points, merged)
    form.language.choices = [SelectChoice(code, LANGUAGES.get(code, code)) for code in group.workshop.languages]
    return form


def _key_point(positions: Sequence[int], points: Sequence[Point]) -> dict[str, object]:
    """Under a question that was taken out while somebody wrote, the text moves to the first one rather than vanish."""
    return {
        "id": _number(),
        "question": IntegerField(
            widget=HiddenInput(), filters=(lambda asked: asked if asked in positions else positions[0],)
        ),
        "text": _text(_l("Key point"), "key_points", "text", lines=2),
        "kind": _select(_l("Kind of point"), PointKind),
        "perspective": _select(_l("Perspective"), RAISED_FROM, _l("Not stated")),
        "strength": _select(_l("How many held this view"), [*BANDS, Strength.GENERAL_AGREEMENT], _l("As counted")),
        "nobody_objected": BooleanField(_l("For general agreement: the moderator asked, and no one objected")),
        "points": PointsField(_l("Points it is based on"), points=points),
    }


def _practice() -> dict[str, object]:
    return {
        "id": _number(),
        "title": _line(_l("Title"), "practices", "title"),
        "place": _line(_l("Where"), "practices", "place"),
        "who": _line(_l("Who"), "practices", "who", _l("A type of body rather than a person.")),
        "why": _text(_l("Why it works"), "practices", "why", lines=2),
    }


def _recommendation(group: Group) -> dict[str, object]:
    choices = [SelectChoice(each.position, each.text.in_(language(), "en")[0]) for each in group.questions]
    choices.append(SelectChoice(0, _l("None of these")))
    return {
        "id": _number(),
        "action": _text(_l("What should be done"), "recommendations", "action", lines=2, hint=_l("Begin with a verb.")),
        "addressee": _line(
            _l("Offered to"), "recommendations", "addressee", _l("A type of addressee, such as labour ministries.")
        ),
        "by_when": _line(_l("By when"), "recommendations", "by_when"),
        "question": SelectField(_l("Answers the question"), coerce=int, choices=choices, default=choices[0].value),
    }
