"""The matrix of languages: what is there, what is awaited, what is late."""

from datetime import date

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.programme.papers.test_rules import a_file
from workshop.platform.db import db
from workshop.programme.agenda.models import Session
from workshop.programme.papers.ledger import language_matrix
from workshop.programme.papers.ledger.language_matrix import LanguageStatus
from workshop.programme.papers.models import State

TODAY = date(2026, 3, 1)
LANGUAGES = ["en", "fr", "es"]
PUBLISHED, RECEIVED, AWAITED, LATE, NOT = LanguageStatus


@pytest.mark.parametrize(
    ("state", "files", "expected", "due", "cells"),
    [
        (State.PUBLISHED, ["en"], ["en", "fr"], date(2026, 2, 20), [PUBLISHED, LATE, NOT]),
        (State.PUBLISHED, ["en"], ["en", "fr"], TODAY, [PUBLISHED, AWAITED, NOT]),
        (State.RECEIVED, ["fr"], ["en", "fr"], None, [AWAITED, RECEIVED, NOT]),
        (State.IN_CLEARANCE, ["en", "es"], [], date(2026, 2, 1), [RECEIVED, NOT, RECEIVED]),
        (State.EXPECTED, [], ["es"], date(2026, 2, 28), [NOT, NOT, LATE]),
        (State.EXPECTED, [], [], date(2026, 2, 28), [LATE, NOT, NOT]),
        (State.EXPECTED, ["en"], ["en"], None, [AWAITED, NOT, NOT]),
        (State.NOT_PROVIDED, [], ["en", "fr"], date(2026, 2, 1), [NOT, NOT, NOT]),
        (State.WITHDRAWN, ["en"], ["en", "fr"], date(2026, 2, 1), [NOT, NOT, NOT]),
        (State.PUBLISHED, [], [], None, [NOT, NOT, NOT]),
    ],
)
def test_each_cell(
    state: State, files: list[str], expected: list[str], due: date | None, cells: list[LanguageStatus]
) -> None:
    rows = [a_file(1, code) for code in files]
    paper = make.document(session=make.session(), state=state, languages=expected, due_on=due, files=rows)
    (row,) = language_matrix.rows([paper], LANGUAGES, today=TODAY)
    assert [cell.standing for cell in row.cells] == cells


def test_a_held_file_is_received_not_published() -> None:
    file = a_file(1, "fr")
    file.held = True
    paper = make.document(session=make.session(), state=State.PUBLISHED, files=[a_file(1, "en"), file])
    (row,) = language_matrix.rows([paper], LANGUAGES, today=TODAY)
    assert [cell.standing for cell in row.cells] == [PUBLISHED, RECEIVED, NOT]


@pytest.mark.parametrize("length", [1, 3])
def test_the_page_says_it_with_totals_and_late_translations_in_a_fixed_number_of_statements(
    as_: SignedIn, session: Session, length: int
) -> None:
    for _ in range(length):
        paper = make.document(
            workshop=session.workshop,
            session=session,
            item=session.items[0],
            state=State.RECEIVED,
            languages=["en", "fr", "es"],
            due_on=date(2025, 1, 1),
            files=[a_file(1, "en")],
        )
        db.session.add(paper)
    ana = as_("ana")
    with count_statements() as statements:
        page = ana.get("/workshops/w/desk/papers/languages").text
    assert len(statements) == 4
    said = "One document waits" if length == 1 else "3 documents wait"
    assert f"{said} for a translation" in page
    assert page.count(">late<") == 2 * length
    totals = {row.split("</th>")[0].split(">")[-1]: row for row in page.split("<tfoot>")[1].split("<tr>")[1:]}
    assert totals["Total received"].count(f">{length}<") == 1
    assert totals["Total late"].count(f">{length}<") == 2
    assert "language=fr" in page


def test_without_documents_it_says_where_to_begin(as_: SignedIn, company: Company) -> None:
    assert "Go to the agenda" in as_("ana").get("/workshops/w/desk/papers/languages").text
