"""The page of a Word document: its size, its letters, and what stands at its foot."""

from collections.abc import Sequence

from workshop.platform.foreign.limits import Element
from workshop.platform.i18n import direction


def set_up(made: Element, languages: Sequence[str], title: str) -> None:
    """A4, upright for up to two languages, with the title and the page's number at the foot."""
    from docx.enum.section import WD_ORIENT  # here because few requests need it
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    told = made.core_properties
    told.title, told.language, told.author, told.comments = title[:255], languages[0].replace("_", "-"), "", ""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(10)
    normal.element.rPr.rFonts.set(qn("w:cs"), "Arial")  # has Arabic letters on every machine
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(3), 1.15
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    if len(languages) > 2:
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(18)
    _foot(page, f"{title}   ", languages[0])


def _foot(page: Element, text: str, language: str) -> None:
    """The title and “3 / 9”, which Word counts."""
    paragraph = page.footer.paragraphs[0]
    paragraph.add_run(text)
    _counted(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _counted(paragraph, "NUMPAGES")
    mark(paragraph, language)


def _counted(paragraph: Element, what: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    paragraph._p.append(field)
    run = paragraph.add_run("1")._r
    field.append(run)


def mark(paragraph: Element, language: str) -> None:
    """Say which language a paragraph is in, and that it runs from right to left where it does."""
    from docx.oxml import OxmlElement

    rtl = direction(language) == "rtl"
    if rtl:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            OxmlElement("w:bidi"),
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
        )
    for run in paragraph.runs:
        _mark_run(run, language, rtl=rtl)


def _mark_run(run: Element, language: str, *, rtl: bool) -> None:
    """Arabic letters are bold, slanted and large by marks of their own, which Word wants in this order."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    font, properties = run.font, run._r.get_or_add_rPr()
    if rtl:
        font.complex_script, font.rtl = None, True
        font.cs_bold, font.cs_italic = font.bold, font.italic
        if font.size:
            size = OxmlElement("w:szCs")
            size.set(qn("w:val"), str(int(font.size.pt * 2)))
            properties.find(qn("w:sz")).addnext(size)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:bidi" if rtl else "w:val"), language.replace("_", "-"))
    properties.append(spoken)


def keep_together(table: Element) -> None:
    """A table with its first row on top of every page, no row on two pages, and the circles in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell in row.cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
