"""Attendance of sessions: counted, by name, by the code on the door; never a name under the Chatham House Rule."""

import io
import re

import docx
import openpyxl
import pytest
from sqlalchemy import select

from tests import factories as make
from tests.conftest import CheckedClient, Press, SignedIn
from tests.fetching import fetched
from tests.participation.attendance.conftest import DESK
from tests.participation.delegations.conftest import KEY, Invited
from tests.participation.registration.listing.test_list_views import LIST
from workshop.deliberation.plenary.gathering import collect_material
from workshop.participation.attendance import badge_print, rules
from workshop.participation.attendance.models import BadgePrint, HeadCount, SessionAttendance
from workshop.participation.attendance.tasks import render
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.official import letter_print
from workshop.platform.db import Words, db, now
from workshop.platform.i18n import on_day
from workshop.platform.mail import Message
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import MeetingMode


@pytest.fixture
def session(invited: Invited) -> Session:
    row = make.session(workshop=invited.workshop)
    db.session.add(row)
    db.session.commit()
    return row


def opened(client: CheckedClient, page: str) -> str:
    """What the list of names says it was opened from."""
    marks: list[str] = re.findall(r'name="opened" value="([^"]*)"', client.get(page).text)
    return marks[-1]


def test_heads_are_counted_and_names_marked(seated: list[Participant], session: Session, as_: SignedIn) -> None:
    ana, page = as_("ana"), f"{DESK}/attendance/1"
    assert ana.fill(page, data={"count_ngo": "4", "count_un": ""}).status_code == 302
    assert db.session.scalars(select(HeadCount)).one().counts == {"ngo": 4}
    marks = {f"p{seated[0].id}": "present", f"p{seated[1].id}": "excused", f"p{seated[2].id}": "nonsense"}
    assert ana.post(f"{page}/names", data=marks).status_code == 428, "it does not say which marks it was changed from"
    assert ana.post(f"{page}/names", data=marks | {"opened": opened(ana, page)}).status_code == 302
    kept = {each.participant_id: each.presence.value for each in db.session.scalars(select(SessionAttendance))}
    assert kept == {seated[0].id: "present", seated[1].id: "excused"}
    now, colleague = opened(ana, page), opened(as_("ana"), page)
    ana.post(f"{page}/names", data={f"p{seated[1].id}": "present", "opened": now})
    third = {f"p{seated[0].id}": "present", f"p{seated[1].id}": "excused", f"p{seated[2].id}": "absent"}
    as_("ana").post(f"{page}/names", data=third | {"opened": colleague})
    db.session.expire_all()
    kept = {each.participant_id: each.presence.value for each in db.session.scalars(select(SessionAttendance))}
    assert kept == {seated[1].id: "present", seated[2].id: "absent"}, "what a colleague did not touch stays"
    assert "4" in ana.get(f"{DESK}/attendance").text


def test_without_a_session_the_page_says_where_to_begin(invited: Invited, as_: SignedIn) -> None:
    page = as_("ana").get(f"{DESK}/attendance").text
    assert "There is no session on the agenda yet." in page
    assert "<table" not in page


def test_by_the_code_on_the_door(
    seated: list[Participant], session: Session, as_: SignedIn, client: CheckedClient
) -> None:
    ana = as_("ana")
    sign = ana.post(f"{DESK}/attendance/1/door").text
    door = re.search(r"https://meeting\.example(/door/[\w-]+)", sign)
    assert door is not None
    assert "No badge" in client.post(door[1], data={"number": "1", "letters": "xyz"}).text
    assert client.post(door[1], data={"number": "1", "letters": "aba"}).status_code == 302
    assert db.session.scalars(select(SessionAttendance)).one().participant_id == seated[0].id
    assert "ÁBALOS" not in client.get(door[1]).text
    ana.post(f"{DESK}/attendance/1/door/close")
    assert client.get(door[1]).status_code == 404


