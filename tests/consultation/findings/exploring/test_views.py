"""Parts of a snapshot, two side by side, and the ledger, on their pages."""

import re

import pytest
from sqlalchemy import select

from tests.conftest import SignedIn
from tests.consultation.findings.test_views import DESK, FIRST, TAKE, sent_in, take, version
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.platform.db import db

__all__ = ["version"]


def test_one_group_is_looked_at_and_few_are_refused(as_: SignedIn, version: QuestionnaireVersion) -> None:
    sent_in(version, 10)
    ana = as_("ana")
    take(ana)
    page = ana.get(f"{FIRST}/filter").text
    assert "Only those who" in page
    column = next(each for each in db.session.scalars(select(Snapshot)).one().columns if each.question == "A3")
    code = 2 + column.options.index("ind")
    group = column.codes.count(code)
    found = ana.get(f"{FIRST}/filter?only=A3={code}&also=").text
    assert "The tables of this group" in found
    assert f"n = {group}" not in found, "the caveat and n of all do not stand over a group"
    few = re.findall(r'value="([^"=]+=\d+)"', page)
    counts = {each.question: each.codes for each in column.snapshot.columns}
    rare = next(each for each in few if 0 < counts[each.split("=")[0]].count(int(each.split("=")[1])) < 5)
    refused = ana.get(f"{FIRST}/filter", query_string={"only": rare, "also": ""}).text
    assert "Too few respondents are in this group" in refused
    crossed = ana.get(f"{FIRST}/cross?rows=E1&columns=C1.com&only=A3={code}&also=").text
    assert "for you only" in crossed or "could be worked out from the other groups" in crossed


def test_two_snapshots_are_compared_as_each_is_shown(as_: SignedIn, version: QuestionnaireVersion) -> None:
    ana = as_("ana")
    take(ana)
    sent_in(version, 40)
    take(ana, number="2")
    page = ana.get(f"{TAKE}/2/compare/1").text
    assert "Two snapshots compared" in page
    assert "n = 60" in page
    assert "n = 100" in page
    assert as_("eva").get(f"{TAKE}/2/compare/1").status_code == 403, "the chair reads what was shared"
    ana.post(f"{FIRST}/share")
    assert as_("eva").get(f"{TAKE}/2/compare/1").status_code == 403, "both must be"
    assert ana.get(f"{TAKE}/2/compare/2").status_code == 404


def test_the_ledger_says_what_was_shown_to_whom(as_: SignedIn, version: QuestionnaireVersion) -> None:
    ana = as_("ana")
    take(ana)
    assert "Nothing was shown yet" in ana.get("/workshops/w/desk/questionnaires/q/shown").text
    ana.post(f"{FIRST}/share")
    page = ana.get("/workshops/w/desk/questionnaires/q/shown").text
    assert "chair and rapporteurs" in page
    assert "exact figures" in page
    assert "Ana" in page


@pytest.mark.parametrize("address", [f"{FIRST}/filter", "/workshops/w/desk/questionnaires/q/shown"])
def test_looking_closer_is_for_those_who_hold_the_answers(
    as_: SignedIn, version: QuestionnaireVersion, address: str
) -> None:
    take(as_("ana"))
    as_("ana").post(f"{FIRST}/share")
    assert as_("eva").get(DESK).status_code == 200
    assert as_("eva").get(address).status_code == 403
