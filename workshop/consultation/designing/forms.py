"""What an organiser types about a questionnaire, its sections, questions and lists. Each may be open in two browsers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from workshop.consultation.questions import question_types
from workshop.consultation.questions.answer_wording import UNITS
from workshop.consultation.questions.draft_editing import LISTS
from workshop.consultation.questions.figures import typed_figures
from workshop.consultation.questions.language_names import name_of
from workshop.consultation.questions.question import MOST_ENTRIES, TODAY, Kind
from workshop.platform.conflicts import SharedForm
from workshop.platform.foreign.limits import EXTENSIONS
from workshop.platform.forms import LINE, BaseForm, CheckboxesField, DayOrTodayField, WordsField
from workshop.platform.i18n import language

DAY = Regexp(rf"([12]\d{{3}}-\d\d-\d\d|{TODAY})?$", message=_l("Write a date such as 2005-02-28, or the word “today”."))
NEW_LIST = ""


def figure(label: str, description: str = "") -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(1, 20_000)], description=description)


def new_lines(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [Length(max=20_000)],
        default="",
        description=_l("One on each line. They become a list that other questions can use too."),
    )


class TextForm(SharedForm):
    title = WordsField(_l("Title"), [DataRequired(_l("Give it a title in at least one language."))])
    introduction = WordsField(
        _l("Introduction"),
        lines=10,
        at_most=8000,
        description=_l("Shown before the first question: who asks, why, who sees the answers, how long they are kept."),
    )


class SectionForm(SharedForm):
    title = WordsField(_l("Title"), [DataRequired(_l("Give the section a title in at least one language."))])
    note = WordsField(
        _l("Note"), lines=3, at_most=4000, description=_l("Shown under the title, before the first question.")
    )
    condition = TextAreaField(
        _l("Shown only if"),
        [Length(max=2000)],
        default="",
        description=_l("Left blank, everyone gets this section. It can refer to questions of earlier sections."),
    )


def expression(label: str, description: str) -> TextAreaField:
    return TextAreaField(label, [Length(max=4000)], default="", description=description)


class QuestionForm(SharedForm):
    """All that any type of question has; `kind` says which of it this one has."""

    code = StringField(
        _l("Code"),
        [DataRequired(), Length(max=64)],
        description=_l("Short and permanent, such as B4: conditions and results use it to name the question."),
    )
    text = WordsField(
        _l("Question"), [DataRequired(_l("Write the question in at least one language."))], lines=3, at_most=4000
    )
    hint = WordsField(_l("Hint"), lines=3, at_most=2000, description=_l("How to answer, shown with the question."))
    why = WordsField(_l("Why we ask"), lines=3, at_most=2000)
    guidance = WordsField(
        _l("For interviewers and staff"),
        lines=2,
        at_most=2000,
        description=_l("Printed on paper and shown to staff, never to respondents online."),
    )
    options = SelectField(_l("List of answers"))
    rows = SelectField(_l("List of rows"))
    columns = SelectField(_l("List of columns"))
    new_options = new_lines(_l("Answers for a new list"))
    new_rows = new_lines(_l("Rows for a new list"))
    new_columns = new_lines(_l("Columns for a new list"))
    other = BooleanField(_l("“Other”, with a field for the respondent’s own words"))
    min_choices = figure(_l("At least how many"))
    max_choices = figure(_l("At most how many"))
    top = figure(_l("How many places"), description=_l("Left blank, everything is ranked."))
    low = WordsField(_l("Label of the lowest point"))
    high = WordsField(_l("Label of the highest point"))
    min = DecimalField(_l("Lowest"), [Optional()], places=None)
    max = DecimalField(_l("Highest"), [Optional()], places=None)
    to_now = BooleanField(_l("Highest is the current year"))
    decimals = IntegerField(_l("Digits after the point"), [Optional(), NumberRange(0, 6)])
    unit = SelectField(_l("Unit"))
    unit_label = WordsField(_l("Another unit"), description=_l("Written after the figure."))
    currency = SelectField(_l("Currency"))
    earliest = DayOrTodayField(_l("Earliest day"), [DAY], default="")
    latest = DayOrTodayField(_l("Latest day"), [DAY], default="")
    max_length = figure(_l("At most how many characters"))
    kinds = CheckboxesField(_l("Kinds of file"), description=_l("Leave all unticked to accept all of them."))
    max_size = IntegerField(_l("At most how many megabytes"), [Optional(), NumberRange(1, 40)])
    ends_on_no = BooleanField(_l("Without this consent the questionnaire ends"))
    asks_address = BooleanField(_l("People who consent are asked for an email address"))
    required = BooleanField(_l("Must be answered"))
    personal = BooleanField(_l("Personal: left out of results, only counted"))
    sensitive = BooleanField(_l("Sensitive: results hide figures under ten"))
    required_if = expression(_l("Must be answered if"), _l("Such as ${A3} = 'y'. Left blank, the box above decides."))
    default = StringField(
        _l("Filled in at first"),
        [Length(max=500)],
        default="",
        description=_l("What the form shows before anyone has typed: a text, a figure, or the code of an answer."),
    )
    filter = expression(
        _l("Choices offered"),
        _l("Such as region = ${A2}: of each answer the column region must be what was answered to A2."),
    )
    shuffle = BooleanField(_l("Choices in a random order for each respondent"))
    look = SelectField(
        _l("Shown as"), choices=[SelectChoice("", _l("All choices at once")), SelectChoice("minimal", _l("A menu"))]
    )
    calculation = expression(
        _l("Calculation"),
        _l("Such as ${B1} + ${B2}, round(${C3} div ${C4} * 100, 1) or if(${A1} = 'y', 'yes', 'no')."),
    )
    item = WordsField(
        _l("Name of one entry"), description=_l("Such as “Project”: entries are called Project 1, Project 2.")
    )
    least = IntegerField(_l("At least how many entries"), [Optional(), NumberRange(0, MOST_ENTRIES)])
    most = IntegerField(_l("At most how many entries"), [Optional(), NumberRange(1, MOST_ENTRIES)])
    times = expression(_l("As many entries as"), _l("Such as ${C2}. Left blank, people decide."))
    condition = TextAreaField(
        _l("Asked only if"),
        [Length(max=4000)],
        default="",
        description=_l(
            "Left blank, it is always asked. Such as ${A3} != 'ind' and ${B7} > 0, or selected(${D1}, 'edu')."
        ),
    )
    limit = TextAreaField(
        _l("The answer must fulfil"),
        [Length(max=2000)],
        default="",
        description=_l("The point is the answer itself, such as . <= ${B7}. Left blank, the limits above are enough."),
    )
    limit_message = WordsField(_l("Message when it does not"), lines=2, at_most=500)

    def __init__(
        self, formdata: object, *, kind: Kind, lists: list[str], fixed: bool = False, **kwargs: object
    ) -> None:
        super().__init__(formdata, **kwargs)
        self.kind = kind
        self._drop_what_is_not_asked(fixed)
        for name in {"options", "rows", "columns"} & self._fields.keys():
            self[name].choices = [
                SelectChoice(NEW_LIST, _l("A new list")),
                *(SelectChoice(each, each) for each in lists),
            ]
        if "unit" in self:
            known = {**UNITS, "year": _l("year")}
            if self.unit.data and self.unit.data not in known:
                known[self.unit.data] = self.unit.data
            none = SelectChoice("", _l("None, or another unit"))
            self.unit.choices = [none, *(SelectChoice(key, label) for key, label in known.items())]
        if "currency" in self:
            named = (SelectChoice(code, f"{code} – {name}") for code, name in typed_figures.in_order(language()))
            self.currency.choices = [SelectChoice("", _l("The respondent chooses")), *named]
        if "kinds" in self:
            self.kinds.choices = [SelectChoice(each, each.upper()) for each in EXTENSIONS.values()]

    def _drop_what_is_not_asked(self, fixed: bool) -> None:
        keys = question_types.keys_of(self.kind) | {"seen", "opened", "csrf_token"}
        also = {
            "ends": ("low", "high"),
            "on_no": ("ends_on_no",),
            "reveals": ("asks_address",),
            **{key: (f"new_{key}",) for key in LISTS},
        }
        wanted = {*keys, *(name for key in keys for name in also.get(key, ()))}
        wanted |= {"to_now"} if self.kind in {Kind.YEAR, Kind.INTEGER} else set()
        wanted -= {"code"} if fixed else set()
        for name in [name for name in self._fields if name not in wanted]:
            del self[name]

    def validate(self, extra_validators: object = None) -> bool:
        good = super().validate(extra_validators)
        for key in LISTS:
            if key in self and self[key].data and (self[f"new_{key}"].data or "").strip():
                said = _(
                    "These lines are for a new list, but “%(name)s” is chosen. Choose “A new list”, or clear them.",
                    name=self[key].data,
                )
                self[f"new_{key}"].errors = [*self[f"new_{key}"].errors, said]
                good = False
        return good


class OptionForm(BaseForm):
    """One answer inside the form of its list."""

    class Meta(BaseForm.Meta):
        csrf = False

    was = HiddenField(default="")
    code = StringField(_l("Code"), [Length(max=64)], default="")
    label = WordsField(_l("Answer"), at_most=500)
    exclusive = BooleanField(_l("Exclusive choice"))
    columns = StringField(_l("For the filter of choices"), [Length(max=500)], default="")
    place = IntegerField(_l("Position"), [Optional()])
    remove = BooleanField(_l("Remove"))


class ListForm(SharedForm):
    options = FieldList(FormField(OptionForm), _l("Answers"), max_entries=400)
    more = TextAreaField(
        _l("More answers"), [Length(max=20_000)], default="", description=_l("One on each line, in the first language.")
    )

    def validate(self, extra_validators: object = None) -> bool:
        good = super().validate(extra_validators)
        said = [message for entry in self.options for field in entry.form for message in field.errors]
        if said:
            self.options.errors = said
        return good


class LinkForm(BaseForm):
    language = SelectField(_l("Language"), [DataRequired()])
    name = StringField(_l("For whom"), [DataRequired(_l("Say whom the link is for.")), LINE], default="")
    days = IntegerField(_l("Valid for how many days"), [DataRequired(), NumberRange(1, 180)], default=30)

    def __init__(self, *, languages: list[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.language.choices = [SelectChoice(code, name_of(code)) for code in languages]


class LanguagesForm(SharedForm):
    languages = StringField(
        _l("Languages, the first of them the one it is written in"),
        [DataRequired(), Length(max=200)],
        description=_l(
            "Codes with commas between: en, fr, es, ar. Texts of a removed language are kept in case you add it again."
        ),
    )
