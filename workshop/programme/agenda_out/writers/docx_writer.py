"""The agenda as a Word document: a heading and a table for each day. It carries no name but those on the agenda."""

import io

from flask_babel import gettext as _

from workshop.platform.foreign.limits import Element
from workshop.platform.i18n import dates, day, direction, moment

from ..blocks import Block, Entry, TextInLanguage, Who
from ..published_programme import Programme

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INK, ACCENT = "1B2430", "0B5A7D"
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


def as_docx(programme: Programme) -> bytes:
    out = io.BytesIO()
    Writer(programme).whole().save(out)
    return out.getvalue()


class Writer:
    """One document being written, in the direction and language of the programme."""

    def __init__(self, programme: Programme) -> None:
        from docx import Document  # here because few requests need it

        self.programme, self.language = programme, programme.language
        self.rtl = direction(programme.language) == "rtl"
        self.document = Document()
        self.styles = {style.name: style.style_id for style in self.document.styles}
        self._describe()
        self._set_looks()

    def whole(self) -> Element:
        programme, workshop = self.programme, self.programme.workshop
        self.paragraph(self.document, programme.title, style="Title")
        when = dates(workshop.starts_on, workshop.ends_on)
        self.paragraph(self.document, f"{when} · {programme.place}", style="Subtitle")
        published = moment(programme.release.published_at, programme.zone)
        self.paragraph(self.document, _("%(edition)s, published %(when)s", edition=programme.edition, when=published))
        self.paragraph(self.document, _("Times in %(place)s", place=programme.place))
        if programme.has_foreign_words:
            said = _("Some texts exist in another language only; they are printed as they are.")
            self.run(self.paragraph(self.document), said, italic=True)
        for date, blocks in programme.days:
            heading = day(date) if date else _("Time to be announced")
            self.paragraph(self.document, heading[:1].upper() + heading[1:], style="Heading 1")
            self._table(blocks)
        return self.document

    def _table(self, blocks: list[Block]) -> None:
        from docx.enum.table import WD_TABLE_DIRECTION
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        if self.rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        table._tbl.tblPr.insert_element_before(_lines(OxmlElement), *AFTER_BORDERS)
        for cell, label in zip(table.rows[0].cells, (_("Time"), _("Session")), strict=True):
            self.run(self.paragraph(cell), label, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for block in blocks:
            row = table.add_row()
            self._session(row.cells, block)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, (Mm(28), Mm(137)), strict=True):
                cell.width = width

    def _session(self, cells: Element, block: Block) -> None:
        time = _("open")
        if block.starts_at and block.ends_at:
            time = f"{self.programme.clock(block.starts_at)}–{self.programme.clock(block.ends_at)}"
        self.paragraph(cells[0], time)
        self.paragraph(cells[1], block.title, style="Heading 2")
        self.paragraph(cells[1], " · ".join(filter(None, (block.kind, block.room))))
        if block.subtitle:
            self.run(self.paragraph(cells[1]), block.subtitle, italic=True)
        if block.note:
            self.paragraph(cells[1], block.note)
        for question in block.questions:
            self.paragraph(cells[1], question, style="List Bullet")
        for who in block.people:
            line = self.paragraph(cells[1])
            self.run(line, _("%(part)s:", part=who.role) + " ")
            self._person(line, who)
        for entry in block.entries:
            self._item(cells[1], entry)
        for paper in block.papers:
            self.paragraph(cells[1], " – ".join(filter(None, (paper.title.text, paper.line))))
        for group in block.groups:
            topic = _("Group %(number)s: %(topic)s", number=group.number, topic=group.topic.text)
            self.run(self.paragraph(cells[1]), topic, bold=True)
            for question in group.questions:
                self.paragraph(cells[1], question, style="List Bullet")
        if block.lens:
            self.paragraph(cells[1], block.lens)

    def _item(self, cell: Element, entry: Entry) -> None:
        line = self.paragraph(cell)
        for number, who in enumerate(entry.people):
            if number:
                self.run(line, "; ")
            self._person(line, who)
        for said in (entry.title, entry.role or TextInLanguage(entry.perspective, self.language)):
            if said:
                self.run(line, "\n" if line.runs else "")
                self.run(line, said, italic=said is entry.title)
        for paper in entry.papers:
            self.run(line, f" – {paper.line}")

    def _person(self, line: Element, who: Who) -> None:
        self.run(line, who.name, bold=True)
        for said in (who.function, who.organisation, TextInLanguage(who.country, self.language)):
            if said:
                self.run(line, ", ")
                self.run(line, said)

    def paragraph(self, place: Element, text: TextInLanguage | str = "", style: str = "Normal") -> Element:
        """A paragraph at the end of a document or a cell; the empty one that a new cell holds is used first."""
        from docx.oxml import OxmlElement

        first = getattr(place, "_tc", None) is not None and len(place.paragraphs) == 1 and not place.paragraphs[0].runs
        line = place.paragraphs[0] if first else place.add_paragraph()
        if style != "Normal":
            line._p.style = self.styles[style]  # by its id: the library's own way walks through all styles each time
        if self.rtl:
            line._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
        if text:
            self.run(line, text)
        return line

    def run(self, line: Element, text: TextInLanguage | str, *, bold: bool = False, italic: bool = False) -> None:
        """Some words; those in another language say so, for whoever reads the document aloud."""
        run = line.add_run(str(text))
        if bold:
            run.bold = True
        if italic:
            run.italic = True
        code = text.language if isinstance(text, TextInLanguage) else self.language
        if direction(code) == "rtl":
            run.font.rtl = True
        if code != self.language:
            run._r.get_or_add_rPr().append(_language(code))

    def _describe(self) -> None:
        """Title, language and dates; the names and remarks that the library writes by itself are taken out."""
        properties, published = self.document.core_properties, self.programme.release.published_at.replace(tzinfo=None)
        properties.title, properties.subject = self.programme.title.text[:255], self.programme.edition[:255]
        properties.language = self.language
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.created = properties.modified = published

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
