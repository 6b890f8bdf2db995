"""Papers for sponsored travel: sent behind the link of the person or the delegation, encrypted, reminded of, erased."""

import io
from datetime import timedelta

from sqlalchemy import select

from tests.conftest import CheckedClient, SignedIn
from tests.participation.registration.conftest import DESK, KEY, Invited, somebody
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration import tasks
from workshop.participation.registration.models import TravelPaper
from workshop.participation.registration.travel import sponsored_papers
from workshop.platform import files
from workshop.platform import tasks as queue
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day
from workshop.platform.mail import Message

PDF = b"%PDF-1.4\nCANARY\n%%EOF"


def sponsored(invited: Invited) -> tuple[Participant, str]:
    """A member of Tunisia whose travel is paid, and the address of her page."""
    who = somebody(invited.workshop, delegation=invited.tunisia, sponsored=True, standing=ParticipantStatus.APPROVED)
    page = f"/r/{who.renew_link(KEY)}"
    db.session.add(who)
    db.session.commit()
    return who, page


def sent(content: bytes = PDF, name: str = "visa.pdf") -> dict[str, object]:
    return {"file": (io.BytesIO(content), name)}


def paper() -> TravelPaper:
    db.session.expire_all()
    return db.session.scalars(select(TravelPaper)).one()


def test_sent_by_the_delegation_or_the_person_and_read_by_the_organisers_alone(
    invited: Invited, as_: SignedIn, client: CheckedClient
) -> None:
    _who, page = sponsored(invited)
    ana = as_("ana")
    assert (
        ana.fill(f"{DESK}/travel/papers", data={"name": "Copy of the visa", "due_on": "2090-02-01"}).status_code == 302
    )
    theirs = f"/n/{invited.token}/papers"
    assert "Papers for sponsored travel" in client.get(f"/n/{invited.token}").text
    assert "Copy of the visa" in client.get(theirs).text
    assert client.post(f"{theirs}/{paper().id}", data=sent()).status_code == 302
    first = paper().stored_as
    assert b"CANARY" not in files.get(first), "encrypted at rest"
    assert paper().received_on is not None
    assert client.post(f"/n/{invited.other_token}/papers/{paper().id}", data=sent()).status_code == 404
    assert client.post(f"{page}/travel/papers/{paper().id}", data=sent(name="again.pdf")).status_code == 302
    assert paper().file_name == "again.pdf"
    assert first not in files.names_in(sponsored_papers.FOLDER), "the file before it is gone"
    address = f"{DESK}/{paper().participant_id}/papers/{paper().id}/file"
    assert ana.get(address).data == PDF
    assert as_("ben").get(address).status_code == 403
    assert "CANARY" not in client.get(theirs).text


def test_what_was_sent_is_erased_sixty_days_after_the_workshop(
    invited: Invited, as_: SignedIn, client: CheckedClient
) -> None:
    sponsored(invited)
    as_("ana").fill(f"{DESK}/travel/papers", data={"name": "Copy of the visa", "due_on": ""})
    client.post(f"/n/{invited.token}/papers/{paper().id}", data=sent())
    stored = paper().stored_as
    assert stored in files.names_in(sponsored_papers.FOLDER)
    invited.workshop.starts_on = invited.workshop.ends_on = on_day(now(), "UTC") - timedelta(days=61)
    db.session.commit()
    tasks.erase()
    assert paper().stored_as == ""
    assert stored not in files.names_in(sponsored_papers.FOLDER)


def test_both_are_reminded_once_a_step(invited: Invited, as_: SignedIn) -> None:
    sponsored(invited)
    ana, today = as_("ana"), on_day(now(), invited.workshop.zone)
    for name, days in (("Visa", 2), ("Ticket", 30)):
        data = {"name": name, "due_on": (today + timedelta(days=days)).isoformat()}
        assert ana.fill(f"{DESK}/travel/papers", data=data).status_code == 302
    asked = db.session.scalars(select(queue.Task).where(queue.Task.kind == sponsored_papers.REMIND)).all()
    assert len(asked) >= 2
    asked[0].first_due_at = now()
    for _twice in range(2):
        tasks.remind_of_papers(asked[0])
    mails = {each.recipient: each.text for each in db.session.scalars(select(Message))}
    assert set(mails) == {"ada@example.org", "mission@example.org"}
    assert len(db.session.scalars(select(Message)).all()) == 2
    assert "Visa" in mails["ada@example.org"]
    assert "Ticket" not in mails["ada@example.org"]
    assert "/papers" in mails["mission@example.org"]
    assert "Ada Sample" in mails["mission@example.org"]
