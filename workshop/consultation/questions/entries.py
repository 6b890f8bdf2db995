"""What a person typed or chose for one question, before anyone judges it: between the form and the answers.

An entry maps the parts of a question to the texts sent for it, empty ones left out. The part "" is the question
itself; others are "other" and "email" (written beside a choice), "amount" and "currency", "as" (how a figure that can be
read in two ways is meant), "find" (what is looked for in a long list), the rows of a matrix, the places "1", "2" … of a rank or of countries. In a repeat the parts
are the number of an entry and a question of it: "2.title", "2.budget.amount". In a form the part "com" of C1 is called "C1.com". A file has no parts: it
comes beside the form.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from .choices import long_lists
from .figures import typed_figures
from .question import Kind, Question, Section

Entry = dict[str, list[str]]
LONGEST = 20_000  # characters of one control: far beyond any limit, so that nobody fills the disk
MOST = 100


def parts(question: Question) -> tuple[str, ...]:
    """The parts of a question, in the order of its controls."""
    match question.type:
        case Kind.FILE | Kind.NOTE | Kind.CALCULATION | Kind.REPEAT:
            return ()  # a repeat has as many as there are entries
        case Kind.RANK | Kind.COUNTRIES:
            return tuple(str(place) for place in range(1, question.places + 1))
        case Kind.MATRIX:
            return tuple(row.code for row in question.rows)
        case Kind.MONEY:
            return ("amount", "as") if question.currency else ("amount", "currency", "as")
        case Kind.DECIMAL:
            return ("", "as")
    if long_lists.is_long(question):
        return ("", "other", long_lists.FIND) if question.other else ("", long_lists.FIND)
    return ("", "other") if question.other else ("", "email") if question.reveals else ("",)


def name(question: Question, part: str) -> str:
    """What the control of a part is called in a form."""
    return f"{question.code}.{part}" if part else question.code


def is_typed(question: Question) -> bool:
    """Whether an answer comes as an entry of a form."""
    return bool(parts(question)) or question.type is Kind.REPEAT


def entry_of_form(question: Question, form: MultiDict[str, str]) -> Entry:
    """The entry that a form carries for this question."""
    if question.type is Kind.REPEAT:
        return _entry_of_repeat(question, form)
    entry = {part: [_clean(text) for text in form.getlist(name(question, part))[:MOST]] for part in parts(question)}
    return _settled(question, {part: kept for part, texts in entry.items() if (kept := [t for t in texts if t])})


def _entry_of_repeat(question: Question, form: MultiDict[str, str]) -> Entry:
    numbers = {key.split(".")[1] for key in form if key.startswith(f"{question.code}.")} - {"was"}
    found: Entry = {}
    for number in sorted(int(n) for n in numbers if n.isdecimal() and len(n) < 4):
        if 0 < number <= question.most_entries:
            for inner in question.questions:
                within = replace(inner, code=f"{question.code}.{number}.{inner.code}")
                for part, texts in entry_of_form(within, form).items():
                    found[name(replace(inner, code=f"{number}.{inner.code}"), part)] = texts
    return found


def entries_within(question: Question, entry: Entry) -> dict[int, dict[str, Entry]]:
    """Of the entry of a repeat, what was typed for each of its questions, by the number of the entry."""
    found: dict[int, dict[str, Entry]] = {}
    for key, texts in entry.items():
        number, _dot, rest = key.partition(".")
        code, _dot, part = rest.partition(".")
        found.setdefault(int(number), {}).setdefault(code, {})[part] = texts
    return dict(sorted(found.items()))


def without_entry(entry: Entry, number: int) -> Entry:
    """The same without one entry of a repeat; those after it move up."""
    found: Entry = {}
    for key, texts in entry.items():
        own, _dot, rest = key.partition(".")
        if int(own) != number:
            found[f"{int(own) - (int(own) > number)}.{rest}"] = texts
    return found


def without_dropped_entry(section: Section, go: str, form: MultiDict[str, str]) -> dict[str, Entry]:
    """What is left of a repeat where the button of one entry says that it goes: "drop:projects:2"."""
    verb, _colon, rest = go.partition(":")
    code, _colon, number = rest.partition(":")
    asked = [question for question in section.questions if question.code == code and question.type is Kind.REPEAT]
    if verb != "drop" or not number.isdecimal():
        return {}
    return {question.code: without_entry(entry_of_form(question, form), int(number)) for question in asked}


def _settled(question: Question, entry: Entry) -> Entry:
    """Without a chosen reading that is none of what is written now, or a search that has found what was chosen."""
    if long_lists.is_long(question):
        return long_lists.settled(question, entry)
    if "as" in entry and "as" in parts(question):
        typed = entry.get("amount" if question.type is Kind.MONEY else "", [""])[0]
        found = typed_figures.readings(typed.rstrip("%٪"))
        if len(found) < 2 or entry["as"][0] not in {format(figure, "f") for figure in found}:
            return {part: texts for part, texts in entry.items() if part != "as"}
    return entry


def changed_entries(section: Section, form: MultiDict[str, str]) -> dict[str, Entry]:
    """The entries of a section's form that differ from what the page showed when it was opened.

    Only these are saved, so a second tab, opened earlier, does not put its old answers over newer ones.
    """
    entries = {question.code: entry_of_form(question, form) for question in section.questions if _sent(question, form)}
    return {code: entry for code, entry in entries.items() if form.get(f"{code}.was") != fingerprint(entry)}


def _sent(question: Question, form: MultiDict[str, str]) -> bool:
    """Whether the page had this question at all: one not asked must not be emptied."""
    return any(name(question, part) in form for part in ("was", *parts(question)))


def fingerprint(entry: Entry) -> str:
    """A short mark of what an entry says, to see whether it was changed."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:12]


