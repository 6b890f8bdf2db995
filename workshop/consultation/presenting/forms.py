"""What an analyst types about a finding, and which file somebody wants."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, NumberRange

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, WordsField

from .models import FileKind


class FindingForm(SharedForm):
    statement = WordsField(
        _l("What the table says"),
        [DataRequired(_l("Write the finding in at least one language."))],
        lines=4,
        at_most=2000,
        description=_l("The draft is made from the figures. Say no more than they do."),
    )
    caveat = WordsField(_l("How to read it"), lines=2, at_most=1000)
    place = SelectField(_l("For the session"), description=_l("It is part of the briefing of that session."))
    position = IntegerField(_l("Position"), [NumberRange(1, 999)], default=1)

    def __init__(
        self, formdata: object = None, *, places: Mapping[str, Sequence[tuple[str, str]]], **kwargs: object
    ) -> None:
        super().__init__(formdata, **kwargs)
        grouped = [SelectChoice(*each, optgroup=title) for title, offered in places.items() for each in offered]
        self.place.choices = [SelectChoice("", _l("No session")), *grouped]


class WithdrawFindingForm(BaseForm):
    reason = WordsField(_l("Why it is withdrawn"), lines=2, at_most=1000)
    superseded_by = SelectField(_l("Another finding takes its place"), default="")

    def __init__(self, *, others: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.superseded_by.choices = [SelectChoice("", _l("None")), *(SelectChoice(*each) for each in others)]


class ResultFileForm(BaseForm):
    kind = SelectField(_l("File"), [DataRequired()])
    language = SelectField(_l("Language"), [DataRequired()])

    def __init__(self, *, kinds: Sequence[FileKind], languages: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [SelectChoice(each.value, each.label) for each in kinds]
        self.language.choices = [SelectChoice(*each) for each in languages]
