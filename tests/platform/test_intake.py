"""The import report: every row once, and nothing imported that was not seen. The same for all three kinds of file."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, render_template_string

from tests import factories as make
from tests.cast import Company
from tests.consultation.survey_files.xlsform.forms_of_others import HOUSEHOLD, xlsx
from workshop.consultation.sending import rules as sending_rules
from workshop.consultation.sending.rules import Address, Register
from workshop.consultation.survey_files.importing import read_file
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.intake import ImportReport, Line, Outcome, Remark
from workshop.programme.agenda_in import queries
from workshop.programme.agenda_in.import_report import AgendaReport
from workshop.programme.agenda_in.reading.recognition import read
from workshop.programme.agenda_in.rules import take_in
from workshop.secretariat.series.models import Workshop

AGENDA = (
    b"Date,Start,End,Session\n2026-03-02,09:00,10:00,Welcome\nnever,09:00,10:00,Panel\n2026-03-02,11:00,12:00,Wrap-up\n"
)


def of_an_agenda(workshop: Workshop) -> AgendaReport:
    agenda = read(AGENDA, queries.setting(db.session, workshop))
    with db.session.no_autoflush:
        return take_in(agenda, queries.known_of_workshop(db.session, workshop), at=now()).comparison.report()


def of_a_questionnaire(_workshop: Workshop) -> ImportReport:
    return read_file(xlsx(HOUSEHOLD), plain_language="en").report.done()


def of_a_distribution_list(workshop: Workshop) -> ImportReport:
    asked = make.questionnaire(workshop=workshop)
    rows: list[tuple[int, Address | RuleBroken]] = [
        (2, Address("Ministry", "one@example.org", "en")),
        (3, Address("Agency", "nowhere", "en")),
        (4, Address("Ministry again", "ONE@example.org", "en")),
        (5, RuleBroken("The column “name” is empty.")),
    ]
    with db.session.no_autoflush:
        return sending_rules.merge(asked, rows, before=(), register=Register((), ()))[1]


@pytest.mark.parametrize("made", [of_an_agenda, of_a_questionnaire, of_a_distribution_list])
def test_the_report_of_every_kind_of_file_has_each_row_once(
    company: Company, made: Callable[[Workshop], ImportReport]
) -> None:
    report = made(company.workshop)
    assert isinstance(report, ImportReport)
    assert report.rows == sum(report.counts.values()) > 0
    assert report.counts[Outcome.CREATED] > 0
    assert report.imported == report.rows - report.counts[Outcome.REJECTED] == report.rows - len(report.rejected)
    for remark in report.rejected:
        assert remark.reason
        assert remark.place or remark.row, "who reads it finds the row"


def test_a_report_that_leaves_a_row_out_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="3 rows in the file, 2 in the report"):
        ImportReport(3, {Outcome.CREATED: 1, Outcome.UPDATED: 0, Outcome.REJECTED: 1})


SEEN = ImportReport(
    1,
    {Outcome.UPDATED: 1},
    changes=["Session “A”, title: “B” becomes “C”"],
    lines=[Line("row 2", "A", Outcome.UPDATED)],
    compared_with="7",
)


@pytest.mark.parametrize(
    "change",
    [
        {"counts": {Outcome.CREATED: 1}},
        {"changes": ["Session “A”, title: “X” becomes “C”"]},
        {"lines": [Line("row 2", "Another", Outcome.UPDATED)]},
        {"compared_with": "8"},
        {"counts": {Outcome.REJECTED: 1}, "rejected": [Remark("The column “name” is empty.", (2,))]},
    ],
)
def test_what_is_imported_is_what_was_seen(change: dict[str, Any]) -> None:
    SEEN.refuse_unseen(replace(SEEN).fingerprint())
    with pytest.raises(RuleBroken, match="Nothing was imported: the preview has changed"):
        replace(SEEN, **change).refuse_unseen(SEEN.fingerprint())


@pytest.mark.parametrize("seen", [None, "", "made up"])
def test_nothing_is_imported_without_a_preview(seen: str | None) -> None:
    with pytest.raises(RuleBroken):
        SEEN.refuse_unseen(seen)


def test_scripts_read_the_counts_and_every_remark_with_its_place() -> None:
    report = ImportReport(
        2,
        {Outcome.CREATED: 1, Outcome.REJECTED: 1},
        rejected=[Remark("No date.", place="row 3")],
        warnings=[Remark("Not taken.", (2, 3), sheet="survey", column="hint")],
    )
    assert report.as_json() == {
        "rows": 2,
        "created": 1,
        "rejected": 1,
        "warnings": [
            {"place": "row 3", "message": "No date."},
            {"sheet": "survey", "row": 2, "rows": [2, 3], "column": "hint", "reason": "Not taken."},
        ],
    }


def test_the_report_stored_with_an_agenda_is_read_back(company: Company) -> None:
    report = of_an_agenda(company.workshop)
    stored = report.as_stored()
    back = AgendaReport.from_stored(stored | {"refused": ""})  # as it was stored before
    assert (back.counts, list(back.lines), back.kind, back.totals) == (
        report.counts,
        list(report.lines),
        report.kind,
        report.totals,
    )
    assert back.as_stored() == stored


def test_a_report_of_thousands_of_rows_is_shown_in_parts(app: Flask) -> None:
    """Its page is no longer than one of two hundred rows, every row is on one of its parts, and a form's answer has all."""
    lines = [Line(f"row {number}", f"person {number}", Outcome.CREATED) for number in range(1, 2001)]
    left_out = [Remark("No address.", rows=(number,)) for number in range(2001, 3001)]
    counts = {Outcome.CREATED: 2000, Outcome.REJECTED: 1000}
    report = ImportReport(3000, counts, rejected=left_out, lines=lines)
    template = "{% from 'components/import_report.html' import import_report with context %}{% call import_report(report) %}{% endcall %}"

    def shown(address: str, method: str = "GET") -> str:
        with app.test_request_context(address, method=method):
            return render_template_string(template, report=report)

    parts = [shown(f"/list?key=k&row={number}") for number in range(1, 11)]
    assert [sum(f">row {number}<" in part for part in parts) for number in range(1, 2001)] == [1] * 2000
    assert all(len(part) < 120_000 for part in parts)
    assert 'href="/list?key=k&amp;row=3#every-row"' in parts[1]
    assert "201–400 of 2000" in parts[1]
    assert "<details open>" in parts[1]
    assert "<details>" in parts[0]
    assert shown("/list?rejected=2").count("No address.") == 200
    assert shown("/list", "POST").count("person ") == 2000
