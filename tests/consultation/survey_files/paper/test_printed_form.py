import io
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from tests import factories as make
from tests.cast import Company
from tests.consultation.questions.documents import asks, diaspora, document
from tests.looking import there
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import Document, nothing
from workshop.consultation.survey_files.edition import Edition, edition
from workshop.consultation.survey_files.paper.docx_questionnaire import document as word
from workshop.consultation.survey_files.paper.printed_form import numbers, paper
from workshop.consultation.survey_files.paper.printed_page import STYLESHEET, page_html
from workshop.consultation.survey_files.paper.printed_parts import speaking
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform import pdf
from workshop.platform.db import Words, db

pytestmark = pytest.mark.usefixtures("app")


def edition_of(document: Document, **but: Any) -> Edition:
    return Edition(make.questionnaire(**but), Definition.read(document), document, 1)


def go_to(definition: Definition, language: str = "en") -> dict[str, list[str]]:
    of = Edition(make.questionnaire(), definition, nothing(), 1)
    with speaking(language):
        sheets = paper(of, language, at=make.NOON)
        return {asked.number: asked.go_to for part in sheets.parts for asked in part.questions if asked.go_to}


def test_the_diaspora_questionnaire_sends_people_on() -> None:
    assert go_to(diaspora()) == {
        "A4": ["If you answered “Myself only” to question A3, go to question B2."],
        "B4": ["If you answered “Myself only” to question A3, go to question C1."],
        "B8": ["If your answer to question B7 is not more than 0, go to question B9."],
        "C4": ["If you did not answer “Yes” to question C3, go to question D1."],
        "D2": ["If you answered “None” to question D1, go to question D3."],
        "D4": ["If you did not answer “Yes” to question D3, go to question D6."],
        "D6": ["If you answered “None” to question D1, go to question E1."],
        "E2": ["If you did not answer “Yes” to question E1, go to question E3."],
    }


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            "${A1} = 'y' and ${A2} > 2",
            "If you did not answer “Y” to question A1 or your answer to question A2 is not more than 2, go to the end of the questionnaire.",
        ),
        (
            "${A1} = 'y' or ${A2} <= 2",
            "If you did not answer “Y” to question A1 and your answer to question A2 is not 2 or less, go to the end of the questionnaire.",
        ),
        ("${A2} = ''", "If you answered question A2, go to the end of the questionnaire."),
        ("${A2} != ''", "If you left question A2 blank, go to the end of the questionnaire."),
        ("not(${A2} < 3)", "If your answer to question A2 is less than 3, go to the end of the questionnaire."),
        ("5 >= ${A2}", "If your answer to question A2 is not 5 or less, go to the end of the questionnaire."),
        (
            "count-selected(${A3}) >= 2",
            "If the number of answers you chose in question A3 is not 2 or more, go to the end of the questionnaire.",
        ),
    ],
)
def test_conditions_in_words(condition: str, sentence: str) -> None:
    definition = Definition.read(
        document(
            asks("A1", "one", options="yesno"),
            asks("A2", "integer"),
            asks("A3", "many", options="fields"),
            asks("A4", "text", condition=condition),
        )
    )
    assert go_to(definition) == {"A4": [sentence]}


def test_whoever_passes_over_a_section_is_told_where_to_go_on() -> None:
    data = document(
        A=[asks("A1", "one", options="yesno")],
        B=[asks("B1", "note"), asks("B2", "text")],
        C=[asks("C1", "note"), asks("C2", "text")],
    )
    data["sections"][1]["condition"] = "${A1} = 'y'"
    assert go_to(Definition.read(data)) == {"": ["If you did not answer “Y” to question A1, go to question C2."]}


def test_questions_with_long_names_are_numbered() -> None:
    data = document(A=[asks("size_of_household", "integer"), asks("told", "note"), asks("street", "text")])
    assert numbers(Definition.read(data)) == {"size_of_household": "A1", "street": "A2"}


ARABIC = document(
    asks("A1", "one", options="yesno"), asks("A2", "text"), asks("A3", "matrix", rows="rows", columns="columns")
)
ARABIC["languages"] = ["ar", "en"]
ARABIC["sections"][0]["title"] = {"ar": "منظمتكم", "en": "Your organisation"}
ARABIC["sections"][0]["questions"][0]["text"] = {"ar": "هل أنتم مسجلون؟", "en": "Are you registered?"}


