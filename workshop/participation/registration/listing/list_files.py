"""The list of participants and the registrations as files: Word and Excel. They carry no name but those they list."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import Interpreter
from workshop.platform.foreign.limits import Element
from workshop.platform.i18n import dates, day, direction
from workshop.secretariat.series.models import Workshop

from ..models import ListEdition, ListKind
from .participants_list import ListPart

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
Cell = str | int | date | None


def notes_of(edition: ListEdition) -> list[str]:
    """What stands under the title of an edition."""
    found = [_("Status: %(day)s", day=day(edition.as_of, "long"))]
    if edition.kind is ListKind.PROVISIONAL and edition.corrections_by:
        by = day(edition.corrections_by, "long")
        found.append(_("Corrections should reach the secretariat by %(date)s.", date=by))
    found.append(_("Names and titles are reproduced as received."))
    return found


def designations() -> str:
    return _(
        "The designations employed imply no opinion on the legal status of any country, territory, city or area, or of "
        "its authorities, frontiers or boundaries."
    )


def list_docx(workshop: Workshop, edition: ListEdition, parts: Sequence[ListPart], language: str) -> bytes:
    """A heading for each section and delegation, a paragraph for each person."""
    from docx import Document  # here because few requests need it
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    properties = document.core_properties
    properties.author = properties.last_modified_by = ""
    properties.title = str(edition.kind.label)
    properties.created = properties.modified = edition.published_at.replace(tzinfo=None)
    rtl = direction(language) == "rtl"

    def paragraph(text: str, *, style: str | None = None, lines: Iterable[str] = ()) -> Element:
        made = document.add_paragraph(style=style)
        made.add_run(text).bold = bool(lines) or None
        for line in lines:
            made.add_run().add_break()
            made.add_run(line)
        if rtl:
            _turn(made)
        return made

    paragraph(workshop.title.in_(language, "en")[0], style="Title")
    place = workshop.place.in_(language, "en")[0]
    paragraph(f"{place}, {dates(workshop.starts_on, workshop.ends_on)}", style="Subtitle")
    paragraph(str(edition.kind.label), style="Heading 1")
    for note in notes_of(edition):
        paragraph(note)
    for part in parts:
        paragraph(str(part.section.label), style="Heading 2")
        for heading in part.headings:
            if heading.name:
                paragraph(heading.name, style="Heading 3")
            for entry in heading.entries:
                lines = [each for each in (entry.part, entry.function, entry.institution, entry.place) if each]
                paragraph(entry.name, lines=lines or [""]).paragraph_format.space_after = Pt(6)
    paragraph(designations())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _turn(paragraph: Element) -> None:
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    for run in paragraph.runs:
        run.font.rtl = True


def list_xlsx(kind: ListKind, parts: Sequence[ListPart], language: str) -> bytes:
    """A row for each person, in the order of the list."""
    columns = [_("Section"), _("Delegation or organisation"), _("Name"), _("Part in the delegation")]
    columns += [_("Functional title"), _("Ministry or institution"), _("City")]
    rows: list[list[Cell]] = [
        [str(part.section.label), heading.name, entry.name, entry.part, entry.function, entry.institution, entry.place]
        for part in parts
        for heading in part.headings
        for entry in heading.entries
    ]
    widths = (22, 36, 36, 22, 44, 36, 18)
    return workbook(str(kind.label), columns, rows, widths, rtl=direction(language) == "rtl")


def registrations_book(people: Sequence[Participant], language: str) -> bytes:
    """Everything that a secretariat needs to write to people and to seat them; no needs, no passport."""
    columns = [
        _("Badge"),
        _("Courtesy title"),
        _("Given name"),
        _("Family name"),
        _("Functional title"),
        _("Ministry or institution"),
        _("Delegation or organisation"),
        _("Category"),
        _("Country"),
        _("Part in the delegation"),
        _("Status"),
        _("How registered"),
        _("Email"),
        _("Working language"),
        _("Interpretation"),
        _("Travel paid by the secretariat"),
        _("Letter in support of a visa"),
        _("Arrival"),
        _("Departure"),
    ]
    widths = (8, 14, 20, 24, 36, 30, 30, 24, 10, 20, 20, 20, 30, 10, 20, 12, 12, 12, 12)
    rows = rows_of(people, language)
    return workbook(_("Registrations"), columns, rows, widths, rtl=direction(language) == "rtl")


def rows_of(people: Sequence[Participant], language: str) -> list[list[Cell]]:
    return [
        [
            who.number,
            who.honorific,
            who.given_name,
            who.family_name or _("to be confirmed"),
            who.function.in_(language, "en")[0],
            who.institution,
            who.body_in(language),
            str(who.category.label),
            who.country,
            str(who.part.label),
            str(who.standing.label),
            str(who.source.label),
            who.email,
            who.language,
            "" if who.interpreter is Interpreter.NONE else str(who.interpreter.label),
            _("yes") if who.sponsored else "",
            _("yes") if who.needs_visa else "",
            who.arrives_on,
            who.leaves_on,
        ]
        for who in people
    ]


def workbook(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int], *, rtl: bool
) -> bytes:
    """One sheet; a text that looks like a formula stays a text."""
    import xlsxwriter  # here because few requests need it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\")[:31])
    if rtl:
        page.right_to_left()
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    dated = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
    for place, (name, width) in enumerate(zip(columns, widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, name, head)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            _write(page, line, place, value, dated if isinstance(value, date) else plain)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _write(page: "Worksheet", line: int, place: int, value: Cell, kind: object) -> None:
    if value in ("", None):
        return
    if isinstance(value, date):
        page.write_datetime(line, place, value, kind)
    elif isinstance(value, int):
        page.write_number(line, place, value, kind)
    else:
        page.write_string(line, place, str(value), kind)


def as_attachment(content: bytes, mimetype: str, name: str) -> HttpResponse:
    response = HttpResponse(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