def entry_to_show(question: Question, answers: Mapping[str, object], drafts: Mapping[str, Entry]) -> Entry:
    """The entry that the form shows: as last typed where it could not be taken, else as answered."""
    if question.code in drafts:
        return dict(drafts[question.code])
    if question.type is Kind.REPEAT:
        return _shown_within(question, answers.get(question.code))
    entry = _of_answer(question, answers.get(question.code))
    if question.beside in answers:
        entry["other" if question.other else "email"] = [str(answers[question.beside])]
    return entry


def _shown_within(question: Question, given: object) -> Entry:
    return {
        name(replace(inner, code=f"{number}.{inner.code}"), part): texts
        for number, answers in enumerate(given if isinstance(given, list) else [], 1)
        for inner in question.questions
        for part, texts in entry_to_show(inner, answers, {}).items()
    }


def default_entry(question: Question) -> Entry:
    """What the form holds before anybody has typed anything; it is kept once the page has been sent."""
    several = question.type in {Kind.MANY, Kind.COUNTRIES}
    if not question.default:
        return {}
    if question.type is Kind.COUNTRIES:
        return {str(place): [code] for place, code in enumerate(question.default.split(), 1)}
    return {"": question.default.split() if several else [question.default]}


def _of_answer(question: Question, answer: object) -> Entry:
    if answer is None:
        return {}
    match question.type, answer:
        case Kind.RANK | Kind.COUNTRIES, list(codes):
            return {str(place): [code] for place, code in enumerate(codes, 1)}
        case Kind.MATRIX, dict(chosen):
            return {row: [column] for row, column in chosen.items()}
        case Kind.MONEY, {"amount": str(amount), "currency": str(currency)}:
            entry = {"amount": [amount], "currency": [currency]} | _read_as(amount)
            return {part: entry[part] for part in parts(question) if part in entry}
        case Kind.DECIMAL, _:
            return {"": [str(answer)]} | _read_as(str(answer))
        case Kind.MANY | Kind.CONSENTS, list(codes):
            return {"": codes.copy()} if codes else {}
        case Kind.FILE | Kind.NOTE | Kind.CALCULATION, _:
            return {}
        case Kind.CONSENT, _:
            return {"": ["yes" if answer else "no"]}
    return {"": [str(answer)]}


def _read_as(figure: str) -> Entry:
    """How a figure is meant that could be read in another way, were it typed like this."""
    return {"as": [figure]} if len(typed_figures.readings(figure)) > 1 else {}


def _clean(text: str) -> str:
    """One kind of line end, no control characters, no space around."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or ord(c) > 0x9F).strip()