@pytest.mark.on_one_database("the same form is set on paper beside any database")
def test_the_pdf_is_tagged_in_its_language_and_closed_to_the_world() -> None:
    of = edition_of(
        read_document(), title=Words(en="A form", fr="Un formulaire"), closes_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    with pdf.Renderer(STYLESHEET) as renderer:
        made = renderer.render(page_html(of, "fr", at=make.NOON))
    reader = PdfReader(io.BytesIO(made.content))
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("fr", True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.pages[0].mediabox[2:] == pytest.approx([595.28, 841.89], abs=0.1)
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in ("Un formulaire", "Nom de l'organisation", "Coût des transferts", "1 mars 2026"):
        assert words in text


@pytest.mark.on_one_database("the same form is set on paper beside any database")
def test_a_page_in_arabic_runs_from_right_to_left() -> None:
    html = page_html(edition_of(ARABIC, title=Words(ar="استبيان")), "ar", at=make.NOON)
    assert '<html lang="ar" dir="rtl">' in html
    assert "هل أنتم مسجلون؟" in html
    assert '<span lang="en" dir="ltr">Question A2</span>' in html  # what lacks a translation says so


@pytest.mark.on_one_database("the same form is set on paper beside any database")
def test_a_word_document_in_arabic_runs_from_right_to_left() -> None:
    made = docx.Document(io.BytesIO(word(edition_of(ARABIC, title=Words(ar="استبيان")), ["ar"], at=make.NOON)))
    [asked] = [each for each in made.paragraphs if "هل أنتم مسجلون؟" in each.text]
    assert asked._p.xpath("./w:pPr/w:bidi")
    assert asked._p.xpath("./w:r/w:rPr/w:rtl")
    assert asked._p.xpath("./w:r/w:rPr/w:lang/@w:bidi") == ["ar"]
    assert made.tables[0]._tbl.tblPr.xpath("./w:bidiVisual")
    limits = next(each for each in made.paragraphs if "مربع واحد" in each.text)
    assert limits._p.xpath("./w:r/w:rPr/w:iCs")  # Arabic is slanted, bold and small by marks of its own
    assert limits._p.xpath("./w:r/w:rPr/w:szCs/@w:val") == ["18"]


@pytest.mark.on_one_database("the same form is set on paper beside any database")
def test_a_word_document_says_how_to_fill_it_in() -> None:
    of = edition_of(
        read_document(), title=Words(en="A form", fr="Un formulaire"), closes_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    made = docx.Document(io.BytesIO(word(of, ["fr"], at=make.NOON)))
    text = "\n".join(each.text for each in made.paragraphs)
    assert "Veuillez écrire en majuscules" in text
    assert "1 mars 2026" in text
    assert made.sections[0].footer.paragraphs[0]._p.xpath("./w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    assert all(table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader") for table in made.tables)


@pytest.mark.on_one_database("the same form is set on paper beside any database")
def test_a_word_document_with_the_languages_side_by_side() -> None:
    of = edition_of(read_document())
    made = docx.Document(io.BytesIO(word(of, ["en", "fr", "es"], at=make.NOON)))
    [table] = made.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(rows) == 1 + 6 + 34
    assert [
        "B1  Name of the organisation *" in rows[7][0],
        "B1  Nom de l'organisation *" in rows[7][1],
        "B1  Nombre de la" in rows[7][2],
    ] == [True] * 3
    assert there(made.sections[0].page_width) > there(made.sections[0].page_height)


def test_what_is_printed_is_the_draft_or_the_last_version(company: Company) -> None:
    questionnaire = make.questionnaire(workshop=company.workshop)
    version = make.version(document(asks("A1", "text")), questionnaire=questionnaire)
    db.session.add_all([questionnaire, version])
    db.session.commit()
    assert (
        edition(db.session, questionnaire).mark,
        edition(db.session, questionnaire).definition.questions[0].code,
    ) == ("v1", "A1")
    questionnaire.draft = document(asks("A9", "text"))
    assert (edition(db.session, questionnaire).mark, edition(db.session, questionnaire, published=True).mark) == (
        "draft",
        "v1",
    )
