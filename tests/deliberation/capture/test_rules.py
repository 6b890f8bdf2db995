from datetime import timedelta
from typing import Any, TypeVar

import pytest

from tests import factories as make
from tests.factories import NOON
from workshop.deliberation.capture import rules
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.capture.places import Place
from workshop.programme.agenda.formats import Part
from workshop.programme.groups import rules as groups_rules
from workshop.programme.groups.models import Group, GroupRole
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode, Role

Row = TypeVar("Row", Group, User)


@pytest.fixture
def chi() -> User:
    return numbered(make.user("chi"), 3)


@pytest.fixture
def group() -> Group:
    workshop = make.workshop(mode=MeetingMode.CHATHAM_HOUSE)
    questions = [make.group_question("What works?"), make.group_question("Why?", position=2)]
    return numbered(make.group(workshop=workshop, session=make.session(workshop=workshop), questions=questions), 7)


def numbered(row: Row, number: int) -> Row:
    """A row as if it had been saved under that id."""
    row.id = number
    return row


def served(group: Group, user: User, part: Part, *, of: int | None = None) -> GroupRole:
    servant = make.servant(group=group, user=user, role=part)
    servant.group_id, servant.user_id = of or group.id, user.id
    return servant


# who may note


@pytest.mark.parametrize("part", [Part.MODERATOR, Part.RAPPORTEUR, Part.NOTE_TAKER])
def test_whoever_serves_the_group_may_note(group: Group, chi: User, part: Part) -> None:
    assert rules.may_note(Place(group), [served(group, chi, part)], {Role.PARTICIPANT}, chi)


def test_a_rapporteur_of_another_group_may_not_note(group: Group, chi: User) -> None:
    assert not rules.may_note(Place(group), [served(group, chi, Part.RAPPORTEUR, of=8)], {Role.RAPPORTEUR}, chi)


def test_somebody_elses_service_does_not_count(group: Group, chi: User) -> None:
    servants = [served(group, numbered(make.user("ben"), 2), Part.RAPPORTEUR)]
    assert not rules.may_note(Place(group), servants, {Role.RAPPORTEUR}, chi)


def test_a_discussant_does_not_note(group: Group, chi: User) -> None:
    assert not rules.may_note(Place(group), [served(group, chi, Part.DISCUSSANT)], {Role.CHAIR}, chi)


def test_an_organiser_may_note_everywhere(group: Group, chi: User) -> None:
    assert rules.may_note(Place(group), [], {Role.ORGANISER}, chi)


# the meeting mode


def test_the_mode_is_that_of_the_workshop_unless_the_session_has_its_own(group: Group) -> None:
    assert groups_rules.mode_of(group) is MeetingMode.CHATHAM_HOUSE
    group.session.mode = MeetingMode.ON_RECORD
    assert groups_rules.mode_of(group) is MeetingMode.ON_RECORD


# noting


def said(**but: str) -> dict[str, Any]:
    values = {
        "kind": PointKind.ISSUE,
        "text": "No office answers.",
        "language": "en",
        "voices": 2,
        "client_key": "a" * 16,
    }
    return values | but


def test_a_point_keeps_what_was_said_and_no_name(group: Group, chi: User) -> None:
    point = rules.note(Place(group), group.questions[1], number=4, by=chi, at=NOON, **said())
    assert (point.number, point.question, point.text, point.voices) == (4, group.questions[1], "No office answers.", 2)
    assert (point.label, point.noted_at, point.struck_at) == ("2.4", NOON, None)
    assert not {"name", "speaker", "person", "who"} & set(Point.__table__.c.keys())


def test_the_same_form_sent_twice_has_the_same_key(group: Group, chi: User) -> None:
    first, second = (rules.note(Place(group), None, number=n, by=chi, at=NOON, **said()) for n in (1, 2))
    assert first.client_key == second.client_key


@pytest.mark.parametrize("change", [{"text": "Another point."}, {"client_key": "b" * 16}])
def test_other_words_in_an_old_form_are_another_point(group: Group, chi: User, change: dict[str, str]) -> None:
    first = rules.note(Place(group), None, number=1, by=chi, at=NOON, **said())
    assert rules.note(Place(group), None, number=2, by=chi, at=NOON, **said(**change)).client_key != first.client_key


def test_the_same_words_under_another_question_are_another_point(group: Group) -> None:
    assert rules.key_of("k", group.questions[0], "x") != rules.key_of("k", group.questions[1], "x")


# striking


def test_striking_twice_keeps_the_first_time(group: Group) -> None:
    point = make.point(group=group)
    rules.strike(point, at=NOON)
    rules.strike(point, at=NOON + timedelta(hours=1))
    assert point.struck_at == NOON
    rules.unstrike(point)
    assert point.struck_at is None


# reading


def test_points_stand_under_their_question_and_the_rest_comes_last(group: Group) -> None:
    first, second = group.questions
    points = [
        make.point(1, question=second),
        make.point(2),
        make.point(3, question=first),
        make.point(4, question=first),
    ]
    assert rules.under_questions(Place(group), points) == [
        (first, [points[2], points[3]]),
        (second, [points[0]]),
        (None, [points[1]]),
    ]


def test_only_standing_points_count() -> None:
    points = [make.point(1), make.point(2), make.point(3, struck_at=NOON), make.point(4, kind=PointKind.ISSUE)]
    assert list(rules.count_points(points).items()) == [(PointKind.ISSUE, 1), (PointKind.PRACTICE, 2)]


def test_a_question_is_found_by_its_position(group: Group) -> None:
    assert groups_rules.question_at(group, 2) is group.questions[1]
    assert groups_rules.question_at(group, 0) is None
