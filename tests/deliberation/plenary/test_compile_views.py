"""Compiling on the desk: from nothing to a text in work, and what is proposed afterwards."""

import re

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.consultation.findings.test_freezing import Given
from tests.consultation.questions.documents import asks, document
from tests.deliberation.plenary.meeting import Met, saved
from workshop.consultation.findings.freezing import freeze
from workshop.consultation.findings.models import Audience, Disclosure, Precision, Snapshot
from workshop.consultation.questions.definition import Definition
from workshop.deliberation.editions.models import Edition
from workshop.deliberation.plenary.models import Block, PlenaryReport, RecommendationNumber
from workshop.deliberation.plenary.paragraphs import Chapter
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db

DESK = "/workshops/w/desk/reports"
COMPILE = f"{DESK}/plenary/compile"


@pytest.fixture
def met(company: Company) -> Met:
    return saved(company.workshop)


@pytest.fixture
def compiled(met: Met, as_: SignedIn) -> PlenaryReport:
    """The report, compiled by Ana."""
    assert as_("ana").post(COMPILE, data={"after": 0}).location == f"{DESK}/plenary/edit"
    return db.session.scalars(select(PlenaryReport)).one()


def test_compiling_writes_the_text_and_shows_nothing_to_anybody(compiled: PlenaryReport, as_: SignedIn) -> None:
    assert len(compiled.blocks) > 20
    assert [e.verb for e in db.session.scalars(select(AuditEntry))] == ["compile report"]
    assert db.session.scalars(select(Edition)).all() == []
    assert as_("nobody").get("/workshops/w/reports/plenary").status_code == 404


def test_without_signatures_it_is_refused_until_it_is_meant(met: Met, as_: SignedIn) -> None:
    met.reports[1].signed_at = None
    page = as_("ana").post(COMPILE, data={"after": 0})
    assert page.status_code == 422
    assert "The report of these groups is not signed: 2." in page.text
    assert db.session.scalar(select(PlenaryReport)) is None
    assert as_("ana").post(COMPILE, data={"after": 0, "partly": "y"}).status_code == 302


def test_results_of_another_questionnaire_do_not_take_the_place_of_those_chosen(met: Met, as_: SignedIn) -> None:
    """Publishing a participants' form afterwards changes nothing in the report: it is one more to choose from."""
    ana = as_("ana")

    def published(slug: str, responses: int) -> Snapshot:
        asked = document(asks("A1", "integer"))
        version = make.version(asked, questionnaire=make.questionnaire(workshop=met.workshop, slug=slug))
        taken = freeze(
            version,
            Definition.read(asked),
            [Given({"A1": 3})] * responses,
            number=1,
            title=Words(en=f"Results of {slug}"),
            caveat=Words(en="Self-selected."),
            at=make.NOON,
        )
        taken.published = True
        entry = Disclosure(table="A1", precision=Precision.EXACT, audience=Audience.EVERYONE, at=make.NOON, who=1)
        taken.disclosures.append(entry)
        db.session.add(taken)
        db.session.commit()
        return taken

    first = published("diaspora", 60)
    assert ana.post(COMPILE, data={"after": 0, "results": str(first.id)}).status_code == 302
    later = published("participants", 7)
    page = ana.get(COMPILE).text
    assert f'<option selected value="{first.id}">' in page
    assert f'<option value="{later.id}">' in page
    text = str([block.text for block in db.session.scalars(select(Block))])
    assert "60 organisations" in text
    assert "Results of participants" not in text


def test_pressing_twice_compiles_once(compiled: PlenaryReport, as_: SignedIn) -> None:
    page = as_("ana").post(COMPILE, data={"after": 0})
    assert page.status_code == 422
    assert "The report has been compiled in the meantime." in page.text


def test_compiling_again_keeps_every_block_and_proposes_what_differs(
    compiled: PlenaryReport, met: Met, as_: SignedIn
) -> None:
    before = {block.id: (block.text, block.table) for block in compiled.blocks}
    met.reports[0].key_points[0].text = "Another sentence."
    as_("eva").post(COMPILE, data={"after": 1})
    db.session.expire_all()
    assert {block.id: (block.text, block.table) for block in compiled.blocks} == before
    changed, across = (block for block in compiled.blocks if block.proposal)
    assert across.chapter is Chapter.SYNTHESIS
    page = as_("chi").get(f"{DESK}/plenary/edit/groups").text
    assert "Proposed by compiling" in page
    assert "Another sentence." in page
    seen = re.findall(r'name="seen" value="(\w+)"', page)
    path = f"{DESK}/plenary/blocks/{changed.id}/proposal"
    assert as_("chi").post(path, data={"seen": seen[0], "use": "yes"}).location.endswith(f"#b{changed.id}")
    db.session.expire_all()
    assert changed.proposal is None
    assert "Another sentence." in str(changed.originals)


def test_a_recommendation_keeps_its_number_when_another_goes(compiled: PlenaryReport, met: Met, as_: SignedIn) -> None:
    numbers = {each.recommendation_id: each.number for each in db.session.scalars(select(RecommendationNumber))}
    assert sorted(numbers.values()) == [1, 2]
    kept = met.reports[1].recommendations[0].id
    met.reports[0].recommendations.clear()
    as_("ana").post(COMPILE, data={"after": 1})
    rows = db.session.scalars(select(RecommendationNumber).execution_options(populate_existing=True)).all()
    assert {each.number: each.recommendation_id for each in rows} == {1: None, 2: kept}


def test_all_proposals_for_untouched_paragraphs_are_used_at_once(
    compiled: PlenaryReport, met: Met, as_: SignedIn
) -> None:
    mine = db.session.scalars(select(Block).where(Block.key.contains("where"))).one()
    mine.words = Words(en="Held at last.")
    met.workshop.place = Words(en="Bern", fr="Berne", es="Berna")
    met.reports[0].lessons = ["Ask late."]
    as_("ana").post(COMPILE, data={"after": 1})
    as_("ana").post(f"{DESK}/plenary/proposals")
    db.session.expire_all()
    waiting = [block for block in compiled.blocks if block.proposal]
    assert waiting == [mine]
    assert mine.words == {"en": "Held at last."}
    assert "Ask late." in as_("ana").get(f"{DESK}/plenary/edit/recommendations").text
