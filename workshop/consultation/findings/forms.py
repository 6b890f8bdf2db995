"""What an organiser says about a snapshot when taking it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, DecimalField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from workshop.consultation.questionnaires.states import Respondents
from workshop.platform.conflicts import SharedForm
from workshop.platform.db import Words
from workshop.platform.forms import LINE, BaseForm, MomentField, WordsField
from workshop.platform.i18n import LOCALES, dates

_: Callable[..., str] = gettext  # the library ships no types


class SnapshotForm(BaseForm):
    """`number` is the one the snapshot will have, so that a button pressed twice takes one snapshot."""

    number = HiddenField(validators=[Regexp(r"[0-9]{1,6}\Z")])
    title = WordsField(_l("Title"), [DataRequired(_l("Give the snapshot a title in at least one language."))])
    caveat = WordsField(
        _l("How to read it"),
        [DataRequired(_l("Say in at least one language how the results may be read."))],
        lines=6,
        at_most=1000,
        description=_l("Printed wherever a figure of this snapshot is."),
    )
    interim = BooleanField(_l("Only answers submitted by the cut-off for interim results"))
    as_of = MomentField(
        _l("Only answers submitted until"),
        [Optional()],
        description=_l("Left blank, all answers submitted so far."),
    )
    group = SelectField(_l("Versions of the questionnaire"), default="0")
    rounded = BooleanField(
        _l("Show rounded figures"),
        description=_l(
            "For interim results: figures are rounded to the nearest five, so that the final results can be exact."
        ),
    )

    def __init__(self, *, groups: Sequence[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.group.choices = [SelectChoice(str(number), label) for number, label in enumerate(groups)]


class RespondentsForm(SharedForm):
    """Who answers a questionnaire."""

    respondents = SelectField(
        _l("Respondents"),
        choices=[SelectChoice(each.value, each.label) for each in Respondents],
        description=_l("Results say “of the 49 organisations that answered”, or individuals, States, participants."),
    )
    individuals = SelectField(
        _l("Some answer for themselves"),
        description=_l("If one question tells, choose the answer that means so. They are then counted apart."),
    )
    named = SelectField(
        _l("Words may be published with the name"),
        description=_l(
            "If a question asks how answers may be published, choose the answer that means so. Otherwise answers are "
            "only counted."
        ),
    )
    anonymous = SelectField(_l("Words may be published without a name"))
    states_beside = BooleanField(_l("Count replies of States beside the others, not among them"))

    def __init__(self, formdata: object = None, *, answers: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        for field in (self.individuals, self.named, self.anonymous):
            field.choices = [
                SelectChoice("", _l("No question tells")),
                *(SelectChoice(value, label) for value, label in answers),
            ]


Groups = Mapping[str, Sequence[tuple[str, str]]]  # by column, its options: "A3=2" and how it is called


def _grouped(groups: Groups) -> list[SelectChoice]:
    return [SelectChoice(*option, optgroup=title) for title, options in groups.items() for option in options]


class TableForm(SharedForm):
    """What a table is called, and whom it is for."""

    title = WordsField(
        _l("Title of the table"),
        at_most=300,
        description=_l("Left blank, the question is its title. The question is shown below it anyway."),
    )
    place = SelectField(_l("For the session"), description=_l("It is part of the briefing of that session."))
    in_summary = BooleanField(_l("In the summary on paper"))

    def __init__(self, formdata: object = None, *, places: Groups, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.place.choices = [SelectChoice("", _l("No session")), *_grouped(places)]


CURRENCY = Regexp(r"[A-Za-z]{3}\Z", message=_l("Write the three letters of the currency, such as USD."))


class RateForm(BaseForm):
    """What a unit of one currency was worth in another."""

    currency = SelectField(_l("One unit of"), [DataRequired()])
    rate = DecimalField(_l("was worth"), [DataRequired(), NumberRange(min=Decimal("0.00000001"))], places=None)
    into = StringField(_l("of the currency"), [DataRequired(), CURRENCY], description=_l("Three letters, such as USD."))
    on = DateField(_l("on"), [DataRequired()])
    source = StringField(_l("Source of the rate"), [Length(max=200), LINE], default="")

    def __init__(self, *, currencies: Sequence[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.currency.choices = [SelectChoice(each, each) for each in currencies]


class FilterForm(BaseForm):
    """Who is looked at; read from the address, so that a page can be linked to."""

    class Meta(BaseForm.Meta):
        csrf = False

    only = SelectField(_l("Only those who"), default="")
    also = SelectField(_l("and who"), default="")

    def __init__(self, formdata: object = None, *, choices: Groups, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        for each in (self.only, self.also):
            each.choices = [SelectChoice("", _l("Everyone")), *_grouped(choices)]

    @property
    def conditions(self) -> dict[str, int]:
        """The columns that were chosen, and the code that is wanted in each."""
        chosen = [each.data.rpartition("=") for each in (self.only, self.also) if each.data]
        return {column: int(code) for column, _equals, code in chosen}


class CrossingForm(FilterForm):
    """Two things to cross, of everyone or of a group."""

    rows = SelectField(_l("In the rows"), [DataRequired()])
    columns = SelectField(_l("In the columns"), [DataRequired()])

    def __init__(
        self, formdata: object = None, *, choices: Sequence[tuple[str, str]], groups: Groups, **kwargs: object
    ) -> None:
        super().__init__(formdata, choices=groups, **kwargs)
        for each in (self.rows, self.columns):
            each.choices = [SelectChoice(name, label) for name, label in choices]


def usual_words(languages: Iterable[str], today: date) -> dict[str, Words]:
    """What a snapshot is called and the caution printed with it, in each language of the workshop."""
    titles, caveats = Words(), Words()
    for code in languages:
        with force_locale(str(LOCALES.get(code, code))):
            titles = titles.having(code, _("Results on %(day)s", day=dates(today, today)))
            caveats = caveats.having(
                code,
                _(
                    "Respondents chose to answer (self-selected): the results are not representative of all who could "
                    "have answered, and speak only of those who did."
                ),
            )
    return {"title": titles, "caveat": caveats}
