"""What the report says of who was there: as counted at the door and in the rooms, whatever was erased since."""

import pytest

from tests.cast import Company
from tests.conftest import SignedIn
from tests.deliberation.plenary.meeting import Met, saved
from tests.participation.registration.conftest import somebody
from workshop.deliberation.plenary.gathering import collect_material
from workshop.participation.attendance import rules
from workshop.participation.attendance.models import GroupHeadCount, HeadCount, Presence
from workshop.participation.attendance.rules import Sitting
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration.participation_counts import counts_of
from workshop.platform.db import db, now
from workshop.secretariat.register.models import Category


@pytest.fixture
def met(company: Company) -> Met:
    return saved(company.workshop)


def test_erasing_somebody_changes_no_figure_of_the_report(met: Met, as_: SignedIn) -> None:
    """The chapter on attendance says what the page of counts says."""
    people = [
        somebody(met.workshop, family_name=f"Sample {n}", email="", country="TUN", standing=ParticipantStatus.APPROVED)
        for n in range(3)
    ]
    db.session.add_all(people)
    db.session.flush()
    for each in people[:2]:
        db.session.add(rules.check_in(each, None, client_key=str(each.id), by=None, at=now()))
    db.session.commit()
    before = collect_material(db.session, met.workshop)
    assert (before.attended[Category.NGO], before.was_counted) == (2, True)
    as_("ana").post(f"/workshops/w/desk/participants/{people[0].id}/erase")
    db.session.expire_all()
    after = collect_material(db.session, met.workshop)
    assert after.attended == before.attended
    assert counts_of(db.session, met.workshop).total.present == 2


def test_people_in_groups_are_those_of_the_session_once_each_group_is_known(met: Met) -> None:
    """Counted or marked by name; what was counted in the room of the session itself comes first."""

    def in_room() -> dict[int, int]:
        db.session.commit()
        return dict(collect_material(db.session, met.workshop).in_room)

    first, second = met.groups
    who, other = (somebody(met.workshop, family_name=name, email="") for name in ("One", "Other"))
    db.session.add_all([GroupHeadCount(group=first, counts={"ngo": 4, "un": 1}), who, other])
    assert in_room() == {}, "nothing is said of the whole where a part is not known"
    for person, presence in ((who, Presence.PRESENT), (other, Presence.EXCUSED)):
        db.session.add(rules.attend(Sitting(met.breakouts, second), person, None, presence, at=now()))
    assert in_room() == {met.breakouts.id: 6}
    db.session.add(HeadCount(session=met.breakouts, counts={"ngo": 9}))
    assert in_room() == {met.breakouts.id: 9}
    db.session.add(rules.attend(Sitting(met.plenary), other, None, Presence.PRESENT, at=now()))
    assert in_room() == {met.breakouts.id: 9, met.plenary.id: 1}
