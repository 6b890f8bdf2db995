"""From the letter through the personal link to the members of a delegation, and what the secretariat sees."""

import re
import threading
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import CheckedClient, SignedIn, checked
from tests.participation.delegations.conftest import DESK, Invited, member
from workshop.participation.delegations.models import FormerHolder, Participant
from workshop.participation.delegations.statuses import DelegationStatus, ParticipantStatus
from workshop.platform.db import db
from workshop.platform.mail import Message

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def people() -> list[Participant]:
    db.session.expire_all()
    return list(db.session.scalars(select(Participant).order_by(Participant.id)))


def test_a_focal_point_names_members_without_an_account(invited: Invited, client: CheckedClient) -> None:
    home = f"/n/{invited.token}"
    assert "Tunisia" in client.get(home).text
    assert client.fill(f"{home}/members/add", member(email="amina@example.org")).status_code == 302
    assert client.fill(f"{home}/members/add", member(family_name="", given_name="", part="adv")).status_code == 302
    amina, seat = people()
    assert (amina.family_name, amina.function, amina.position, amina.language) == (
        "Ben Sample",
        {"fr": "Directrice"},
        1,
        "fr",
    )
    assert (seat.is_named, seat.position, seat.country) == (False, 2, "TUN")
    page = client.get(home).text
    assert "BEN SAMPLE" in page
    assert "to be confirmed" in page
    assert invited.tunisia.standing is DelegationStatus.NOMINATED
    mail = db.session.scalars(select(Message)).one()
    assert (mail.recipient, "Vous avez" in mail.text or "nominated" in mail.text) == ("amina@example.org", True)


def test_a_focal_point_never_sees_or_changes_another_delegation(invited: Invited, client: CheckedClient) -> None:
    client.fill(f"/n/{invited.token}/members/add", member())
    who = people()[0]
    assert "BEN SAMPLE" not in client.get(f"/n/{invited.other_token}").text
    for path in ("", "/substitute"):
        assert client.get(f"/n/{invited.other_token}/members/{who.id}{path}").status_code == 404
    for path in ("/withdraw", "/move"):
        assert client.post(f"/n/{invited.other_token}/members/{who.id}{path}").status_code == 404
    assert client.get("/n/unknown").status_code == 404
    assert people()[0].standing is ParticipantStatus.SUBMITTED


def test_a_substitution_keeps_the_seat(invited: Invited, client: CheckedClient, as_: SignedIn) -> None:
    home = f"/n/{invited.token}"
    client.fill(f"{home}/members/add", member(email="amina@example.org"))
    who = people()[0]
    as_("ana").post(f"{DESK}/decide", data={"who": who.id, "decision": "approve"})
    number, old_link = people()[0].number, people()[0].token_hash
    data = member(
        family_name="Zidane Sample", given_name="Karim", email="karim@example.org", substitution_reason="Illness"
    )
    assert client.fill(f"{home}/members/{who.id}/substitute", data).status_code == 302
    who = people()[0]
    assert (who.family_name, who.number, who.standing) == ("Zidane Sample", number, ParticipantStatus.APPROVED)
    assert who.token_hash not in {None, old_link}
    assert db.session.scalars(select(FormerHolder)).one().name == "Amina Ben Sample"
    page = as_("ana").get(f"{DESK}/delegations/{invited.tunisia.id}").text
    assert "Amina Ben Sample" in page
    assert "Illness" in page


def test_who_is_replaced_is_told_in_their_language_and_their_link_opens_nothing(
    invited: Invited, client: CheckedClient
) -> None:
    """Whoever takes the seat learns that they are nominated; nobody is told who else it was."""
    home = f"/n/{invited.token}"
    client.fill(f"{home}/members/add", member(email="amina@example.org"))
    who = people()[0]
    first = db.session.scalars(select(Message)).one()
    link = re.search(r"https://meeting\.example(/r/[\w-]+)", first.text)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    data = member(family_name="Zidane Sample", given_name="Karim", email="karim@example.org", language="en")
    client.fill(f"{home}/members/{who.id}/substitute", data)
    replaced, nominated = db.session.scalars(select(Message).order_by(Message.id)).all()[1:]
    assert (replaced.recipient, nominated.recipient) == ("amina@example.org", "karim@example.org")
    assert "Votre délégation a confié votre place" in replaced.text
    assert "Zidane" not in replaced.text + replaced.subject
    assert "Ben Sample" not in nominated.text
    assert "You have been nominated" in nominated.text
    assert client.get(link[1]).status_code == 404


