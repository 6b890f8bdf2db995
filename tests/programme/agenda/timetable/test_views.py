"""The timetable editor as organisers use it, on a real database."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.looking import matched, there
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Availability, Move, Room, Session
from workshop.programme.releases.models import Release
from workshop.secretariat.register.models import Person

DESK = "/workshops/w/desk/agenda"
TIMETABLE = f"{DESK}/timetable"
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # nine o'clock in Geneva
PART = {"X-Part": "timetable"}


@pytest.fixture
def rooms(company: Company) -> list[Room]:
    rows = [
        make.room(workshop=company.workshop, name=f"Room {name}", seats=seats, position=place)
        for place, (name, seats) in enumerate([("A", 50), ("B", None)], 1)
    ]
    db.session.add_all(rows)
    db.session.commit()
    return rows


@pytest.fixture
def sessions(company: Company, rooms: list[Room]) -> list[Session]:
    """On Monday at nine and at ten in Room A, at ten in Room B, and one without a time."""
    rows = [
        make.session(
            workshop=company.workshop,
            number=number,
            title=Words(en=f"Theme {number}"),
            format=Format.BREAKOUT,
            starts_at=NINE + timedelta(minutes=start),
            ends_at=NINE + timedelta(minutes=start + 60),
            room=room,
        )
        for number, start, room in ((1, 0, rooms[0]), (2, 60, rooms[0]), (3, 60, rooms[1]))
    ]
    rows.append(make.session(workshop=company.workshop, number=4, title=Words(en="Theme 4"), format=Format.BREAKOUT))
    db.session.add_all(rows)
    db.session.commit()
    return rows


def seen(session: Session) -> str:
    return f"{session.id}.{session.revision}"


def place(client: FlaskClient, session: Session, headers: dict[str, str] | None = None, **sent: Any) -> TestResponse:
    """Send a move of this session; `seen` is where it stands now unless the test says otherwise."""
    sent = {"seen": seen(session)} | sent
    return client.post(f"{DESK}/sessions/{session.number}/place", data=sent, headers=headers)


def clock(session: Session) -> str:
    """When a session begins and ends, as clocks in Geneva show it."""
    db.session.refresh(session)
    if session.starts_at is None:
        return "open"
    here = [at + timedelta(hours=1) for at in (session.starts_at, there(session.ends_at))]
    return f"{here[0]:%a %H:%M}–{here[1]:%H:%M}"


# the page


def places(page: str) -> list[tuple[int, ...]]:
    """Row, rows, track and tracks of each session, as the style sheet reads them."""
    found = re.findall(
        r'<li class="block[^>]*\sdata-row="(\d+)"\s+data-rows="(\d+)"\s+data-track="(\d+)"\s+data-tracks="(\d+)"', page
    )
    return [tuple(map(int, place)) for place in found]


def test_a_day_has_a_column_for_each_room_and_a_block_for_each_session(as_: SignedIn, sessions: list[Session]) -> None:
    page = as_("ana").get(TIMETABLE).text
    assert re.findall(r"<b><bdi>(.*?)</bdi></b>", page) == ["Room A", "Room B"]
    assert places(page) == [
        (13, 12, 1, 1),
        (25, 12, 1, 1),
        (25, 12, 2, 1),
    ]
    assert "09:00–10:00" in page
    assert "No time yet" in page
    assert page.index("Theme 3") < page.index("No time yet") < page.index("Theme 4")


def test_each_day_is_chosen_and_all_are_seen_together(as_: SignedIn, sessions: list[Session]) -> None:
    ana = as_("ana")
    assert "Theme 1" not in ana.get(f"{TIMETABLE}?day=2026-03-03").text
    both = ana.get(f"{TIMETABLE}?day=all").text
    assert re.findall(r'<h2 class="day" id="day-(.*?)">', both) == ["2026-03-02", "2026-03-03"]
    assert "Theme 1" in ana.get(f"{TIMETABLE}?day=1999-01-01").text


def test_sessions_at_once_in_one_room_stand_side_by_side(as_: SignedIn, sessions: list[Session]) -> None:
    sessions[2].room = sessions[1].room
    page = as_("ana").get(TIMETABLE).text
    assert places(page) == [
        (13, 12, 1, 2),
        (25, 12, 1, 1),
        (25, 12, 2, 1),
    ]
    assert "Session 2</a> and <a" in page
    assert "are both in Room A at the same time." in page


def test_the_people_of_a_session_are_named_those_who_preside_first(as_: SignedIn, sessions: list[Session]) -> None:
    speaking = [make.appearance(person=make.person(given_name="Ada", family_name=f"Sample {n}")) for n in range(5)]
    chair = make.appearance(person=make.person(given_name="Cy", family_name="Chair"), part=Part.CHAIR)
    sessions[0].appearances = [*speaking, chair]
    page = as_("ana").get(TIMETABLE).text
    names = re.search(r'<p class="names">(.*?)</p>', page, re.DOTALL)
    assert names
    assert re.findall(r"<bdi>(.*?)</bdi>", names[1]) == ["Cy Chair", "Ada Sample 0", "Ada Sample 1", "Ada Sample 2"]
    assert "and 2 more" in names[1]


def test_an_empty_timetable_says_what_to_do(as_: SignedIn, company: Company) -> None:
    assert "No sessions yet." in as_("ana").get(TIMETABLE).text


@pytest.mark.parametrize("length", [1, 3])
def test_the_page_takes_a_fixed_number_of_statements(
    as_: SignedIn, company: Company, rooms: list[Room], length: int
) -> None:
    for number in range(1, length + 1):
        row = make.session(
            workshop=company.workshop,
            number=number,
            starts_at=NINE,
            ends_at=NINE + timedelta(hours=1),
            room=rooms[0],
            format=Format.PANEL,
            items=[make.item(minutes=90)],
        )
        house = make.organisation()
        row.appearances = [make.appearance(item=row.items[0], organisation=house) for _ in range(length + 1)]
        db.session.add(row)
        person = row.appearances[0].person
        db.session.add(Availability(workshop=company.workshop, person=person, starts_at=NINE, ends_at=NINE))
    ana = as_("ana")
    ana.get(TIMETABLE)
    with count_statements() as statements:
        ana.get(TIMETABLE)
    assert len(statements) == 8


def test_a_script_in_a_name_is_text(as_: SignedIn, sessions: list[Session], rooms: list[Room]) -> None:
    evil = "<script>alert(1)</script>"
    rooms[0].name, sessions[0].title = evil, Words(en=evil)
    person = make.person(family_name=evil)
    for session in sessions[1:3]:
        session.appearances = [make.appearance(person=person)]
    ana = as_("ana")
    for address in (TIMETABLE, f"{TIMETABLE}?move=1", f"{DESK}/rooms", f"{DESK}/rooms/{rooms[0].id}"):
        assert evil not in ana.get(address).text
    assert evil not in place(ana, sessions[0], step="later").text
    assert "is needed in" in ana.get(TIMETABLE).text


# place_session


def test_the_form_moves_a_session_to_another_day_room_and_length(
    as_: SignedIn, sessions: list[Session], rooms: list[Room]
) -> None:
    ana = as_("ana")
    page = ana.get(f"{TIMETABLE}?move=1").text
    assert '<option selected value="2026-03-02">' in page
    assert 'value="60"' in page
    answer = place(ana, sessions[0], day="2026-03-03", start="14:00", minutes="75", room=str(rooms[1].id), then="stay")
    assert clock(sessions[0]) == "Tue 14:00–15:15"
    assert (sessions[0].room, sessions[0].revision) == (rooms[1], 2)
    page = ana.get(answer.location).text
    assert "Session 1 is now on Tuesday 3 March, 14:00–15:15, in Room B." in page
    assert "day=2026-03-03" in answer.location
    assert clock(sessions[1]) == "Mon 10:00–11:00"


@pytest.mark.parametrize(
    ("then", "times"),
    [
        ("stay", ["Mon 09:30–10:30", "Mon 10:00–11:00", "Mon 10:00–11:00"]),
        ("along", ["Mon 09:30–10:30", "Mon 10:30–11:30", "Mon 10:00–11:00"]),
        ("day", ["Mon 09:30–10:30", "Mon 10:30–11:30", "Mon 10:30–11:30"]),
    ],
)
def test_what_follows_stays_or_moves_along(
    as_: SignedIn, sessions: list[Session], rooms: list[Room], then: str, times: list[str]
) -> None:
    ana = as_("ana")
    answer = place(ana, sessions[0], day="2026-03-02", start="09:30", room=str(rooms[0].id), then=then)
    assert [clock(session) for session in sessions[:3]] == times
    told = {"stay": "", "along": "One other session moved along.", "day": "2 other sessions moved along."}[then]
    assert ("moved along." in ana.get(answer.location).text) == bool(told)
    assert told in ana.get(answer.location).text


@pytest.mark.parametrize(
    ("step", "time", "room"),
    [
        ("earlier", "Mon 08:55–09:55", "Room A"),
        ("later", "Mon 09:05–10:05", "Room A"),
        ("room_after", "Mon 09:00–10:00", "Room B"),
        ("day_after", "Tue 09:00–10:00", "Room A"),
        ("out", "open", "Room A"),
    ],
)
def test_a_button_moves_by_one_step(as_: SignedIn, sessions: list[Session], step: str, time: str, room: str) -> None:
    ana = as_("ana")
    assert f'value="{step}"' in ana.get(TIMETABLE).text
    place(ana, sessions[0], step=step)
    assert (clock(sessions[0]), there(sessions[0].room).name) == (time, room)


def test_a_step_that_leads_nowhere_has_no_button_and_is_refused(as_: SignedIn, sessions: list[Session]) -> None:
    ana = as_("ana")
    assert 'value="day_before"' not in ana.get(TIMETABLE).text
    assert "outside the dates of the workshop" in place(ana, sessions[0], step="day_before").text
    assert "already in that place" in place(ana, sessions[0], step="room_before").text
    assert clock(sessions[0]) == "Mon 09:00–10:00"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"start": "23:30"}, "Session 1 would run past midnight."),
        ({"start": "soon"}, "Not a valid time value"),
        ({"start": ""}, "Give the day and the start"),
        ({"room": "99"}, "Not a valid choice"),
        ({"minutes": "3"}, "between 5 and 720"),
        ({"day": "2026-03-09"}, "Not a valid choice"),
    ],
)
def test_a_refused_move_keeps_what_was_typed(
    as_: SignedIn, sessions: list[Session], fault: dict[str, str], said: str
) -> None:
    sent: dict[str, Any] = {"day": "2026-03-03", "start": "14:00", "minutes": "70", "room": "", "then": "along"} | fault
    page = place(as_("ana"), sessions[0], **sent).text
    assert "<title>Error:" in page
    assert said in page
    assert ('value="70"' in page) == ("minutes" not in fault)
    assert clock(sessions[0]) == "Mon 09:00–10:00"
    assert db.session.scalars(db.select(Move)).all() == []


def test_undo_puts_everything_back_and_can_be_undone_itself(as_: SignedIn, sessions: list[Session]) -> None:
    ana = as_("ana")
    answer = place(ana, sessions[0], step="later", then="day")
    page = ana.get(answer.location).text
    undo = matched(r'action="(/workshops/w/desk/agenda/timetable/moves/[^"]+/undo)"', page)[1]
    answer = ana.post(undo)
    assert [clock(each) for each in sessions[:3]] == ["Mon 09:00–10:00", "Mon 10:00–11:00", "Mon 10:00–11:00"]
    assert [each.revision for each in sessions[:3]] == [3, 3, 3]
    assert "Session 1 is now on Monday 2 March, 09:00–10:00" in ana.get(answer.location).text
    assert "was changed again after that move" in ana.get(ana.post(undo).location).text
    redo = matched(r"moved=([\w-]+)", answer.location)[1]
    ana.post(f"{TIMETABLE}/moves/{redo}/undo")
    assert clock(sessions[0]) == "Mon 09:05–10:05"


def test_a_move_of_another_workshop_is_not_found(as_: SignedIn, company: Company, sessions: list[Session]) -> None:
    move = Move(workshop=company.other_workshop, at=NINE, who=None, before=[])
    db.session.add(move)
    db.session.commit()
    assert as_("ana").post(f"{TIMETABLE}/moves/{move.key}/undo").status_code == 404


def test_a_script_gets_the_part_of_the_page_that_changed(as_: SignedIn, sessions: list[Session]) -> None:
    answer = place(as_("ana"), sessions[0], headers=PART, step="later", shown="2026-03-02")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Session 1 is now on Monday 2 March, 09:05–10:05, in Room A." in answer.text
    assert 'data-start="545"' in answer.text


def test_a_session_brought_in_from_the_list_pushes_what_follows(
    as_: SignedIn, sessions: list[Session], rooms: list[Room]
) -> None:
    sessions[3].items = [make.item(minutes=20)]
    place(as_("ana"), sessions[3], day="2026-03-02", start="10:00", room=str(rooms[0].id), then="along")
    assert clock(sessions[3]) == "Mon 10:00–10:20"
    assert clock(sessions[1]) == "Mon 10:20–11:20"


# two people at once


def test_a_stale_move_is_refused_with_what_it_is_now_and_nothing_is_lost(
    as_: SignedIn, sessions: list[Session], rooms: list[Room]
) -> None:
    before = seen(sessions[0])
    place(as_("ana"), sessions[0], day="2026-03-03", start="08:00", room="", then="stay")
    wish: dict[str, Any] = {
        "day": "2026-03-02",
        "start": "15:00",
        "room": str(rooms[1].id),
        "then": "along",
        "minutes": "50",
    }
    answer = place(as_("ana"), sessions[0], seen=before, **wish)
    assert answer.status_code == 409
    assert "Someone else changed this session while you were moving it." in answer.text
    assert "It is now on Tuesday 3 March, 08:00–09:00." in answer.text
    assert "It has no room." in answer.text
    assert clock(sessions[0]) == "Tue 08:00–09:00"
    kept = answer.text.split('id="move"')[1].split("</section>")[0]
    assert 'value="15:00"' in kept
    assert '<option selected value="2026-03-02">' in kept
    assert 'value="50"' in kept
    again = matched(r'name="seen" value="([\d.]+)"', kept)[1]
    place(as_("ana"), sessions[0], seen=again, **wish)
    assert clock(sessions[0]) == "Mon 15:00–15:50"


def test_a_move_and_a_text_at_once_are_both_kept(as_: SignedIn, sessions: list[Session]) -> None:
    """The one who writes sees that the session moved; the one who moves sees that its text changed."""
    ana, one = as_("ana"), f"{DESK}/sessions/1"
    text = {
        "seen": "1",
        "title-en": "New title",
        "format": "breakout",
        "day": "2026-03-02",
        "start": "09:00",
        "end": "10:00",
        "room": "Room A",
    }
    place(ana, sessions[0], step="later")
    answer = ana.post(one, data=text)
    assert answer.status_code == 409
    assert "09:05" in answer.text
    assert ana.post(one, data=text | {"seen": "2", "take.start": "theirs", "take.end": "theirs"}).status_code == 302
    assert (clock(sessions[0]), sessions[0].title) == ("Mon 09:05–10:05", {"en": "New title"})
    assert place(ana, sessions[0], seen=f"{sessions[0].id}.2", step="later").status_code == 409


def test_sessions_that_traded_numbers_meanwhile_are_not_mistaken(as_: SignedIn, sessions: list[Session]) -> None:
    ana = as_("ana")
    ana.post(f"{DESK}/sessions/1/move?to=down")
    db.session.expire_all()
    ana.post(f"{DESK}/sessions/1/place?seen={seen(sessions[0])}", data={"step": "later"})
    assert (clock(sessions[0]), clock(sessions[1])) == ("Mon 09:05–10:05", "Mon 10:00–11:00")


def test_of_four_who_move_at_the_same_moment_one_wins_and_three_are_told(
    as_: SignedIn, app: Flask, sessions: list[Session]
) -> None:
    def move(number: int) -> int:
        with app.app_context():
            sent = {"seen": before, "day": "2026-03-03", "start": f"1{number}:00", "room": ""}
            return anas[number].post(f"{DESK}/sessions/1/place", data=sent).status_code

    anas, before = [as_("ana") for _ in range(4)], seen(sessions[0])
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(move, range(4)))
    assert sorted(answers) == [302, 409, 409, 409]
    assert clock(sessions[0]).startswith(f"Tue 1{answers.index(302)}:00")


# place_new_session


def test_a_new_session_is_in_the_timetable_at_once(as_: SignedIn, sessions: list[Session], rooms: list[Room]) -> None:
    sent = {
        "new-title-fr": "Thème 5",
        "new-format": "panel",
        "new-day": "2026-03-03",
        "new-start": "11:00",
        "new-minutes": "90",
        "new-room": str(rooms[0].id),
    }
    answer = as_("ana").post(f"{TIMETABLE}/new", data=sent)
    assert answer.location == f"{TIMETABLE}?day=2026-03-03#session-5"
    row = db.session.scalars(db.select(Session).where(Session.number == 5)).one()
    assert (clock(row), row.room, row.format, row.title) == (
        "Tue 11:00–12:30",
        rooms[0],
        Format.PANEL,
        {"fr": "Thème 5"},
    )


def test_a_session_like_another_begins_after_it(as_: SignedIn, sessions: list[Session]) -> None:
    sessions[1].subtitle, sessions[1].interpreted = Words(en="In two parts"), True
    ana = as_("ana")
    page = ana.get(f"{TIMETABLE}?like=2").text
    assert 'value="11:00"' in page
    assert "Theme 2</textarea>" in page
    sent = {"new-title-en": "Theme 2, continued", "new-format": "breakout", "new-like": "2", "new-minutes": "30"}
    ana.post(f"{TIMETABLE}/new", data=sent)
    row = db.session.scalars(db.select(Session).where(Session.number == 5)).one()
    assert (row.subtitle, row.interpreted, clock(row)) == ({"en": "In two parts"}, True, "open")


def test_a_refused_new_session_keeps_what_was_typed(as_: SignedIn, sessions: list[Session]) -> None:
    sent = {
        "new-title-en": "",
        "new-title-es": "",
        "new-day": "2026-03-03",
        "new-start": "23:50",
        "new-format": "panel",
    }
    page = as_("ana").post(f"{TIMETABLE}/new", data=sent).text
    assert "Give the session a title" in page
    page = as_("ana").post(f"{TIMETABLE}/new", data=sent | {"new-title-es": "Alianzas"}).text
    assert "Session 5 would run past midnight." in page
    assert "Alianzas</textarea>" in page
    assert len(db.session.scalars(db.select(Session)).all()) == 4


# clashes


def block(company: Company, *rules: str) -> None:
    company.workshop.clash_levels = dict.fromkeys(rules, "block")
    db.session.commit()


def test_clashes_are_sentences_with_links_on_the_timetable_and_a_count_on_the_agenda(
    as_: SignedIn, sessions: list[Session]
) -> None:
    person = make.person(given_name="Ines", family_name="Twice (synthetic)")
    for session in sessions[1:3]:
        session.appearances = [make.appearance(person=person)]
    ana = as_("ana")
    page = ana.get(TIMETABLE).text
    two, three = (f'<a href="{DESK}/sessions/{number}">Session {number}</a>' for number in (2, 3))
    assert f"<bdi>Ines Twice (synthetic)</bdi> is needed in {two} and in {three} at the same time." in page
    assert f'href="{TIMETABLE}#clashes"><span class="state warn">1 clash</span></a>' in ana.get(DESK).text


def test_a_session_without_a_chair_is_a_gap_and_no_clash(as_: SignedIn, sessions: list[Session]) -> None:
    sessions[1].format = Format.PLENARY
    db.session.commit()
    ana = as_("ana")
    desk, page = ana.get(DESK).text, ana.get(TIMETABLE).text
    assert f'href="{TIMETABLE}#clashes"><span class="state warn">1 gap</span></a>' in desk
    assert "1 clash" not in desk + page
    assert '<a class="mark" href="#clashes">1 gap</a>' in page
    assert 'Clashes and gaps <span class="quiet">(1)</span>' in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"interpreted": True, "ends_at": datetime(2026, 3, 2, 12, 30, tzinfo=UTC)},
            "is interpreted and runs past 13:00, when the interpreters leave.",
        ),
        ({"expected": 51}, "expects 51 people, but Room A has 50 seats."),
        ({"format": Format.PANEL}, "has no chair or moderator."),
        (
            {"starts_at": datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "ends_at": datetime(2026, 3, 1, 9, 0, tzinfo=UTC)},
            "is outside the days of the workshop.",
        ),
    ],
)
def test_each_clash_is_a_full_sentence(
    as_: SignedIn, sessions: list[Session], change: dict[str, Any], said: str
) -> None:
    for name, value in change.items():
        setattr(sessions[0], name, value)
    assert f"Session 1</a> {said}" in as_("ana").get(TIMETABLE).text


def test_more_sentences(as_: SignedIn, company: Company, sessions: list[Session]) -> None:
    company.workshop.interpreter_teams = 1
    sessions[1].interpreted = sessions[2].interpreted = True
    sessions[0].items = [make.item(minutes=45), make.item(position=2, minutes=16)]
    sessions[0].format, house = Format.PANEL, make.organisation()
    people = [make.person(family_name=f"{name} (synthetic)") for name in ("One", "Two")]
    sessions[0].appearances = [make.appearance(person=who, organisation=house, part=Part.PANELLIST) for who in people]
    sessions[0].appearances.append(make.appearance(person=make.person(family_name="Chair"), part=Part.CHAIR))
    late = NINE + timedelta(hours=3)
    db.session.add(
        Availability(workshop=company.workshop, person=people[0], starts_at=late, ends_at=late + timedelta(hours=1))
    )
    page = re.sub(r"</?(a|bdi)\b[^>]*>", "", as_("ana").get(TIMETABLE).text)
    assert "Interpreted at the same time: Session 2, Session 3. Teams of interpreters: 1." in page
    assert "The items of Session 1 take 61 minutes; the session lasts 60." in page
    assert "61 of 60 minutes" in page
    assert "All who speak on the panel of Session 1 come from Office of Examples." in page
    assert "Ines One (synthetic) is in Session 1, but cannot be there then." in page
    for who in sessions[0].appearances[:2]:
        who.organisation, who.country = None, "KEN"
    page = re.sub(r"</?(a|bdi)\b[^>]*>", "", as_("ana").get(TIMETABLE).text)
    assert "come from one regional group: African States." in page


def test_a_long_list_of_clashes_is_shortened_until_asked_for(as_: SignedIn, company: Company) -> None:
    db.session.add_all(make.session(workshop=company.workshop, number=number) for number in range(1, 53))
    ana = as_("ana")
    page = ana.get(TIMETABLE).text
    assert page.count("has no chair or moderator.") == 50
    assert "Show 2 more</a>" in page
    assert ana.get(f"{TIMETABLE}?clashes=all").text.count("has no chair or moderator.") == 52


def test_what_blocks_refuses_the_move_that_would_make_it(
    as_: SignedIn, company: Company, sessions: list[Session]
) -> None:
    block(company, "room_twice")
    ana = as_("ana")
    page = place(ana, sessions[0], step="later").text
    assert "Not saved, because this workshop does not allow this: Session 1 and Session 2 are both in Room A" in page
    assert clock(sessions[0]) == "Mon 09:00–10:00"
    place(ana, sessions[0], step="later", then="along")
    assert clock(sessions[0]) == "Mon 09:05–10:05"


def test_what_was_there_before_does_not_block(as_: SignedIn, company: Company, sessions: list[Session]) -> None:
    sessions[2].room = sessions[1].room
    block(company, "room_twice")
    ana = as_("ana")
    place(ana, sessions[1], step="later")
    assert clock(sessions[1]) == "Mon 10:05–11:05"


def test_an_undo_is_checked_as_well(as_: SignedIn, company: Company, sessions: list[Session]) -> None:
    ana = as_("ana")
    key = matched(r"moved=([\w-]+)", place(ana, sessions[0], step="out").location)[1]
    place(ana, sessions[1], step="earlier")
    block(company, "room_twice")
    answer = ana.post(f"{TIMETABLE}/moves/{key}/undo")
    assert "this workshop does not allow this" in ana.get(answer.location).text
    assert "this workshop does not allow this" in ana.post(f"{TIMETABLE}/moves/{key}/undo", headers=PART).text
    assert clock(sessions[0]) == "open"


def test_what_blocks_refuses_a_saved_session_item_and_person(
    as_: SignedIn, company: Company, sessions: list[Session]
) -> None:
    person = make.person(given_name="Ines", family_name="Twice (synthetic)")
    sessions[1].appearances, sessions[0].items = [make.appearance(person=person)], [make.item()]
    block(company, "room_twice", "over_length", "person_twice")
    ana, one = as_("ana"), f"{DESK}/sessions/1"
    sent = {
        "seen": "1",
        "title-en": "New title",
        "format": "breakout",
        "day": "2026-03-02",
        "start": "09:30",
        "end": "10:30",
        "room": "Room A",
    }
    page = ana.post(one, data=sent).text
    assert "this workshop does not allow this" in page
    assert "New title</textarea>" in page
    page = ana.post(f"{DESK}/sessions/new", data=sent | {"title-en": "Another"}).text
    assert "this workshop does not allow this" in page
    new = {
        "new-title-en": "Another",
        "new-format": "breakout",
        "new-day": "2026-03-02",
        "new-start": "09:30",
        "new-minutes": "60",
        "new-room": str(sessions[0].room_id),
    }
    assert "this workshop does not allow this" in ana.post(f"{TIMETABLE}/new", data=new).text
    page = ana.get(f"{one}/items/{sessions[0].items[0].id}").text
    item = {
        "seen": page.split('name="seen" type="hidden" value="')[1].split('"')[0],
        "title-en": "A talk",
        "minutes": "61",
    }
    page = ana.post(f"{one}/items/{sessions[0].items[0].id}", data=item).text
    assert "take 61 minutes; the session lasts 60." in page
    who = {"given_name": "Ines", "family_name": "Twice (synthetic)", "part": "speaker", "item": "", "country": ""}
    page = ana.post(f"{DESK}/sessions/3/people/new", data=who).text
    assert "is needed in Session 2 and in Session 3 at the same time." in page
    db.session.expire_all()
    assert (sessions[0].title, clock(sessions[0]), sessions[0].items[0].minutes) == (
        {"en": "Theme 1"},
        "Mon 09:00–10:00",
        None,
    )
    assert sessions[2].appearances == []
    assert len(db.session.scalars(db.select(Session)).all()) == 4
    assert ana.post(one, data=sent | {"start": "08:30", "end": "09:30"}).status_code == 302


def test_what_blocks_stops_publishing_and_is_named(as_: SignedIn, company: Company, sessions: list[Session]) -> None:
    sessions[2].room = sessions[1].room
    block(company, "room_twice")
    ana = as_("ana")
    assert "blocks publishing" in ana.get(TIMETABLE).text
    ana.fill(f"{DESK}/publish")
    page = ana.get(DESK).text
    assert "Not published, because this workshop does not allow this:" in page
    assert "are both in Room A at the same time." in page
    assert db.session.scalars(db.select(Release)).all() == []
    company.workshop.clash_levels = {"room_twice": "warn"}
    ana.fill(f"{DESK}/publish")
    assert len(db.session.scalars(db.select(Release)).all()) == 1


# settings


def test_settings_are_kept_and_obeyed(as_: SignedIn, company: Company, sessions: list[Session]) -> None:
    sessions[2].room = sessions[1].room
    ana = as_("ana")
    page = ana.get(f"{TIMETABLE}/settings").text
    assert 'value="13:00, 18:00"' in page
    first = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    levels = dict.fromkeys(re.findall(r'name="(\w+)" type="radio"', page), "warn") | {"room_twice": "ignore"}
    sent = {"seen": first, "interpreter_teams": "2", "hard_stops": "12.30; 9:15 18h00", **levels}
    assert ana.post(f"{TIMETABLE}/settings", data=sent).location == f"{TIMETABLE}#clashes"
    assert company.workshop.hard_stops == ["09:15", "12:30", "18:00"]
    assert (company.workshop.interpreter_teams, company.workshop.clash_levels["room_twice"]) == (2, "ignore")
    assert "No clashes and no gaps." in ana.get(TIMETABLE).text
    assert ana.post(f"{TIMETABLE}/settings", data=sent | {"interpreter_teams": "5"}).status_code == 409


def test_a_hard_stop_must_be_a_time_of_day(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    page = ana.get(f"{TIMETABLE}/settings").text
    first = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    page = ana.post(
        f"{TIMETABLE}/settings", data={"seen": first, "hard_stops": "13:00, 25:00", "room_twice": "block"}
    ).text
    assert "“25:00” is not a time of day such as 13:00." in page
    assert company.workshop.hard_stops == ["13:00", "18:00"]
    assert company.workshop.clash_levels == {}


# rooms


def test_rooms_are_added_renamed_ordered_and_removed(as_: SignedIn, company: Company) -> None:
    ana, address = as_("ana"), f"{DESK}/rooms"
    assert "No rooms yet." in ana.get(address).text
    for name, seats in (("Room B", "30"), ("Room A", "")):
        assert ana.post(address, data={"name": name, "seats": seats}).location == address
    first, second = db.session.scalars(db.select(Room).order_by(Room.position)).all()
    assert [(room.name, room.seats, room.position) for room in (first, second)] == [
        ("Room B", 30, 1),
        ("Room A", None, 2),
    ]
    ana.post(f"{address}/{second.id}/move?to=up")
    assert re.findall(r"<bdi>(Room \w)</bdi>", ana.get(address).text) == ["Room A", "Room B"]
    page = ana.get(f"{address}/{first.id}").text
    seen_room = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    ana.post(f"{address}/{first.id}", data={"name": "Plenary hall", "seats": "220", "seen": seen_room})
    db.session.refresh(first)
    assert (first.name, first.seats) == ("Plenary hall", 220)
    assert ana.post(f"{address}/{first.id}", data={"name": "Hall", "seen": seen_room}).status_code == 409
    ana.post(f"{address}/{second.id}/remove")
    assert db.session.scalars(db.select(Room.name)).all() == ["Plenary hall"]
    assert "remove room" in db.session.scalars(db.select(AuditEntry.verb)).all()


def test_a_room_in_use_stays(as_: SignedIn, sessions: list[Session], rooms: list[Room]) -> None:
    ana = as_("ana")
    assert f"/rooms/{rooms[0].id}/remove" not in ana.get(f"{DESK}/rooms").text
    ana.post(f"{DESK}/rooms/{rooms[0].id}/remove")
    assert "The room is in use." in ana.get(f"{DESK}/rooms").text
    assert len(db.session.scalars(db.select(Room)).all()) == 2


def test_no_two_rooms_have_one_name(as_: SignedIn, rooms: list[Room]) -> None:
    page = as_("ana").post(f"{DESK}/rooms", data={"name": "ROOM A"}).text
    assert "A room with that name already exists." in page
    page = as_("ana").get(f"{DESK}/rooms/{rooms[1].id}").text
    seen_room = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    page = as_("ana").post(f"{DESK}/rooms/{rooms[1].id}", data={"name": "room a", "seen": seen_room}).text
    assert "A room with that name already exists." in page


def test_a_room_of_another_workshop_is_not_found(as_: SignedIn, company: Company) -> None:
    other = make.room(workshop=company.other_workshop)
    db.session.add(other)
    db.session.commit()
    ana = as_("ana")
    for address in ("", "/move", "/remove"):
        assert ana.post(f"{DESK}/rooms/{other.id}{address}", data={"name": "Mine"}).status_code == 404


# the session's own form


def test_expected_people_and_interpretation_are_written_on_the_session(as_: SignedIn, sessions: list[Session]) -> None:
    sent = {
        "seen": "1",
        "title-en": "Theme 1",
        "format": "breakout",
        "day": "2026-03-02",
        "start": "09:00",
        "end": "10:00",
        "room": "Room A",
        "expected": "80",
        "interpreted": "y",
    }
    ana = as_("ana")
    ana.post(f"{DESK}/sessions/1", data=sent)
    db.session.refresh(sessions[0])
    assert (sessions[0].expected, sessions[0].interpreted) == (80, True)
    page = ana.get(TIMETABLE).text
    assert "interpreted · 80 expected" in page
    assert "expects 80 people, but Room A has 50 seats." in page


def test_items_add_up_against_the_length_of_the_session(as_: SignedIn, sessions: list[Session]) -> None:
    sessions[0].items = [make.item(minutes=30), make.item(position=2, minutes=25), make.item(position=3)]
    sessions[3].items = [make.item(minutes=1)]
    ana = as_("ana")
    page = ana.get(f"{DESK}/sessions/1/items").text
    assert "55 of 60 minutes" in page
    assert "1 item without minutes" in page
    assert "1 minute</span>" in ana.get(f"{DESK}/sessions/4/items").text
    assert "55 of 60 minutes" in ana.get(TIMETABLE).text


def test_the_days_of_the_workshop_may_change_under_its_sessions(
    as_: SignedIn, company: Company, sessions: list[Session]
) -> None:
    company.workshop.starts_on = company.workshop.ends_on = date(2026, 3, 3)
    page = as_("ana").get(TIMETABLE).text
    assert page.count("is outside the days of the workshop.") == 3
    assert "Monday 2 March" in page


def test_people_of_the_register_are_named_once(as_: SignedIn, sessions: list[Session]) -> None:
    """Nobody appears twice in one session's clash, however many parts they have."""
    person = make.person(family_name="Twice (synthetic)")
    for session in sessions[1:3]:
        session.appearances = [make.appearance(person=person, part=part) for part in (Part.SPEAKER, Part.CHAIR)]
    assert as_("ana").get(TIMETABLE).text.count("is needed in") == 1
    assert len(db.session.scalars(db.select(Person)).all()) == 1
