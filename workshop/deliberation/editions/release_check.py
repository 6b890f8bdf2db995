"""What a person must look at before a report leaves the house: names where nobody may be named, and words of a decision.

It finds and never judges: each hit is shown with the words around it, and a person changes the text or says why it stays.
No database, no request, no clock.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshop.deliberation.group_reports.loaded_words import WORD, is_loaded, stripped
from workshop.deliberation.plenary.multilingual_prose import PLACE
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph, SourceKind
from workshop.platform.db import Words
from workshop.platform.search_normalise import fold

from .models import HitKind

AROUND = 60  # characters shown on either side
SHORTEST = 4  # letters of a family name that is looked for alone
ENDINGS = 2  # letters by which an inflected form may be longer
# Our own words about the rule itself, in which the check would find what the report says it is not.
SPOKEN_BY_OTHERS = {Chapter.GROUPS, Chapter.DISCUSSION, Chapter.SYNTHESIS, Chapter.RECOMMENDATIONS, Chapter.SUMMARY}


@dataclass(frozen=True)
class Name:
    """A name to be found: `words` in the order in which they stand."""

    kind: HitKind
    words: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """Something found in one paragraph in one language."""

    block: int | None
    number: int | None
    language: str
    kind: HitKind
    found: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """The same as long as the words around it are the same."""
        said = "|".join((str(self.block), self.language, self.kind, self.before, self.found, self.after))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def excerpt(self) -> str:
        return f"{self.before}{self.found}{self.after}"


def names_of(people: Iterable[tuple[str, str]], organisations: Iterable[str], countries: Iterable[str]) -> list[Name]:
    """Names as they are looked for: people in full and by family name, organisations and countries in full."""
    found = list[Name]()
    for given, family in people:
        found += [Name(HitKind.PERSON, full) for full in (_words(f"{given} {family}"), _words(f"{family} {given}"))]
        if len(fold(family)) >= SHORTEST:
            found.append(Name(HitKind.PERSON, _words(family)))
    found += [Name(HitKind.ORGANISATION, _words(name)) for name in organisations if len(fold(name)) >= SHORTEST]
    found += [Name(HitKind.COUNTRY, _words(name)) for name in countries if len(fold(name)) >= SHORTEST]
    return list(dict.fromkeys(each for each in found if each.words))


def _words(text: str) -> tuple[str, ...]:
    return tuple(stripped(fold(word))[0] for word in WORD.findall(text))


def check(paragraphs: Iterable[Paragraph], names: Sequence[Name]) -> list[Hit]:
    """Everything a person must look at, in the order of the report; each longest name once."""
    index = indexed(names)
    return [hit for paragraph in paragraphs for hit in _hits_in(paragraph, index)]


def _hits_in(paragraph: Paragraph, index: Mapping[str, list[Name]]) -> Iterator[Hit]:
    if not (paragraph.words or paragraph.chapter in SPOKEN_BY_OTHERS or tells_what_was_said(paragraph)):
        return
    for language, text in texts_of(paragraph):
        yield from hits_in(text, index, block=paragraph.block, number=paragraph.number, language=language)


def tells_what_was_said(paragraph: Paragraph) -> bool:
    """Whether it gives points in the words of those who noted them, wherever it stands."""
    return any(each.kind in (SourceKind.POINT, SourceKind.SESSION_POINT) for each in paragraph.sources)


def texts_of(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Every text of a paragraph that a person wrote, with its language: her words, or what is quoted of others."""
    if paragraph.words:
        yield from paragraph.words.items()
    else:
        for original in paragraph.originals:
            yield from original.items()
    for row in paragraph.table.get("rows", []):
        for cell in row:
            if isinstance(cell, Mapping) and not {"bar", "mark", "supports"} & cell.keys():
                yield from ((code, str(text)) for code, text in cell.items())


def hits_in(
    text: str, index: Mapping[str, list[Name]], *, block: int | None, number: int | None, language: str
) -> Iterator[Hit]:
    """What is found in one text."""
    text = PLACE.sub(" ", text)
    spans = [(match.start(), match.end(), fold(match.group())) for match in WORD.finditer(text)]
    place = 0
    while place < len(spans):
        kind, length = _found_at(spans, place, index, text)
        if kind:
            start, end = spans[place][0], spans[place + length - 1][1]
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            yield Hit(block, number, language, kind, text[start:end], before, after)
        place += max(length, 1)


def _found_at(
    spans: Sequence[tuple[int, int, str]], place: int, index: Mapping[str, list[Name]], text: str
) -> tuple[HitKind | None, int]:
    first = spans[place][2]
    if is_loaded(first):
        return HitKind.LOADED_WORD, 1
    is_capital = not text[spans[place][0]].islower()
    for form in stripped(first) if is_capital else ():
        for name in index.get(form[:SHORTEST], ()):
            words = [form, *(span[2] for span in spans[place + 1 : place + len(name.words)])]
            if len(words) == len(name.words) and all(map(_is_form_of, words, name.words)):
                return name.kind, len(words)
    return None, 1


def _is_form_of(word: str, name: str) -> bool:
    """The word itself, or an inflected form of it: Tunisia’s, Tunisian, Mexicana."""
    stem = name.rstrip("aeio")
    return name in stripped(word) or (
        len(stem) >= SHORTEST and word.startswith(stem) and 0 <= len(word) - len(name) <= ENDINGS
    )


def indexed(names: Sequence[Name]) -> dict[str, list[Name]]:
    """Names by how they begin, the longest first."""
    index = dict[str, list[Name]]()
    for name in sorted(names, key=lambda each: -len(each.words)):
        index.setdefault(name.words[0][:SHORTEST], []).append(name)
    return index


def countries_named(names: Iterable[Words]) -> list[str]:
    """Every name of every country in every language we speak."""
    return [text for each in names for text in each.values()]