def test_after_the_day_named_a_change_is_asked_for(invited: Invited, client: CheckedClient) -> None:
    home = f"/n/{invited.token}"
    client.fill(f"{home}/members/add", member())
    invited.plan.edits_until = invited.workshop.starts_on.replace(year=2020)
    db.session.commit()
    who = people()[0]
    page = client.fill(f"{home}/members/{who.id}", member(family_name="Other"))
    assert page.status_code == 200
    assert "Changes are no longer made here" in page.text
    assert people()[0].family_name == "Ben Sample"
    assert client.post(f"{home}/wish", data={"wish": "Please correct the title."}).status_code == 302
    db.session.expire_all()
    assert invited.tunisia.reason == "Please correct the title."


def test_the_reply_is_attached_and_kept_for_the_secretariat(
    invited: Invited, client: CheckedClient, as_: SignedIn
) -> None:
    home = f"/n/{invited.token}"
    data = {"reply_reference": "NV/7", "reply_on": "2089-12-01", "file": (BytesIO(PDF), "note.pdf")}
    assert client.post(f"{home}/reply", data=data, content_type="multipart/form-data").status_code == 302
    bad = {"file": (BytesIO(b"MZ\x00\x01 program"), "note.pdf")}
    answer = client.post(f"{home}/reply", data=bad, content_type="multipart/form-data")
    assert answer.status_code == 200
    ana = as_("ana")
    assert "NV/7" in ana.get(f"{DESK}/delegations/{invited.tunisia.id}").text
    answer = ana.get(f"{DESK}/delegations/{invited.tunisia.id}/reply")
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert as_("ben").get(f"{DESK}/delegations/{invited.tunisia.id}/reply").status_code == 403


def test_declining_frees_the_seats(invited: Invited, client: CheckedClient) -> None:
    home = f"/n/{invited.token}"
    client.fill(f"{home}/members/add", member())
    assert client.post(f"{home}/answer", data={"answer": "decline", "reason": "No budget"}).status_code == 302
    assert people()[0].standing is ParticipantStatus.WITHDRAWN
    assert "No budget" in client.get(home).text or invited.tunisia.reason == "No budget"


def test_overlaps_are_told_to_the_secretariat_and_to_no_delegation(
    invited: Invited, client: CheckedClient, as_: SignedIn
) -> None:
    client.fill(f"/n/{invited.token}/members/add", member(email="amina@example.org"))
    client.fill(f"/n/{invited.other_token}/members/add", member(email="amina@example.org"))
    told = [each for each in db.session.scalars(select(Message)) if each.recipient == "secretariat@example.org"]
    assert len(told) == 1
    assert "Amina Ben Sample is named more than once." in told[0].text
    assert "Nominations that overlap" in as_("ana").get(f"{DESK}/delegations").text
    assert "overlap" not in client.get(f"/n/{invited.token}").text
    assert len(people()) == 2
    second = people()[1]
    client.fill(f"/n/{invited.other_token}/members/{second.id}", member(email="amina@example.org", phone="+41 1"))
    client.post(f"/n/{invited.other_token}/members/{second.id}/move", data={"to": "down"})
    told = [each for each in db.session.scalars(select(Message)) if each.recipient == "secretariat@example.org"]
    assert len(told) == 1, "what was told already is not told again with every change"


@pytest.mark.parametrize("path", ["", "/members/add"])
def test_the_link_closes_with_the_workshop(invited: Invited, client: CheckedClient, path: str) -> None:
    invited.workshop.ends_on = invited.workshop.starts_on = invited.workshop.starts_on.replace(year=2020)
    db.session.commit()
    assert client.get(f"/n/{invited.token}{path}").status_code == 404


def test_sixty_people_on_ten_seats_at_once(invited: Invited, app: Flask) -> None:
    """Exactly ten come to a seat; the others wait in the order in which they asked."""
    invited.plan.seats, invited.plan.delegation_seats, invited.plan.approves_by_hand = 10, None, False
    db.session.commit()
    client = checked(app)
    html = client.get(f"/n/{invited.token}/members/add").text
    marks = dict(re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', html))
    tokens = [invited.token, invited.other_token]
    answers: list[int] = []

    def ask(number: int) -> None:
        own = app.test_client()
        data = marks | member(family_name=f"Sample {number}", given_name="A")
        answer = own.post(f"/n/{tokens[number % 2]}/members/add", data=data)
        answers.append(answer.status_code)

    def ask_all(start: int) -> None:
        for number in range(start, 60, 6):
            ask(number)

    threads = [threading.Thread(target=ask_all, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 60
    everybody = people()
    assert len(everybody) == 60
    seated = [each for each in everybody if each.standing is ParticipantStatus.APPROVED]
    assert (len(seated), sorted(each.number or 0 for each in seated)) == (10, list(range(1, 11)))
    waiting = [each for each in everybody if each.standing is ParticipantStatus.WAITING]
    assert len(waiting) == 50
    in_line = sorted(waiting, key=lambda each: (each.queued_at, each.id))
    assert [each.id for each in in_line] == [each.id for each in waiting]
    assert {each.id for each in seated} == {each.id for each in everybody[:10]}
