"""Writing a paragraph, choosing what it rests on, deciding about what was withdrawn, remarks."""

import re

import pytest
from sqlalchemy import select

from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.deliberation.plenary.meeting import Met, saved
from tests.factories import NOON
from tests.looking import there
from workshop.deliberation.plenary.models import Block, Comment, PlenaryReport, RecommendationNumber
from workshop.deliberation.plenary.paragraphs import SourceKind
from workshop.platform.db import db

DESK = "/workshops/w/desk/reports"
EDIT = f"{DESK}/plenary/edit"


@pytest.fixture
def met(company: Company) -> Met:
    return saved(company.workshop)


@pytest.fixture
def compiled(met: Met, as_: SignedIn) -> PlenaryReport:
    as_("ana").post(f"{DESK}/plenary/compile", data={"after": 0})
    return db.session.scalars(select(PlenaryReport)).one()


@pytest.fixture
def key_point(compiled: PlenaryReport) -> Block:
    return next(each for each in compiled.blocks if "key_point" in there(each.key or "-"))


def path_of(block: Block, act: str = "") -> str:
    return f"{DESK}/plenary/blocks/{block.id}{act}"


def test_a_person_writes_over_what_was_compiled_and_can_have_it_back(key_point: Block, as_: SignedIn) -> None:
    chi, path = as_("chi"), path_of(key_point)
    page = chi.get(path).text
    assert "Les transferts coûtent {0} trop cher" in page
    chi.fill(path, {"words-en": "Some found **transfers** dear.", "words-fr": "", "words-es": ""})
    assert key_point.words == {"en": "Some found **transfers** dear."}
    shown = chi.get(f"{EDIT}/groups").text
    assert "Some found <strong>transfers</strong> dear." in shown
    assert "missing in: French, Spanish" in shown
    french = chi.get(f"{DESK}/plenary/preview?lang=fr").text
    assert '<span lang="en" dir="ltr">Some found <strong>transfers</strong> dear.</span>' in french
    chi.fill(path, {"words-en": "", "words-fr": "", "words-es": ""})
    assert key_point.words == {}
    assert "trop cher" in chi.get(f"{EDIT}/groups").text


def test_leaving_the_form_as_it_was_makes_nothing_a_persons(key_point: Block, as_: SignedIn) -> None:
    as_("chi").fill(path_of(key_point))
    assert (key_point.words, key_point.title) == ({}, {})


