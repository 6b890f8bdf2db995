"""Spreadsheets of LibreOffice: what is shown is read, and what is repeated a million times costs nothing."""

import io
import zipfile

import pytest

from workshop.platform.foreign import open_sheets, sandbox
from workshop.platform.foreign.archives import ENTITIES
from workshop.platform.foreign.limits import AGENDA, SURVEY, TABLE
from workshop.platform.foreign.refusals import Refusal
from workshop.platform.foreign.tables import sheets_of

SPACES = " ".join(
    f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in ("office", "table", "text")
)


def book(rows: str, *, before: str = "", name: str = "People") -> bytes:
    """A spreadsheet with one sheet; `rows` is what stands in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), open_sheets.MIMETYPE)
        archive.writestr(
            "content.xml",
            f"{before}<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="{name}">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return made.getvalue()


def cell(text: str, **facts: str) -> str:
    said = "".join(f' {key.replace("_", ":", 1).replace("_", "-")}="{value}"' for key, value in facts.items())
    return f"<table:table-cell{said}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def test_rows_keep_their_numbers_and_the_empty_ones_to_the_end_cost_nothing() -> None:
    end = cell("", table_number_columns_repeated="1024")
    content = book(
        row(cell("name"), cell("email"), end)
        + row(end, times=2)
        + row(cell("Ministry"), cell("", table_number_columns_repeated="2"), cell("x"), end)
        + row(cell("same", table_number_columns_repeated="3"), times=2)
        + row(end, times=1_048_576)
    )
    [sheet] = sheets_of(content, TABLE)
    assert sheet.name == "People"
    assert sheet.rows == [
        (1, ["name", "email"]),
        (4, ["Ministry", "", "", "x"]),
        (5, ["same"] * 3),
        (6, ["same"] * 3),
    ]


def test_values_are_read_as_they_are_meant() -> None:
    note = '<office:annotation><text:p>secret</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p>'
    content = book(
        row(
            cell("3 Feb", office_value_type="date", office_date_value="2027-03-02T00:00:00"),
            cell("1 000", office_value_type="float", office_value="1000.0"),
            cell("wahr", office_value_type="boolean", office_boolean_value="true"),
            f"<table:table-cell>{note}</table:table-cell>",
            cell("one</text:p><text:p>two"),
        )
    )
    assert sheets_of(content, TABLE)[0].rows == [(1, ["2027-03-02", "1000", "TRUE", "a  b", "one\ntwo"])]


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("x"), times=1_048_576),
        row(cell("x", table_number_columns_repeated="16384")),
        row(cell("x", table_number_columns_repeated="400"), times=40_000),
        row(cell("", table_number_columns_repeated="99999999"), cell("x")),
        row(cell(""), times=99_999_999) + row(cell("x")),
    ],
)
def test_what_is_filled_too_far_or_too_often_is_refused(rows: str) -> None:
    with pytest.raises(Refusal):
        sheets_of(book(rows), TABLE)


def test_entities_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        sheets_of(book(row(cell("&a;")), before='<!DOCTYPE x [<!ENTITY a "b">]>'), TABLE)
    assert refused.value.sentences == [ENTITIES]


def test_every_import_of_tables_takes_one() -> None:
    table = row(cell("name"), cell("email")) + row(cell("Ministry"), cell("m@example.org"))
    assert sandbox.read(TABLE, book(table), name="a.ods")["sheets"][0]["rows"][1] == [2, ["Ministry", "m@example.org"]]
    assert sandbox.read(AGENDA, book(table), name="a.ods")["kind"] == "xlsx"
    survey = row(cell("type"), cell("name"), cell("label")) + row(cell("text"), cell("a"), cell("What?"))
    assert sandbox.read(SURVEY, book(survey, name="survey"), name="a.ods")["sheets"]["survey"]["columns"][0] == "type"
