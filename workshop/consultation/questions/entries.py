"""What a person typed or chose for one question, before anyone judges it: between the form and the answers.

An entry maps the parts of a question to the texts sent for it, empty ones left out. The part "" is the question
itself; others are "other" and "email" (written beside a choice), "amount" and "currency", the rows of a matrix, the
places "1", "2" … of a rank or of countries. In a form the part "com" of C1 is called "C1.com". A file has no parts: it
comes beside the form.
"""

import hashlib
import json
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from .question import Kind, Question, Section

Entry = dict[str, list[str]]
LONGEST = 20_000  # characters of one control: far beyond any limit, so that nobody fills the disk
MOST = 100


def parts(question: Question) -> tuple[str, ...]:
    """The parts of a question, in the order of its controls."""
    match question.type:
        case Kind.FILE | Kind.NOTE:
            return ()
        case Kind.RANK | Kind.COUNTRIES:
            return tuple(str(place) for place in range(1, question.places + 1))
        case Kind.MATRIX:
            return tuple(row.code for row in question.rows)
        case Kind.MONEY:
            return ("amount",) if question.currency else ("amount", "currency")
    return ("", "other") if question.other else ("", "email") if question.reveals else ("",)


def name(question: Question, part: str) -> str:
    """What the control of a part is called in a form."""
    return f"{question.code}.{part}" if part else question.code


def entry_of_form(question: Question, form: MultiDict[str, str]) -> Entry:
    """The entry that a form carries for this question."""
    entry = {part: [_clean(text) for text in form.getlist(name(question, part))[:MOST]] for part in parts(question)}
    return {part: kept for part, texts in entry.items() if (kept := [text for text in texts if text])}


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
    entry = _of_answer(question, answers.get(question.code))
    if question.beside in answers:
        entry["other" if question.other else "email"] = [str(answers[question.beside])]
    return entry


def _of_answer(question: Question, answer: object) -> Entry:
    if answer is None:
        return {}
    match question.type, answer:
        case Kind.RANK | Kind.COUNTRIES, list(codes):
            return {str(place): [code] for place, code in enumerate(codes, 1)}
        case Kind.MATRIX, dict(chosen):
            return {row: [column] for row, column in chosen.items()}
        case Kind.MONEY, {"amount": str(amount), "currency": str(currency)}:
            entry = {"amount": [amount], "currency": [currency]}
            return {part: entry[part] for part in parts(question)}
        case Kind.MANY | Kind.CONSENTS, list(codes):
            return {"": codes.copy()} if codes else {}
        case Kind.FILE | Kind.NOTE, _:
            return {}
        case Kind.CONSENT, _:
            return {"": ["yes" if answer else "no"]}
    return {"": [str(answer)]}


def _clean(text: str) -> str:
    """One kind of line end, no control characters, no space around."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or ord(c) > 0x9F).strip()
