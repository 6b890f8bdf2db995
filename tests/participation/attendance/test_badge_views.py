"""Badges: of those who come, and of nobody else; on sheets, joined where there are many."""

import io

import pypdf
import pytest
from sqlalchemy import select

from tests.conftest import CheckedClient, Press, SignedIn
from tests.participation.attendance.conftest import DESK
from tests.participation.delegations.conftest import Invited, member
from workshop.participation.attendance import badge_print, rules
from workshop.participation.attendance.models import Badge, BadgePrint
from workshop.participation.attendance.tasks import render
from workshop.participation.delegations.models import Participant
from workshop.platform import tasks as queue
from workshop.platform.db import db, now
from workshop.platform.pdf import Pdf
from workshop.secretariat.register.models import Category


def printed(ana: CheckedClient, press: Press) -> str:
    """The page of which the PDF of all badges is made."""
    assert ana.get(f"{DESK}/badges.pdf").status_code == 202
    for print_ in db.session.scalars(select(BadgePrint).where(BadgePrint.stored_as == "")):
        task = db.session.get(queue.Task, print_.task_id)
        assert task is not None
        render(task)
    db.session.commit()
    return press.pages[-1]


def test_nobody_has_a_badge_who_no_longer_comes(
    seated: list[Participant], as_: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press()
    monkeypatch.setattr(badge_print, "Renderer", press)
    ana, (first, second) = as_("ana"), seated[:2]
    ana.post(f"{DESK}/badges/issue")
    sheet = printed(ana, press)
    assert all(name in sheet for name in ("ÁBALOS", "ABEL", "BROWN"))
    ana.post(f"{DESK}/participants/{first.id}/decide", data={"decision": "withdraw"})
    ana.post(f"{DESK}/participants/{second.id}/erase")
    page = ana.get(f"{DESK}/badges").text
    assert "ÁBALOS" not in page
    assert page.count("/replace") == 3, "those who come and are known by name"
    sheet = printed(ana, press)
    assert ("ÁBALOS" in sheet, "BROWN" in sheet) == (False, True)


def test_who_takes_a_seat_over_gets_another_badge_with_the_same_number(
    invited: Invited, as_: SignedIn, client: CheckedClient
) -> None:
    ana, home = as_("ana"), f"/n/{invited.token}"
    client.fill(f"{home}/members/add", member(email="amina@example.org"))
    who = db.session.scalars(select(Participant)).one()
    ana.post(f"{DESK}/participants/decide", data={"who": who.id, "decision": "approve"})
    ana.post(f"{DESK}/badges/issue")
    lost = db.session.scalars(select(Badge)).one()
    assert ana.get(f"/b/{lost.key}").headers["Location"].endswith("q=1")
    client.fill(f"{home}/members/{who.id}/substitute", member(given_name="Karim", family_name="Zidane Sample"))
    assert "void" in ana.get(f"/b/{lost.key}", follow_redirects=True).text
    assert "1 person has a seat and no badge" in ana.get(f"{DESK}/badges").text
    ana.post(f"{DESK}/badges/issue")
    db.session.expire_all()
    good = db.session.scalars(select(Badge).where(Badge.voided_at.is_(None))).one()
    assert (good.participant.family_name, good.participant.number, good.key != lost.key) == ("Zidane Sample", 1, True)


def test_whoever_speaks_for_a_state_without_a_delegation_bears_its_name(seated: list[Participant]) -> None:
    """In the language of the badges; somebody who speaks for nobody bears none."""
    speaker, expert = seated[:2]
    for who in (speaker, expert):
        who.country, who.institution = "TUN", ""
    speaker.category, expert.category = Category.STATE_MEMBER, Category.EXPERT
    speaks, listens = (badge_print.face_of(rules.issue(who, [], at=now())) for who in (speaker, expert))
    assert [speaks.body, listens.body] == ["Tunisia", ""]
    speaker.institution = "Ministry of Examples"
    assert badge_print.face_of(rules.issue(speaker, [], at=now())).body == "Ministry of Examples"


class PressOfPages(Press):
    """One that gives a file of one empty page."""

    def render(self, html: str) -> Pdf:
        super().render(html)
        writer, out = pypdf.PdfWriter(), io.BytesIO()
        writer.add_blank_page(100, 100)
        writer.write(out)
        return Pdf(out.getvalue(), 1)


@pytest.mark.on_one_database("what is printed is the same")
def test_many_badges_are_rendered_in_parts_and_joined_into_one_file(
    seated: list[Participant], as_: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The memory of the renderer is bounded by a part; the file says its title and language all the same."""
    press = PressOfPages()
    monkeypatch.setattr(badge_print, "Renderer", press)
    monkeypatch.setattr(badge_print, "AT_ONCE", 2)
    ana = as_("ana")
    ana.post(f"{DESK}/badges/issue")
    printed(ana, press)
    assert len(press.pages) == 3
    made = pypdf.PdfReader(io.BytesIO(ana.get(f"{DESK}/badges.pdf").data))
    assert made.metadata is not None
    assert (len(made.pages), made.metadata.title, str(made.root_object["/Lang"])) == (3, "Badges", "en")
