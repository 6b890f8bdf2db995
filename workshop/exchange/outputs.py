"""The forms in which the agenda goes out, except PDF: what each is called and who writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from . import frab, icalendar_file, sheet, word
from .programme import Programme


@dataclass(frozen=True)
class Output:
    mimetype: str
    write: Callable[[Programme], bytes]
    inline: bool = False  # shown by the browser that asks for it, or saved


OUTPUTS = {
    "xml": Output("application/xml", frab.as_xml, inline=True),
    "json": Output("application/json", frab.as_json, inline=True),
    "docx": Output(word.MIMETYPE, word.as_docx),
    "xlsx": Output(sheet.MIMETYPE, sheet.as_xlsx),
    "csv": Output("text/csv", sheet.as_csv),
}
CALENDAR = icalendar_file.MIMETYPE
