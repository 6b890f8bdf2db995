"""Files of results hold the figures that are shown, opened again by other programs; compared with a count by pandas."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import openpyxl
import pytest
from flask import Flask

from tests.consultation.findings.test_freezing import Given, definition, frozen
from workshop.consultation.findings.disclosing.crossing import cross
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.result_tables import Label, Row
from workshop.consultation.findings.suppression import Hidden
from workshop.consultation.findings.tabulation import tables, tabulate
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
                "many": dice.choice([["y"], ["n"], ["y", "n"]]),
                "rank": dice.choice([["y", "n"], ["n", "y"]]),
                "money": {"amount": str(dice.randint(50, 5000)), "currency": dice.choice(["CHF", "EUR"])},
                "home": dice.choice(["TUN", "MAR"]),
                "origins": dice.choice([["TUN"], ["TUN", "MAR"]]),
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


def test_every_kind_of_table_equals_pandas(given: list[Given], snapshot: Snapshot) -> None:
    """Each figure that is shown, of every kind of question, and each cell of a cross-table, counted a second way."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([each.answers for each in given])
    shown = {each.question: each for each in tables(snapshot, definition())}
    led_there = frame[frame.one == "y"]

    def same(row: Row, figure: float) -> bool:
        return row.hidden is not None or row.count == figure

    assert shown["many"].asked == len(led_there)
    for row, code in zip(shown["many"].rows, "yn", strict=False):
        assert same(row, led_there.many.map(lambda chosen, code=code: code in chosen).sum())
    for line, code in zip(shown["rank"].grid, "yn", strict=True):
        first = frame["rank"].map(lambda ranked, code=code: ranked[0] == code).sum()
        assert [cell.count for cell in line.cells] == [first, 90]
        assert line.points == 2 * first + (90 - first)
    for line, code in zip(shown["grid"].grid, "yn", strict=True):
        counted = frame.grid.map(lambda chosen, code=code: chosen[code]).value_counts()
        assert all(same(cell, counted[option]) for cell, option in zip(line.cells, "yn", strict=False))
    assert shown["scale"].median == frame.scale.median()
    assert [row.count for row in shown["scale"].rows[:3]] == frame.scale.value_counts().sort_index().tolist()
    amounts = pandas.DataFrame(frame.money.tolist()).astype({"amount": float}).groupby("currency").amount
    for row in shown["money"].rows[:2]:
        assert row.spread
        values = amounts.get_group(str(row.label))
        assert row.count == len(values)
        assert float(row.spread.median) == pytest.approx(values.median(), rel=0.05), "told to two digits"
    homes = frame.home.value_counts()
    named = {row.label["en"]: row.count for row in shown["home"].rows if isinstance(row.label, dict)}
    assert named == {"Tunisia": homes["TUN"], "Morocco": homes["MAR"]}
    crossed = cross(tabulate(snapshot, definition())[1], "scale", "~number")
    bands = pandas.cut(frame.number, [0, *_edges(crossed.columns.labels), 99], right=False)
    expected = pandas.crosstab(frame.scale, bands)
    assert crossed.cells is not None
    for cells, counts in zip(crossed.cells, expected.to_numpy().tolist(), strict=True):
        assert all(isinstance(cell, Hidden) or cell == count for cell, count in zip(cells, counts, strict=True))


def _edges(labels: Sequence[Label]) -> list[float]:
    """Where bands begin, from their words: "Less than 10", "10 to less than 20", "20 or more"."""
    return [float(str(label).split(" ")[0]) for label in labels[1:]]


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
    assert answered == {
        *(("y", chosen) for chosen in ("y", "n", "y n")),
        *((code, "not_asked") for code in ("n", "other", "")),
    }
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
