"""Who changed what and when: written down by itself, told in words, narrowed, handed out as a table."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import event

from tests import factories as make
from tests.programme.speakers.conftest import meeting, place_of
from workshop.platform.db import Words, db
from workshop.platform.i18n import on_day
from workshop.programme.agenda.models import Session
from workshop.secretariat.activity.models import Actor, Change, Verb
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Membership, Role

__all__ = ["meeting"]
DESK = "/workshops/w/desk/activity"
ROOMS = "/workshops/w/desk/agenda/rooms"


def changes(**conditions: Any) -> list[Change]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Change).filter_by(**conditions).order_by(Change.id)))


@pytest.fixture
def renamed(meeting: Any, as_: Any) -> Any:
    """Ana has given the session another title."""
    page = f"/workshops/w/desk/agenda/sessions/{meeting.session.number}"
    answer = as_("ana").fill(page, {"title-en": "Cities", "title-fr": "Villes", "format": "plenary", "mode": ""})
    assert answer.status_code == 302
    return meeting.session


def test_a_change_is_told_with_before_and_after(company: Any, as_: Any, renamed: Any) -> None:
    (change,) = changes(kind="session", verb=Verb.CHANGED)
    assert (change.who_id, change.actor, change.workshop_id) == (company.ana.id, Actor.PERSON, company.workshop.id)
    assert change.before["title"] == {"en": "Partnerships"}
    assert change.after["title"] == {"en": "Cities", "fr": "Villes"}
    page = as_("ana").get(DESK).text
    assert "changed: Session <bdi>1: Cities</bdi>" in page
    assert "Partnerships" in page
    assert "Ana" in page


def test_what_was_added_and_removed_is_told_too(as_: Any, meeting: Any) -> None:
    ana = as_("ana")
    assert ana.post(ROOMS, data={"name": "Room XIV", "seats": "40"}).status_code == 302
    (added,) = changes(kind="room")
    assert (added.verb, added.after["name"], added.after["seats"]) == (Verb.ADDED, "Room XIV", 40)
    ana.post(f"{ROOMS}/{added.row}/remove")
    added, removed = changes(kind="room")
    assert (removed.verb, removed.before["name"], removed.after) == (Verb.REMOVED, "Room XIV", {})
    page = ana.get(f"{DESK}?kind=room").text
    assert "added: Room <bdi>Room XIV</bdi>" in page
    assert "removed: Room <bdi>Room XIV</bdi>" in page


def test_a_part_is_told_with_its_whole(as_: Any, meeting: Any) -> None:
    who = place_of(meeting.ines)
    as_("ana").post(f"/workshops/w/desk/agenda/sessions/1/people/{who.id}/remove")
    (removed,) = changes(kind="appearance", verb=Verb.REMOVED)
    assert (removed.object_kind, removed.object_row) == ("session", meeting.session.id)
    assert removed.object_name == {"en": "1: Partnerships"}
    page = as_("ana").get(f"{DESK}?object=session-{meeting.session.id}").text
    assert "Ines Synthetic" in page
    assert "Partnerships" in page


def test_it_is_narrowed_by_kind_person_day_and_thing(as_: Any, company: Any, renamed: Any) -> None:
    ana = as_("ana")
    told = "changed: Session"
    for fits in ("kind=session", f"who={company.ana.id}", f"object=session-{renamed.id}"):
        assert told in ana.get(f"{DESK}?{fits}").text, fits
    day = on_day(changes(kind="session", verb=Verb.CHANGED)[0].at, company.workshop.zone).isoformat()
    assert told in ana.get(f"{DESK}?day={day}").text
    for fits_not in ("kind=room", f"who={company.ben.id}", "who=link", "day=2001-01-01", "object=session-999999"):
        assert told not in ana.get(f"{DESK}?{fits_not}").text, fits_not
    for nonsense in ("who=x", "day=9999-99-99", "day=9999-12-31", "object=-", "before=²", "who=99999999999999999999"):
        assert ana.get(f"{DESK}?{nonsense}").status_code == 200, nonsense


def test_it_comes_in_pages(as_: Any, company: Any) -> None:
    db.session.add_all([make.room(workshop=company.workshop, name=f"Room {number}") for number in range(60)])
    db.session.commit()
    ana = as_("ana")
    first = ana.get(f"{DESK}?kind=room").text
    assert (first.count("added: Room"), 'rel="next"' in first) == (25, True)
    eleventh = changes(kind="room")[10].id
    rest = ana.get(f"{DESK}?kind=room&before={eleventh}").text
    assert (rest.count("added: Room"), 'rel="next"' in rest) == (10, False)


def test_a_thing_with_a_number_used_before_begins_anew(as_: Any, company: Any) -> None:
    gone = make.room(workshop=company.workshop, name="Room of old")
    db.session.add(gone)
    db.session.commit()
    number = gone.id
    db.session.delete(gone)
    db.session.commit()
    another = make.room(workshop=company.workshop, name="Room of now")
    another.id = number
    db.session.add(another)
    db.session.commit()
    page = as_("ana").get(f"{DESK}?object=room-{number}").text
    assert "Room of now" in page
    assert "Room of old" not in page


def test_the_table_holds_every_difference_and_no_formula(as_: Any, company: Any, renamed: Any) -> None:
    db.session.add(make.room(workshop=company.workshop, name="\u3000=HYPERLINK(1)"))
    db.session.commit()
    answer = as_("ana").get(f"{DESK}.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert ["Ana", "changed", "Session", "1: Cities", "", "Title", "en: Partnerships", "en: Cities; fr: Villes"] in [
        row[1:] for row in rows
    ]
    assert "'\u3000=HYPERLINK(1)" in [row[4] for row in rows]


def test_who_has_left_is_a_former_member(as_: Any, company: Any, meeting: Any) -> None:
    cato = make.user("cato")
    db.session.add_all([cato, Membership(user=cato, workshop=company.workshop, role=Role.ORGANISER)])
    db.session.commit()
    client = as_("nobody").sign_in_as(cato)
    client.post(ROOMS, data={"name": "Room XIV", "seats": ""})
    assert "Cato" in as_("ana").get(DESK).text
    db.session.delete(cato)
    db.session.commit()
    page = as_("ana").get(DESK).text
    assert "Cato" not in page
    assert "<b><bdi>A former member</bdi></b>" in page
    assert "Member <bdi></bdi> (<bdi>A former member</bdi>)" in page


def test_another_workshop_and_what_nobody_may_read_stay_out(as_: Any, company: Any, meeting: Any) -> None:
    db.session.add(make.room(workshop=company.other_workshop, name="Secret room"))
    db.session.commit()
    assert "Secret room" not in as_("ana").get(DESK).text
    assert "Secret room" in as_("oto").get("/workshops/other/desk/activity").text
    number = changes(kind="room")[0].row
    assert "Secret room" not in as_("ana").get(f"{DESK}?object=room-{number}").text


def test_acts_on_the_register_are_told_where_they_were_done(as_: Any, company: Any, meeting: Any) -> None:
    office = place_of(meeting.ines).organisation
    assert office
    page = f"/workshops/w/desk/organisations/{office.id}"
    ana = as_("ana")
    assert ana.fill(page, {"name-en": "Office of Examples", "category": "un", "country": "CHE"}).status_code == 302
    ana.post(f"{page}/aliases", data={"alias": "OEX"})
    told = [(change.kind, change.verb, change.workshop_id) for change in changes(object_kind="organisation")]
    here = company.workshop.id
    assert told == [
        ("organisation", Verb.ADDED, here),
        ("organisation", Verb.CHANGED, here),
        ("organisation_alias", Verb.ADDED, here),
    ]
    history = ana.get(f"{DESK}?object=organisation-{office.id}").text
    assert str(Category.UN.label) in history
    assert "OEX" in history
    assert "changed: Organisation" in ana.get(DESK).text


def test_an_account_and_its_roles_may_go_in_one_breath(company: Any) -> None:
    (role,) = db.session.scalars(db.select(Membership).where(Membership.user_id == company.ben.id))
    number = role.id
    db.session.delete(role)
    db.session.delete(company.ben)
    db.session.commit()
    (removed,) = changes(kind="membership", row=number, verb=Verb.REMOVED)
    assert removed.about_id is None


def test_it_goes_with_the_workshop(company: Any, meeting: Any) -> None:
    from workshop.secretariat.settings.removal import erasing

    assert changes(workshop_id=company.workshop.id)
    for statement in erasing(company.workshop):
        db.session.execute(statement)
    db.session.commit()
    assert changes(kind="session") == []


def test_what_is_undone_is_not_told(company: Any) -> None:
    db.session.add(make.room(workshop=company.workshop, name="Never there"))
    db.session.flush()
    db.session.rollback()
    db.session.add(make.room(workshop=company.workshop, name="There"))
    db.session.commit()
    assert [change.after["name"] for change in changes(kind="room")] == ["There"]


def test_it_costs_one_statement_a_flush_and_none_for_reading(as_: Any, company: Any) -> None:
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        db.session.add_all([make.room(workshop=company.workshop, name=f"Room {number}") for number in range(20)])
        db.session.commit()
        assert len([each for each in said if "INSERT INTO change" in each]) == 1
        said.clear()
        assert as_("ana").get("/workshops/w/desk/agenda").status_code == 200
        assert [each for each in said if "change" in each.partition("WHERE")[0].split()] == []
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def test_times_and_enums_read_as_on_any_page(as_: Any, company: Any, meeting: Any) -> None:
    session = db.session.scalars(db.select(Session)).one()
    session.ends_at = make.NOON.replace(year=2090, hour=11)
    company.workshop.title = Words(en="Another title")
    db.session.commit()
    page = as_("ana").get(DESK).text
    assert "2 March 2090, 12:00" in page
    assert "Plenary" in page
    assert "Another title" in page
    assert "A workshop on something" in page  # although nobody had read it before it was replaced
    assert "The program" in page


def test_moves_past_the_session_are_told_as_well(as_: Any, company: Any, meeting: Any) -> None:
    db.session.add(make.session(workshop=company.workshop, number=2, title=Words(en="Closing")))
    db.session.commit()
    ana = as_("ana")
    ana.post("/workshops/w/desk/agenda/sessions/2/move?to=up")
    told = [(change.before, change.after) for change in changes(kind="session", verb=Verb.CHANGED)]
    assert told == [({"number": 2}, {"number": 1}), ({"number": 1}, {"number": 2})]
    seen = f"{meeting.session.id}.1"
    place = {"seen": seen, "day": "2090-03-03", "start": "10:00", "minutes": "60", "room": "", "then": "stay"}
    assert ana.post("/workshops/w/desk/agenda/sessions/2/place", data=place).status_code == 302
    moved = changes(kind="session", verb=Verb.CHANGED)[-1]
    assert (moved.row, moved.after["starts_at"]) == (meeting.session.id, "2090-03-03T09:00:00+00:00")
    assert moved.who_id == company.ana.id
