"""Files of results hold the figures that are shown, opened again by other programs; compared with a count by pandas."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import openpyxl
import pytest
from flask import Flask

from tests.consultation.findings.test_freezing import Given, definition, frozen
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.tabulation import tables
from workshop.consultation.presenting.exports import result_sheets, slides
from workshop.consultation.presenting.exports.statistics_file import as_sav, variable_name
from workshop.consultation.presenting.pictures import chart_of


@pytest.fixture(autouse=True)
def in_english(built_app: Flask) -> Iterator[None]:
    with built_app.test_request_context():
        yield


@pytest.fixture(scope="module")
def given() -> list[Given]:
    dice = Random(7)
    return [
        Given(
            {
                "one": dice.choices(["y", "n", "other", None], [5, 4, 3, 2])[0],
                "scale": dice.randint(1, 3),
                "grid": {"y": dice.choice("yn"), "n": dice.choice("yn")},
                "number": dice.randint(1, 40),
            }
        )
        for _ in range(90)
    ]


@pytest.fixture
def snapshot(given: list[Given]) -> Snapshot:
    made = frozen([Given({key: value for key, value in each.answers.items() if value}) for each in given])
    made.title["en"] = "=HYPERLINK(1)"
    return made


def test_tables_equal_an_independent_count(given: list[Given], snapshot: Snapshot) -> None:
    pandas = pytest.importorskip("pandas")
    counted = pandas.Series([each.answers["one"] for each in given]).value_counts(dropna=False)
    table = next(each for each in tables(snapshot, definition()) if each.question == "one")
    assert [row.count for row in table.rows] == [counted[key] for key in ("y", "n", "other", None)]
    numbers = pandas.Series([each.answers["number"] for each in given])
    spread = next(each for each in tables(snapshot, definition()) if each.question == "number").spread
    assert spread
    assert float(spread.median) == numbers.median().round()


def test_csv_and_xlsx_hold_every_shown_figure_and_no_formula(snapshot: Snapshot) -> None:
    shown = tables(snapshot, definition())
    lines = list(csv.reader(io.StringIO(result_sheets.tables_as_csv(shown, snapshot, "en").decode("utf-8-sig"))))
    assert lines[0] == ["Title", "'=HYPERLINK(1)"]
    counts = {(line[0], line[2]): line[4] for line in lines if len(line) > 4}
    one = next(each for each in shown if each.question == "one")
    assert counts["one", "Yes"] == str(one.rows[0].count)
    book = openpyxl.load_workbook(io.BytesIO(result_sheets.tables_as_xlsx(shown, snapshot, "en")))
    assert book.sheetnames == ["About", "Tables"]
    assert [cell.value for cell in book["Tables"][2]][4] == one.rows[0].count
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_json_has_tables_and_codebook(snapshot: Snapshot) -> None:
    told = json.loads(result_sheets.as_json(tables(snapshot, definition()), snapshot, definition()))
    assert told["n"] == 90
    assert {each["code"] for each in told["codebook"]} >= {"one", "grid", "number"}
    assert next(each for each in told["tables"] if each["question"] == "scale")["rows"][0]["count"] > 0


def test_rows_are_complete_and_lead_to_nobody(given: list[Given], snapshot: Snapshot) -> None:
    lines = list(
        csv.DictReader(io.StringIO(result_sheets.rows_as_csv(snapshot, definition(), "en").decode("utf-8-sig")))
    )
    assert len(lines) == 90
    assert sorted(line["one"] for line in lines) == sorted(each.answers["one"] or "" for each in given)
    assert {line["number"] for line in lines} <= {"answered", ""}, "no figure stands in a row"
    assert lines[0]["grid"].count("=") == 2
    codes = openpyxl.load_workbook(io.BytesIO(result_sheets.rows_as_xlsx(snapshot, definition(), "en")))["Answers"]
    assert [["" if cell is None else str(cell) for cell in row] for row in codes.iter_rows(values_only=True)] == [
        list(lines[0]),
        *[list(line.values()) for line in lines],
    ], "the workbook has the codes of the text file"
    book = openpyxl.load_workbook(io.BytesIO(result_sheets.rows_as_xlsx(snapshot, definition(), "en", labels=True)))
    labels = book["Answers"]
    answered = {(line["one"], line["many"]) for line in lines}
    assert answered == {("y", ""), ("n", "not_asked"), ("other", "not_asked"), ("", "not_asked")}
    assert {row[0].value for row in labels.iter_rows(min_row=2)} == {"Yes", "No", "Other", "No answer"}
    place = [cell.value for cell in labels[1]].index("grid grid")
    assert {row[place].value for row in labels.iter_rows(min_row=2)} == {
        f"Yes={yes}; No={no}" for yes in ("Yes", "No") for no in ("Yes", "No")
    }, "rows of a matrix and options have their labels too"


def test_sav_is_opened_again_with_labels(snapshot: Snapshot, tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    path = tmp_path / "r.sav"
    path.write_bytes(as_sav(snapshot, definition(), "en"))
    frame, meta = pyreadstat.read_sav(str(path), user_missing=True)
    assert len(frame) == 90
    assert meta.variable_value_labels["one"][2.0] == "Yes"
    assert meta.column_names_to_labels["grid_y"] == "grid: Yes"
    assert meta.missing_ranges["one"] == [{"lo": 0.0, "hi": 0.0}, {"lo": 1.0, "hi": 1.0}]
    assert variable_name("@language") == "t_language"


def test_slides_open_again_and_are_mirrored_for_arabic(snapshot: Snapshot) -> None:
    from pptx import Presentation

    table = next(each for each in tables(snapshot, definition()) if each.question == "one")
    places = {}
    for language in ("en", "ar"):
        deck = Presentation(
            io.BytesIO(slides.as_pptx("T", "F", [(chart_of(table, snapshot, language), "Most answered “Yes”.")]))
        )
        assert len(deck.slides) == 2
        words = " ".join(shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame)
        assert "Most answered" in words
        places[language] = [shape.left for shape in deck.slides[1].shapes if not shape.has_text_frame or not shape.text]
    assert max(places["en"]) < deck.slide_width / 2 < deck.slide_width - min(places["ar"])
