"""When a snapshot may be taken, read and published."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import factories as make
from tests.consultation.findings.test_freezing import Given, definition
from workshop.consultation.findings import rules
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Role


def taken(count: int, *earlier: Snapshot) -> Snapshot:
    return rules.take(
        make.version(nothing()),
        definition(),
        [Given({"one": "y"})] * count,
        earlier=earlier,
        number=len(earlier) + 1,
        title=Words(en="R"),
        caveat=Words(en="C"),
        at=make.NOON,
    )


@pytest.fixture(autouse=True)
def in_english(built_app: Flask) -> Iterator[None]:
    """Refusals are written in the language of whoever reads them."""
    with built_app.test_request_context():
        yield


def test_take_from_five_answers_on() -> None:
    with pytest.raises(RuleBroken, match="Answers submitted so far: 4"):
        taken(4)
    assert taken(5).responses == 5


def test_take_holds_back_what_differs_by_a_few_answers_from_what_others_have_seen() -> None:
    first = taken(20)
    assert [taken(count, first).held_back for count in (16, 20, 24, 25, 15)] == [True, True, True, False, False]


def test_take_compares_with_what_others_can_see_only() -> None:
    first = taken(20)
    second = taken(23, first)
    assert second.held_back
    assert not taken(26, first, second).held_back


def test_take_keeps_a_questionnaire_with_a_sensitive_question_further_apart() -> None:
    from dataclasses import replace

    asked = definition()
    (section,) = asked.sections
    sensitive = replace(section, questions=(replace(section.questions[0], sensitive=True), *section.questions[1:]))
    assert (rules.fewest_new_answers(asked), rules.fewest_new_answers(replace(asked, sections=(sensitive,)))) == (5, 10)


def test_publish_counts_as_a_change_in_public() -> None:
    snapshot = taken(20)
    workshop = snapshot.version.questionnaire.workshop
    before = workshop.version
    rules.publish(snapshot)
    assert (snapshot.published, workshop.version) == (True, before + 1)
    rules.unpublish(snapshot)
    assert (snapshot.published, workshop.version) == (False, before + 2)


def test_publish_refuses_what_is_held_back() -> None:
    snapshot = taken(22, taken(20))
    with pytest.raises(RuleBroken, match="the answers of the few people"):
        rules.publish(snapshot)
    assert not snapshot.published


@pytest.mark.parametrize(
    ("roles", "open_one", "held_back_one"),
    [
        ({Role.ORGANISER}, True, True),
        ({Role.CHAIR}, True, False),
        ({Role.RAPPORTEUR, Role.PARTICIPANT}, True, False),
        ({Role.PARTICIPANT, Role.FOCAL_POINT, Role.NOTE_TAKER}, False, False),
    ],
)
def test_may_read(roles: set[Role], open_one: bool, held_back_one: bool) -> None:
    first = taken(20)
    assert (rules.may_read(first, roles), rules.may_read(taken(21, first), roles)) == (open_one, held_back_one)
