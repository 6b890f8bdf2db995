"""A Word document being written: real styles, headings and table heads, in the direction and language of its reader.

It carries no name but those in its text. The library is loaded where a document is made, because few requests need it.
"""

import io
from collections.abc import Sequence
from datetime import datetime

from workshop.platform.foreign.limits import Element
from workshop.platform.i18n import direction

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INK, ACCENT, QUIET = "1B2430", "0B5A7D", "566172"
AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
)
AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


class WordDocument:
    """A document of A4 sheets. `document` is that of the library, for what is not said here."""

    def __init__(self, language: str, *, title: str, subject: str = "", at: datetime) -> None:
        from docx import Document

        self.language, self.rtl = language, direction(language) == "rtl"
        self.document = Document()
        self.styles = {style.name: style.style_id for style in self.document.styles}
        self._describe(title, subject, at.replace(tzinfo=None))
        self._set_looks()
        self._add_style("Source", size=8)

    def content(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def paragraph(self, text: str = "", *, place: Element = None, style: str = "Normal", language: str = "") -> Element:
        """A paragraph at the end of the document or of a cell; the empty one that a new cell holds is used first."""
        from docx.oxml import OxmlElement

        place = place if place is not None else self.document
        first = getattr(place, "_tc", None) is not None and len(place.paragraphs) == 1 and not place.paragraphs[0].runs
        line = place.paragraphs[0] if first else place.add_paragraph()
        if style != "Normal":
            line._p.style = self.styles[style]  # by its id: the library's own way walks through all styles each time
        if self.rtl:
            line._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
        if text:
            self.run(line, text, language=language)
        return line

    def keep_with_next(self, line: Element) -> None:
        """The end of a sheet does not part it from what follows, such as a caption from its table."""
        line.paragraph_format.keep_with_next = True

    def run(self, line: Element, text: str, *, language: str = "", bold: bool = False, italic: bool = False) -> None:
        """Some words; those in another language say so, for whoever reads the document aloud."""
        run = line.add_run(text)
        if bold:
            run.bold = True
        if italic:
            run.italic = True
        code = language or self.language
        if direction(code) == "rtl":
            run.font.rtl = True
        if code != self.language:
            run._r.get_or_add_rPr().append(_language(code))

    def table(self, heads: Sequence[str], widths: Sequence[int] = ()) -> Element:
        """A table with hairlines whose head is repeated on each sheet. `widths` of columns are in millimetres."""
        from docx.enum.table import WD_TABLE_DIRECTION
        from docx.oxml import OxmlElement

        table = self.document.add_table(rows=1, cols=len(heads))
        table.autofit = not widths
        if self.rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        table._tbl.tblPr.insert_element_before(_lines(OxmlElement), *AFTER_BORDERS)
        for cell, label in zip(table.rows[0].cells, heads, strict=True):
            self.run(self.paragraph(place=cell), label, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return table

    def close_table(self, table: Element, widths: Sequence[int] = ()) -> None:
        """No row is torn apart by the end of a sheet; columns are as wide as said, in millimetres."""
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        for column, width in zip(table.columns, widths, strict=False):  # some programs look here, others at the cells
            column.width = Mm(width)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=False):
                cell.width = Mm(width)

    def contents_field(self, headings: Sequence[str] = ()) -> None:
        """A table of contents that the word processor fills when the document is opened; until then it lists `headings`."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        line = self.paragraph()
        for kind, text in (("begin", ""), ("", ' TOC \\o "1-2" \\h \\z \\u '), ("separate", ""), ("end", "")):
            run = line.add_run()
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                if kind == "begin":
                    mark.set(qn("w:dirty"), "true")
                run._r.append(mark)
                if kind == "separate":
                    self._list_until_filled(line, headings)
            else:
                instruction = OxmlElement("w:instrText")
                instruction.set(qn("xml:space"), "preserve")
                instruction.text = text
                run._r.append(instruction)

    def _list_until_filled(self, line: Element, headings: Sequence[str]) -> None:
        for number, heading in enumerate(headings):
            run = line.add_run(heading)
            if direction(self.language) == "rtl":
                run.font.rtl = True
            if number < len(headings) - 1:
                run.add_break()

    def _add_style(self, name: str, *, size: int) -> None:
        """A style of paragraphs of our own, quieter than the text."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt, RGBColor

        style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.document.styles["Normal"]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(QUIET)
        style.paragraph_format.space_after = Pt(6)
        self.styles[name] = style.style_id

    def set_apart(self, style: str, *, above: int) -> None:
        """So many points of room above each paragraph of a style."""
        from docx.shared import Pt

        self.document.styles[style].paragraph_format.space_before = Pt(above)

    def _describe(self, title: str, subject: str, at: datetime) -> None:
        """Title, language and dates; the names and remarks that the library writes by itself are taken out."""
        properties = self.document.core_properties
        properties.title, properties.subject = title[:255], subject[:255]
        properties.language = self.language
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.created = properties.modified = at

    def _set_looks(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt, RGBColor

        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(22.5)
        page.top_margin = page.bottom_margin = Mm(20)
        styles = self.document.styles
        styles["Normal"].font.size = Pt(10)
        styles["Normal"].paragraph_format.space_after = Pt(3)
        for name, colour, size in (
            ("Title", INK, 22),
            ("Subtitle", ACCENT, 12),
            ("Heading 1", ACCENT, 15),
            ("Heading 2", INK, 11),
        ):
            styles[name].font.color.rgb, styles[name].font.size = RGBColor.from_string(colour), Pt(size)
        styles["Heading 2"].paragraph_format.space_before = Pt(0)
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_language(self.language))


def _language(code: str) -> Element:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:lang")
    element.set(qn("w:bidi" if direction(code) == "rtl" else "w:val"), code)
    return element


def _lines(element: Element) -> Element:
    """Hairlines between the rows, nothing else."""
    from docx.oxml.ns import qn

    borders = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = element(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "B8C0CA")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    return borders
