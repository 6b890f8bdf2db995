"""When a snapshot may be taken, shown and deleted, and who reads it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import factories as make
from tests.consultation.findings.test_freezing import Given, definition, frozen
from workshop.consultation.findings import rules
from workshop.consultation.findings.models import Audience, Precision, Snapshot
from workshop.consultation.questionnaires.rules import publication_said
from workshop.consultation.questionnaires.states import Anonymity, Respondents
from workshop.consultation.questions.definition import Definition
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Role

EXACT, ROUNDED, WITHHELD = Precision.EXACT, Precision.ROUNDED, Precision.WITHHELD
PLAN = {"one": EXACT, "many": ROUNDED}


def taken(count: int = 20) -> Snapshot:
    return frozen([Given({"one": "y"})] * count)


def show(snapshot: Snapshot, audience: Audience, plan: dict[str, Precision] = PLAN) -> None:
    rules.show(snapshot, plan, audience, at=make.NOON, who=1)


@pytest.fixture(autouse=True)
def in_english(built_app: Flask) -> Iterator[None]:
    """Refusals are written in the language of whoever reads them."""
    with built_app.test_request_context():
        yield


def test_take_from_five_answers_on() -> None:
    with pytest.raises(RuleBroken, match="Answers submitted so far: 4"):
        rules.refuse_too_few(4)
    rules.refuse_too_few(5)


def test_nothing_of_a_new_snapshot_is_shown_and_it_can_be_deleted() -> None:
    snapshot = taken()
    assert (snapshot.shared, snapshot.published, rules.is_in_ledger(snapshot)) == (False, False, False)
    rules.refuse_deletion(snapshot)


def test_sharing_writes_down_what_was_shown_to_whom_and_keeps_it() -> None:
    snapshot = taken()
    show(snapshot, Audience.STAFF)
    assert snapshot.shared
    assert not snapshot.published
    assert snapshot.precisions == PLAN
    with pytest.raises(RuleBroken, match="stays on record"):
        rules.refuse_deletion(snapshot)
    rules.stop_sharing(snapshot)
    assert rules.is_in_ledger(snapshot), "it cannot be unseen"


def test_publishing_later_shows_the_same_to_everyone() -> None:
    snapshot = taken()
    show(snapshot, Audience.STAFF)
    before = snapshot.questionnaire.workshop.version
    show(snapshot, Audience.EVERYONE, {"one": WITHHELD, "many": WITHHELD, "rank": EXACT})
    assert snapshot.precisions == PLAN | {"rank": EXACT}
    assert {entry.audience for entry in snapshot.disclosures} == {Audience.EVERYONE}
    assert (snapshot.published, snapshot.questionnaire.workshop.version) == (True, before + 1)
    rules.unpublish(snapshot)
    assert (snapshot.published, snapshot.questionnaire.workshop.version) == (False, before + 2)


def test_show_refuses_what_would_be_withheld_as_a_whole_or_is_not_ready() -> None:
    with pytest.raises(RuleBroken, match="Nothing of this snapshot can be shown"):
        show(taken(), Audience.STAFF, {"one": WITHHELD})
    snapshot = taken()
    snapshot.frozen = False
    with pytest.raises(RuleBroken, match="not ready"):
        show(snapshot, Audience.STAFF)


@pytest.mark.parametrize(
    ("roles", "draft", "shared"),
    [
        ({Role.ORGANISER}, True, True),
        ({Role.ANALYST}, True, True),
        ({Role.CHAIR}, False, True),
        ({Role.RAPPORTEUR, Role.PARTICIPANT}, False, True),
        ({Role.PARTICIPANT, Role.FOCAL_POINT, Role.NOTE_TAKER}, False, False),
    ],
)
def test_may_read(roles: set[Role], draft: bool, shared: bool) -> None:
    snapshot = taken()
    assert rules.may_read(snapshot, roles) is draft
    show(snapshot, Audience.STAFF)
    assert rules.may_read(snapshot, roles) is shared


@pytest.mark.parametrize(
    ("name", "joined", "ring"),
    [
        ("A × C", [], False),
        ("A × C", ["A × B"], False),
        ("A × C", ["A × B", "B × C"], True),
        ("A × D", ["A × B", "B × C", "C × D"], True),
        ("D.x × A", ["A × D.y"], True),
        ("A × B", ["A × B"], False),
        ("@language × A", ["A × B", "B × @region"], False),
    ],
)
def test_cross_tables_form_no_ring(name: str, joined: list[str], ring: bool) -> None:
    assert rules.closes_ring(name, joined) is ring


def test_a_newer_published_snapshot_supersedes() -> None:
    from datetime import timedelta

    first, second = taken(), taken()
    second.number, second.taken_at = 2, make.NOON + timedelta(days=3)
    first.questionnaire_id = second.questionnaire_id = 1
    assert rules.superseding(first, [first, second]) is None
    second.published = True
    assert rules.superseding(first, [first, second]) is second
    assert rules.superseding(second, [first, second]) is None


def test_who_answers_by_an_answer_there_is() -> None:
    questionnaire = taken().questionnaire

    def describe(asked: Definition | None, individuals: str) -> None:
        rules.describe_respondents(
            questionnaire, asked, respondents=Respondents.INDIVIDUALS, individuals=individuals, states_beside=True
        )

    describe(definition(), "one=n")
    assert questionnaire.individuals_by == {"question": "one", "option": "n"}
    with pytest.raises(RuleBroken, match="no longer has this answer"):
        describe(definition(), "one=x")
    describe(None, "")
    assert questionnaire.individuals_by == {}


def test_a_question_says_how_answers_may_be_published() -> None:
    questionnaire = taken().questionnaire

    def describe(named: str, anonymous: str) -> None:
        rules.describe_respondents(
            questionnaire,
            definition(),
            respondents=Respondents.INDIVIDUALS,
            individuals="",
            states_beside=False,
            named=named,
            anonymous=anonymous,
        )

    with pytest.raises(RuleBroken, match="already asked beside"):
        describe("one=y", "")
    questionnaire.asks_publication = False
    describe("one=y", "one=n")
    assert questionnaire.publication_by == {"question": "one", "named": "y", "anonymous": "n"}
    for answers, said in (
        ({"one": "y"}, "named"),
        ({"one": "n"}, "anonymous"),
        ({"one": "other"}, "totals"),
        ({}, "totals"),
    ):
        assert publication_said(questionnaire, answers) == said
    questionnaire.anonymity = Anonymity.ANONYMOUS
    assert publication_said(questionnaire, {"one": "y"}) == "anonymous", "there is no name to publish"
    with pytest.raises(RuleBroken, match="same question"):
        describe("one=y", "kind=n")
    with pytest.raises(RuleBroken, match="cannot mean both"):
        describe("one=y", "one=y")
    describe("", "")
    assert questionnaire.publication_by == {}
    assert publication_said(questionnaire, {"one": "y"}) == "totals"
