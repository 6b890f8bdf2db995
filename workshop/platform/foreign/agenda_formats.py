"""Which kind of file an agenda came in, judged by its content alone, and what stands in it before anybody reads it.

The answer names its kind: "docx" and "html" with parts, "xlsx" with sheets, "xml" and "ics" with events, "json" with a
document, "text" as it is.
"""

import re

from . import archives, document_parts, open_sheets, schedules, tables
from .limits import ODP, ODT, PDF, SLIDES, Limit
from .refusals import LOCKED, N_, Refusal
from .separated_text import decoded
from .workbooks import OLD_OFFICE

LONGEST_TEXT = 3  # million characters
HTML = re.compile(
    r"<(?:!doctype html|html|body|head|div|p|h[1-6]|ul|ol|li|table|section|article|main|span|br|b|strong|a)\b[^>]*>",
    re.IGNORECASE,
)
EMPTY = N_("The file is empty.")
ANOTHER_ARCHIVE = N_(
    "The file is an archive, but neither a document (DOCX, ODT, PPTX) nor a spreadsheet (XLSX, ODS). Accepted are text and %(kinds)s."
)
NO_TEXT = N_(
    "“%(name)s” has no text that can be read; a scan is a picture. Use the file it was made from, or paste the text."
)
OLD = N_("This is an older Office file, or one protected by a password. Please save it as DOCX or XLSX.")
RTF = N_("This is RTF. Please save it as DOCX, or paste its text.")
LONG_TEXT = N_("The text is longer than %(most)s million characters, far more than an agenda.")
ACCEPTED = "DOCX, ODT, PDF, PPTX, XLSX, XLS, ODS, CSV, HTML, iCalendar, frab XML, frab JSON"


def read_agenda(content: bytes, limit: Limit) -> dict[str, object]:
    """What is in the file, with its kind. Raises Refusal."""
    if not content.strip():
        raise Refusal(EMPTY)
    if content.startswith(b"PK"):
        return _office(content, limit)
    if content.startswith(OLD_OFFICE):
        return _old_office(content, limit)
    if content.startswith(b"%PDF-"):
        return {"kind": "pdf", "text": _document_text(content, limit, PDF)}
    if content.startswith(b"{\\rtf"):
        raise Refusal(RTF)
    text, guessed = decoded(content)
    return {"guessed": guessed, **_text(content, text)}


def _office(content: bytes, limit: Limit) -> dict[str, object]:
    with archives.open_archive(content, limit) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        return {"kind": "docx", "parts": document_parts.word_parts(content, limit)}
    if open_sheets.is_ods(content) or any(name.startswith("xl/") for name in names):
        return {"kind": "xlsx", "sheets": tables.plain(tables.sheets_of(content, limit))}
    written = {"ppt/presentation.xml": ("pptx", SLIDES)}.get(
        next((n for n in names if n == "ppt/presentation.xml"), "")
    )
    if written is None and "content.xml" in names:
        written = {ODT: ("odt", ODT), ODP: ("odp", ODP)}.get(_open_kind(content, limit))
    if written:
        return {"kind": written[0], "text": _document_text(content, limit, written[1])}
    raise Refusal(ANOTHER_ARCHIVE, kinds=ACCEPTED)


def _open_kind(content: bytes, limit: Limit) -> str:
    """The media type that an OpenDocument file names."""
    with archives.open_archive(content, limit) as archive:
        if "mimetype" not in archive.namelist():
            return ""
        return archives.part(archive, "mimetype", 200).decode("ascii", "replace").strip()


def _document_text(content: bytes, limit: Limit, media_type: str) -> str:
    """The text of a PDF, of slides, of an OpenDocument text, line by line. Raises Refusal where there is none."""
    from .documents.file_contents import read_contents  # here because only these kinds of file need its libraries

    text = str(read_contents(content, limit._replace(characters=LONGEST_TEXT * 1024 * 1024), media_type)["text"])
    if not text.strip():
        raise Refusal(NO_TEXT)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _old_office(content: bytes, limit: Limit) -> dict[str, object]:
    """An older spreadsheet; other older files are not read."""
    try:
        return {"kind": "xlsx", "sheets": tables.plain(tables.sheets_of(content, limit))}
    except Refusal as refusal:
        raise (refusal if refusal.sentences == [LOCKED] else Refusal(OLD)) from refusal


def _text(content: bytes, text: str) -> dict[str, object]:
    start = text.lstrip()[:400]
    declared = re.match(r"<\?xml|<schedule\b", start) and not re.search(r"<html\b|<!doctype html", start, re.IGNORECASE)
    if declared or (start.startswith("<") and not HTML.search(text[:200_000])):
        return {"kind": "xml", **schedules.xml_schedule(content.lstrip())}
    if start[:1] in {"{", "["} and not start.startswith("[]"):
        return {"kind": "json", "document": schedules.json_schedule(text)}
    if re.match(r"(?://[^\n]*\n\s*|/\*.*?\*/\s*)+[{\[]", start, re.DOTALL) and text.rstrip()[-1:] in {"}", "]"}:
        return {"kind": "json", "document": schedules.json_schedule(text)}
    if start[:15].upper().startswith("BEGIN:VCALENDAR"):
        return {"kind": "ics", **schedules.calendar(text)}
    if len(text) > LONGEST_TEXT * 1024 * 1024:
        raise Refusal(LONG_TEXT, most=LONGEST_TEXT)
    if len(HTML.findall(text[:200_000])) >= 3 or re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE):
        return {"kind": "html", "parts": document_parts.page_parts(text)}
    return {"kind": "text", "text": text}
