"""A letter as a Word document, to be put on letterhead, initialled and stamped. It carries no name but those it says.

Letters about one person may say what a passport says and are kept nowhere: such a document is written by a child process,
which runs this module, for whoever waits. So it imports nothing of the product.
"""

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

LOGO_HEIGHT = 18  # millimetres
AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")


@dataclass(frozen=True)
class Paper:
    """What stands on it. With `initials`, the words where they are put, it is a note: its address stands below."""

    reference: str
    addressee: Sequence[str]
    text: Sequence[str]
    on: str
    made_at: str
    from_right: bool
    initials: str = ""
    annex: str = ""

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def write(paper: Paper, logo: bytes = b"") -> bytes:
    """Of a note the reference above, text, date, place for the initials, address below; of a letter the address first.
    The logo stands at the head of the page, the annex on pages of its own.
    """
    from docx import Document  # here because few processes need it
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    document.core_properties.author = document.core_properties.last_modified_by = ""
    document.core_properties.title = paper.reference
    document.core_properties.created = document.core_properties.modified = datetime.fromisoformat(paper.made_at)
    document.styles["Normal"].font.size = Pt(11.5)
    rtl = paper.from_right

    def paragraph(said: str, *, end: bool = False, after: float = 10, new_page: bool = False) -> None:
        made = document.add_paragraph()
        lines = said.split("\n")
        for number, line in enumerate(lines, 1):
            run = made.add_run(line)
            if number < len(lines):
                run.add_break()
        made.paragraph_format.space_after = Pt(after)
        made.paragraph_format.page_break_before = new_page
        if end:
            made.alignment = WD_ALIGN_PARAGRAPH.LEFT if rtl else WD_ALIGN_PARAGRAPH.RIGHT
        if rtl:
            _turn(made)

    if logo:
        section.header.paragraphs[0].add_run().add_picture(io.BytesIO(logo), height=Mm(LOGO_HEIGHT))
    paragraph(paper.reference, after=24)
    if not paper.initials:
        if paper.addressee:
            paragraph("\n".join(paper.addressee), after=18)
        paragraph(paper.on, end=True, after=18)
    for each in paper.text:
        paragraph(each)
    if paper.initials:
        paragraph(paper.on, end=True, after=30)
        paragraph(paper.initials, end=True, after=30)
        paragraph("\n".join(paper.addressee))
    for number, each in enumerate(paper.annex.split("\n\n") if paper.annex else ()):
        paragraph(each, new_page=number == 0)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _turn(paragraph: "Paragraph") -> None:
    """From right to left, as a whole and run by run."""
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    for run in paragraph.runs:
        run.font.rtl = True


if __name__ == "__main__":
    sys.stdout.buffer.write(write(Paper(**json.load(sys.stdin))))