def test_two_who_write_the_same_paragraph_are_both_shown(key_point: Block, as_: SignedIn) -> None:
    path = path_of(key_point)
    first = as_("ana")
    marks = first.get(path).text
    as_("chi").fill(path, {"words-en": "Chi wrote."})
    fields = dict(re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', marks))
    answer = first.post(path, data=fields | {"words-en": "Ana wrote."})
    assert answer.status_code == 409
    assert "Chi wrote." in answer.text
    assert "Ana wrote." in answer.text
    assert key_point.words == {"en": "Chi wrote."}


def test_a_struck_point_waits_for_a_decision_through_every_compiling(key_point: Block, met: Met, as_: SignedIn) -> None:
    met.point.struck_at = NOON
    db.session.commit()
    as_("ana").post(f"{DESK}/plenary/compile", data={"after": 1})
    page = as_("eva").get(f"{EDIT}/groups").text
    assert "which was struck out on 2 March 2026" in page
    line = next(each for each in key_point.evidence if each.kind is SourceKind.POINT)
    stays = {"evidence": line.id, "mark": "struck", "because": ""}
    assert (
        "Say why it is kept." in as_("eva").post(path_of(key_point, "/stays"), data=stays, follow_redirects=True).text
    )
    as_("eva").post(path_of(key_point, "/stays"), data=stays | {"because": "Said twice."})
    page = as_("eva").get(f"{EDIT}/groups").text
    assert "which was struck out" not in page
    as_("ana").post(f"{DESK}/plenary/compile", data={"after": 2})
    assert "which was struck out" not in as_("eva").get(f"{EDIT}/groups").text
    assert "Said twice." in as_("eva").get(path_of(key_point)).text


def test_evidence_is_chosen_and_taken_away(compiled: PlenaryReport, met: Met, as_: SignedIn) -> None:
    where = next(each for each in compiled.blocks if "where" in there(each.key))
    chi = as_("chi")
    chi.post(path_of(where, "/evidence"), data={"sources": [f"point:{met.point.id}"]})
    chi.post(path_of(where, "/evidence"), data={"sources": ["point:999", "workshop:1"]})
    chosen = [each for each in where.evidence if each.is_chosen]
    assert [(each.kind, each.point_id, each.label) for each in chosen] == [
        (SourceKind.POINT, met.point.id, {"": "1.1"})
    ]
    assert "chosen by a person" in chi.get(path_of(where)).text
    chi.post(path_of(where, f"/evidence/{chosen[0].id}/remove"))
    db.session.expire_all()
    assert [each for each in where.evidence if each.is_chosen] == []


def test_a_source_that_is_removed_leaves_evidence_that_says_so(key_point: Block, met: Met, as_: SignedIn) -> None:
    db.session.delete(met.point)
    db.session.commit()
    db.session.expire_all()
    line = next(each for each in key_point.evidence if each.kind is SourceKind.POINT and each.source_id is None)
    assert line.label == {"": "1.1"}
    assert "point 1.1, which no longer exists" in as_("chi").get(f"{EDIT}/groups").text


def test_a_paragraph_is_added_moved_left_out_and_put_back(compiled: PlenaryReport, as_: SignedIn) -> None:
    ana = as_("ana")
    ana.post(f"{EDIT}/summary/add")
    block = db.session.scalars(select(Block).where(Block.key.is_(None))).one()
    assert "Write something" in ana.fill(path_of(block)).text
    ana.fill(path_of(block), {"words-en": "Why we met:\n\n- costs\n- time"})
    assert "<ul>" in ana.get(f"{EDIT}/summary").text
    ana.post(path_of(block, "/leave-out"))
    assert "1 paragraph left out" in ana.get(f"{EDIT}/summary").text
    ana.post(path_of(block, "/put-back"))
    assert "left out" not in ana.get(f"{EDIT}/summary").text.replace("Leave out", "")
    first, second = [each for each in compiled.blocks if each.chapter.value == "opening"][:2]
    assert "the first of its chapter" in ana.post(path_of(first, "/move?to=up"), follow_redirects=True).text
    ana.post(path_of(first, "/move?to=down"))
    db.session.expire_all()
    assert second.position < first.position


def test_comments_stay_when_the_text_changes_and_are_resolved(key_point: Block, as_: SignedIn) -> None:
    as_("eva").post(path_of(key_point, "/comments"), data={"text": "Say how many."})
    as_("chi").fill(path_of(key_point), {"words-en": "Three of nine."})
    remark = db.session.scalars(select(Comment)).one()
    assert "Say how many." in as_("chi").get(path_of(key_point)).text
    as_("chi").post(path_of(key_point, f"/comments/{remark.id}/resolve"))
    assert there(db.session.get(Comment, remark.id, populate_existing=True)).resolved_at


def test_what_a_recommendation_rests_on_is_chosen_and_printed(key_point: Block, as_: SignedIn) -> None:
    chi = as_("chi")
    assert "not chosen yet" in chi.get(f"{EDIT}/recommendations").text
    path = f"{DESK}/plenary/recommendations/1"
    chi.fill(path, {"blocks": [key_point.id]})
    offer = db.session.scalars(select(RecommendationNumber).where(RecommendationNumber.number == 1)).one()
    assert [each.id for each in offer.supports] == [key_point.id]
    assert "1 paragraph chosen" in chi.get(f"{EDIT}/recommendations").text


def test_other_reports_begin_with_their_headings(met: Met, as_: SignedIn) -> None:
    eva = as_("eva")
    eva.post(f"{DESK}/new", data={"kind": "chair_summary", "title": "Summary by the Chair"})
    page = eva.get(f"{DESK}/chair-summary/edit", follow_redirects=True).text
    assert "Where views differed" in page
    assert "Summary by the Chair" in eva.get(DESK).text
    eva.post(f"{DESK}/new", data={"kind": "chair_summary", "title": "Another"})
    assert eva.get(f"{DESK}/chair-summary-2/edit", follow_redirects=True).status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_report(compiled: PlenaryReport, as_: SignedIn) -> None:
    ana = as_("ana")
    with count_statements() as many:
        ana.get(f"{EDIT}/groups")
    for block in list(compiled.blocks)[3:]:
        db.session.delete(block)
    db.session.commit()
    with count_statements() as few:
        ana.get(f"{EDIT}/groups")
    assert len(few) == len(many)
