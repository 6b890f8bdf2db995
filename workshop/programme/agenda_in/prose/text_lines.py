"""Plain text as lines, with what typography says about each: a bullet, a heading, a bullet that stands alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from workshop.platform.foreign.sandbox import Unreadable

from .clocks import Span

BULLET = re.compile(r"^\s*(?:[-–—•*+·▪◦●‣o➢✓]|\(?[a-zA-Z0-9]{1,2}\))(?:\s+|$)")
HEADED = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
UNDERLINE = re.compile(r"^\s*(=|-|~|\*|_|\+)\1{3,}\s*$")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
EMPTY = re.compile(r"^\s*[-–—•*·▪◦●‣]\s*$")


@dataclass
class Line:
    """`loose` tells that a bullet without text stood before it; `heading` is its level, 0 for none; a line that is
    `inside` stands in a cell under a session, so it begins none; `span` is the time of the cell beside it.
    """

    text: str
    place: str
    bullet: bool = False
    heading: int = 0
    loose: bool = False
    inside: bool = False
    indent: int = 0
    span: Span | None = None
    room: str = ""


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
    """The lines that carry words, numbered as an editor numbers them; Markdown's marks are taken for what they say."""
    return mark_bullets(_unmarked(text.split("\n")), bullets=True)


def _unmarked(rows: Sequence[str]) -> Iterator[Line]:
    fenced = False
    for number, raw in enumerate(rows, 1):
        fenced ^= raw.lstrip().startswith(("```", "~~~"))
        if UNDERLINE.match(raw) or raw.lstrip().startswith(("```", "~~~")):
            continue
        below = rows[number] if number < len(rows) else ""
        under = UNDERLINE.match(below) if raw.strip() and not BULLET.match(raw) else None
        headed = HEADED.match(raw)
        level = len(headed[1]) if headed else 1 if under and under[1] == "=" else 2 if under else 0
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        said = without_marks(headed[2] if headed else raw)
        yield Line(said, str(_("line %(number)s", number=number)), heading=level, indent=indent)


def without_marks(text: str) -> str:
    """A line without what makes its words bold or a link."""
    if "[" in text:
        text = LINK.sub(lambda found: found[1], text)
    return STRONG.sub(lambda found: found[2] or found[3], text) if "*" in text or "__" in text else text


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
            yield replace(line, text=text, bullet=line.bullet or bool(found), loose=loose)
            loose = False
