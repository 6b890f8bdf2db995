from typing import cast

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from tests.budget import examples
from tests.consultation.survey_files.random_documents import documents
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import Document
from workshop.consultation.survey_files.xlsform.form_reader import Read, read
from workshop.consultation.survey_files.xlsform.form_writer import form_of, workbook
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform.db import Words
from workshop.platform.foreign.limits import SURVEY
from workshop.platform.foreign.survey_formats import read_survey
from workshop.platform.opened_files import XlsForm

pytestmark = pytest.mark.on_one_database("the application is there for its words, nothing is stored")
TITLE = Words(en="A form", ar="استبيان")


def there_and_back(definition: Definition) -> Read:
    """The definition as an .xlsx that pyxform has accepted, read again."""
    form = form_of(definition, slug="a-form", title=TITLE, introduction=Words(en="Why\n\nwe ask"), version="3")
    found = read_survey(workbook(form), SURVEY)
    assert found["kind"] == "xlsform", found
    return read(cast("XlsForm", found), plain_language="en")


def test_the_diaspora_questionnaire_survives(app: Flask) -> None:
    in_four = Definition.read(read_document() | {"languages": ["en", "fr", "es", "ar"]})
    back = there_and_back(in_four)
    assert Definition.read(back.document) == in_four
    assert (back.slug, back.title, back.introduction) == ("a-form", TITLE, {"en": "Why\n\nwe ask"})
    assert (back.report.unsupported, back.report.warnings) == ([], [])
    assert back.report.done().counts == {
        "created": 61,
        "updated": 0,
        "unchanged": 0,
        "structural": 18,
        "rejected": 0,
    }
    assert back.report.rows == 79


# Making a failing example smaller takes minutes here, and the small one tells no more.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(50), phases=PHASES
)
@given(documents())
def test_any_questionnaire_survives_and_pyxform_accepts_it(app: Flask, document: Document) -> None:
    definition = Definition.read(document)
    back = there_and_back(definition)
    assert Definition.read(back.document) == definition
    assert back.report.unsupported == []
    assert sum(back.report.done().counts.values()) == back.report.rows


@pytest.mark.parametrize(
    "text", ["=1+1", "+49", "@here", "http://example.org", "{=1}", "007", "${who}", "${A1}?", "_x0041_", "**a**", "<b>"]
)
def test_no_text_becomes_a_formula_a_link_or_a_figure(app: Flask, text: str) -> None:
    document = {
        "languages": ["en"],
        "lists": {},
        "sections": [
            {"code": "A", "title": {"en": text}, "questions": [{"code": "A1", "type": "text", "text": {"en": text}}]}
        ],
    }
    assert there_and_back(Definition.read(document)).document == document
