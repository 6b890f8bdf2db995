"""Badges, checking in and attendance, without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import factories as make
from workshop.participation.attendance import rules
from workshop.participation.attendance.badge_layout import LARGEST, SMALLEST, fitting_size, is_right_to_left
from workshop.participation.attendance.models import Presence
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.seats import Limits, Seating
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.errors import RuleBroken
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def person(**but: Any) -> Participant:
    values: dict[str, Any] = {"workshop": make.workshop(), "category": Category.NGO, "family_name": "Sample"}
    return Participant(**(values | {"standing": ParticipantStatus.APPROVED, "number": 7} | but))


def test_a_badge_replaced_is_void() -> None:
    who = person()
    first = rules.issue(who, [], at=AT)
    second = rules.issue(who, [first], at=AT + timedelta(hours=1))
    assert (first.voided_at, second.voided_at) == (AT + timedelta(hours=1), None)
    assert first.key != second.key
    with pytest.raises(RuleBroken, match="seat and a name"):
        rules.issue(person(standing=ParticipantStatus.WAITING), [], at=AT)


def test_the_earliest_moment_holds_whichever_desk_speaks_first() -> None:
    who = person()
    late = rules.check_in(who, None, client_key="b", by=2, at=AT + timedelta(minutes=5))
    assert rules.check_in(who, late, client_key="a", by=1, at=AT) is late
    assert (late.at, late.client_key) == (AT, "b")
    with pytest.raises(RuleBroken, match="no seat"):
        rules.check_in(person(standing=ParticipantStatus.REFUSED), None, client_key="c", by=1, at=AT)


def test_somebody_without_registration_comes_in_as_long_as_there_is_a_seat() -> None:
    first, second = (person(standing=ParticipantStatus.DRAFT, number=None) for _each in range(2))
    seating = Seating(Limits(workshop=1))
    rules.walk_in(first, seating, number=12, at=AT)
    assert (first.number, first.standing) == (12, ParticipantStatus.APPROVED)
    with pytest.raises(RuleBroken, match="no seat"):
        rules.walk_in(second, seating, number=13, at=AT)


def test_in_a_session_under_the_chatham_house_rule_nobody_is_named() -> None:
    session = make.session(mode=MeetingMode.CHATHAM_HOUSE)
    with pytest.raises(RuleBroken, match="not named"):
        rules.attend(rules.Sitting(session), person(), None, Presence.PRESENT, at=AT)
    open_session = make.session()
    kept = rules.attend(rules.Sitting(open_session), person(), None, Presence.ABSENT, at=AT)
    assert (
        rules.attend(rules.Sitting(open_session), person(), kept, Presence.PRESENT, at=AT).presence is Presence.PRESENT
    )


@pytest.mark.parametrize(
    ("number", "letters", "found"),
    [(7, "sam", True), (7, "SÄM", True), (8, "sam", False), (7, "sa", False), (7, "smi", False)],
)
def test_at_the_door_number_and_letters_must_fit(number: int, letters: str, found: bool) -> None:
    who = person()
    if found:
        assert rules.find_at_door(number, letters, [who]) is who
    else:
        with pytest.raises(RuleBroken, match="No badge"):
            rules.find_at_door(number, letters, [who])


def test_names_are_as_large_as_they_fit() -> None:
    assert fitting_size("Li") == LARGEST
    assert fitting_size("WOLFESCHLEGELSTEINHAUSENBERGERDORFF-SAMPLE") == SMALLEST
    assert SMALLEST < fitting_size("PAPADOPOULOS-SAMPLE") < LARGEST
    assert is_right_to_left("أمينة")
    assert not is_right_to_left("Amina")