def test_a_group_is_counted_and_marked_apart_and_nobody_is_in_two(
    seated: list[Participant], session: Session, as_: SignedIn, client: CheckedClient
) -> None:
    """Names where the mode of the group lets anybody be named, whatever that of its session says."""
    for number, mode in ((1, None), (2, None), (3, MeetingMode.CHATHAM_HOUSE)):
        group = Group(workshop=session.workshop, session=session, number=number, topic=Words(en=f"Topic {number}"))
        group.mode = mode
        db.session.add(group)
    db.session.commit()
    ana, pages = as_("ana"), [f"{DESK}/attendance/1/groups/{number}" for number in (1, 2, 3)]
    assert ana.fill(pages[1], data={"count_ngo": "7"}).status_code == 302
    mark = {f"p{seated[0].id}": "present", "opened": opened(ana, pages[0])}
    assert ana.post(f"{pages[0]}/names", data=mark).status_code == 302
    assert "ÁBALOS" not in ana.get(pages[1]).text
    assert "not named" in ana.get(pages[2]).text
    assert "ABEL" not in ana.get(pages[2]).text
    sign = ana.post(f"{pages[1]}/door").text
    door = re.search(r"https://meeting\.example(/door/[\w-]+)", sign)
    assert door is not None
    assert "Topic 2" in client.get(door[1]).text
    client.post(door[1], data={"number": "2", "letters": "abe"})
    kept = {
        each.participant_id: each.group.number for each in db.session.scalars(select(SessionAttendance)) if each.group
    }
    assert kept == {seated[0].id: 1, seated[1].id: 2}
    rows = re.findall(r"<tr[^>]*>.*?</tr>", ana.get(f"{DESK}/attendance").text, re.S)
    assert [re.findall(r'<td[^>]*class="num"[^>]*>(\d*)<', row)[:2] for row in rows[1:]] == [
        ["7", "2"],
        ["", "1"],
        ["7", "1"],
        [""],
    ]


def test_canaries_of_a_session_under_the_chatham_house_rule(
    seated: list[Participant], session: Session, as_: SignedIn, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was there is in no list, badge, page, mail, file or export of it."""
    seated[0].email = "a@example.org"
    session.mode, session.title = MeetingMode.CHATHAM_HOUSE, session.title.having("en", "CANARY SESSION")
    db.session.commit()
    ana = as_("ana")
    ana.post(f"{DESK}/attendance/1/names", data={f"p{seated[0].id}": "present"})
    assert "not named" in ana.post(f"{DESK}/attendance/1/door", follow_redirects=True).text
    assert db.session.scalars(select(SessionAttendance)).all() == []
    assert "ÁBALOS" not in ana.get(f"{DESK}/attendance/1").text
    ana.fill(f"{DESK}/attendance/1", data={"count_ngo": "7"})
    ana.post(f"{DESK}/participants/{seated[0].id}/link")
    ana.post(f"{DESK}/badges/issue")
    ana.post(f"{DESK}/participants/list/publish", data={"kind": "final"})
    press = Press()
    monkeypatch.setattr(badge_print, "Renderer", press)
    ana.get(f"{DESK}/badges.pdf")
    task = db.session.scalars(select(BadgePrint).join(BadgePrint.task)).one().task
    assert task is not None
    render(task)
    outputs = [client.get(LIST).text, ana.get(f"{DESK}/participants").text, ana.get(f"{DESK}/badges").text]
    outputs += [ana.get(f"{DESK}/participants/counts").text, ana.get(f"{DESK}/check-in/people.json").text]
    outputs += [ana.get(f"{DESK}/participants/{seated[0].id}").text, *press.pages]
    outputs += [each.subject + each.text for each in db.session.scalars(select(Message))]
    workbooks = [fetched(ana, f"{DESK}/participants.xlsx"), fetched(client, f"{LIST}.xlsx")]
    outputs += [str([*openpyxl.load_workbook(io.BytesIO(each.data)).active.values]) for each in workbooks]
    document = docx.Document(io.BytesIO(fetched(client, f"{LIST}.docx").data))
    outputs.append("".join(paragraph.text for paragraph in document.paragraphs))
    assert len(press.pages) == 1
    assert not any("CANARY" in output for output in outputs)
    assert collect_material(db.session, session.workshop).in_room == {session.id: 7}, "counted, and nothing else"


def test_a_certificate_for_whoever_came_from_the_last_day_on(
    seated: list[Participant],
    invited: Invited,
    as_: SignedIn,
    client: CheckedClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who = seated[0]
    home = f"/r/{who.renew_link(KEY)}"
    db.session.commit()
    assert client.get(f"{home}/certificate.docx").status_code == 404
    as_("ana").post(f"{DESK}/check-in/{who.id}")
    assert "Certificate" not in client.get(home).text
    invited.workshop.starts_on = invited.workshop.ends_on = on_day(now(), invited.workshop.zone)
    db.session.commit()
    assert "Certificate of attendance" in client.get(home).text
    word = docx.Document(io.BytesIO(client.get(f"{home}/certificate.docx").data))
    assert any("Ada Ábalos took part" in paragraph.text for paragraph in word.paragraphs)
    press = Press()
    monkeypatch.setattr(letter_print, "WaitedFor", press)
    assert client.get(f"{home}/certificate.pdf").mimetype == "application/pdf"
    assert "Ada Ábalos took part" in press.pages[0]
    assert rules.no_shows(seated, [who.id]) == seated[1:5]
