"""Plain text as lines, with what typography says about each: a bullet, a heading, a bullet that stands alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.platform.foreign.sandbox import Unreadable

BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦●‣o]|\(?[a-zA-Z0-9]{1,2}\))(?:\s+|$)")
EMPTY = re.compile(r"^\s*[-–—•*·▪◦●‣]\s*$")


@dataclass
class Line:
    """`loose` tells that a bullet without text stood before it; `heading` is its level, 0 for none; a line that is
    `inside` stands in a cell under a session, so it begins none.
    """

    text: str
    place: str
    bullet: bool = False
    heading: int = 0
    loose: bool = False
    inside: bool = False


MOST_LINES = 10_000
LONGEST_LINE = 20_000
MOST_CHARACTERS = 1_000_000


def refuse_too_many(lines: Sequence[Line]) -> None:
    """Raises Unreadable where a text is longer than any agenda, naming the line where it is."""
    for line in lines:
        if len(line.text) > LONGEST_LINE:
            raise Unreadable(
                _(
                    "%(place)s has more than %(most)s characters; no agenda has such lines.",
                    place=line.place,
                    most=LONGEST_LINE,
                )
            )
    if len(lines) > MOST_LINES or sum(len(line.text) for line in lines) > MOST_CHARACTERS:
        raise Unreadable(_("The text has %(lines)s lines, far more than an agenda.", lines=len(lines)))


def lines_of(text: str) -> Iterator[Line]:
    """The lines that carry words, numbered as an editor numbers them."""
    numbered = ((_("line %(number)s", number=number), raw) for number, raw in enumerate(text.split("\n"), 1))
    return mark_bullets((Line(raw, place) for place, raw in numbered), bullets=True)


def mark_bullets(lines: Iterable[Line], *, bullets: bool) -> Iterator[Line]:
    """The same lines with spaces mended; bullets typed as characters become marks when `bullets`."""
    loose = False
    for line in lines:
        raw = line.text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "").replace("\ufeff", "")
        if EMPTY.match(raw):
            loose = True
            continue
        found = BULLET.match(raw) if bullets else None
        text = " ".join((raw[found.end() :] if found else raw).split())
        if text:
            yield Line(text, line.place, line.bullet or bool(found), line.heading, loose, line.inside)
            loose = False
