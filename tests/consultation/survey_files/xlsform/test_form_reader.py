import datetime
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.consultation.questions.documents import text_of
from tests.consultation.survey_files.xlsform.forms_of_others import HOUSEHOLD, Sheets, as_csv, as_markdown, xlsx
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import to_text
from workshop.consultation.survey_files.importing import read_file
from workshop.consultation.survey_files.xlsform.form_reader import Read
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.on_one_database("the application is there for its words, nothing is stored"),
]


def household() -> Read:
    return read_file(xlsx(HOUSEHOLD), plain_language="en")


def test_every_row_of_a_field_form_is_accounted_for() -> None:
    read = household()
    report = read.report
    assert report.done().counts == {"created": 15, "updated": 0, "unchanged": 0, "structural": 8, "rejected": 2}
    assert report.rows == 25 == sum(report.done().counts.values())
    assert [(remark.row, remark.reason) for remark in report.unsupported] == [
        (2, "Nothing is recorded about the device or the time of answering here."),
        (11, "Places on a map are not asked for here."),
    ]
    assert (report.languages, report.questions, read.slug, read.title) == (
        ["en", "ar"],
        16,
        "household-2026",
        {"en": "Household survey"},
    )


def test_what_becomes_of_types_groups_and_conditions() -> None:
    definition = Definition.read(household().document)
    assert [
        (section.code, section.title["en"], [(q.code, q.type.value) for q in section.questions])
        for section in definition.sections
    ] == [
        ("A", "Household survey", [("welcome", "note")]),
        (
            "B",
            "Who you are",
            [
                ("consent", "one"),
                ("age", "integer"),
                ("spoken", "many"),
                ("double", "calculation"),
                ("inner", "note"),
                ("street", "text"),
                ("town", "one"),
            ],
        ),
        (
            "C",
            "Household survey",
            [
                ("children", "repeat"),
                ("grid", "matrix"),
                ("score", "scale"),
                ("done", "consent"),
                ("photo", "file"),
                ("mail", "email"),
                ("day", "date"),
            ],
        ),
    ]
    found = {q.code: q for q in definition.questions}
    assert {code: to_text(q.condition) for code, q in found.items() if q.condition} == {
        "age": "${consent} = 'yes'",
        "inner": "${age} > 20 and ${spoken} != ''",
        "street": "${age} > 20 and ${spoken} != ''",
        "done": "${double} > 40",
    }
    age, spoken, grid = found["age"], found["spoken"], found["grid"]
    assert (age.minimum, age.maximum, age.hint, age.required) == (Decimal(18), Decimal(119), Words(en="In years"), True)
    assert (spoken.other, [(o.code, o.exclusive) for o in spoken.options]) == (True, [("ar", False), ("none", True)])
    assert ([row.code for row in grid.rows], [column.code for column in grid.columns]) == (
        ["radio", "tv"],
        ["never", "other_1"],
    )
    assert (found["street"].max_length, found["photo"].kinds, found["day"].latest) == (80, ("jpg", "png"), "today")
    assert found["consent"].text["ar"] == "هل توافق؟"


def test_what_is_not_taken_of_rows_that_are() -> None:
    told = {(warning.row, warning.column): warning.reason for warning in household().report.warnings}
    assert told == {
        (7, ""): "The code of this choice is not allowed here and was changed.",
    }


