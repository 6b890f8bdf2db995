"""The base form: accessible by construction, spaces stripped, able to carry a refused rule."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

from flask import request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import DateTimeField, Field, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm as AnyForm
from wtforms.utils import unset_value
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget, TextInput, html_params

from workshop.platform.db import Words
from workshop.platform.drafts import note_refused
from workshop.platform.errors import RuleBroken
from workshop.platform.form_tokens import MaskedToken
from workshop.platform.i18n import LANGUAGES
from workshop.platform.labels import Labelled

if TYPE_CHECKING:
    from wtforms.meta import _MultiDictLikeWithGetlist

Typed = TypeVar("Typed")
Posted = MultiDict[str, str] | None
Filter = Callable[[object], object]


BREAKABLE = re.compile(r"[ \t\r\n\f\v]+")  # a space that must not break, as French has before a colon, is text
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
UNSTRIPPED = {"PasswordField", "FileField", "MultipleFileField", "FieldList", "FormField"}


def strip_spaces(value: object) -> object:
    """Text without spaces around it; a member of an enum that is a string stays what it is."""
    return value.strip() if type(value) is str else value


class BaseForm(FlaskForm):
    """Every form of the product. Errors and hints are tied to their control for screen readers."""

    class Meta(FlaskForm.Meta):
        csrf_class = MaskedToken

        def bind_field(self, form: AnyForm, unbound_field: "UnboundField[Field]", options: dict[str, object]) -> Field:
            if unbound_field.field_class.__name__ not in UNSTRIPPED:
                filters = unbound_field.kwargs.get("filters", ())
                options = {**options}
                unbound_field.kwargs["filters"] = (*(f for f in filters if f is not strip_spaces), strip_spaces)
            bound: Field = super().bind_field(form, unbound_field, options)
            return bound

        def render_field(self, field: Field, render_kw: dict[str, object]) -> Markup:
            # Nobody sees a hidden one, so nothing beside it describes it.
            if not isinstance(field.widget, HiddenInput):
                self._describe(field, render_kw)
            if isinstance(field, SelectField) and _begins_with_a_choice(field):
                render_kw.setdefault("required", False)  # where nothing empty can be chosen, nothing can be left out
            rendered: Markup = super().render_field(field, render_kw)
            return rendered

        def _describe(self, field: Field, render_kw: dict[str, object]) -> None:
            described = [f"{field.id}-hint"] if field.description else []
            if field.errors:
                described.append(f"{field.id}-error")
                render_kw.setdefault("aria-invalid", "true")
            if described:
                render_kw.setdefault("aria-describedby", " ".join(described))

    def validate(self, extra_validators: object = None) -> bool:
        """Check it, and write out what is wrong: messages wait to be translated, and a template looks for strings."""
        valid = super().validate(extra_validators)
        for field in self:
            if isinstance(field.errors, list | tuple):
                field.errors = [str(each) if isinstance(each, LazyString) else each for each in field.errors]
        if not valid:
            note_refused()
        return bool(valid)

    def refuse(self, refusal: RuleBroken) -> None:
        """Show a refused rule at its field, or on top of the form."""
        note_refused()
        field = self._fields.get(refusal.field) if refusal.field else None
        if field is None:
            self.form_errors.append(str(refusal.message))
        else:
            field.errors = [*field.errors, str(refusal.message)]

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """A rule that says no inside is told in the form; the rest of what stands inside is not done."""
        try:
            yield
        except RuleBroken as refusal:
            self.refuse(refusal)

    def typed(self, kind: type[Typed]) -> Typed:
        """What was typed, as a dataclass whose fields are named as those of the form; what it does not ask stays unsaid."""
        names = [each.name for each in dataclasses.fields(kind) if each.name in self]  # type: ignore[arg-type]
        return kind(**{name: self[name].data for name in names})


def is_always_chosen(field: Field) -> bool:
    """Whether it is a list without a line for nothing, so that it cannot be left out."""
    return type(field) is SelectField and _begins_with_a_choice(field)


def _begins_with_a_choice(field: SelectField) -> bool:
    return any(choice.value for choice in islice(field.iter_choices(), 1))  # type: ignore[attr-defined]


class CheckboxesField(SelectMultipleField):
    """Several of a short list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FieldOptions(TypedDict, total=False):
    """What can be said of any field."""

    description: str
    default: object
    filters: Sequence[Filter]
    render_kw: dict[str, object]
    name: str


CLOCK_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M", "%Hh%M", "%H%M"]


class ClockField(TimeField):
    """A time of day on 24 hours, typed: what a browser shows for one depends on where it was installed."""

    widget = TextInput()

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Callable[..., object]] = (),
        **kwargs: Unpack[FieldOptions],
    ) -> None:
        kwargs.setdefault(
            "render_kw", {"inputmode": "numeric", "maxlength": "8", "class": "short", "placeholder": "09:30"}
        )
        super().__init__(label, [*validators], CLOCK_FORMATS, **kwargs)  # type: ignore[arg-type]  # its default is a time


