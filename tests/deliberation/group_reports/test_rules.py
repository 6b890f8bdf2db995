"""The rules of the group report and of its draft: no database."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests import factories as make
from tests.factories import NOON
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.group_reports import report_draft, rules
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Strength
from workshop.platform.errors import RuleBroken
from workshop.platform.three_way import merge
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import Role


@pytest.fixture
def group() -> Group:
    workshop = make.workshop()
    questions = [make.group_question("What works?"), make.group_question("Why?", position=2)]
    return make.group(workshop=workshop, session=make.session(workshop=workshop), questions=questions)


@pytest.fixture
def points(group: Group) -> list[Point]:
    """Points 2.1 to 2.3 with one, three and four voices."""
    return [make.point(n, group=group, question=group.questions[0], voices=v) for n, v in ((1, 1), (2, 3), (3, 4))]


@pytest.fixture
def report(group: Group) -> GroupReport:
    return make.group_report(group=group, headcount={"ngo": 8, "state_member": 10})


def fields(report: GroupReport) -> list[str | None]:
    return [fault.field for fault in rules.faults(report)]


def key(report: GroupReport, points: list[Point], **but: Any) -> KeyPoint:
    key_point = make.key_point(question=report.group.questions[0], points=points, **but)
    report.key_points.append(key_point)
    return key_point


# who writes it


@pytest.mark.parametrize(
    ("part", "roles", "may"),
    [
        (Part.RAPPORTEUR, {Role.RAPPORTEUR}, True),
        (Part.NOTE_TAKER, {Role.RAPPORTEUR}, False),
        (Part.MODERATOR, {Role.CHAIR}, False),
        (Part.NOTE_TAKER, {Role.ORGANISER}, True),
    ],
)
def test_the_rapporteur_of_the_group_and_organisers_write_the_report(
    group: Group, part: Part, roles: set[Role], may: bool
) -> None:
    chi = make.user("chi")
    group.id, chi.id = 7, 3
    servant = make.servant(group=group, user=chi, role=part)
    servant.group_id, servant.user_id = 7, 3
    assert rules.may_report(group, [servant], roles, chi) is may


# strength words come from counts


@pytest.mark.parametrize(
    ("voices", "headcount", "word"),
    [
        (0, 18, Strength.ONE),
        (1, 18, Strength.ONE),
        (2, 18, Strength.SOME),
        (3, 18, Strength.SOME),
        (4, 18, Strength.SEVERAL),
        (5, 18, Strength.SEVERAL),
        (6, 18, Strength.MANY),
        (9, 18, Strength.MANY),
        (10, 18, Strength.MOST),
        (25, 18, Strength.MOST),
        (3, 4, Strength.SOME),
        (40, 0, Strength.SEVERAL),
    ],
)
def test_the_strongest_word_that_voices_carry(voices: int, headcount: int, word: Strength) -> None:
    assert rules.strongest(voices, headcount) is word


def test_struck_points_have_no_voice(points: list[Point]) -> None:
    assert rules.voices_behind(points) == 8
    points[2].struck_at = NOON
    assert rules.voices_behind(points) == 4


def test_a_word_may_be_weaker_than_the_count_but_not_stronger(report: GroupReport, points: list[Point]) -> None:
    key_point = key(report, points, strength=Strength.MANY)
    assert fields(report) == []
    key_point.strength = Strength.MOST
    assert fields(report) == ["key_points-0-strength"]
    key_point.strength = Strength.SOME
    assert fields(report) == []


def test_a_share_needs_a_headcount(report: GroupReport, points: list[Point]) -> None:
    key(report, points, strength=Strength.MANY)
    report.headcount = {}
    (fault,) = rules.faults(report)
    assert (fault.field, "headcount" in str(fault.message)) == ("key_points-0-strength", True)


def test_general_agreement_needs_the_question_asked(report: GroupReport, points: list[Point]) -> None:
    key_point = key(report, points[:1], strength=Strength.GENERAL_AGREEMENT)
    assert fields(report) == ["key_points-0-nobody_objected"]
    key_point.nobody_objected = True
    assert fields(report) == []


# what stands between a draft and a signature


def test_the_lens_is_mandatory(report: GroupReport) -> None:
    report.lens_national = report.lens_multilateral = ""
    assert fields(report) == ["lens_national", "lens_multilateral"]
    report.multilateral_not_discussed = True
    assert fields(report) == ["lens_national"]
    with pytest.raises(RuleBroken) as refusal:
        rules.sign_off(report, Part.RAPPORTEUR, by=make.user("chi"), at=NOON)
    assert refusal.value.field == "lens_national"
    assert report.signed_at is None


def test_a_complete_report_is_signed_and_reopened(report: GroupReport) -> None:
    chi = make.user("chi")
    chi.id = 3
    rules.sign_off(report, Part.RAPPORTEUR, by=chi, at=NOON)
    assert (report.signed_at, report.signed_by) == (NOON, 3)
    rules.reopen(report)
    assert (report.signed_at, report.signed_by, report.lens_national) == (None, None, "One office answers.")


def test_a_key_point_rests_on_points_that_stand(report: GroupReport, points: list[Point]) -> None:
    key(report, [], strength=Strength.MOST)
    key(report, points)
    points[1].struck_at = NOON
    faults = rules.faults(report)
    assert [fault.field for fault in faults] == ["key_points-0-points", "key_points-1-points"]
    assert "2.2" in str(faults[1].message)


def test_limits_of_length_and_number(report: GroupReport, points: list[Point], group: Group) -> None:
    key(report, points, text="x" * 301)
    for _n in range(5):
        key(report, points, text="x" * 300)
    report.practices = [make.practice(why="x" * 301)]
    report.recommendations = [make.recommendation() for _n in range(6)]
    report.lessons = ["Lesson"] * 4
    report.differences = "x" * 1201
    assert fields(report) == [
        "differences",
        "key_points-0-text",
        "key_points-5-text",
        "practices-0-why",
        "lessons-3-text",
        "recommendations-5-action",
    ]


def test_five_key_points_under_each_question_are_fine(report: GroupReport, points: list[Point], group: Group) -> None:
    for question in group.questions:
        report.key_points += [make.key_point(question=question, points=points) for _n in range(5)]
    assert fields(report) == []


def test_a_recommendation_says_what_and_to_whom(report: GroupReport) -> None:
    report.recommendations = [make.recommendation("", addressee=""), make.recommendation()]
    assert fields(report) == ["recommendations-0-action", "recommendations-0-addressee"]


def test_a_practice_has_a_title(report: GroupReport) -> None:
    report.practices = [make.practice("", place="A port city")]
    assert fields(report) == ["practices-0-title"]


def test_a_line_is_quoted_only_with_consent(report: GroupReport) -> None:
    report.quotable = "We were never asked."
    assert fields(report) == ["quotable_consent"]
    report.quotable_consent = True
    assert fields(report) == []


def test_people_stand_in_the_order_of_protocol(report: GroupReport) -> None:
    assert [(category.value, count) for category, count in rules.people_by_category(report)] == [
        ("state_member", 10),
        ("ngo", 8),
    ]


# the draft: flat data, and back


def saved(report: GroupReport) -> GroupReport:
    """The report as if its rows had been saved under the ids 1, 2, 3 …"""
    parts: tuple[list[Any], ...] = (report.key_points, report.practices, report.recommendations)
    for part in parts:
        for number, row in enumerate(part, 1):
            row.id = number
    return report


def filled(report: GroupReport, points: list[Point], group: Group) -> GroupReport:
    key(report, points[:2], perspective=Perspective.ORIGIN, strength=Strength.SOME)
    report.key_points.append(make.key_point("Because of trust.", question=group.questions[1], points=points[2:]))
    report.practices = [make.practice(place="A port city")]
    report.recommendations = [make.recommendation(question=group.questions[1])]
    report.lessons = ["Begin early."]
    return saved(report)


def test_writing_back_what_was_read_changes_nothing(report: GroupReport, points: list[Point], group: Group) -> None:
    before = report_draft.flat(filled(report, points, group))
    rows = [list(part) for part in (report.key_points, report.practices, report.recommendations)]
    report_draft.write(report, before, points, at=NOON)
    assert report_draft.flat(report) == before
    assert rows == [list(part) for part in (report.key_points, report.practices, report.recommendations)]


def row_of_key_point(**but: Any) -> dict[str, Any]:
    values = {
        "id": None,
        "question": 1,
        "text": "New",
        "kind": "lesson",
        "perspective": "",
        "strength": "",
        "nobody_objected": False,
        "points": [2],
    }
    return {f"key_points-0-{name}": value for name, value in (values | but).items()}


def test_a_new_row_takes_the_word_its_points_support(report: GroupReport, points: list[Point]) -> None:
    report_draft.write(report, report_draft.flat(report) | row_of_key_point(points=[2, 3]), points, at=NOON)
    (key_point,) = report.key_points
    assert (key_point.strength, key_point.kind, key_point.points) == (Strength.MANY, PointKind.LESSON, points[1:])


def test_a_known_row_keeps_its_identity_and_an_emptied_one_goes(
    report: GroupReport, points: list[Point], group: Group
) -> None:
    first, second = filled(report, points, group).key_points
    data = report_draft.flat(report) | {"key_points-0-text": "", "key_points-1-text": "Because of time."}
    report_draft.write(report, data, points, at=NOON)
    assert report.key_points == [second]
    assert (second.text, second.position, first in report.key_points) == ("Because of time.", 1, False)


def test_a_row_the_form_did_not_show_is_left_alone(report: GroupReport, points: list[Point], group: Group) -> None:
    data = report_draft.flat(report)
    filled(report, points, group)
    report_draft.write(report, data, points, at=NOON)
    assert [row.text for row in report.key_points] == ["Written roles help.", "Because of trust."]
    assert (len(report.practices), len(report.recommendations), report.lessons) == (1, 1, ["Begin early."])


def test_a_row_removed_meanwhile_comes_back_when_saved(report: GroupReport, points: list[Point]) -> None:
    report_draft.write(report, report_draft.flat(report) | row_of_key_point(id=99), points, at=NOON)
    assert [row.text for row in report.key_points] == ["New"]


def test_key_points_stand_in_the_order_of_their_questions(
    report: GroupReport, points: list[Point], group: Group
) -> None:
    filled(report, points, group)
    data = report_draft.flat(report) | {f"key_points-2-{k.split('-')[2]}": v for k, v in row_of_key_point().items()}
    report_draft.write(report, data, points, at=NOON)
    assert [(row.position, row.question.position, row.text) for row in report.key_points] == [
        (1, 1, "Written roles help."),
        (2, 1, "New"),
        (3, 2, "Because of trust."),
    ]


def test_empty_rows_are_offered_until_a_part_is_full(report: GroupReport, points: list[Point], group: Group) -> None:
    report.key_points += [make.key_point(question=group.questions[0], points=points) for _n in range(5)]
    report.lessons = ["a", "b", "c"]
    data = report_draft.with_empty_rows(group, report_draft.flat(report))
    assert report_draft.rows_of(data) == {"key_points": 6, "practices": 1, "recommendations": 1, "lessons": 3}
    assert data["key_points-5-question"] == 2


def test_the_number_of_rows_is_bounded() -> None:
    assert report_draft.rows_of({"lessons-999999999-text": "", "lessons-x-text": "", "key_points-1-id": ""}) == {
        "key_points": 2,
        "practices": 0,
        "recommendations": 0,
        "lessons": 60,
    }


# two versions side by side


def held_beside(mine: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What `merge` would ask about, where nothing tells what the form was opened from."""
    _merged, conflicts = merge(None, report_draft.nested(stored), report_draft.nested(mine))
    return {each.path: each.theirs for each in conflicts}