@pytest.mark.parametrize("written", [as_csv, as_markdown])
def test_the_same_form_as_text(written: Callable[[Sheets], bytes]) -> None:
    read, other = household(), read_file(written(HOUSEHOLD), plain_language="en")
    assert other.document == read.document
    assert other.report.done().counts == read.report.done().counts


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["select_one nowhere", "q", "Q"]], "The form is refused by pyxform, the reference for XLSForms: "),
        ([["text", "q", "Q"], ["text", "q", "Again"]], "Row 3 is refused by pyxform, the reference for XLSForms: "),
        ([["begin_group", "g", "G"], ["text", "q", "Q"]], "Row 2 is refused by pyxform, the reference for XLSForms: "),
        (
            [["text", "a", "A"], ["poem", "q", "Q"]],
            "Row 3 is refused by pyxform, the reference for XLSForms: Unknown question type",
        ),
        ([["text", "a", "A"], ["text", "q"]], "Row 3 is refused by pyxform, the reference for XLSForms: "),
        ([["text", "q 1", "Q"]], "Row 2 is refused by pyxform, the reference for XLSForms: "),
        ([["geopoint", "q", "Q"]], "No row of this form can be imported as a question."),
    ],
)
def test_what_pyxform_refuses_is_refused_with_its_row(rows: list[list[str]], message: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_file(xlsx({"survey": [["type", "name", "label"], *rows]}), plain_language="en")
    assert str(refusal.value.message).startswith(message), refusal.value.message


AS_TEXT = "type,name,label\ntext,a,Été\ninteger,b,B\n"


@pytest.mark.parametrize(
    "content",
    [
        AS_TEXT.encode(),
        AS_TEXT.replace(",", ";").encode("utf-8-sig"),
        AS_TEXT.replace(",", "\t").encode("utf-16"),
        ("survey\n" + "".join(f"\t{line}\n" for line in AS_TEXT.replace(",", "\t").splitlines())).encode(),
    ],
)
def test_csv_as_spreadsheet_programs_save_it(content: bytes) -> None:
    read = read_file(content, plain_language="fr")
    assert [q.text["fr"] for q in Definition.read(read.document).questions] == ["Été", "B"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (AS_TEXT.encode("cp1252"), "The characters of this file are not in UTF-8."),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "“the file” is protected by a password.",
        ),
        (
            xlsx({"survey": [[None], ["type", "name", "label"], ["text", "a", "A"]]}),
            "The first row of the sheet “survey” must name",
        ),
        (b'{"format": "intersession-questionnaire", "title": {"en": "\\ud800"}}', "“the file” is damaged"),
        (b'{"format": "intersession-questionnaire", "title": {"en": "\\u0000"}}', "“the file” is damaged"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(content: bytes, message: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_file(content, plain_language="en")
    assert str(refusal.value.message).startswith(message)


def test_a_million_empty_rows_with_a_colour_are_not_read() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"></c></row>' % (n, n, n) for n in range(3, 300_000))
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx({"survey": [["type", "name", "label"], ["text", "q", "Q"]]}))) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.infolist():
            data = old.read(each)
            new.writestr(
                each, data.replace(b"</sheetData>", rows + b"</sheetData>") if "sheet1" in each.filename else data
            )
    assert read_file(kept.getvalue(), plain_language="en").report.rows == 1


def test_ten_languages_and_texts_without_one() -> None:
    columns = [
        "English (en)",
        "Français",
        "Español",
        "العربية",
        "Swahili (sw)",
        "Portuguese (pt)",
        "Somali",
        "Tigrinya (ti)",
        "Russian",
        "Urdu (ur)",
    ]
    header = ["type", "name", *(f"label::{name}" for name in columns), "hint", "label::Klingon"]
    row = ["text", "q", *(f"in {name}" for name in columns), "a hint", "nuqneH"]
    read = read_file(xlsx({"survey": [header, row]}), plain_language="fr")
    [question] = Definition.read(read.document).questions
    assert list(question.text) == ["en", "fr", "es", "ar", "sw", "pt", "so", "ti", "ru", "ur"]
    assert question.hint == {"fr": "a hint"}
    assert [(w.column, w.row) for w in read.report.warnings] == [("label::Klingon", 2)]


def test_markup_is_taken_out_and_names_are_mended() -> None:
    sheets: Sheets = {
        "survey": [
            ["type", "name", "label", "relevant"],
            ["select_one l", "hh-size.1", "<span style='color:red'>How <b>many</b>?</span>", None],
            ["text", "q_other", "Which?", "${hh-size.1} = 'très grand'"],
        ],
        "choices": [["list_name", "name", "label"], ["l", "très grand", "Large"], ["l", "x", None]],
    }
    read = read_file(xlsx(sheets), plain_language="en")
    first, second = Definition.read(read.document).questions
    assert (first.code, first.text, [option.code for option in first.options]) == (
        "hh_size_1",
        {"en": "How many ?"},
        ["tres_grand", "x"],
    )
    assert (second.code, text_of(second.own_condition)) == ("q_other_1", "${hh_size_1} = 'tres_grand'")


def test_what_stands_under_no_heading_is_told() -> None:
    sheets: Sheets = {
        "survey": [
            ["type", "name", "label", None],
            ["text", "q", "Q", "lost"],
            ["text", "r", "R", None, None, "far out"],
        ]
    }
    [warning] = read_file(xlsx(sheets), plain_language="en").report.warnings
    assert (warning.reason, warning.rows) == ("Cells without a column heading are not imported.", (2, 3))


def test_a_limit_that_has_no_key_of_its_own_stays_an_expression() -> None:
    header = ["type", "name", "label", "constraint", "constraint_message"]
    rows: list[list[str | None]] = [
        ["integer", "a", "A", None, None],
        ["integer", "b", "B", ". <= ${a} and . mod 2 = 0", "Too many"],
        ["decimal", "c", "C", ". > 0", None],
    ]
    read = read_file(xlsx({"survey": [header, *rows]}), plain_language="en")
    found = {q.code: q for q in Definition.read(read.document).questions}
    assert text_of(found["c"].limit) == ". > 0"
    assert text_of(found["b"].limit) == ". <= ${a} and . mod 2 = 0"
    assert found["b"].limit_message == {"en": "Too many"}
    assert [w.text for w in read.report.warnings if w.column == "constraint"] == []


def test_own_words_stand_for_the_choice_other() -> None:
    header = ["type", "name", "label", "relevant"]
    rows = [
        ["select_one l or_other", "a", "A"],
        ["select_one l or other", "b", "B", "${a} = 'other'"],
        ["select_one l", "c", "C"],
        ["text", "d", "D", "${c} = 'other'"],
    ]
    choices = [["list_name", "name", "label"], ["l", "x", "X"], ["l", "other", "Something else"]]
    found = Definition.read(
        read_file(xlsx({"survey": [header, *rows], "choices": choices}), plain_language="en").document
    )
    a, b, c, d = found.questions
    assert [(q.other, [option.code for option in q.options]) for q in (a, b, c)] == [
        (True, ["x"]),
        (True, ["x"]),
        (False, ["x", "other_1"]),
    ]
    assert [text_of(q.own_condition) for q in (b, d)] == ["${a} = 'other'", "${c} = 'other_1'"]


def test_conditions_as_people_write_them() -> None:
    header = ["type", "name", "label", "relevant"]
    choices: list[list[object]] = [
        ["list_name", "name", "label"],
        ["l", "1.5", "One and a half"],
        ["l", "01", "One"],
        ["l", 2, "Two"],
    ]
    wanted = {
        "${q} = 1.5": "${q} = 'o1_5'",
        "${q} = ‘01’": "${q} = '01'",
        "2 = ${q}": "2 = ${q}",
        "${q} < 1.5": "",
        "jr:choice-name(${q}, '${q}') = 'Two'": "",
        "${q} = “2”": "${q} = '2'",
    }
    rows: list[list[str]] = [
        ["select_one l", "q", "Q"],
        *(["text", f"t{n}", "T", text] for n, text in enumerate(wanted)),
    ]
    off = [["begin_group", "g", "Off", "false()"], ["text", "never", "N"], ["end_group"]]
    read = read_file(xlsx({"survey": [header, *rows, *off], "choices": choices}), plain_language="en")
    [_q, *found] = Definition.read(read.document).questions
    assert [to_text(q.own_condition) if q.own_condition else "" for q in found] == list(wanted.values())
    told = {w.text: w.reason.partition(": ")[2] for w in read.report.warnings if w.column == "relevant"}
    assert told["jr:choice-name(${q}, '${q}') = 'Two'"] == "“jr:choice-name” has no counterpart here."
    assert [(remark.row, remark.reason) for remark in read.report.unsupported] == [(10, "Its condition is never met.")]
    assert sum(read.report.done().counts.values()) == read.report.rows == 10


def test_texts_as_people_write_them() -> None:
    wanted = {
        "**How** <i>old</i> are __you__, ${a.b}?<script>x()</script>": "How old are you, ${a_b}?",
        "# Part\n2 * 3 < my_own_name": "Part\n2 * 3 < my_own_name",
        "one_x000D_\ntwo\r\nthree\ufeff": "one\ntwo\nthree",
        datetime.date(2024, 1, 2): "2024-01-02",
    }
    rows: list[list[object]] = [["text", "a.b", "A"], *(["text", f"t{n}", text] for n, text in enumerate(wanted))]
    read = read_file(xlsx({"survey": [["type", "name", "label"], *rows]}), plain_language="en")
    [_first, *found] = Definition.read(read.document).questions
    assert [q.text["en"] for q in found] == list(wanted.values())


def test_labels_in_a_language_that_nobody_knows() -> None:
    sheets: Sheets = {
        "survey": [["type", "name", "label::Klingon", "hint::Klingon"], ["text", "q", "nuq", "qaq"]],
        "settings": [["form_title"], ["A form"], ["Another"]],
    }
    read = read_file(xlsx(sheets), plain_language="fr")
    [question] = Definition.read(read.document).questions
    assert (question.text, question.hint) == ({"fr": "nuq"}, {"fr": "qaq"})
    assert [(w.sheet, w.row, w.reason) for w in read.report.warnings] == [
        ("settings", 3, "Only the first row of the settings counts."),
        ("survey", None, "We could not tell which language “Klingon” is; “fr” is used."),
    ]


def test_the_time_of_ending_ends_no_group() -> None:
    rows = [["begin_group", "g", "G"], ["end", "end"], ["text", "a", "A"], ["end_group"], ["start", "start"]]
    read = read_file(xlsx({"survey": [["type", "name", "label"], *rows]}), plain_language="en")
    assert [(section["title"], len(section["questions"])) for section in read.document["sections"]] == [
        ({"en": "G"}, 1)
    ]
    assert read.report.done().counts == {"created": 1, "updated": 0, "unchanged": 0, "structural": 2, "rejected": 2}
