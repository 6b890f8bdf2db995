"""Finding: which entries answer a question, the best first, with an excerpt in which the words are marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from workshop.db import Words
from workshop.folding import fold, marked

from .asked import Question
from .entries import Entry, Group
from .matching import Matches, for_terms

SHOWN = 20  # of each group
AROUND = 90  # characters before the first marked word of an excerpt
EXCERPT = 260


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
class Found:
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


def find(question: Question, entries: Sequence[Entry]) -> Found:
    """Everything that has each term and each phrase; the best first, then in the order given."""
    if question.is_empty:
        return Found({}, {})
    vocabulary: set[str] = set().union(*(entry.own_words for entry in entries), *(e.file_words for e in entries))
    terms = for_terms(question.terms, vocabulary)
    hits = [hit for entry in entries if (hit := _fits(entry, question, terms))]
    hits.sort(key=lambda hit: -hit.score)
    groups: dict[Group, list[Hit]] = {}
    for group in Group:
        own = [hit for hit in hits if hit.entry.group is group]
        if own:
            groups[group] = own
    return Found(
        {g: own[:SHOWN] for g, own in groups.items()}, {g: max(0, len(own) - SHOWN) for g, own in groups.items()}
    )


def _fits(entry: Entry, question: Question, terms: list[tuple[Matches, list[Matches]]]) -> Hit | None:
    """The hit, or None where a term or a phrase is missing."""
    score = 0
    wanted: set[str] = set()
    for place, phrase in enumerate(question.phrases):
        in_text = place < len(entry.file_phrases) and entry.file_phrases[place]
        if not in_text and f" {' '.join(phrase)} " not in entry.said:
            return None
        score += 24
        wanted.update(phrase)
    for whole, parts in terms:
        best, words = _quality(entry, whole)
        if parts:
            each = [_quality(entry, part) for part in parts]
            together = min(quality for quality, _words in each)
            if together > best:
                best = together
                words = set().union(*(found for _quality_, found in each))
        if not best:
            return None
        score += best
        wanted |= words
    return Hit(entry, score, wanted)


def _quality(entry: Entry, matches: Matches) -> tuple[int, set[str]]:
    """How well the best word of the entry fits, thrice as much in its title; and every word that fits."""
    keys = matches.keys()
    words = {*(keys & entry.own_words), *(keys & entry.file_words)}
    in_title = keys & entry.title_words
    return max((matches[word] * (3 if word in in_title else 1) for word in words), default=0), words


def illustrate(found: Found, texts: Mapping[int, str], reader: str) -> None:
    """Give each hit its title and excerpt. `texts` are those of `found.files`, `reader` the language of the page."""
    for hits in found.groups.values():
        for hit in hits:
            hit.title, hit.title_language = _best(hit.entry.title, hit.wanted, reader)
            passages = [
                (text, code) for passage in hit.entry.passages for text, code in _either(passage, hit.wanted, reader)
            ]
            if hit.entry.file and hit.entry.file in texts:
                passages.append((texts[hit.entry.file], hit.entry.file_language))
            ranked = sorted(passages, key=lambda each: -_kinds(each[0], hit.wanted))
            if ranked and _kinds(ranked[0][0], hit.wanted):
                hit.excerpt, hit.language = excerpt(ranked[0][0], hit.wanted), ranked[0][1]


def _either(passage: Words, wanted: set[str], reader: str) -> list[tuple[str, str]]:
    """The passage in the language in which most of it is found, the reader's own where that is as good."""
    codes = sorted(passage, key=lambda code: (-_kinds(passage[code], wanted), code != reader))
    return [(passage[codes[0]], codes[0])] if codes else []


def _best(title: Words, wanted: set[str], reader: str) -> tuple[Markup, str]:
    written = _either(title, wanted, reader)
    if not written or not _kinds(written[0][0], wanted):
        text, code = title.in_(reader, "en")
        return escape(text), code
    text, code = written[0]
    return highlighted(text, wanted), code


def _kinds(text: str, wanted: set[str]) -> int:
    """How many different words asked for stand near the beginning of what can be shown."""
    return len({fold(text[start:end]) for start, end in _spans(text, wanted)})


def _spans(text: str, wanted: set[str]) -> list[tuple[int, int]]:
    spans = []
    for span in marked(text, wanted):
        spans.append(span)
        if len(spans) == 60:
            break
    return spans


def excerpt(text: str, wanted: set[str]) -> Markup:
    """A stretch of the text with as many different words asked for as possible."""
    spans = _spans(text, wanted)
    if not spans:
        return Markup("")

    def kinds_from(start: int) -> int:
        return len({fold(text[a:b]) for a, b in spans if start <= a < start + EXCERPT - AROUND})

    first = max((start for start, _end in spans), key=lambda start: (kinds_from(start), -start))
    begin = text.rfind(" ", 0, max(0, first - AROUND)) + 1 if first > AROUND else 0
    end = len(text) if begin + EXCERPT >= len(text) else max(text.rfind(" ", 0, begin + EXCERPT), first)
    piece = " ".join(text[begin:end].split())
    return Markup("{}{}{}").format("… " if begin else "", highlighted(piece, wanted), " …" if end < len(text) else "")


def highlighted(text: str, wanted: set[str]) -> Markup:
    """The text with the words asked for marked."""
    out, at = Markup(""), 0
    for start, end in _iterated(text, wanted):
        out += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return out + escape(text[at:])


def _iterated(text: str, wanted: set[str]) -> Iterable[tuple[int, int]]:
    return marked(text, wanted)
