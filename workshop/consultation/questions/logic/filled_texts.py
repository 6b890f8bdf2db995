"""Texts that repeat an answer: "${org} has ${total} members" with the organisation and the figure put in.

What is not answered yet is shown as an ellipsis; a name that is no question stays as it was written.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from workshop.platform.db import Words

from .. import answer_wording
from ..question import Option, Question, Section

REFERENCE = re.compile(r"\$\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}")
MISSING = "…"
Say = Callable[[str], str | None]
TEXTS = ("text", "hint", "why", "guidance", "limit_message", "item", "low", "high")


def repeated(words: Mapping[str, str]) -> frozenset[str]:
    """The questions whose answers a text repeats."""
    return frozenset(name for text in words.values() for name in REFERENCE.findall(text))


def speaker(questions: Mapping[str, Question], counted: Mapping[str, object]) -> Say:
    """Says an answer in words: None where there is no such question."""

    def say(code: str) -> str | None:
        if code not in questions:
            return None
        return (
            ", ".join(
                answer_wording.plain(line.text) if isinstance(line.text, Words) else str(line.text)
                for line in answer_wording.lines(questions[code], counted)
            )
            or MISSING
        )

    return say


def filled_text(text: str, say: Say, *, but: Collection[str] = ()) -> str:
    """The text with the answers in it, except those of some questions."""

    def put(found: re.Match[str]) -> str:
        said = None if found[1] in but else say(found[1])
        return found[0] if said is None else said

    return REFERENCE.sub(put, text) if "${" in text else text


def filled_words(words: Words, say: Say) -> Words:
    if not any("${" in text for text in words.values()):
        return words
    return Words({code: filled_text(text, say) for code, text in words.items()})


def filled_question(question: Question, say: Say) -> Question:
    """The question with the answers that its texts repeat. What it asks within is filled where it is drawn."""
    changed: dict[str, object] = {}
    for key in TEXTS:
        before = getattr(question, key)
        if (after := filled_words(before, say)) is not before:
            changed[key] = after
    options = tuple(_option(option, say) for option in question.options)
    if any(one is not other for one, other in zip(options, question.options, strict=True)):
        changed["options"] = options
    return replace(question, **changed) if changed else question  # type: ignore[arg-type]  # keys of texts


def is_filled(question: Question) -> bool:
    """Whether a text of it repeats an answer."""
    texts = [getattr(question, key) for key in TEXTS] + [option.label for option in question.options]
    return any("${" in text for words in texts for text in words.values())


def _option(option: Option, say: Say) -> Option:
    label = filled_words(option.label, say)
    return option if label is option.label else replace(option, label=label)


def filled_section(section: Section, say: Say) -> Section:
    """The section's own words, with its questions as they are."""
    title, note = filled_words(section.title, say), filled_words(section.note, say)
    return section if (title, note) == (section.title, section.note) else replace(section, title=title, note=note)


def filled_questions(questions: Iterable[Question], say: Say) -> list[Question]:
    return [filled_question(question, say) for question in questions]
