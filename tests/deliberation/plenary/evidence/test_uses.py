"""Where a source went: the paragraphs that rest on it, and what nothing rests on."""

import pytest
from sqlalchemy import select

from tests.cast import Company
from tests.conftest import SignedIn
from tests.deliberation.plenary.meeting import Met, saved
from workshop.deliberation.plenary import queries
from workshop.deliberation.plenary.evidence.uses import UsesOfKind, uses_of
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import SourceKind, numbered
from workshop.platform.db import db

DESK = "/workshops/w/desk/reports/plenary"


@pytest.fixture
def met(company: Company) -> Met:
    return saved(company.workshop)


@pytest.fixture
def compiled(met: Met, as_: SignedIn) -> PlenaryReport:
    as_("ana").post(f"{DESK}/compile", data={"after": 0})
    return db.session.scalars(select(PlenaryReport)).one()


def found(report: PlenaryReport, kind: SourceKind) -> UsesOfKind:
    paragraphs = numbered([block.as_paragraph for block in report.standing_blocks])
    uses = uses_of(paragraphs, queries.current(db.session, report.workshop))
    return next(each for each in uses if each.kind is kind)


def test_a_point_tells_where_it_went_and_a_list_of_points_is_no_use_of_them(compiled: PlenaryReport, met: Met) -> None:
    met.reports[0].key_points[0].points.pop()
    for block in compiled.standing_blocks:
        block.evidence = [line for line in block.evidence if block.table or line.point_id != met.point.id]
    points = found(compiled, SourceKind.POINT)
    assert [use.subject.id for use in points.unused] == [met.point.id]
    used = next(use for use in points.uses if use.paragraphs)
    assert all(each.number and not each.table for each in used.paragraphs)


def test_the_page_shows_it_to_those_who_work_on_the_report(compiled: PlenaryReport, as_: SignedIn) -> None:
    page = as_("chi").get(f"{DESK}/sources").text
    assert "Where it went" in page
    assert "4 of 4 used." in page
    assert "Recommendation" in page
