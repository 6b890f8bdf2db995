"""Points of several groups put together, taken apart, taken back; and what the wall makes of it."""

import pytest
from playwright.sync_api import Page

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from tests.deliberation.capture.test_views import add_group
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.merging.models import ClusterPoint, MergeDecision
from workshop.platform.db import db

MERGING, WALL = "/workshops/w/desk/breakouts/merging", "/workshops/w/desk/breakouts/wall"


@pytest.fixture
def points(company: Company) -> list[Point]:
    group, other = add_group(company, 2, servant=company.chi), add_group(company, 3)
    rows = [
        make.point(1, group=group, question=group.questions[0], text="Registries of associations are missing."),
        make.point(2, group=group, question=group.questions[0], text="No, they exist.", kind=PointKind.DISAGREEMENT),
        make.point(1, group=other, question=other.questions[0], text="There is no registry of associations."),
    ]
    db.session.add_all(rows)
    db.session.commit()
    return rows


def together() -> list[set[int]]:
    db.session.expire_all()
    found: dict[int, set[int]] = {}
    for row in db.session.scalars(db.select(ClusterPoint)):
        found.setdefault(row.cluster_id, set()).add(row.point_id)
    return list(found.values())


def texts() -> list[str]:
    return [row.text for row in db.session.scalars(db.select(Point).order_by(Point.id))]


def test_similar_points_of_two_groups_are_suggested_merged_and_taken_back(as_: SignedIn, points: list[Point]) -> None:
    chi, before = as_("chi"), texts()
    ids = {points[0].id, points[2].id}
    assert "These use similar words" in chi.get(MERGING).text
    chi.post(f"{MERGING}/merge", data={"point": list(ids)})
    assert together() == [ids]
    page = chi.get(MERGING).text
    assert "These use similar words" not in page
    assert "2 points say the same." in page
    wall = chi.get(WALL).text
    assert "Also said:" in wall
    assert wall.index("Registries of associations") < wall.index("There is no registry") < wall.index("No, they exist.")
    (decision,) = db.session.scalars(db.select(MergeDecision)).all()
    chi.post(f"{MERGING}/undo", data={"decision": decision.id})
    assert together() == []
    assert "undone" in chi.get(MERGING).text
    assert texts() == before


def test_taking_out_of_a_cluster_is_taken_back_too(as_: SignedIn, points: list[Point]) -> None:
    ana, ids = as_("ana"), {row.id for row in points}
    ana.post(f"{MERGING}/merge", data={"point": list(ids)})
    assert together() == [], "one of them disagrees"
    ana.post(f"{MERGING}/merge", data={"point": list(ids), "reason": "Said by the same speaker."})
    assert together() == [ids]
    ana.post(f"{MERGING}/{points[1].id}/take-out")
    assert together() == [ids - {points[1].id}]
    last = db.session.scalars(db.select(MergeDecision.id).order_by(MergeDecision.id.desc())).first()
    ana.post(f"{MERGING}/undo", data={"decision": last})
    assert together() == [ids]
    page = ana.get(MERGING).text
    assert "Said by the same speaker." in page
    ana.post(f"{MERGING}/undo", data={"decision": last})
    assert together() == [ids], "a decision that somebody else took back already"


def test_the_wall_is_sent_again_once_points_are_merged(as_: SignedIn, points: list[Point]) -> None:
    eva = as_("eva")
    tag = {"If-None-Match": eva.get(WALL).headers["ETag"]}
    assert eva.get(WALL, headers=tag).status_code == 304
    eva.post(f"{MERGING}/merge", data={"point": [points[0].id, points[2].id]})
    assert eva.get(WALL, headers=tag).status_code == 200


def test_the_page_takes_the_same_statements_for_few_and_many(as_: SignedIn, points: list[Point]) -> None:
    ana = as_("ana")
    with count_statements() as few:
        ana.get(MERGING)
    group = points[0].group
    db.session.add_all(
        [make.point(n, group=group, question=group.questions[0], text=f"Point {n}") for n in range(5, 15)]
    )
    db.session.commit()
    with count_statements() as many:
        ana.get(MERGING)
    assert len(few) == len(many)


def test_the_page_can_be_used_by_everyone(page: Page, points: list[Point], sign_in_browser: SignInBrowser) -> None:
    sign_in_browser(page, "ana")
    page.goto(MERGING)
    assert axe_faults(page) == []
    assert not sticks_out_of(page)
