"""Texts as a search compares them: without accents, without capitals, word by word."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

ACCENTS = re.compile("[\u0300-\u036f\u00ad\u200b\u2060]")
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'"})
WORD = re.compile(r"[^\W_]+")
HYPHENS = "-\u2010\u2011"
COMPOUND = re.compile(rf"[^\W_]+(?:[{HYPHENS}][^\W_]+)+")


def fold(text: str) -> str:
    """The text in small letters without accents; its words keep their order."""
    if text.isascii():
        return text.lower()
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold().translate(LETTERS)))


def words(text: str) -> list[str]:
    """The folded words of a text, in order. A compound is its parts: co-development is co and development."""
    return WORD.findall(fold(text))


def vocabulary(text: str) -> set[str]:
    """Every folded word once, and every compound as one word too."""
    folded = fold(text)
    found = set(WORD.findall(folded))
    if any(hyphen in folded for hyphen in HYPHENS):
        found.update(re.sub(rf"[{HYPHENS}]", "", each) for each in COMPOUND.findall(folded))
    return found


def spans_of_words(text: str, wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Where words of the text stand whose folded form is wanted, compounds included."""
    folded = fold(text)
    if not wanted or len(folded) != len(text):
        yield from _marked_one_by_one(text, wanted)
        return
    for found in _pattern(frozenset(wanted)).finditer(folded):  # letter for letter, so it stands at the same place
        yield found.span()


@lru_cache(maxsize=50)
def _pattern(wanted: frozenset[str]) -> re.Pattern[str]:
    """Any of these words, whole; a long one may be written as a compound."""
    hyphen = f"[{HYPHENS}]?"
    each = [hyphen.join(word) if len(word) > 5 and word.isalpha() else re.escape(word) for word in sorted(wanted)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(each)})(?![^\W_])")


def _marked_one_by_one(text: str, wanted: set[str]) -> Iterator[tuple[int, int]]:
    """The same for a text whose folded form has another length: ligatures, letters written in two parts."""
    compounds_end = 0
    for found in re.finditer(rf"[^\W_]+(?:[{HYPHENS}\u00ad][^\W_]+)*", text):
        whole = found.group()
        if WORD.fullmatch(whole) is None and _folded(whole) in wanted:
            yield found.span()
            compounds_end = found.end()
            continue
        for part in WORD.finditer(text, found.start(), found.end()):
            if part.start() >= compounds_end and _folded(part.group()) in wanted:
                yield part.span()


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return re.sub(rf"[{HYPHENS}]", "", fold(word))
