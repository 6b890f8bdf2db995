"""The stored JSON of a questionnaire, draft or published: which keys there are, as far as a draft can be held to it.

`draft_editing` changes it, `draft_checks` tells what it lacks, and `definition` reads it once it holds together: from
then on everybody works with `Definition`. No database, no request, no clock.
"""

from collections.abc import Mapping
from typing import Any, NotRequired, TypeAlias, TypedDict, cast

Texts: TypeAlias = dict[str, str]
"""One text by language code, as JSON has it."""

QuestionDraft: TypeAlias = dict[str, Any]
"""A question as typed. It has a `code` and a `type`; which of the keys in `document_reader.read_question` it has beside
them depends on the type, and a draft may still have none of them, or some that no longer belong to its type."""


class OptionDraft(TypedDict):
    """An answer that can be chosen. Who takes an `exclusive` one takes no other; a filter looks at its `columns`."""

    code: str
    label: Texts
    exclusive: NotRequired[bool]
    columns: NotRequired[dict[str, str]]


class SectionDraft(TypedDict):
    """A page of the questionnaire. It is asked where its `condition`, an expression as typed, holds."""

    code: str
    title: Texts
    questions: list[QuestionDraft]
    note: NotRequired[Texts]
    condition: NotRequired[str]


class Document(TypedDict):
    """All of it. The first of `languages` is the one it is written in; questions name the `lists` of their options."""

    languages: list[str]
    lists: dict[str, list[OptionDraft]]
    sections: list[SectionDraft]
    title: NotRequired[Texts]
    introduction: NotRequired[Texts]


def option(code: str, label: Mapping[str, str], *, exclusive: bool) -> OptionDraft:
    """An answer with these words; what is not so is left out."""
    made: OptionDraft = {"code": code, "label": dict(label)}
    if exclusive:
        made["exclusive"] = True
    return made


def nothing() -> Document:
    """What stands in place of a draft where there is none: a document without a key, which is false."""
    return cast("Document", {})
