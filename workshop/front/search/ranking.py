"""Finding: which entries answer a question, the best first, with an excerpt in which the words are marked."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from markupsafe import Markup, escape

from workshop.platform.db import Words
from workshop.platform.search_normalise import fold, spans_of_words

from .index_entries import Entry, Group
from .query_terms import Question
from .word_index import SearchIndex
from .word_matching import Matches, for_terms

SHOWN = 20  # of each group
AROUND = 90  # characters before the first marked word of an excerpt
EXCERPT = 260
MOST_SPANS = 60  # places looked at in one text
ENOUGH = 5  # of them, once each word asked for is among them
A_PIECE = 3000  # characters of a long text looked through at a time


@dataclass
class Hit:
    entry: Entry
    score: int
    wanted: set[str]
    title: Markup = field(default_factory=Markup)
    title_language: str = ""
    excerpt: Markup = field(default_factory=Markup)
    language: str = ""


@dataclass
class SearchResult:
    """The hits of each group, and how many more there are than are shown."""

    groups: dict[Group, list[Hit]]
    more: dict[Group, int]

    @property
    def count(self) -> int:
        return sum(len(hits) for hits in self.groups.values()) + sum(self.more.values())

    @property
    def files(self) -> list[int]:
        """Files whose text is needed for the excerpts."""
        return [hit.entry.file for hits in self.groups.values() for hit in hits if hit.entry.file]


def find(question: Question, index: SearchIndex, in_files: Sequence[Container[int]] = ()) -> SearchResult:
    """Everything that has each term and each phrase; the best first, then in the order of the index.

    `in_files` says of each phrase in which files it stands.
    """
    if question.is_empty:
        return SearchResult({}, {})
    terms = [
        (_Fitting(index, whole), [_Fitting(index, part) for part in parts])
        for whole, parts in for_terms(question.terms, index.words)
    ]
    places = set(range(len(index.entries)))
    for whole, parts in terms:
        together = [part.places for part in parts]
        places &= whole.places | (together[0].intersection(*together[1:]) if together else set())
    hits = [hit for place in sorted(places) if (hit := _fits(place, index.entries[place], question, terms, in_files))]
    hits.sort(key=lambda hit: -hit.score)
    groups: dict[Group, list[Hit]] = {}
    for group in Group:
        own = [hit for hit in hits if hit.entry.group is group]
        if own:
            groups[group] = own
    return SearchResult(
        {g: own[:SHOWN] for g, own in groups.items()}, {g: max(0, len(own) - SHOWN) for g, own in groups.items()}
    )


class _Fitting:
    """The words that fit one word asked for, and where they stand."""

    def __init__(self, index: SearchIndex, matches: Matches) -> None:
        self.matches, self.found = matches, index.with_words(matches)

    @property
    def places(self) -> set[int]:
        return set(self.found)

    def quality(self, place: int, entry: Entry) -> tuple[int, set[str]]:
        """How well the best word of the entry fits, thrice as much in its title; and every word that fits."""
        words, title = self.found.get(place, set()), entry.title_words
        return max((self.matches[word] * (3 if word in title else 1) for word in words), default=0), words


Terms = list[tuple[_Fitting, list[_Fitting]]]


def _fits(place: int, entry: Entry, question: Question, terms: Terms, in_files: Sequence[Container[int]]) -> Hit | None:
    """The hit, or None where a term or a phrase is missing."""
    score = 0
    wanted: set[str] = set()
    for phrase, files in zip(question.phrases, in_files, strict=True):
        in_text = entry.file in files if entry.file else False
        if not in_text and f" {' '.join(phrase)} " not in entry.said:
            return None
        score += 24
        wanted.update(phrase)
    for whole, parts in terms:
        best, words = whole.quality(place, entry)
        if parts:
            each = [part.quality(place, entry) for part in parts]
            together = min(quality for quality, _words in each)
            if together > best:
                best = together
                words = set().union(*(found for _quality_, found in each))
        if not best:
            return None
        score += best
        wanted |= words
    return Hit(entry, score, wanted)


Spans = list[tuple[int, int]]


@dataclass
class Passage:
    """A text with the places where something asked for stands in it."""

    text: str
    language: str
    spans: Spans

    @property
    def kinds(self) -> int:
        """How many different words asked for are in it."""
        return len({fold(self.text[start:end]) for start, end in self.spans})


def passage(text: str, language: str, wanted: set[str]) -> Passage:
    """The text as far as is needed to show all that is wanted: the rest of a long one is not read."""
    spans: Spans = []
    found = Passage(text, language, spans)
    for start, piece in pieces(text):
        spans += [(start + a, start + b) for a, b in islice(spans_of_words(piece, wanted), MOST_SPANS - len(spans))]
        found = Passage(text, language, spans)
        if len(spans) >= MOST_SPANS or (len(spans) >= ENOUGH and found.kinds >= len(wanted)):
            break
    return found


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts that end between two words, each with where it begins."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + A_PIECE) + 1 or len(text)
        yield start, text[start:end]
        start = end


def illustrate(found: SearchResult, texts: Mapping[int, str], reader: str) -> None:
    """Give each hit its title and excerpt. `texts` are those of `found.files`, `reader` the language of the page."""
    for hits in found.groups.values():
        for hit in hits:
            title = best([hit.entry.title], hit.wanted, reader)
            written, hit.title_language = hit.entry.title.in_(reader, "en")
            if title and title.spans:
                written, hit.title_language = title.text, title.language
            hit.title = highlight_spans(written, title.spans if title else [])
            inside = best(hit.entry.passages, hit.wanted, reader)
            if hit.entry.file and hit.entry.file in texts:
                long = passage(texts[hit.entry.file], hit.entry.file_language, hit.wanted)
                inside = long if inside is None or long.kinds > inside.kinds else inside
            if inside and inside.spans:
                hit.excerpt, hit.language = excerpt(inside), inside.language


def best(several: Sequence[Words], wanted: set[str], reader: str) -> Passage | None:
    """The text in which most of it is found; of one in several languages the reader's own where that is as good."""
    each = [passage(text, code, wanted) for words in several for code, text in words.items()]
    return max(each, key=lambda one: (one.kinds, one.language == reader), default=None)


def excerpt(inside: Passage) -> Markup:
    """A stretch of the text with as many different words asked for as possible."""
    text, spans = inside.text, inside.spans

    def kinds_from(start: int) -> int:
        return len({fold(text[a:b]) for a, b in spans if start <= a < start + EXCERPT - AROUND})

    first = max((start for start, _end in spans), key=lambda start: (kinds_from(start), -start), default=0)
    begin = text.rfind(" ", 0, max(0, first - AROUND)) + 1 if first > AROUND else 0
    end = len(text) if begin + EXCERPT >= len(text) else max(text.rfind(" ", 0, begin + EXCERPT), first)
    shown = [(a - begin, b - begin) for a, b in spans if begin <= a and b <= end]
    piece = highlight_spans(text[begin:end], shown)
    return Markup("{}{}{}").format("… " if begin else "", piece, " …" if end < len(text) else "")


def highlight_spans(text: str, spans: Spans) -> Markup:
    """The text with these places marked."""
    out, at = Markup(""), 0
    for start, end in spans:
        out += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return out + escape(text[at:])
