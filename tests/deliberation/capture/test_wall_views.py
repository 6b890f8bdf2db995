"""What each question got in each group, and the wall for the plenary."""

import pytest
from playwright.sync_api import Page

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from tests.deliberation.capture.test_views import add_group
from workshop.deliberation.capture.models import Point, PointKind
from workshop.platform.db import db
from workshop.programme.agenda.formats import Perspective
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import MeetingMode

COVERAGE, WALL = "/workshops/w/desk/breakouts/coverage", "/workshops/w/desk/breakouts/wall"


@pytest.fixture
def group(company: Company) -> Group:
    group = add_group(company, 2, servant=company.chi)
    other = add_group(company, 3)
    first = group.questions[0]
    db.session.add_all(
        [
            make.point(1, group=group, question=first, text="Roles first.", perspective=Perspective.ORIGIN),
            make.point(2, group=group, question=first, text="Money first.", kind=PointKind.DISAGREEMENT),
            make.point(3, group=group, question=first, text="Struck words.", struck_at=make.NOON),
            make.point(1, group=other, question=other.questions[0], text="Trust first."),
        ]
    )
    db.session.commit()
    return group


def test_the_table_counts_what_stands_and_shows_what_is_missing(as_: SignedIn, group: Group) -> None:
    eva = as_("eva")
    assert f'href="{COVERAGE}"' in eva.get("/workshops/w/desk/breakouts").text
    first, second = eva.get(COVERAGE).text.split("<tbody>")[1].split("Why?")
    assert ">2<span" in first
    assert ">1<span" in first
    assert second.count("nothing noted") == 2
    assert "no group has a point" in second


def test_silence_is_recorded_and_the_record_removed(as_: SignedIn, group: Group) -> None:
    chi, why = as_("chi"), group.questions[1].id
    chi.post(COVERAGE, data={"question": why})
    page = chi.get(COVERAGE).text
    assert (page.count("Remove the record"), page.count("nothing noted")) == (1, 1)
    chi.post(COVERAGE, data={"question": why})
    page = chi.get(COVERAGE).text
    assert (page.count("Remove the record"), page.count("nothing noted")) == (0, 2)


def test_the_wall_shows_the_points_of_all_groups_and_what_disagrees(as_: SignedIn, group: Group) -> None:
    page = as_("eva").get(WALL).text
    assert page.count("<h2>") == 2
    for said in ("Roles first.", "Money first.", "Trust first.", "Country of origin"):
        assert said in page
    assert "Struck words." not in page
    assert page.count('class="dissent"') == 1
    assert "No group has noted anything here yet." in page


def test_an_angle_is_not_on_the_wall_under_the_chatham_house_rule(as_: SignedIn, group: Group) -> None:
    group.mode = MeetingMode.CHATHAM_HOUSE
    assert "Country of origin" not in as_("eva").get(WALL).text
    group.mode = MeetingMode.ON_RECORD
    for point in db.session.scalars(db.select(Point)):
        point.mode = MeetingMode.CHATHAM_HOUSE
    assert "Country of origin" not in as_("eva").get(WALL).text


def test_an_unchanged_wall_is_not_sent_again(as_: SignedIn, group: Group) -> None:
    eva = as_("eva")
    tag = {"If-None-Match": eva.get(WALL).headers["ETag"]}
    with count_statements() as statements:
        assert eva.get(WALL, headers=tag).status_code == 304
    assert len(statements) <= 7
    as_("chi").post("/workshops/w/breakouts/2/points/1/strike")
    assert eva.get(WALL, headers=tag).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("eva", 200), ("ben", 403), ("dov", 404), ("nobody", 302)])
def test_who_sees_the_wall(as_: SignedIn, group: Group, who: str, status: int) -> None:
    for address in (COVERAGE, WALL):
        assert as_(who).get(address).status_code == status


def test_the_wall_can_be_read_by_everyone(page: Page, group: Group, sign_in_browser: SignInBrowser) -> None:
    sign_in_browser(page, "eva")
    page.goto(WALL)
    assert axe_faults(page) == []
    assert not sticks_out_of(page)
