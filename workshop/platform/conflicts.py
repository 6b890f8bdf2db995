"""Two people, one form: what either of them typed is never overwritten unseen.

A form that changes what is there carries `seen`, a mark of the state it was opened from, and `opened`, that state
itself, compressed and signed: so that all three texts can be held side by side, without JavaScript and without keeping
anything for everybody who ever opened a form.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import abort, current_app
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, HiddenField, MultipleFileField, PasswordField, SelectField

from workshop.platform.differences import Difference, difference
from workshop.platform.drafts import note_refused
from workshop.platform.forms import BaseForm, Posted
from workshop.platform.three_way import Conflict, merge, plain

Shared = TypeVar("Shared", bound="SharedForm")
NOT_SAID = (HiddenField, FileField, MultipleFileField, PasswordField)


class SharedForm(BaseForm):
    """A form that changes what is there already, which somebody else may change at the same time."""

    seen = HiddenField()
    opened = HiddenField()

    def said(self) -> dict[str, object]:
        """What the form says, by its fields. Rows of a repeated part are a list."""
        return {field.short_name: _as_shown(field) for field in self if not isinstance(field, NOT_SAID)}

    def taking(self: Shared, merged: Mapping[str, object]) -> Shared:
        """This form with what was put together of two people's texts."""
        for name, value in merged.items():
            if plain(value) != plain(self[name].data):
                self[name].raw_data = None
                self[name].process(None, value)
        return self

    def titled(self, name: str) -> str:
        """What a list of links calls one of its fields."""
        return str(self[name].label.text)

    def fingerprint(self) -> str:
        """A short name for all that this form says, in whichever language the page is."""
        marks = {"csrf_token", "opened"}
        said = [sorted(f.data.items()) if isinstance(f.data, dict) else f.data for f in self if f.name not in marks]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _as_shown(field: Field) -> object:
    """What a field says on the page: of a list without the value that is kept, a browser shows the first."""
    choosing: Any = field
    choices = list(choosing.iter_choices()) if type(field) is SelectField else []
    if not choices or any(choice.selected for choice in choices):
        return field.data
    return choosing.coerce(choices[0].value)


class Clash:
    """What two people changed, each in another way, beside one another; `whole` where it is known who changed what."""

    def __init__(self, form: SharedForm, conflicts: Sequence[Conflict], *, whole: bool) -> None:
        self.differences: list[Difference] = [difference(form, each) for each in conflicts]
        self.whole = whole


def begin_form(kind: Callable[..., Shared], data: Mapping[str, object], formdata: Posted) -> Shared:
    """A form for something new: nobody else can have changed it."""
    return kind(formdata, data=data)


def open_form(kind: Callable[..., Shared], data: Mapping[str, object], formdata: Posted) -> tuple[Shared, Clash | None]:
    """The form as it stands, or as sent, with whatever others saved in other fields meanwhile taken along.

    `data` is what is kept now; its `seen`, if any, names that state, otherwise its fingerprint does. Where the sender
    and somebody else changed the same, a clash comes back too: answer 409 and show it. A form that does not tell what
    it was opened from is refused with 428.
    """
    kept = kind(None, data=data)
    kept.seen.data = str(data.get("seen") or kept.fingerprint())
    kept.opened.data = seal(plain(kept.said()))
    if formdata is None:
        return kept, None
    if not formdata.get("seen"):
        abort(428)
    formdata = _with_texts_of_both(formdata)
    form = kind(formdata, data=data)
    is_stale, taken = form.seen.data != kept.seen.data, _taken(formdata)
    if not is_stale and not taken:
        return form, None
    base = unseal(form.opened.data) if is_stale else _plainly(kept)
    merged, conflicts = merge(base, kept.said(), form.said(), taken)
    form = form.taking(merged)
    form.seen.data, form.opened.data = kept.seen.data, kept.opened.data
    if not conflicts:
        return form, None
    note_refused()
    return form, Clash(form, conflicts, whole=base is not None)


def _plainly(form: SharedForm) -> dict[str, object]:
    said = plain(form.said())
    return said if isinstance(said, dict) else {}


def _taken(formdata: MultiDict[str, str]) -> set[str]:
    """The controls at which the sender chose the other text."""
    return {name.removeprefix("take.") for name in formdata if name.startswith("take.") and formdata[name] == "theirs"}


def _with_texts_of_both(formdata: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was sent; where the sender wrote a text of both, that one, whatever else is chosen."""
    result = MultiDict(formdata)
    for name in [name for name in formdata if name.startswith("both.") and formdata[name].strip()]:
        control = name.removeprefix("both.")
        result.setlist(control, [formdata[name]])
        result.poplist(f"take.{control}")
    return result


def _sealing() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="opened form")


def seal(said: object) -> str:
    """What a form says, to be carried by it; compressed where that is shorter."""
    return str(_sealing().dumps(said or {}))


def unseal(text: str | None) -> dict[str, object] | None:
    """What a form was opened with, or None where it does not say so in our own writing."""
    try:
        opened = _sealing().loads(text or "")
    except BadData:
        return None
    return opened if isinstance(opened, dict) else None
