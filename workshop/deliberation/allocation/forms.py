"""What an organiser says about people and their seats."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, CheckboxesField, labelled, unix_lines, whole
from workshop.platform.i18n import language_name
from workshop.programme.groups.models import Group
from workshop.secretariat.register.models import Category

from .models import ChoiceKind, Grouping, SeatedPerson, Sex

LARGEST_SEED = 999_999


def line(label: str, hint: str = "", *validators: object) -> StringField:
    return StringField(label, [*validators, Length(max=200)], default="", description=hint)


class AllocationForm(BaseForm):
    """How everybody is seated."""

    grouping = SelectField(
        _l("People of one delegation"), [InputRequired()], choices=labelled(Grouping), coerce=Grouping
    )
    most_moves = IntegerField(
        _l("Move at most"),
        [Optional(), NumberRange(0, 1000)],
        description=_l("People who have a seat already. Empty: everyone not locked is seated afresh."),
    )
    seed = IntegerField(
        _l("Draw number"),
        [InputRequired(), NumberRange(0, LARGEST_SEED)],
        description=_l("The same list and the same number give the same groups."),
    )


class ChoiceForm(SharedForm):
    """Whether and how people choose their group themselves."""

    kind = RadioField(_l("How they choose"), choices=labelled(ChoiceKind), validators=[InputRequired()])
    is_open = BooleanField(_l("People can choose now"))


class ListForm(BaseForm):
    """Several people at once, one a line."""

    text = TextAreaField(
        _l("People"),
        [DataRequired(_l("Paste or type at least one line."))],
        description=_l(
            "One person a line: name; delegation; category; region; languages; sex; seniority; wished groups; email. Only the "
            "name is required. Parts are separated by semicolons, commas or tabs, as pasted from a spreadsheet."
        ),
        filters=(unix_lines,),
        render_kw={"rows": 8},
    )


class PersonForm(SharedForm):
    """One person on the list."""

    name = line(_l("Name"), "", DataRequired(_l("Give the name.")))
    delegation = line(_l("Delegation or organisation"))
    category = SelectField(_l("Category"), choices=labelled(Category, _l("Not stated")), default="")
    email = line(_l("Email"))
    region = line(_l("Region"))
    languages = CheckboxesField(_l("Languages spoken"), default=())
    sex = SelectField(_l("Sex, where volunteered"), choices=labelled(Sex, _l("Not stated")), default="")
    seniority = line(_l("Seniority"), _l("A word of your own, such as minister or expert."))
    wishes = line(_l("Wished groups"), _l("Numbers of groups, the most wished first: 2 1"))
    sits_with = line(_l("Sits together with"), _l("People with the same word here sit in one group."))
    sits_apart = line(_l("Sits apart from"), _l("People with the same word here never sit in one group."))
    group = SelectField(_l("Group"), coerce=whole, validators=[Optional()])
    is_locked = BooleanField(_l("Lock this seat: no allocation moves it"))

    def __init__(
        self, formdata: object, *, groups: Sequence[Group], languages: Sequence[str], **kwargs: object
    ) -> None:
        super().__init__(formdata, **kwargs)
        self.group.choices = [SelectChoice("", _("No seat yet"))] + [
            SelectChoice(str(each.number), _("Group %(number)s", number=each.number)) for each in groups
        ]
        self.languages.choices = [SelectChoice(code, language_name(code)) for code in languages]

    def write(self, person: SeatedPerson) -> None:
        for name in ("name", "delegation", "email", "region", "seniority", "sits_with", "sits_apart"):
            setattr(person, name, self[name].data or "")
        person.category = Category(self.category.data) if self.category.data else None
        person.sex = Sex(self.sex.data) if self.sex.data else None
        person.languages = list(self.languages.data or ())
        person.wishes = [int(each) for each in (self.wishes.data or "").split() if each.isdecimal()]


def as_kept(person: SeatedPerson) -> dict[str, object]:
    """A person as the form shows one."""
    names = ("name", "delegation", "email", "region", "languages", "seniority", "sits_with", "sits_apart", "is_locked")
    return {name: getattr(person, name) for name in names} | {
        "category": person.category.value if person.category else "",
        "sex": person.sex.value if person.sex else "",
        "wishes": " ".join(map(str, person.wishes)),
        "group": person.group.number if person.group else None,
    }
