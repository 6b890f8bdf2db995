"""Reminders: only to owners of what has not come, once per step and document; and the links that they carry."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.conftest import SignedIn
from tests.looking import matched
from tests.platform.foreign import samples
from tests.programme.papers.test_rules import a_file
from tests.programme.papers.test_views import at, sent
from tests.secretariat.accounts.conftest import mails
from tests.secretariat.accounts.test_mail import Sink
from workshop.platform import links, tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.platform.errors import RuleBroken
from workshop.platform.mail import Message
from workshop.programme.agenda.models import Session
from workshop.programme.papers import due_reminders
from workshop.programme.papers.models import Document, DocumentLink, Reminder, ReminderPlan, State, SymbolKind
from workshop.programme.papers.tasks import remind_everywhere
from workshop.programme.speakers.models import Invitation, InvitationStatus
from workshop.secretariat.series.models import Visibility

DUE = date(2026, 2, 20)
STEPS = [-14, -3, 1, 7]
REMINDERS = "/workshops/w/desk/papers/reminders"


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def statement(session: Session) -> Document:
    """Expected from Ines, who was invited at ines@example.org in French, due on 20 February."""
    row = make.document(workshop=session.workshop, session=session, item=session.items[0], due_on=DUE)
    person = session.appearances[0].person
    invitation = Invitation(workshop=session.workshop, person=person, email="ines@example.org", language="fr")
    db.session.add_all([row, invitation])
    db.session.commit()
    return row


def reminded() -> list[tuple[int, str]]:
    return [(each.step, each.recipient) for each in db.session.scalars(db.select(Reminder).order_by(Reminder.id))]


# the rule


@pytest.mark.parametrize(
    ("day", "step"),
    [(-15, None), (-14, -14), (-4, -14), (-3, -3), (0, -3), (1, 1), (6, 1), (7, 7), (60, 7)],
)
def test_which_step_has_come(day: int, step: int | None) -> None:
    assert step_on(DUE + timedelta(days=day), due_on=DUE) == step


def test_without_a_due_date_or_a_step_nobody_is_reminded() -> None:
    assert step_on(DUE, due_on=None) is None
    assert step_on(DUE, due_on=DUE, steps=[]) is None


def step_on(day: date, *, due_on: date | None, steps: Sequence[int] = STEPS) -> int | None:
    workshop = make.workshop(ends_on=date(2026, 12, 31))
    due = due_reminders.schedule(workshop, due_on, steps, at=noon(day)).due(noon(day))
    return due.key if due else None


@pytest.mark.parametrize(
    ("typed", "steps"), [("-14, -3, 1, 7", [-14, -3, 1, 7]), ("", []), ("7;−3 , 7", [-3, 7]), ("0", [0])]
)
def test_steps_as_they_are_typed(typed: str, steps: list[int]) -> None:
    assert due_reminders.steps_of(typed) == steps


@pytest.mark.parametrize("typed", ["soon", "1.5", "1,2,3,4,5,6,7,8,9", "500"])
def test_steps_that_make_no_sense_are_refused(typed: str) -> None:
    with pytest.raises(RuleBroken):
        due_reminders.steps_of(typed)


@pytest.mark.parametrize("state", [each for each in State if each is not State.EXPECTED])
def test_what_has_come_is_not_asked_for(state: State) -> None:
    paper = make.document(state=state)
    assert not due_reminders.is_missing(paper, due_reminders.versions_there([paper]))


def test_what_has_come_as_another_version_is_not_asked_for() -> None:
    first = make.document(symbol="IDM/1")
    revised = make.document(symbol="idm/1", symbol_kind=SymbolKind.REV, symbol_number=1, files=[a_file()])
    corrected = make.document(symbol="IDM/1", symbol_kind=SymbolKind.CORR, symbol_number=1)
    assert not due_reminders.is_missing(first, due_reminders.versions_there([first, revised]))
    assert due_reminders.is_missing(first, due_reminders.versions_there([first, corrected]))
    assert due_reminders.is_missing(corrected, due_reminders.versions_there([first, revised, corrected]))


# the nightly round


def test_each_step_writes_once_however_often_the_night_comes(
    statement: Document, clock: Callable[[datetime], None]
) -> None:
    for day in range(-20, 12):
        clock(noon(DUE + timedelta(days=day)))
        remind_everywhere()
        remind_everywhere()
    assert reminded() == [(step, "ines@example.org") for step in STEPS]
    assert len(db.session.scalars(db.select(Message)).all()) == 4


def test_missed_steps_are_made_up_for_with_one_letter(statement: Document, clock: Callable[[datetime], None]) -> None:
    clock(noon(DUE + timedelta(days=9)))
    remind_everywhere()
    assert reminded() == [(7, "ines@example.org")]


def test_a_step_that_a_moved_date_puts_before_the_last_letter_is_given_up(
    statement: Document, clock: Callable[[datetime], None]
) -> None:
    clock(noon(DUE - timedelta(days=3)))
    remind_everywhere()
    statement.due_on = DUE - timedelta(days=4)  # so that the step of one day after has come on the same day
    db.session.commit()
    remind_everywhere()
    assert reminded() == [(-3, "ines@example.org")]
    clock(noon(DUE + timedelta(days=3)))
    remind_everywhere()
    assert reminded() == [(-3, "ines@example.org"), (7, "ines@example.org")]


def test_nobody_is_asked_once_the_workshop_is_over_or_somebody_declined(
    statement: Document, clock: Callable[[datetime], None]
) -> None:
    invitation = db.session.scalars(db.select(Invitation)).one()
    for standing in (InvitationStatus.DECLINED, InvitationStatus.REPLACED):
        invitation.standing = standing
        clock(noon(DUE + timedelta(days=1)))
        remind_everywhere()
    invitation.standing = InvitationStatus.ACCEPTED
    clock(noon(statement.workshop.ends_on + timedelta(days=1)))
    remind_everywhere()
    assert reminded() == []


def test_the_day_is_that_of_the_workshop(statement: Document, clock: Callable[[datetime], None]) -> None:
    statement.workshop.zone = "Pacific/Auckland"  # thirteen hours ahead in February
    clock(datetime(2026, 2, 20, 10, 59, 59, tzinfo=UTC))
    remind_everywhere()
    assert [step for step, _to in reminded()] == [-3]
    clock(datetime(2026, 2, 20, 11, 0, tzinfo=UTC))
    remind_everywhere()
    assert [step for step, _to in reminded()] == [-3, 1]


def test_only_the_owners_of_what_is_missing_get_one_letter_each(
    statement: Document, session: Session, clock: Callable[[datetime], None], sink: Sink
) -> None:
    second = make.document(
        workshop=session.workshop,
        session=session,
        title=Words(en="Slides", fr="Diapositives"),
        person=session.appearances[0].person,
        due_on=DUE,
    )
    other = make.person(family_name="Other")
    come = make.document(workshop=session.workshop, session=session, person=other, due_on=DUE, state=State.RECEIVED)
    unowned = make.document(workshop=session.workshop, session=session, due_on=DUE)
    by_address = make.document(
        workshop=session.workshop, session=session, author="An office", email="office@example.org", due_on=DUE
    )
    asked = Invitation(workshop=session.workshop, person=other, email="other@example.org", language="es")
    db.session.add_all([second, come, unowned, by_address, asked])
    clock(noon(DUE + timedelta(days=1)))
    remind_everywhere()
    mails()
    letters = {letter["To"]: letter for letter in sink.received}
    assert sorted(letters) == ["ines@example.org", "office@example.org"]
    assert len(sink.received) == 2
    text = letters["ines@example.org"].get_content()
    assert "Diapositives" in text
    assert len(re.findall(r"https://meeting\.example/d/\S+", text)) == 2
    assert len(reminded()) == 3


def test_the_link_in_the_letter_opens_the_document_alone_until_it_expires(
    statement: Document, client: FlaskClient, clock: Callable[[datetime], None], sink: Sink
) -> None:
    clock(noon(DUE + timedelta(days=1)))
    remind_everywhere()
    mails()
    link = matched(r"https://meeting\.example(/d/\S+)", sink.received[0].get_content())[1]
    assert "A talk" in client.get(link).text
    stored = db.session.scalars(db.select(DocumentLink)).one()
    assert stored.token_hash == links.digest(link.removeprefix("/d/"))
    clock(stored.expires_at - timedelta(seconds=1))
    assert client.get(link).status_code == 200
    clock(stored.expires_at)
    assert client.get(link).status_code == 404


def test_of_an_archived_or_removed_workshop_nobody_is_reminded(
    statement: Document, clock: Callable[[datetime], None]
) -> None:
    clock(noon(DUE + timedelta(days=1)))
    statement.workshop.visibility = Visibility.ARCHIVED
    remind_everywhere()
    statement.workshop.visibility, statement.workshop.removed_at = Visibility.PUBLIC, noon(DUE)
    remind_everywhere()
    assert reminded() == []
    statement.workshop.removed_at = None
    remind_everywhere()
    assert len(reminded()) == 1


def test_it_runs_once_a_day_by_itself(app: Flask, statement: Document, clock: Callable[[datetime], None]) -> None:
    for hour in (9, 9, 15):
        clock(datetime(2026, 2, 21, hour, tzinfo=UTC))
        tasks.ask_for_today()
        mails()
    rows = db.session.scalars(db.select(tasks.Task).where(tasks.Task.kind == "papers.remind")).all()
    assert [row.state for row in rows] == [tasks.TaskState.DONE]
    assert len(reminded()) == 1
    clock(datetime(2026, 2, 22, 9, tzinfo=UTC))
    tasks.ask_for_today()
    mails()
    rows = db.session.scalars(db.select(tasks.Task).where(tasks.Task.kind == "papers.remind")).all()
    assert len(rows) == 2
    assert len(reminded()) == 1


# the page


def test_remind_now_writes_what_the_page_announced_and_nothing_twice(
    as_: SignedIn, statement: Document, clock: Callable[[datetime], None], sink: Sink
) -> None:
    clock(noon(DUE + timedelta(days=1)))
    ana = as_("ana")
    assert "One reminder can be sent now" in ana.get(REMINDERS).text
    for _ in range(2):
        ana.post("/workshops/w/desk/papers/remind")
    remind_everywhere()
    mails()
    assert len(sink.received) == 1
    page = ana.get(REMINDERS).text
    assert "0 reminders can be sent now" in page
    assert "ines@example.org" in page.split('id="written"')[1]


def test_a_document_without_an_address_is_named(
    as_: SignedIn, statement: Document, clock: Callable[[datetime], None]
) -> None:
    db.session.delete(db.session.scalars(db.select(Invitation)).one())
    clock(noon(DUE + timedelta(days=1)))
    page = as_("ana").get(REMINDERS).text
    assert "Give an address" in page
    assert "No reminders are due now" in as_("ana").post("/workshops/w/desk/papers/remind", follow_redirects=True).text


def test_each_workshop_has_steps_of_its_own(
    as_: SignedIn, statement: Document, clock: Callable[[datetime], None]
) -> None:
    ana = as_("ana")
    assert "-14, -3, 1, 7" in ana.get(REMINDERS).text
    page = ana.fill(REMINDERS, data={"days": "soon"}).text
    assert "Write whole numbers" in page
    assert ana.fill(REMINDERS, data={"days": "2"}).status_code == 302
    assert db.session.scalars(db.select(ReminderPlan)).one().days == [2]
    clock(noon(DUE + timedelta(days=1)))
    remind_everywhere()
    assert reminded() == []
    clock(noon(DUE + timedelta(days=2)))
    remind_everywhere()
    assert reminded() == [(2, "ines@example.org")]
    ana.fill(REMINDERS, data={"days": ""})
    assert db.session.scalars(db.select(ReminderPlan)).one().days == []


# the link of one document


def test_a_new_link_ends_the_one_before(as_: SignedIn, client: FlaskClient, statement: Document, sink: Sink) -> None:
    ana = as_("ana")
    assert 'value="ines@example.org"' in ana.get(at(statement)).text
    assert "Invalid email address" in ana.post(at(statement, "link"), data={"email": "nobody"}).text
    for _ in range(2):
        assert ana.post(at(statement, "link"), data={"email": "office@example.org"}).location == at(statement)
    mails()
    old, new = (matched(r"https://meeting\.example(/d/\S+)", each.get_content())[1] for each in sink.received)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert "Sent to office@example.org" in ana.get(at(statement)).text
    verbs = [entry.verb for entry in db.session.scalars(db.select(AuditEntry))]
    assert verbs == ["send link of document"] * 2


def test_a_link_can_be_withdrawn_by_hand_and_what_came_by_it_stays(
    as_: SignedIn, client: FlaskClient, statement: Document, sink: Sink
) -> None:
    ana = as_("ana")
    ana.post(at(statement, "link"), data={"email": "office@example.org"})
    mails()
    link = matched(r"https://meeting\.example(/d/\S+)", sink.received[0].get_content())[1]
    assert client.post(link, **sent(samples.PDF)).location == link
    [withdraw] = re.findall(r'action="(\S+/links/\d+/revoke)"', ana.get(at(statement)).text)
    page = ana.post(withdraw, follow_redirects=True).text
    assert "The link no longer works. What was submitted with it is kept." in page
    assert "Sent to office@example.org" in page
    assert "/revoke" not in page
    assert client.get(link).status_code == 404
    assert statement.state is State.RECEIVED
    ana.post(withdraw)
    verbs = [entry.verb for entry in db.session.scalars(db.select(AuditEntry))]
    assert verbs.count("revoke link of document") == 1
    assert ana.post(withdraw.replace("/links/", "/links/9")).status_code == 404


def test_what_came_by_link_ends_the_reminders(
    client: FlaskClient, as_: SignedIn, statement: Document, clock: Callable[[datetime], None], sink: Sink
) -> None:
    clock(noon(DUE - timedelta(days=14)))
    remind_everywhere()
    mails()
    link = matched(r"https://meeting\.example(/d/\S+)", sink.received[0].get_content())[1]
    assert client.post(link, **sent(samples.PDF)).location == link
    assert statement.state is State.RECEIVED
    for day in range(-14, 10):
        clock(noon(DUE + timedelta(days=day)))
        remind_everywhere()
    assert len(reminded()) == 1
