"""A questionnaire as a file of any kind. The web page has PDFs made in `tasks.py`, because they take seconds."""

import json

from flask_babel import gettext as _

from workshop.platform import pdf
from workshop.platform.db import now
from workshop.platform.errors import RuleBroken

from .edition import Edition
from .importing import FORMAT
from .paper.docx_questionnaire import document
from .paper.printed_page import STYLESHEET, page_html
from .translation_sheet import sheet_of_texts
from .xlsform.form_writer import form_of, workbook


def xlsform(of: Edition) -> bytes:
    """As .xlsx for ODK, Kobo and us."""
    form = form_of(
        of.definition,
        slug=of.questionnaire.slug,
        title=of.title,
        introduction=of.introduction,
        version=of.mark,
    )
    return workbook(form)


def own_json(of: Edition) -> bytes:
    """The document as we keep it, with what it is called."""
    told = {
        "format": FORMAT,
        "slug": of.questionnaire.slug,
        "title": of.title,
        "introduction": of.introduction,
        "edition": of.mark,
        "definition": of.document,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def write_export(of: Edition, kind: str, language: str) -> bytes:
    """The file of that kind. Raises RuleBroken for a language that the questionnaire does not have."""
    if language and language not in of.definition.languages:
        spoken = ", ".join(of.definition.languages)
        raise RuleBroken(
            _("The questionnaire is not available in “%(code)s”, only in %(spoken)s.", code=language, spoken=spoken)
        )
    spoken_in = language or of.definition.languages[0]
    match kind:
        case "xlsform":
            return xlsform(of)
        case "json":
            return own_json(of)
        case "texts":
            return sheet_of_texts(of)
        case "docx":
            return document(of, [spoken_in], at=now())
    return _pdf(of, spoken_in)


def _pdf(of: Edition, language: str) -> bytes:
    try:
        with pdf.Renderer(STYLESHEET) as renderer:
            return renderer.render(page_html(of, language, at=now())).content
    except (pdf.PdfUnavailable, pdf.PdfFailed) as error:
        raise RuleBroken(str(error)) from error
