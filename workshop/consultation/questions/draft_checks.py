"""What a draft lacks or gets wrong, each fault with its place: whole in itself, whatever state the draft is in.

An error stands in the way of publishing, a warning does not. The texts that are missing are counted in `question_texts.py`.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from . import draft_editing
from .definition import Definition
from .document_checks import LISTS_NEEDED, DefinitionError
from .document_reader import Entry, read_lists, read_question, read_section
from .logic.draft_conditions import Conditions, Fault
from .question import MOST_ENTRIES, Kind, Option, Question
from .questionnaire_document import Document, QuestionDraft, SectionDraft

FIGURES = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR, Kind.SCALE}


@dataclass
class Reading:
    """What can be understood of a draft, and the faults found on the way."""

    document: Document
    lists: dict[str, Any]
    questions: dict[str, Question]
    faults: list[Fault]


def readable(document: Document) -> Reading:
    """The lists and questions that can be understood, conditions left aside, and what is wrong with the others."""
    reading = Reading(document, {}, {}, [])
    reading.faults += _whole(document)
    reading.lists = _readable_lists(document)
    for section in draft_editing.sections(document):
        reading.faults += _section(section, document)
        for question in section["questions"]:
            reading.faults += _question(question, reading)
            for inner in question.get("questions", ()):
                reading.faults += _question(inner, reading, within=question["code"])
    return reading


def check(document: Document) -> list[Fault]:
    """All faults, in the order of the questionnaire; those of lists stand last."""
    reading = readable(document)
    conditions = Conditions(document, reading.questions)
    reading.faults += conditions.faults()
    reading.faults += _lists(document)
    if not errors(reading.faults):
        reading.faults += _last_resort(document)
    order = {code: place for place, code in enumerate(_places(document))}
    return sorted(reading.faults, key=lambda fault: order.get(fault.code, -1 if fault.kind == "whole" else len(order)))


def question_alone(
    given: QuestionDraft, lists: Mapping[str, tuple[Option, ...]], earlier: Mapping[str, Question]
) -> tuple[Question | None, str]:
    """A question as it would be read after these others, or why it cannot be."""
    try:
        return read_question(Entry(deepcopy(given), f"question {given['code']}"), lists, earlier, None), ""
    except DefinitionError as error:
        return None, str(error)


def takes_section(section: SectionDraft, earlier: Mapping[str, Question]) -> bool:
    """Whether the section itself can be read after these questions, whatever it asks."""
    stand_in: QuestionDraft = {"code": "note__", "type": "note", "text": {"en": "…"}}
    try:
        read_section(Entry({**deepcopy(section), "questions": [stand_in]}, "section"), {}, dict(earlier))
    except DefinitionError:
        return False
    return True


def errors(faults: list[Fault]) -> list[Fault]:
    """Those that stand in the way of publishing."""
    return [fault for fault in faults if fault.is_error]


def _places(document: Document) -> Iterator[str]:
    for section in draft_editing.sections(document):
        yield section["code"]
        yield from (question["code"] for question in draft_editing.with_inner(section["questions"]))


def _whole(document: Document) -> Iterator[Fault]:
    if not document.get("languages"):
        yield Fault.of("whole", "", _("No language is chosen."))
    if not draft_editing.sections(document):
        yield Fault.of("whole", "", _("There is no section yet."))
    if not any(document.get("title", {}).values()):
        yield Fault.of("whole", "", _("The questionnaire has no title."))
    codes = list(_places(document))
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Fault.of("whole", "", _("The code %(code)s is used twice.", code=code))


def _section(section: SectionDraft, document: Document) -> Iterator[Fault]:
    if not _says(section.get("title"), document):
        yield Fault.of("section", section["code"], _("The section has no title."), field="title")
    if not section["questions"]:
        yield Fault.of("section", section["code"], _("The section has no question yet."))


def _question(given: QuestionDraft, reading: Reading, *, within: str = "") -> Iterator[Fault]:
    code, kind = given["code"], Kind(given["type"])
    before = len(reading.faults)
    if not _says(given.get("text"), reading.document):
        yield Fault.of("question", code, _("The question has no text yet."), field="text")
    yield from _lists_of(given, kind, reading)
    yield from _limits(given, kind)
    if kind is Kind.REPEAT and not given.get("questions"):
        yield Fault.of("question", code, _("It has no question to repeat yet."), field="questions")
    if kind is Kind.CALCULATION and not given.get("calculation"):
        yield Fault.of("question", code, _("Write what it works out."), field="calculation")
    plain = _without_expressions(given)
    plain["text"] = plain["text"] if _says(plain.get("text"), reading.document) else {"en": "…"}
    try:
        reading.questions[code] = read_question(
            Entry(plain, f"question {code}"), reading.lists, {}, None, within=within
        )
    except DefinitionError as error:
        if len(reading.faults) == before and not _explained(given, kind, reading):
            yield Fault.of("question", code, str(error))


def _without_expressions(given: QuestionDraft) -> QuestionDraft:
    """The question as far as it stands by itself; a calculation is any figure."""
    plain = {key: value for key, value in given.items() if key not in draft_editing.EXPRESSIONS}
    if given["type"] == Kind.CALCULATION:
        plain["calculation"] = "0"
    if "questions" in plain:
        plain["questions"] = [
            {**_without_expressions(inner), "text": inner.get("text") or {"en": "…"}} for inner in plain["questions"]
        ]
    return plain


def _explained(given: QuestionDraft, kind: Kind, reading: Reading) -> bool:
    """Whether a fault in our own words says already why a question cannot be read."""
    missing = {Kind.REPEAT: "questions", Kind.CALCULATION: "calculation"}.get(kind)
    inner = [fault for q in given.get("questions", ()) for fault in _question(q, reading, within=given["code"])]
    return (
        bool(missing and not given.get(missing))
        or bool(inner)
        or (any(_lists_of(given, kind, reading)) or any(_limits(given, kind)))
    )


def _lists_of(given: QuestionDraft, kind: Kind, reading: Reading) -> Iterator[Fault]:
    labels = {"options": _("the answers to choose from"), "rows": _("the rows"), "columns": _("the columns")}
    for key in LISTS_NEEDED.get(kind, ()):
        if not reading.document["lists"].get(given.get(key, "")):
            yield Fault.of("question", given["code"], _("It needs a list for %(what)s.", what=labels[key]), field=key)
    options = reading.lists.get(given.get("options", ""), ())
    if given.get("other") and any(option.code == "other" for option in options):
        yield Fault.of(
            "question",
            given["code"],
            _("The list has an answer “other” of its own; use that, or “Other” with text."),
            field="other",
        )
    alone = [option for option in options if not option.exclusive]
    for key in ("top", "max_choices", "min_choices"):
        if (
            options
            and kind in LISTS_NEEDED
            and (number := given.get(key))
            and number > len(alone) + bool(given.get("other"))
        ):
            message = _("More choices are required than the list has.")
            yield Fault.of("question", given["code"], message, field=key, is_error=key == "min_choices")


def _limits(given: QuestionDraft, kind: Kind) -> Iterator[Fault]:
    lowest, highest = (_figure(given.get(key)) for key in ("min", "max"))
    if kind is Kind.SCALE and (lowest is None or highest is None or not 2 <= int(highest) - int(lowest) + 1 <= 11):
        yield Fault.of(
            "question", given["code"], _("A scale goes from one whole number to another, 2 to 11 points."), field="min"
        )
    elif kind in FIGURES and lowest is not None and highest is not None and lowest > highest:
        yield Fault.of(
            "question", given["code"], _("The lowest is above the highest: no answer is possible."), field="min"
        )
    first, last = given.get("earliest", ""), given.get("latest", "")
    if first and last and "today" not in {first, last} and first > last:
        yield Fault.of(
            "question",
            given["code"],
            _("The earliest day is after the latest: no answer is possible."),
            field="earliest",
        )
    if (given.get("least") or 0) > (given.get("most") or MOST_ENTRIES):
        yield Fault.of(
            "question",
            given["code"],
            _("The minimum and the maximum contradict each other: no answer is possible."),
            field="least",
        )
    if (given.get("min_choices") or 0) > (given.get("max_choices") or 10_000):
        yield Fault.of(
            "question",
            given["code"],
            _("The minimum and the maximum contradict each other: no answer is possible."),
            field="min_choices",
        )


def _figure(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _lists(document: Document) -> Iterator[Fault]:
    for name, options in document["lists"].items():
        if not draft_editing.using(document, name):
            yield Fault.of("list", name, _("No question uses this list."), is_error=False)
        if not options:
            yield Fault.of("list", name, _("The list is empty."), is_error=bool(draft_editing.using(document, name)))
        for option in options:
            if not _says(option.get("label"), document):
                yield Fault.of("list", name, _("The answer “%(code)s” has no text.", code=option["code"]))


def _says(words: object, document: Document) -> bool:
    """Whether a text is there in the language that the questionnaire is written in, or in any other."""
    return isinstance(words, Mapping) and any(words.values())


def _readable_lists(document: Document) -> dict[str, object]:
    """The lists that can be read; others are told as faults."""
    found: dict[str, object] = {}
    for name, options in document["lists"].items():
        try:
            found |= read_lists({name: options})
        except DefinitionError:
            named = [option | {"label": option.get("label") or {"en": "…"}} for option in options]
            try:
                found |= read_lists(
                    {name: [{**o, "label": o["label"] if any(o["label"].values()) else {"en": "…"}} for o in named]}
                )
            except DefinitionError:
                continue
    return found


def _last_resort(document: Document) -> Iterator[Fault]:
    """What publishing would refuse all the same."""
    try:
        Definition.read(document)
    except DefinitionError as error:
        yield Fault.of("whole", "", str(error))
