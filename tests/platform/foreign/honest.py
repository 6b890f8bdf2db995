"""A small honest file of each kind that comes in, with the entrance it is for."""

import io
from collections.abc import Callable

from tests.consultation.survey_files.limesurvey.surveys import lss
from tests.consultation.survey_files.xlsform.forms_of_others import HOUSEHOLD, xlsx
from tests.platform.foreign import samples
from tests.platform.foreign.pictures import picture
from tests.programme.agenda_in import imports

TABLE = "name;email\nMinistry of Example;one@example.org\n"


def list_workbook() -> bytes:
    import openpyxl

    book, made = openpyxl.Workbook(), io.BytesIO()
    for line in TABLE.splitlines():
        book.active.append(line.split(";"))
    book.save(made)
    return made.getvalue()


def survey() -> bytes:
    return lss([{"title": "q1", "type": "T", "text": {"en": "Why?"}}])


HONEST: tuple[tuple[str, bytes | Callable[[], bytes]], ...] = (
    ("agenda", imports.CSV.encode()),
    ("agenda", imports.XML.encode()),
    ("agenda", imports.JSON.encode()),
    ("agenda", imports.ICS.encode()),
    ("agenda", imports.HTML.encode()),
    ("agenda", imports.docx),
    ("agenda", imports.xlsx),
    ("distribution list", TABLE.encode("utf-16")),
    ("distribution list", TABLE.encode("cp1252")),
    ("distribution list", list_workbook),
    ("photo", lambda: picture("JPEG")),
    ("photo", lambda: picture("PNG")),
    ("photo", lambda: picture("WEBP")),
    ("paper", samples.word_document),
    ("paper", samples.pdf),
    ("paper", samples.open_text),
    ("paper", lambda: samples.photo("PNG")),
    ("answer", samples.word_document),
    ("answer", lambda: samples.photo("JPEG")),
    ("questionnaire", lambda: xlsx(HOUSEHOLD)),
    ("questionnaire", survey),
)
