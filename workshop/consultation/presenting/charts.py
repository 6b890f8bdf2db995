"""A table as a picture to take into slides: title, bars on one scale, n, date and caveat; right to left too.

Nothing wraps by itself in SVG, so texts are measured. Arabic is set between isolates and anchored at its right edge,
which browsers and the renderer of PNG understand alike. No database, no request, no clock.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from PIL import ImageFont

FOLDERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto", "/Library/Fonts")
NAMES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf")
INK, QUIET, TRACK = "#1b2430", "#566172", "#e4e9f0"
SHADES = ("#0b5a7d", "#4f93b3", "#9cc4d8", "#c98a2b", "#e0bd83", "#8b95a3", "#cfd6df")
ON_SHADES = ("#fff", "#1b2430", "#1b2430", "#1b2430", "#1b2430", "#1b2430", "#1b2430")
VOWEL_MARKS = dict.fromkeys(range(0x064B, 0x0653))
LAM_ALEF = {"\u0622": "\ufef5", "\u0623": "\ufef7", "\u0625": "\ufef9", "\u0627": "\ufefb"}
JOINS = "[\u0626\u0628\u062a-\u062e\u0633-\u063a\u0640-\u0647\u064a]"  # letters that join the next one
JOINER = "\u200d"
WIDTH, EDGE, LABELS, FIGURES = 1200, 40, 430, 170


@dataclass(frozen=True)
class Bar:
    """One line: its words, the parts of its bar, and what is printed at its end."""

    label: str
    parts: Sequence[int]
    figure: str


@dataclass(frozen=True)
class Chart:
    """All that a picture says. `full` is what a bar of full length means; `legend` names the parts of stacked bars."""

    title: str
    facts: str
    caveat: str
    bars: Sequence[Bar]
    full: int
    legend: Sequence[str] = ()
    right_to_left: bool = False


def fonts() -> list[str]:
    """The files of the faces a picture is set in, as far as this machine has them."""
    return [str(path) for name in NAMES for folder in FOLDERS if (path := Path(folder) / name).is_file()]


@cache
def _face(size: int, *, arabic: bool, bold: bool = False) -> "ImageFont.FreeTypeFont | None":
    wanted = NAMES[2 * arabic + bold]
    path = next((each for each in fonts() if each.endswith(wanted)), None)
    from PIL import ImageFont  # here because few requests draw

    return ImageFont.truetype(path, size) if path else None


def lines_of(text: str, size: int, room: int, *, arabic: bool = False, bold: bool = False) -> list[str]:
    """The text in lines that fit into that many pixels. Spaces that must not break do not."""
    face, lines = _face(size, arabic=arabic, bold=bold) or _face(size, arabic=arabic), [""]
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        tried = f"{lines[-1]} {word}".strip()
        length = face.getlength(tried) if face else len(tried) * size * 0.55
        if length <= room or not lines[-1]:
            lines[-1] = tried
        else:
            lines.append(word)
    return lines


def _turn(words: str) -> str:
    """The mark that a line begins with on a mirrored picture: what has Latin letters alone is read from the left, or its
    last stop would stand before its first word."""
    return "\u2066" if re.search("[A-Za-zÀ-ɏ]", words) and not re.search("[\u0590-\u08ff]", words) else "\u2067"


class _Drawing:
    def __init__(self, *, right_to_left: bool) -> None:
        self.mirrored, self.parts, self.y = right_to_left, list[str](), EDGE

    def text(self, x: int, y: int, words: str, size: int, *, colour: str = INK, bold: bool = False) -> None:
        """Words that begin at x, seen from where the language begins."""
        place, anchor = (WIDTH - x, "end") if self.mirrored else (x, "start")
        marked = f"{_turn(words)}{words}\u2069" if self.mirrored else words
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{place}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>'
            f"{escape(marked)}</text>"
        )

    def box(self, x: float, y: int, width: float, height: int, colour: str) -> None:
        place = WIDTH - x - width if self.mirrored else x
        self.parts.append(f'<rect x="{place:.1f}" y="{y}" width="{width:.1f}" height="{height}" fill="{colour}"/>')

    def paragraph(self, words: str, size: int, *, colour: str = INK, bold: bool = False) -> None:
        for line in lines_of(words, size, WIDTH - 2 * EDGE, arabic=self.mirrored, bold=bold):
            self.y += round(size * 1.3)
            self.text(EDGE, self.y, line, size, colour=colour, bold=bold)


def as_svg(chart: Chart) -> str:
    """The picture."""
    drawing = _Drawing(right_to_left=chart.right_to_left)
    drawing.paragraph(chart.title, 34, bold=True)
    drawing.y += 10
    drawing.paragraph(chart.facts, 20, colour=QUIET)
    drawing.y += 30
    _draw_legend(drawing, chart)
    for bar in chart.bars:
        _draw_bar(drawing, bar, chart)
    drawing.y += 14
    drawing.paragraph(chart.caveat, 18, colour=QUIET)
    height = drawing.y + EDGE
    faces = "'Noto Sans Arabic','Noto Sans'" if chart.right_to_left else "'Noto Sans','Noto Sans Arabic'"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="{faces},sans-serif" role="img"><title>{escape(chart.title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(drawing.parts)}</svg>'
    )


def _draw_legend(drawing: _Drawing, chart: Chart) -> None:
    x = EDGE
    for number, words in enumerate(chart.legend):
        face = _face(18, arabic=chart.right_to_left)
        length = int(face.getlength(words) if face else len(words) * 10) + 60
        if x + length > WIDTH - EDGE:
            x, drawing.y = EDGE, drawing.y + 30
        drawing.box(x, drawing.y - 14, 16, 16, SHADES[number % len(SHADES)])
        drawing.text(x + 24, drawing.y, words, 18)
        x += length
    drawing.y += 30 if chart.legend else 0


def _draw_bar(drawing: _Drawing, bar: Bar, chart: Chart) -> None:
    lines = lines_of(bar.label, 20, LABELS - 20, arabic=chart.right_to_left)
    height = max(44, 26 * len(lines) + 14)
    for number, line in enumerate(lines):
        drawing.text(EDGE, drawing.y + 24 + 26 * number, line, 20)
    room, begins = WIDTH - 2 * EDGE - LABELS - FIGURES, float(EDGE + LABELS)
    drawing.box(begins, drawing.y + 6, room, 24, TRACK)
    for number, part in enumerate(bar.parts):
        length = room * part / chart.full if chart.full else 0
        drawing.box(begins, drawing.y + 6, length, 24, SHADES[number % len(SHADES)])
        if len(bar.parts) > 1 and length >= 14 * len(str(part)):
            drawing.text(round(begins + 6), drawing.y + 24, str(part), 16, colour=ON_SHADES[number % len(SHADES)])
        begins += length
    drawing.text(WIDTH - EDGE - FIGURES + 16, drawing.y + 24, bar.figure, 20)
    drawing.y += height


def without_ligatures(words: str) -> str:
    """The same to look at, letter by letter. The renderer of PNG looks for a second face letter by letter too: where a line
    has Latin and Arabic, a ligature or a vowel mark, two letters in one shape, left empty boxes."""

    def as_one(found: re.Match[str]) -> str:
        before, alef = found[1], LAM_ALEF[found[2]]
        return f"{before}{JOINER}{chr(ord(alef) + 1)}" if before else alef

    plain = re.sub(f"({JOINS}?)\u0644([{''.join(LAM_ALEF)}])", as_one, words.translate(VOWEL_MARKS))
    return re.sub("\u0644([\u0649\u064a])", f"\u0644{JOINER}\\1", plain)


def as_png(svg: str, *, width: int = 1600) -> bytes:
    """The same picture for programs that know no SVG; set in the Noto faces where this machine has them."""
    files = fonts()
    import resvg_py  # here because few requests draw

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=without_ligatures(svg), width=width, skip_system_fonts=bool(files), font_files=files
        )
    )
