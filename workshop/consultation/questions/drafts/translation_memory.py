"""What was translated before: whole texts to be used again, and short ones as terms. No database, no request, no clock."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ..question_texts import all_texts
from ..questionnaire_document import Document

LONGEST_TERM = 4  # words
MOST_TERMS = 5
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class TextPair:
    source: str
    target: str


class TranslationMemory:
    """Texts of one language with what they became in another. Of several translations the first one met counts."""

    def __init__(self, documents: Iterable[Document], source: str, target: str) -> None:
        self.texts: dict[str, TextPair] = {}
        self.terms: dict[tuple[str, ...], TextPair] = {}
        for document in documents:
            for each in all_texts(document):
                self._learn(each.words.get(source, ""), each.words.get(target, ""))

    def _learn(self, source: str, target: str) -> None:
        if not source or not target:
            return
        self.texts.setdefault(_key(source), TextPair(source, target))
        words = tuple(WORD.findall(source.casefold()))
        if words and len(words) <= LONGEST_TERM and len(source) > 2:
            self.terms.setdefault(words, TextPair(source, target))

    def translation(self, source: str) -> str:
        """What this text became before; nothing where it was never translated."""
        found = self.texts.get(_key(source))
        return found.target if found else ""

    def terms_in(self, source: str) -> list[TextPair]:
        """The terms that a longer text contains, the longest first."""
        words = WORD.findall(source.casefold())
        found: dict[str, TextPair] = {}
        for length in range(min(LONGEST_TERM, len(words) - 1), 0, -1):
            for place in range(len(words) - length + 1):
                term = self.terms.get(tuple(words[place : place + length]))
                if term and not any(_key(term.source) in known for known in found):
                    found[_key(term.source)] = term
        return list(found.values())[:MOST_TERMS]


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def as_tmx(documents: Iterable[Document]) -> bytes:
    """All texts in all their languages as TMX 1.4, which programs for translators read. Each text once."""
    units: dict[str, Mapping[str, str]] = {}
    for document in documents:
        for each in all_texts(document):
            said = {code: text for code, text in each.words.items() if text}
            if len(said) > 1:
                units.setdefault("\n".join(f"{code}:{_key(text)}" for code, text in sorted(said.items())), said)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        '<header creationtool="Intersession" creationtoolversion="1" segtype="paragraph" o-tmf="JSON" adminlang="en"'
        ' srclang="*all*" datatype="plaintext"/>',
        "<body>",
        *(_unit(said) for said in units.values()),
        "</body>",
        "</tmx>",
        "",
    ]
    return "\n".join(lines).encode()


def _unit(said: Mapping[str, str]) -> str:
    variants = (f"<tuv xml:lang={quoteattr(code)}><seg>{escape(text)}</seg></tuv>" for code, text in said.items())
    return f"<tu>{''.join(variants)}</tu>"
