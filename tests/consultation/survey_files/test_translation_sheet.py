import io

import openpyxl
import pytest

from tests import factories as make
from tests.consultation.questions.documents import asks, document
from tests.looking import there
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import Document
from workshop.consultation.survey_files.edition import Edition
from workshop.consultation.survey_files.translation_sheet import read_translations, sheet_of_texts
from workshop.platform.errors import RuleBroken

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.on_one_database("the application is there for its words, nothing is stored"),
]


def a_document() -> Document:
    return document(
        asks("A1", "one", options="yesno", text={"en": "Do you?", "fr": "Vous ?"}),
        asks("A2", "text", hint={"en": "=1+1"}),
    )


def written(data: Document) -> bytes:
    return sheet_of_texts(Edition(make.questionnaire(), Definition.read(data), data, None))


def edited(content: bytes, **cells: str) -> bytes:
    """The workbook with cells changed: address__column=text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["texts"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for key, text in cells.items():
        address, _, language = key.rpartition("__")
        sheet.cell(rows[address.replace("__", "/")], columns[language]).value = text
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


EN, FR = "English (en)", "French (fr)"


def test_a_sheet_that_nobody_touched_changes_nothing() -> None:
    back = read_translations(written(a_document()), a_document())
    assert back.document == a_document()
    assert {row.state for row in back.rows} == {"unchanged"}


def test_what_was_translated_is_taken_and_every_row_is_told() -> None:
    content = edited(
        written(a_document()),
        **{f"question__A2__text__{FR}": "Question A2 en français", f"list__yesno__y__{FR}": "Oui"},
    )
    back = read_translations(content, a_document())
    found = Definition.read(back.document)
    assert there(found.question("A2")).text == {"en": "Question A2", "fr": "Question A2 en français"}
    assert there(found.question("A1")).options[0].label == {"en": "Y", "fr": "Oui"}
    assert [(row.address, row.state, row.languages) for row in back.rows if row.state != "unchanged"] == [
        ("list/yesno/y", "updated", ("fr",)),
        ("question/A2/text", "updated", ("fr",)),
    ]
    assert back.count("updated") + back.count("unchanged") + back.count("refused") == len(back.rows)
    again = read_translations(content, back.document)
    assert (again.count("updated"), again.document) == (0, back.document)


def test_a_text_changed_on_both_sides_stays_as_it_is_here() -> None:
    content = edited(written(a_document()), **{f"question__A1__text__{FR}": "Le faites-vous ?"})
    now = a_document()
    now["sections"][0]["questions"][0]["text"] = {"en": "Do you?", "fr": "Est-ce le cas ?"}
    back = read_translations(content, now)
    assert back.document == now
    [row] = [row for row in back.rows if row.state == "refused"]
    assert (row.address, row.reason) == (
        "question/A1/text",
        "Also changed here since the sheet was written; our text is kept: fr.",
    )


def test_an_old_sheet_does_not_undo_what_was_written_since() -> None:
    content = written(a_document())
    now = a_document()
    now["sections"][0]["questions"][0]["text"] = {"en": "Do you really?", "fr": "Vraiment ?"}
    back = read_translations(content, now)
    assert (back.document, back.count("updated"), back.count("refused")) == (now, 0, 0)


def test_rows_and_columns_without_a_place_here() -> None:
    content = edited(written(a_document()), **{f"question__A2__text__{EN}": "Changed"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["texts"].append(["question/Z9/text", "Who?"])
    book["texts"].cell(1, 9).value = "German (de)"
    kept = io.BytesIO()
    book.save(kept)
    back = read_translations(kept.getvalue(), a_document())
    assert [(row.address, row.reason) for row in back.rows if row.state == "refused"] == [
        ("question/Z9/text", "This text no longer exists.")
    ]
    assert back.untaken == ["German (de)"]


def test_other_workbooks_are_refused() -> None:
    from tests.consultation.survey_files.xlsform.forms_of_others import HOUSEHOLD, xlsx

    with pytest.raises(RuleBroken, match="not a sheet of texts"):
        read_translations(xlsx(HOUSEHOLD), a_document())
