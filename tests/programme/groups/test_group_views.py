"""Groups formed by hand: made, changed, put in order, removed, and served by members."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group, GroupRole
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.models import MeetingMode, Membership, Role

DESK = "/workshops/w/desk/breakouts"


@pytest.fixture
def breakout(company: Company) -> Session:
    session = make.session(
        workshop=company.workshop,
        format=Format.BREAKOUT,
        starts_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        ends_at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
    )
    db.session.add(session)
    db.session.commit()
    return session


def groups() -> list[Group]:
    return list(db.session.scalars(select(Group).order_by(Group.number)))


def form_group(as_: SignedIn, breakout: Session, topic: str = "Remittances", **typed: Any) -> TestResponse:
    data = {"session": breakout.id, "topic-en": topic, **typed}
    return as_("ana").fill(f"{DESK}/new", data, follow_redirects=True)


def seen_of(page: TestResponse) -> str:
    return page.text.split('name="seen" type="hidden" value="')[1].split('"')[0]


def test_the_desk_of_a_workshop_without_groups_leads_to_the_first(as_: SignedIn, company: Company) -> None:
    assert f'href="{DESK}/new"' in as_("ana").get(DESK).text
    assert f'href="{DESK}/new"' not in as_("eva").get(DESK).text
    page = as_("ana").get(f"{DESK}/new").text
    assert "Groups meet in a session of the format" in page
    assert "/desk/agenda/sessions/new" in page


def test_groups_are_formed_with_all_that_is_known_of_them(
    as_: SignedIn, client: FlaskClient, breakout: Session
) -> None:
    page = form_group(
        as_, breakout, room="Room A", seats="24", languages=["fr"], mode="chatham_house", start="10:30", end="12:00"
    )
    assert "The group is formed." in page.text
    form_group(as_, breakout, "Skills")
    one, two = groups()
    assert (one.number, two.number) == (1, 2)
    assert (one.room, one.seats, one.languages) == ("Room A", 24, ["fr"])
    assert one.starts_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert (mode_of(one), mode_of(two)) == (MeetingMode.CHATHAM_HOUSE, MeetingMode.ON_RECORD)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"topic-en": ""}, "Give the topic in at least one language."),
        ({"start": "10:00"}, "leave all three empty"),
        ({"start": "11:00", "end": "10:00"}, "must end after it starts"),
        ({"seats": "0"}, "Number must be"),
    ],
)
def test_what_does_not_fit_is_refused(as_: SignedIn, breakout: Session, typed: dict[str, Any], refusal: str) -> None:
    assert refusal in form_group(as_, breakout, **typed).text
    assert groups() == []


def test_a_group_is_changed_and_two_do_not_overwrite_each_other(as_: SignedIn, breakout: Session) -> None:
    form_group(as_, breakout)
    ana = as_("ana")
    first = seen_of(ana.get(f"{DESK}/1/edit"))
    ana.post(f"{DESK}/1/edit", data={"seen": first, "session": breakout.id, "topic-en": "Diasporas"})
    assert groups()[0].topic == Words(en="Diasporas")
    late = ana.post(f"{DESK}/1/edit", data={"seen": first, "session": breakout.id, "topic-en": "Late"})
    assert late.status_code == 409
    assert groups()[0].topic == Words(en="Diasporas")


def test_groups_change_places_until_something_is_noted(as_: SignedIn, breakout: Session, company: Company) -> None:
    form_group(as_, breakout, "First")
    form_group(as_, breakout, "Second")
    as_("ana").post(f"{DESK}/2/move?to=up")
    assert [group.topic["en"] for group in groups()] == ["Second", "First"]
    as_("ana").post(f"{DESK}/1/move?to=up")  # it is the first already
    db.session.add(make.point(group=groups()[0]))
    page = as_("ana").post(f"{DESK}/2/move?to=up", follow_redirects=True)
    assert "the groups keep their numbers" in page.text
    assert [group.topic["en"] for group in groups()] == ["Second", "First"]


def test_an_empty_group_is_removed_and_one_with_points_stays(as_: SignedIn, breakout: Session) -> None:
    form_group(as_, breakout, "First")
    form_group(as_, breakout, "Second")
    assert "cannot be undone" in as_("ana").get(f"{DESK}/1/remove").text
    as_("ana").post(f"{DESK}/1/remove")
    assert [group.number for group in groups()] == [2]
    db.session.add(make.point(group=groups()[0]))
    assert "cannot be removed: one point" in as_("ana").get(f"{DESK}/2/remove").text
    assert "cannot be removed" in as_("ana").post(f"{DESK}/2/remove", follow_redirects=True).text
    assert len(groups()) == 1


def test_a_member_serves_the_group_and_its_pages_open_for_her(
    as_: SignedIn, breakout: Session, company: Company
) -> None:
    form_group(as_, breakout)
    assert as_("ben").get("/workshops/w/breakouts/1/notes").status_code == 403
    data = {"member": company.ben.id, "part": "note_taker"}
    assert "Ben" in as_("ana").post(f"{DESK}/1/people", data=data, follow_redirects=True).text
    assert as_("ben").get("/workshops/w/breakouts/1/notes").status_code == 200
    roles = select(Membership.role).where(Membership.user_id == company.ben.id)
    assert set(db.session.scalars(roles)) == {Role.PARTICIPANT, Role.NOTE_TAKER}
    assert "is already note-taker" in as_("ana").post(f"{DESK}/1/people", data=data).text


def test_who_is_no_member_cannot_be_chosen(as_: SignedIn, breakout: Session, company: Company) -> None:
    form_group(as_, breakout)
    as_("ana").post(f"{DESK}/1/people", data={"member": company.dov.id, "part": "rapporteur"})
    assert db.session.scalars(select(GroupRole)).all() == []


def test_a_part_is_taken_away(as_: SignedIn, breakout: Session, company: Company) -> None:
    form_group(as_, breakout)
    as_("ana").post(f"{DESK}/1/people", data={"member": company.ben.id, "part": "moderator"})
    role = db.session.scalars(select(GroupRole)).one()
    assert role.role is Part.MODERATOR
    as_("ana").post(f"{DESK}/1/people/{role.id}/remove")
    assert db.session.scalars(select(GroupRole)).all() == []
