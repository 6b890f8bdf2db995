"""The kinds of files that are taken, and how much of each may be opened: one table.

No database, no request, no clock.
"""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT, ODP = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.presentation"
EXTENSIONS = {PDF: "pdf", WORD: "docx", SLIDES: "pptx", ODT: "odt", ODP: "odp", PNG: "png", JPEG: "jpg", WEBP: "webp"}
IMAGES = {PNG, JPEG, WEBP}

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object  # a piece of a Word, Excel or OpenDocument file; the library is loaded only where one is opened

MEGABYTE = 1024 * 1024
MEMBERS = 5000  # of an archive
RATIO = 200  # how many times its own size an archive may grow to


class Limit(NamedTuple):
    """What opens a file, and how far it may go. Sizes are in bytes; zero where there is nothing of the kind."""

    opens: str  # module and function of this folder
    sent: int  # the file as it comes
    seconds: int  # of computing
    memory: int  # address space of the child
    answer: int  # what the child may tell
    unpacked: int = 0  # the parts of an archive together, without the sheets
    part: int = 0  # a part that is read whole
    sheets: int = 0  # the sheets of a workbook, which are read piece by piece
    rows: int = 0
    columns: int = 0
    cells: int = 0
    characters: int = 0
    pixels: int = 0


# Whole columns with a colour take hundreds of megabytes, and hold nothing.
AGENDA = Limit(
    "agenda_formats:read_agenda",
    sent=12 * MEGABYTE,
    seconds=20,
    memory=384 * MEGABYTE,
    answer=64 * MEGABYTE,
    unpacked=96 * MEGABYTE,
    part=8 * MEGABYTE,
    sheets=512 * MEGABYTE,
    rows=3000,
    columns=100,
    cells=200_000,
    characters=8_000_000,
)
TABLE = Limit(
    "tables:read_tables",
    sent=5 * MEGABYTE,
    seconds=20,
    memory=384 * MEGABYTE,
    answer=64 * MEGABYTE,
    unpacked=96 * MEGABYTE,
    part=96 * MEGABYTE,
    sheets=512 * MEGABYTE,
    rows=50_000,
    columns=500,
    cells=400_000,
    characters=8_000_000,
)
# A form of 400 rows takes about a second.
SURVEY = TABLE._replace(opens="survey_formats:read_survey", sent=20 * MEGABYTE, seconds=25)
SHEETS = SURVEY._replace(opens="survey_formats:read_sheets")
KIND = Limit(
    "documents.file_kinds:kind_of",
    sent=40 * MEGABYTE,
    seconds=10,
    memory=384 * MEGABYTE,
    answer=MEGABYTE,
    unpacked=200 * MEGABYTE,
    part=MEGABYTE,
)
# Shorter than the lease of a task.
CONTENTS = Limit(
    "documents.file_contents:read_contents",
    sent=40 * MEGABYTE,
    seconds=40,
    memory=1024 * MEGABYTE,
    answer=4 * MEGABYTE,
    unpacked=200 * MEGABYTE,
    part=50 * MEGABYTE,
    characters=300_000,
)
CLEAN = CONTENTS._replace(opens="documents.file_contents:copy_without_traces", answer=256 * MEGABYTE, pixels=50_000_000)
# JPEGs are read in a smaller size than they have; PNG and WebP cannot be, and half as many pixels are taken.
PHOTO = Limit(
    "documents.photos:small_photo",
    sent=8 * MEGABYTE,
    seconds=10,
    memory=512 * MEGABYTE,
    answer=MEGABYTE,
    pixels=50_000_000,
)
CODES = PHOTO._replace(opens="documents.pictured_codes:read_codes", sent=12 * MEGABYTE)
LOGO = PHOTO._replace(opens="documents.photos:small_logo", sent=4 * MEGABYTE)
