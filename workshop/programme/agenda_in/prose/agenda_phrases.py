"""Pieces of a line: the document in brackets at its end, a title glued to its description, sentences, questions."""

import re
from itertools import islice

from workshop.programme.papers.models import Kind

from ..reading.agenda_words import kind_named, says_not_provided

IN_BRACKETS = re.compile(r"\s*(\(+)\s*([^()]{2,40}?)\s*(\)+)\s*\.?$")
AFTER_DASH = re.compile(r"\s+[–—]\s+([^–—()]{4,40}?)\s*(?:\([^()]{2,60}\))?$")
GLUED = re.compile(r"(?<=[a-zà-ÿ]{4})(?=[A-ZÀ-Þ])|(?<=[a-zà-ÿ][?!.)”])(?=[A-ZÀ-Þ“])|(?<=[a-zà-ÿ])[-–:] (?=[A-ZÀ-Þ¿])")
SENTENCE = re.compile(r"(?<=[.?!…])[”\")]?\s+(?=[\"“¿¡(]?[A-ZÀ-Þ])")


def split_document(text: str) -> tuple[str, Kind | None, bool | None, bool]:
    """The text without its closing bracket; the kind of document; whether it is provided; whether brackets balance.

    "Title ((Discussion Paper)" gives ("Title", DISCUSSION_PAPER, True, False); no document gives None twice.
    """
    if (dashed := AFTER_DASH.search(text)) and (kind_named(dashed[1]) or says_not_provided(dashed[1])):
        missing = says_not_provided(dashed[1])
        return text[: dashed.start()], kind_named(dashed[1]) or Kind.OTHER, not missing, True
    found = IN_BRACKETS.search(text)
    if not found:
        return text, None, None, True
    rest, balanced = text[: found.start()].rstrip(" -–—"), len(found[1]) == len(found[3])
    if says_not_provided(found[2]):
        return rest, Kind.OTHER, False, balanced
    kind = kind_named(found[2])
    if kind is None or (kind is Kind.OTHER and not found[2].casefold().startswith("doc")):
        return text, None, None, True
    return rest, kind, True, balanced


def unglue(text: str) -> tuple[str, str] | None:
    """A title and the description glued to it without a space; None where nothing is glued."""
    for found in islice(GLUED.finditer(text[:2000]), 20):
        title, rest = text[: found.start()], text[found.end() :]
        mark = text[found.start() : found.end()].strip()
        if mark == ":":
            continue
        if len(title) >= 5 and len(rest.split()) >= 4 and re.search(r"[.?!:…][”\")]?$", rest):
            return title.strip(), rest.strip()
    return None


def sentences(text: str) -> list[str]:
    return [each.strip() for each in SENTENCE.split(text) if each.strip()]


def questions_and_rest(text: str) -> tuple[list[str], str]:
    """The sentences that ask, and the others together."""
    said = sentences(text)
    return [each for each in said if each.endswith("?")], " ".join(each for each in said if not each.endswith("?"))
