"""Compiling proposes and writes nothing over. No database."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.deliberation.plenary.meeting import Met, material, meeting, numbered
from tests.factories import NOON
from tests.looking import there
from workshop.deliberation.plenary import rules
from workshop.deliberation.plenary.models import Block, Origin, PlenaryReport
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph
from workshop.deliberation.plenary.paragraphs import numbered as numbered_through
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

pytestmark = pytest.mark.on_one_database("nothing is saved")


@pytest.fixture(autouse=True)
def built_app_context(built_app: Flask) -> Iterator[None]:
    with built_app.app_context():
        yield


@pytest.fixture
def met() -> Met:
    return numbered(meeting())


@pytest.fixture
def report(met: Met) -> PlenaryReport:
    return rules.compile_report(None, material(met), after=0, partly=False, at=NOON)


def again(report: PlenaryReport, met: Met, **but: object) -> None:
    rules.compile_report(report, material(met, **but), after=report.compilings, partly=True, at=NOON)


def block_of(report: PlenaryReport, part: str) -> Block:
    return next(each for each in report.blocks if each.key and part in each.key)


def proposals(report: PlenaryReport) -> list[str]:
    return [there(each.key) for each in report.blocks if each.proposal is not None]


def test_the_first_compiling_writes_and_the_same_again_proposes_nothing(report: PlenaryReport, met: Met) -> None:
    assert all(block.compiled and block.proposal is None for block in report.blocks)
    again(report, met)
    assert proposals(report) == []
    assert report.compilings == 2


def test_a_change_is_proposed_beside_what_stands_until_it_is_used(report: PlenaryReport, met: Met) -> None:
    before = block_of(report, "where").text
    met.workshop.place = Words(en="Bern", fr="Berne", es="Berna")
    again(report, met)
    block = block_of(report, "where")
    assert [each for each in proposals(report) if "where" in each] == [block.key]
    assert block.text == before
    rules.use_proposal(block, seen=rules.proposal_mark(block), at=NOON)
    assert block.proposal is None
    assert {"en": "Bern", "fr": "Berne", "es": "Berna"} in block.originals
    again(report, met)
    assert proposals(report) == []


def test_a_persons_words_survive_every_compiling(report: PlenaryReport, met: Met) -> None:
    block = block_of(report, "where")
    rules.write_block(block, title=Words(), words=Words(en="It was held."), by=7, at=NOON)
    met.workshop.place = Words(en="Bern")
    again(report, met)
    assert (block.words, block.origin) == ({"en": "It was held."}, Origin.EDITED)
    assert rules.use_all_proposals(report, at=NOON) == 0
    rules.leave_proposal(block, seen=rules.proposal_mark(block), at=NOON)
    again(report, met)
    assert (block.words, block.proposal) == ({"en": "It was held."}, None)


def test_what_is_no_more_is_proposed_to_be_left_out_and_may_stand(report: PlenaryReport, met: Met) -> None:
    lesson = block_of(report, "recommendations/group_report")
    for each in met.reports:
        each.lessons = []
    again(report, met)
    assert lesson.proposal == rules.GONE
    assert lesson.stands
    rules.leave_proposal(lesson, seen="gone", at=NOON)
    again(report, met)
    assert [lesson.key, lesson.proposal, lesson.stands] == [None, None, True]


def test_what_is_new_waits_for_a_decision_before_it_stands(report: PlenaryReport, met: Met) -> None:
    standing = len(report.standing_blocks)
    met.reports[0].lessons = [*met.reports[0].lessons, "Ask twice."]
    again(report, met)
    [new] = [each for each in report.blocks if each.proposal is not None and not each.compiled]
    assert len(report.standing_blocks) == standing
    assert new.chapter is Chapter.RECOMMENDATIONS
    rules.leave_proposal(new, seen=rules.proposal_mark(new), at=NOON)
    again(report, met)
    assert new.proposal is None
    assert len(report.standing_blocks) == standing
    rules.put_back(new)
    assert "Ask twice." in str(new.originals)


def test_a_proposal_that_is_not_the_one_seen_is_refused(report: PlenaryReport, met: Met) -> None:
    met.workshop.place = Words(en="Bern")
    again(report, met)
    block = block_of(report, "where")
    seen = rules.proposal_mark(block)
    met.workshop.place = Words(en="Basel")
    again(report, met)
    with pytest.raises(RuleBroken, match="has changed since"):
        rules.use_proposal(block, seen=seen, at=NOON)
    assert "Basel" not in str(block.originals)


def test_evidence_a_person_chose_stays_when_compiling_is_used(report: PlenaryReport, met: Met) -> None:
    block = block_of(report, "key_point")
    other = block_of(report, "speakers").evidence[0]
    chosen = rules.evidence_of(other, chosen_by=7)
    block.evidence.append(chosen)
    met.reports[0].key_points[0].text = "Another"
    again(report, met)
    rules.use_proposal(block, seen=rules.proposal_mark(block), at=NOON)
    assert chosen in block.evidence


def test_a_reason_is_about_the_very_state_that_was_seen(report: PlenaryReport) -> None:
    line = block_of(report, "key_point").evidence[-1]
    with pytest.raises(RuleBroken):
        rules.let_stay(line, "struck", seen="changed:1", because="Known", by=7, at=NOON)
    rules.let_stay(line, "struck", seen="struck", because="Known", by=7, at=NOON)
    assert (line.stays_as, line.stays_because) == ("struck", "Known")


@given(acts=st.lists(st.tuples(st.sampled_from(["add", "up", "down", "out", "back"]), st.integers(0, 40)), max_size=12))
def test_chapters_stay_in_order_and_numbers_without_gaps_whatever_is_done(acts: list[tuple[str, int]]) -> None:
    met = numbered(meeting())
    report = rules.compile_report(None, material(met), after=0, partly=False, at=NOON)
    for number, block in enumerate(report.blocks, 1):
        block.id = number
    for act, place in acts:
        block = report.blocks[place % len(report.blocks)]
        try:
            if act == "add":
                rules.add_block(report, block.chapter, after=block.id).words = Words(en="Mine.")
            elif act in ("up", "down") and block.stands:
                rules.move_block(block, up=act == "up")
            elif act == "out":
                rules.leave_out(block, at=NOON)
            else:
                rules.put_back(block)
        except RuleBroken:
            continue
    again(report, met)
    chapters = [each.chapter.place for each in report.blocks]
    assert chapters == sorted(chapters)
    assert [each.position for each in report.blocks] == list(range(1, len(report.blocks) + 1))
    printed = numbered_through([each.as_paragraph for each in report.standing_blocks])
    counted = [each.number for each in printed if each.number]
    assert counted == list(range(1, len(counted) + 1))
    assert proposals(report) == []


def test_recommendations_show_the_numbers_of_the_paragraphs_chosen_for_them() -> None:
    table = {"caption": Words(), "columns": [], "rows": [[Words({"": "WS-2026-R01"}), {"supports": 1}]]}
    first, second = (Paragraph(chapter=Chapter.GROUPS, block=number, text=Words(en="x")) for number in (7, 8))
    offers = Paragraph(chapter=Chapter.RECOMMENDATIONS, block=9, table=table)  # type: ignore[arg-type]
    printed = numbered_through([first, second, offers], {1: [8]})
    assert printed[2].table["rows"][0][1] == {"": "§2"}
    assert numbered_through([first, second, offers])[2].table["rows"][0][1] == {"": ""}
