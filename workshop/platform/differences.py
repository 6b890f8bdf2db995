"""Three texts of one control in words, with what each of two people changed marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from wtforms import BooleanField, DateField, Field, FieldList, FormField, StringField

from workshop.platform.forms import WordsField
from workshop.platform.i18n import LANGUAGES, day
from workshop.platform.rendering import comma
from workshop.platform.three_way import UNKNOWN, Conflict

if TYPE_CHECKING:
    from workshop.platform.conflicts import SharedForm

Pieces = list[tuple[str, bool]]  # a text in pieces, each new or as before
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 4000  # a longer text is shown without marks


@dataclass(frozen=True)
class Difference:
    """A control that two people left differently. `before` is None where it is not known; `lines` is 0 where a text
    of both cannot be written."""

    path: str
    label: str
    code: str
    before: str | None
    theirs: Pieces
    mine: Pieces
    lines: int


def difference(form: "SharedForm", conflict: Conflict) -> Difference:
    """A conflict as the form that it is about would say it."""
    label, field, code = next(named(form, conflict.path))
    before = None if conflict.base is UNKNOWN else in_words(field, conflict.base)
    theirs, mine = in_words(field, conflict.theirs), in_words(field, conflict.mine)
    is_text = isinstance(field, WordsField | StringField) and not hasattr(field, "choices")
    return Difference(
        path=conflict.path,
        label=label,
        code=code,
        before=before,
        theirs=pieces(before, theirs) if is_text else [(theirs, False)],
        mine=pieces(before, mine) if is_text else [(mine, False)],
        lines=_lines(field, theirs, mine) if is_text else 0,
    )


def named(form: "SharedForm", path: str) -> Iterator[tuple[str, Field, str]]:
    """The field whose control has this name, what to call it, and the language of the control, if any."""
    for field in form:
        if isinstance(field, FieldList):
            for number, entry in enumerate(field.entries, 1):
                for each in entry.form if isinstance(entry, FormField) else ():
                    yield from _control(each, path, f"{field.label.text} {number}: {each.label.text}")
        elif path == field.name or path.startswith(f"{field.name}-"):
            yield from _control(field, path, form.titled(field.name))


def _control(field: Field, path: str, label: str) -> Iterator[tuple[str, Field, str]]:
    if path == field.name:
        yield label, field, ""
    elif isinstance(field, WordsField) and path.startswith(f"{field.name}-"):
        code = path.removeprefix(f"{field.name}-")
        yield f"{label}, {LANGUAGES.get(code, code)}", field, code


def in_words(field: Field, value: object) -> str:
    """A value, as `three_way.plain` left it, as a reader would call it."""
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if hasattr(field, "choices"):
        wanted = {str(each) for each in (value if isinstance(value, list) else [value])} - {"None"}
        choosing: Any = field
        return comma().join(str(choice.label) for choice in choosing.iter_choices() if str(choice.value) in wanted)
    if type(field) is DateField and value:
        return day(date.fromisoformat(str(value)), "long")
    return "" if value is None else str(value)


def pieces(before: str | None, after: str) -> Pieces:
    """A text in pieces: which of them were not there before. Without a text from before there is nothing to mark."""
    old, new = TOKEN.findall(before or ""), TOKEN.findall(after)
    if not old or len(old) + len(new) > MOST_TOKENS:
        return [(after, False)]
    result: Pieces = []
    for tag, _a, _b, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        text, is_new = "".join(new[start:end]), tag != "equal"
        is_new |= bool(result) and result[-1][1] and text.isspace()
        if text and result and result[-1][1] == is_new:
            result[-1] = (result[-1][0] + text, is_new)
        elif text:
            result.append((text, is_new))
    return result


def _lines(field: Field, *texts: str) -> int:
    own = field.lines if isinstance(field, WordsField) else int((field.render_kw or {}).get("rows", 1))
    return max(int(own), 2, *(1 + len(text) // 60 for text in texts))