def test_equal_versions_do_not_clash(report: GroupReport, points: list[Point], group: Group) -> None:
    data = report_draft.flat(filled(report, points, group))
    assert held_beside(data, data) == {}


def test_a_clash_names_my_field_and_what_is_stored(report: GroupReport, points: list[Point], group: Group) -> None:
    mine = report_draft.flat(filled(report, points, group)) | {"lens_national": "Mine", "key_points-0-text": "Mine too"}
    stored = report_draft.flat(report) | {"headcount-ngo": 9}
    mine["headcount-ngo"] = 8
    assert held_beside(mine, stored) == {
        "lens_national": "One office answers.",
        "key_points-0-text": "Written roles help.",
        "headcount-ngo": 9,
    }


def test_rows_are_matched_by_id_not_by_place(report: GroupReport, points: list[Point], group: Group) -> None:
    mine = report_draft.flat(filled(report, points, group))
    report.key_points.reverse()
    assert held_beside(mine, report_draft.flat(report)) == {}


def test_a_new_row_of_mine_stands_beside_theirs_and_is_not_stored_twice(
    report: GroupReport, points: list[Point], group: Group
) -> None:
    mine = report_draft.flat(report) | row_of_key_point()
    assert [row["text"] for row in merged_key_points(mine, report)] == [mine["key_points-0-text"]]
    key(report, points[1:2], text="Other").id = 5
    assert [row["text"] for row in merged_key_points(mine, report)] == ["Other", "New"]
    key(report, points[1:2], text="New", kind=PointKind.LESSON).id = 6
    assert [row["text"] for row in merged_key_points(mine, report)] == ["Other", "New"]


def merged_key_points(mine: Mapping[str, Any], report: GroupReport) -> Any:
    merged, conflicts = merge(None, report_draft.nested(report_draft.flat(report)), report_draft.nested(mine))
    assert conflicts == []
    return merged["key_points"]
