"""Two people, one form: what either of them typed is never overwritten unseen."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from flask_babel import gettext as _
from wtforms import Field, FieldList, HiddenField, SelectField, SelectMultipleField

from workshop.platform.forms import BaseForm, Posted, WordsField
from workshop.platform.i18n import day

Shared = TypeVar("Shared", bound="SharedForm")
Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    """A field that two people left differently: what each wrote, as (language or "", text)."""

    name: str
    label: str
    theirs: Lines
    hers: Lines


class SharedForm(BaseForm):
    """`seen` tells which state of things the writer had before her; when it has passed, nothing is overwritten."""

    seen = HiddenField()

    def differences(self, theirs: "SharedForm") -> list[Difference]:
        """Where this form says something else than theirs."""
        pairs = [(field, theirs[field.name]) for field in self if not isinstance(field, HiddenField)]
        return [
            Difference(hers.name, hers.label.text, field_in_words(other), field_in_words(hers))
            for hers, other in pairs
            if field_in_words(hers) != field_in_words(other)
        ]

    def fingerprint(self) -> str:
        """A short name for all that this form says, in whichever language the page is."""
        said = [sorted(f.data.items()) if isinstance(f.data, dict) else f.data for f in self if f.name != "csrf_token"]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def open_form(kind: Callable[..., Shared], data: Mapping[str, Any], formdata: Posted) -> tuple[Shared, Shared | None]:
    """The form as it stands, or as sent. When somebody saved since the sender opened it: also the form as they left it.

    `data` is what is kept now; its `seen`, if any, names that state, otherwise its fingerprint does. Fields that what
    was sent names under `theirs` take over what is kept. Answer 409 when there is a second form, and show both.
    """
    kept = kind(None, data=data)
    kept.seen.data = data.get("seen") or kept.fingerprint()
    if formdata is None:
        return kept, None
    form = kind(formdata, data=data)
    for name in {*formdata.getlist("theirs")} & {field.name for field in form} - {"seen", "csrf_token"}:
        form[name].process(None, data.get(name))
    if form.seen.data == kept.seen.data:
        return form, None
    form.seen.data = kept.seen.data
    return form, kept


def field_in_words(field: Field) -> Lines:
    """What a field says, in words. Of a list of forms, those not marked for removal count, by their texts."""
    if isinstance(field, WordsField):
        return sorted(field.data.items())
    if isinstance(field, FieldList):
        kept = [entry.form for entry in field if not ("remove" in entry.form and entry.form["remove"].data)]
        return [line for form in kept for each in form if isinstance(each, WordsField) for line in field_in_words(each)]
    if isinstance(field, SelectField | SelectMultipleField):
        choices: Any = field.iter_choices()
        return [("", str(choice.label)) for choice in choices if choice.selected and choice.value]
    if isinstance(field.data, bool):
        return [("", _("yes") if field.data else _("no"))]
    if isinstance(field.data, time):
        return [("", field.data.strftime("%H:%M"))]
    if isinstance(field.data, date):
        return [("", day(field.data, "long"))]
    return [("", str(field.data))] if field.data is not None and field.data != "" else []
