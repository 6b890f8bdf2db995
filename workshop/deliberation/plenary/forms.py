"""What people type into a report: what to compile, their own paragraphs, what these rest on, remarks."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import BaseForm, CheckboxesField, WordsField, labelled

from .models import ReportKind

LINE = Length(max=300)


class CompileForm(BaseForm):
    """`after` is how often it had been compiled when the page was made, so that pressing twice compiles once."""

    after = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    results = SelectField(
        _l("Results of a questionnaire"),
        description=_l(
            "The report speaks of one questionnaire. Only results that were shared or published are offered."
        ),
    )
    partly = BooleanField(_l("Compile anyway, without the unsigned group reports"))

    def __init__(self, *, results: Sequence[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        offered = [SelectChoice(str(id), title) for id, title in results]
        self.results.choices = [*offered, SelectChoice("", _l("No results"))]


class NewReportForm(BaseForm):
    """A report that is written, not compiled."""

    kind = SelectField(
        _l("Kind of report"),
        choices=labelled(each for each in ReportKind if each is not ReportKind.PLENARY),
        coerce=ReportKind,
    )
    title = StringField(_l("Title"), [DataRequired(), LINE])


class BlockForm(SharedForm):
    """A paragraph as a person writes it."""

    title = WordsField(_l("Heading before it"), description=_l("Leave empty for none."))
    words = WordsField(
        _l("Text"),
        lines=6,
        at_most=6000,
        description=_l(
            "A blank line begins a new paragraph, a hyphen a list item, **two stars** make bold, *one* italics."
        ),
    )


class ProposalForm(BaseForm):
    """What to do with what compiling proposes."""

    seen = HiddenField(validators=[InputRequired()])
    use = HiddenField(validators=[InputRequired()])


class EvidenceForm(BaseForm):
    """Further sources of a paragraph."""

    sources = CheckboxesField(_l("Add evidence"))


class StaysForm(BaseForm):
    """A decision that a paragraph stays although something is the matter with a source of it."""

    evidence = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    mark = HiddenField(validators=[InputRequired()])
    because = StringField(_l("Why it is kept"), [DataRequired(_l("Say why it is kept.")), LINE])


class CommentForm(BaseForm):
    text = TextAreaField(_l("Comment"), [DataRequired(_l("Write a comment.")), Length(max=2000)])


class SupportForm(BaseForm):
    """The paragraphs on which a recommendation rests."""

    blocks = CheckboxesField(_l("Paragraphs"), coerce=int)


class AddForm(BaseForm):
    """Where a new paragraph goes: behind the one of this number, or at the end of the chapter."""

    after = HiddenField()


def text_of_choice(label: str, text: str) -> str:
    """How a source is offered: by its name and the beginning of what it says."""
    short = text if len(text) < 160 else f"{text[:157]}…"
    return f"{label}: {short}" if short else label
