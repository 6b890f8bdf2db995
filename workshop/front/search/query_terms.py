"""What somebody asks for: words in any order, phrases in quotes, document symbols."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from workshop.platform.search_normalise import HYPHENS, WORD, fold, words

LONGEST = 200  # characters
MOST_TERMS = 12
PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
# Too common to tell anything, in the languages of the workshops.
COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "are",
        "was",
        "which",
        "what",
        "how",
        "who",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "an",
        "a",
        "is",
        "or",
        "as",
        "it",
        "be",
        "le",
        "la",
        "les",
        "des",
        "une",
        "un",
        "du",
        "de",
        "et",
        "en",
        "au",
        "aux",
        "pour",
        "dans",
        "sur",
        "par",
        "que",
        "qui",
        "est",
        "ou",
        "avec",
        "ce",
        "cette",
        "l",
        "d",
        "el",
        "los",
        "las",
        "una",
        "uno",
        "y",
        "del",
        "al",
        "con",
        "por",
        "para",
        "en",
        "es",
        "lo",
        "su",
        "sus",
        "se",
    ]
)


@dataclass(frozen=True)
class Term:
    """One word asked for. `others` are further ways to write it; `parts` are those of a compound."""

    word: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Everything asked for: each term and each phrase must be there."""

    typed: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    words: frozenset[str] = field(default=frozenset())

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.phrases)


def read(typed: str) -> Question:
    """What is asked for. Common words count only where nothing else is asked."""
    typed = " ".join(typed.split())[:LONGEST]
    phrases = [found for each in PHRASE.findall(typed) if (found := tuple(words(each)))]
    rest = PHRASE.sub(" ", typed)
    terms: list[Term] = []
    for chunk in rest.split():
        if "/" in chunk and any(letter.isdigit() for letter in chunk):
            symbol = tuple(words(chunk))
            phrases += [symbol] if symbol else []
            continue
        terms += _terms(chunk)
    telling = [term for term in terms if term.word not in COMMON] or ([] if phrases else terms)
    telling = telling[:MOST_TERMS]
    return Question(typed, tuple(_with_neighbours(telling)), tuple(phrases[:MOST_TERMS]))


def _terms(chunk: str) -> list[Term]:
    """The words of something written without a space: one of a compound, several of l'intérieur."""
    found = []
    for piece in re.findall(rf"[^\W_]+(?:[{HYPHENS}][^\W_]+)*", fold(chunk)):
        parts = tuple(WORD.findall(piece))
        found.append(Term("".join(parts), parts=parts if len(parts) > 1 else ()))
    return [term for term in found if len(term.word) > 1 or len(found) == 1]


def _with_neighbours(terms: list[Term]) -> list[Term]:
    """Two words in a row may be meant as one: co développement."""
    joined = ["".join((one.word, two.word)) for one, two in pairwise(terms)]
    around = [(*joined[max(0, place - 1) : place], *joined[place : place + 1]) for place in range(len(terms))]
    return [
        Term(term.word, others=tuple(each for each in others if len(each) > 6 and each.isalpha()), parts=term.parts)
        for term, others in zip(terms, around, strict=True)
    ]
