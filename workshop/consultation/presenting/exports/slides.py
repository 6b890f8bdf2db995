"""Results as slides: a title, then one slide for each table, its words and figures as text, bars beside them.

Right to left the columns stand in reverse and the bars grow to the left; programs ignore a mirrored table.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.util import Cm, Pt

from ..charts import Chart

WIDTH, HEIGHT, EDGE = 33.867, 19.05, 1.6
ROWS = 9  # more go on another slide
COLOUR: Any = RGBColor  # ships no types
BAR, INK, QUIET = COLOUR(0x0B, 0x5A, 0x7D), COLOUR(0x1B, 0x24, 0x30), COLOUR(0x56, 0x61, 0x72)


def as_pptx(title: str, facts: str, charts: Sequence[tuple[Chart, str]]) -> bytes:
    """The slides; each chart comes with the words of its finding, or none."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(WIDTH), Cm(HEIGHT)
    mirrored = any(chart.right_to_left for chart, _words in charts)
    first = _Slide(deck, mirrored=mirrored)
    first.text(title, 6, 3, 36, bold=True)
    first.text(facts, 10, 3, 18, colour=QUIET)
    for chart, words in charts:
        for start in range(0, max(len(chart.bars), 1), ROWS):
            _draw(_Slide(deck, mirrored=chart.right_to_left), chart, words, start)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


class _Slide:
    def __init__(self, deck: Deck, *, mirrored: bool) -> None:
        self.slide, self.mirrored = deck.slides.add_slide(deck.slide_layouts[6]), mirrored

    def text(
        self,
        words: str,
        top: float,
        height: float,
        size: int,
        *,
        left: float = EDGE,
        width: float = WIDTH - 2 * EDGE,
        bold: bool = False,
        colour: RGBColor = INK,
    ) -> None:
        place = WIDTH - left - width if self.mirrored else left
        frame = self.slide.shapes.add_textbox(Cm(place), Cm(top), Cm(width), Cm(height)).text_frame
        frame.word_wrap = True
        paragraph = frame.paragraphs[0]
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = words, Pt(size), bold
        run.font.color.rgb = colour
        if self.mirrored:
            paragraph.alignment = PP_ALIGN.RIGHT
            paragraph._p.get_or_add_pPr().set("rtl", "1")
            run._r.get_or_add_rPr().set("lang", "ar-SA")

    def bar(self, left: float, top: float, width: float, height: float) -> None:
        if width <= 0:
            return
        place = WIDTH - left - width if self.mirrored else left
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(place), Cm(top), Cm(width), Cm(height))
        shape.fill.solid()
        shape.fill.fore_color.rgb = BAR
        shape.line.fill.background()
        shape.shadow.inherit = False


def _draw(slide: _Slide, chart: Chart, words: str, start: int) -> None:
    slide.text(chart.title, 0.8, 2.2, 24, bold=True)
    top = 3.2
    if words and not start:
        slide.text(words, top, 2, 16)
        top += 2.2
    bars = chart.bars[start : start + ROWS]
    step = min(1.5, (HEIGHT - 3.4 - top) / max(len(bars), 1))
    room = WIDTH - 2 * EDGE - 12.5 - 5
    for number, bar in enumerate(bars):
        at = top + number * step
        slide.text(bar.label, at, step, 14, width=12)
        slide.bar(EDGE + 12.5, at + 0.2, room * sum(bar.parts) / chart.full, min(0.8, step - 0.3))
        figure = bar.figure or " · ".join(map(str, bar.parts))
        slide.text(figure, at, step, 14, left=WIDTH - EDGE - 5, width=5)
    note = chart.facts if not chart.legend else f"{' · '.join(chart.legend)}\n{chart.facts}"
    slide.text(note, HEIGHT - 3, 1.2, 12, colour=QUIET)
    slide.text(chart.caveat, HEIGHT - 1.7, 1.2, 11, colour=QUIET)