MOMENT_FORMATS = [
    f"{day}{between}{clock}"
    for day, between in [("%Y-%m-%d", " "), ("%Y-%m-%d", "T"), ("%d.%m.%Y", " "), ("%d/%m/%Y", " ")]
    for clock in CLOCK_FORMATS
]


class MomentField(DateTimeField):
    """A day and a time on 24 hours, typed in one line, for the same reason; shown with the year first, which no reader
    takes for another day."""

    widget = TextInput()

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Callable[..., object]] = (),
        **kwargs: Unpack[FieldOptions],
    ) -> None:
        kwargs.setdefault("render_kw", {"maxlength": "20", "class": "short", "placeholder": "2026-11-24 18:00"})
        super().__init__(label, [*validators], MOMENT_FORMATS, **kwargs)  # type: ignore[arg-type]  # its default is a moment

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            said = _("Write the day and the time like this: %(example)s", example="2026-11-24 18:00")
            raise ValueError(said) from None


TODAY = "today"
PAIR = Markup('<span class="pair"><input {}><label class="choice"><input {}> <span>{}</span></label></span>')


class DayOrTodayInput:
    """A day to pick, or a tick that says the day of the answer. What describes the field describes the day."""

    def __call__(self, field: Field, **given: object) -> Markup:
        is_today = field.data == TODAY
        about = {name: value for name, value in given.items() if name.startswith("aria-")}
        day = "" if is_today else field.data or ""
        return PAIR.format(
            html_params(**about, type="date", id=field.id, name=field.name, value=day),
            html_params(type="checkbox", name=field.name, value=TODAY, checked=is_today),
            _("The day of the answer"),
        )


class DayOrTodayField(StringField):
    """A day as 2005-02-28, or the word "today"; both controls send their value under one name."""

    widget = DayOrTodayInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if valuelist:
            self.data = TODAY if TODAY in valuelist else valuelist[0]


class WordsField(Field):
    """One text in several languages: a control for each, named `<field>-<code>`. `data` is Words.

    A language that the page does not show keeps what it said. The template names the languages to show.
    One or two `lines` are for a title, which has no line breaks of its own.
    """

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Callable[..., object]] = (),
        *,
        lines: int = 1,
        at_most: int = 300,
        **kwargs: Unpack[FieldOptions],  # what a form gives to its fields when it is made comes beside them
    ) -> None:
        super().__init__(label, [*validators], **kwargs)
        self.lines, self.at_most = lines, at_most

    def process(
        self,
        formdata: "_MultiDictLikeWithGetlist | None",
        data: object = unset_value,
        extra_filters: Sequence[Filter] | None = None,
    ) -> None:
        super().process(None, data, extra_filters)
        text = Words(self.data or {})
        shown: _MultiDictLikeWithGetlist = formdata if formdata is not None else MultiDict[str, str]()
        for code in self._languages(shown):
            for written in shown.getlist(f"{self.name}-{code}")[:1]:
                lines = BREAKABLE.split(written) if self.lines < 3 else written.strip().splitlines()
                text = text.having(code, (" " if self.lines < 3 else "\n").join(lines).strip())
        self.data = text

    def _languages(self, formdata: "_MultiDictLikeWithGetlist") -> list[str]:
        """Those of the product, and any other that the page offered."""
        offered = (name.removeprefix(f"{self.name}-") for name in formdata if name.startswith(f"{self.name}-"))
        return [*LANGUAGES, *(code for code in offered if code not in LANGUAGES and LANGUAGE_CODE.fullmatch(code))]

    def pre_validate(self, form: AnyForm) -> None:
        for code, written in self.data.items():
            if len(written) > self.at_most:
                raise ValidationError(
                    _(
                        "%(language)s: %(length)s characters are too many; at most %(most)s fit.",
                        language=LANGUAGES.get(code, code),
                        length=len(written),
                        most=self.at_most,
                    )
                )


def labelled(kind: Iterable[Labelled], nothing: str | None = None) -> list[SelectChoice]:
    """The members of an enum as choices, after an empty one when `nothing` says how to call it."""
    first = [SelectChoice("", nothing)] if nothing is not None else []
    return [*first, *(SelectChoice(member.value, member.label) for member in kind)]


def whole(value: object) -> int | None:
    """A number out of a hidden or small field; anything else counts as not given."""
    return int(text) if (text := str(value or "")).isdigit() else None


def posted_form() -> Posted:
    """What was sent, files included, or None on a first look."""
    if request.method != "POST":
        return None
    return MultiDict(CombinedMultiDict[str, Any]([request.files, request.form])) if request.files else request.form


LINE = Length(max=200)


def unix_lines(text: object) -> object:
    """Browsers send two characters for the end of a line and count one."""
    return text.replace("\r\n", "\n") if isinstance(text, str) else text
