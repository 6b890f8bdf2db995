"""The forms in which the agenda goes out, except PDF: what each is called and who writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from workshop.platform import word_document

from .published_programme import Programme
from .writers import docx_writer, frab_writer, ical, spreadsheet


@dataclass(frozen=True)
class Output:
    mimetype: str
    write: Callable[[Programme], bytes]
    inline: bool = False  # shown by the browser that asks for it, or saved


OUTPUTS = {
    "xml": Output("application/xml", frab_writer.as_xml, inline=True),
    "json": Output("application/json", frab_writer.as_json, inline=True),
    "docx": Output(word_document.MIMETYPE, docx_writer.as_docx),
    "xlsx": Output(spreadsheet.MIMETYPE, spreadsheet.as_xlsx),
    "csv": Output("text/csv", spreadsheet.as_csv),
}
CALENDAR = ical.MIMETYPE
