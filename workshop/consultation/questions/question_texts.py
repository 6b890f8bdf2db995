"""The texts of a questionnaire one by one, each with an address of its own: for translating, and for seeing what lacks.

An address is what a text belongs to and its key: "question/A1/text", "list/yesno/y", "section/A/title", "ends/E2/low",
"whole//introduction". It holds as long as the codes do, whatever is moved or edited meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.platform.db import Words

from . import draft_editing
from .questionnaire_document import Document

_: Callable[..., str] = gettext  # the library ships no types
OF_QUESTION = ("text", "hint", "why", "guidance", "unit_label", "limit_message", "item")
OF_SECTION = ("title", "note")
OF_WHOLE = ("title", "introduction")
UNUSED = "-"
AT_ONCE = 40  # so many texts are shown on one page; more are shown section by section


@dataclass(frozen=True)
class TextPart:
    """A part of the texts that is translated on a page of its own: its code, and how many it has and lacks."""

    code: str
    texts: int
    missing: int


@dataclass(frozen=True)
class QuestionnaireText:
    """One text: its address, whose it is ("question", "B4", "hint") and what it says. `part` is the code of the section
    where a respondent meets it; nothing for those of the whole, "-" for lists that no question uses.
    """

    kind: str
    code: str
    key: str
    words: Words
    part: str = ""

    @property
    def address(self) -> str:
        return f"{self.kind}/{self.code}/{self.key}"


def all_texts(document: Document) -> list[QuestionnaireText]:
    """Every text that says something in any language, in the order in which a respondent meets it.

    The options of a list stand with the first question that uses it; those of unused lists at the end.
    """
    return [each for each in _all(document) if any(each.words.values())]


def _all(document: Document) -> Iterator[QuestionnaireText]:
    for key in OF_WHOLE:
        yield QuestionnaireText("whole", "", key, _words(document, key))
    told: set[str] = set()
    for section in draft_editing.sections(document):
        part = section["code"]
        for key in OF_SECTION:
            yield QuestionnaireText("section", part, key, _words(section, key), part)
        for question in draft_editing.with_inner(section["questions"]):
            for key in OF_QUESTION:
                yield QuestionnaireText("question", question["code"], key, Words(question.get(key, {})), part)
            for key, words in question.get("ends", {}).items():
                yield QuestionnaireText("ends", question["code"], key, Words(words), part)
            for name in [question[key] for key in draft_editing.LISTS if question.get(key) in document["lists"]]:
                if name not in told:
                    told.add(name)
                    yield from _options(name, document, part)
    for name in document["lists"]:
        if name not in told:
            yield from _options(name, document, UNUSED)


def _words(holder: Mapping[str, Any], key: str) -> Words:
    return Words(holder.get(key, {}))


def _options(name: str, document: Document, part: str) -> Iterator[QuestionnaireText]:
    for option in document["lists"][name]:
        yield QuestionnaireText("list", name, option["code"], Words(option.get("label", {})), part)


def place_of(each: QuestionnaireText, names: Mapping[str, str]) -> str:
    """Where a text stands, said to whoever translates it."""
    match each.kind:
        case "whole":
            return _("Title of the questionnaire") if each.key == "title" else _("Introduction")
        case "section":
            said = {"code": each.code}
            return _("Section %(code)s", **said) if each.key == "title" else _("Section %(code)s, note", **said)
        case "list":
            return _("List %(code)s, answer %(key)s", code=each.code, key=each.key)
        case "ends":
            low = each.key == "low"
            return _("%(code)s, lowest point", code=each.code) if low else _("%(code)s, highest point", code=each.code)
    return each.code if each.key == "text" else f"{each.code}, {names[each.key]}"


def parts_of(document: Document, language: str) -> list[TextPart]:
    """The parts in order; none where all texts fit one page."""
    everything = all_texts(document)
    if len(everything) <= AT_ONCE:
        return []
    found: dict[str, list[QuestionnaireText]] = {}
    for each in everything:
        found.setdefault(each.part, []).append(each)
    return [
        TextPart(code, len(texts), sum(not each.words.get(language) for each in texts)) for code, texts in found.items()
    ]


def missing(document: Document) -> dict[str, list[QuestionnaireText]]:
    """For each language of the questionnaire the texts that it lacks."""
    everything = all_texts(document)
    return {
        language: [each for each in everything if not each.words.get(language)] for language in document["languages"]
    }


def source_of(document: Document, language: str) -> str:
    """The language that one translates from: the first that the questionnaire is written in, else the next."""
    return next((code for code in document["languages"] if code != language), language)


def having(document: Document, language: str, said: Mapping[str, str]) -> Document:
    """A copy in which these texts, by address, say this in one language. Addresses that are gone change nothing."""
    changed = deepcopy(document)
    for each in all_texts(changed):
        if each.address in said:
            _put(changed, each, dict(each.words.having(language, said[each.address])))
    return changed


def _put(document: Document, each: QuestionnaireText, words: dict[str, str]) -> None:
    holder: Any = None  # whichever it is, its texts are under the key that `each` names
    key = each.key
    match each.kind:
        case "whole":
            holder = document
        case "section":
            holder = draft_editing.section(document, each.code)
        case "question":
            holder = draft_editing.question(document, each.code)
        case "ends":
            holder = (draft_editing.question(document, each.code) or {}).get("ends")
        case "list":
            holder = next(option for option in document["lists"][each.code] if option["code"] == each.key)
            key = "label"
    if holder is not None:
        holder[key] = words
