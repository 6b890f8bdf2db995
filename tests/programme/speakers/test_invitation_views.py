"""From the desk through a real mail server to the page behind the link, and back."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.conftest import SignedIn, count_statements
from tests.looking import matched
from tests.programme.papers.conftest import clock
from tests.programme.speakers.conftest import DESK, Meeting, invitation_form, invitation_of, link_in
from tests.secretariat.accounts.conftest import mails
from tests.secretariat.accounts.test_mail import Sink
from workshop.platform import links
from workshop.platform import tasks as queue
from workshop.platform.db import Words, db, now
from workshop.platform.mail import Message
from workshop.programme.speakers import queries
from workshop.programme.speakers import tasks as reminding
from workshop.programme.speakers.models import (
    Invitation,
    InvitationMail,
    InvitationPlan,
    InvitationStatus,
    Letter,
    Profile,
)
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop

__all__ = ["clock"]


def test_the_mail_says_what_where_when_and_carries_a_secret_link(
    meeting: Meeting, invite: Callable[..., str], sink: Sink, client: FlaskClient
) -> None:
    link = invite(meeting.ines, "ines@example.org", "fr")
    letter = sink.received[0]
    assert letter["To"] == "ines@example.org"
    text = letter.get_content()
    assert "Ines Synthetic" in text
    assert "10:00–11:00 (Europe/Zurich)" in text
    assert "2–3 mars 2090" in text
    token = link.removeprefix("/s/")
    kept = invitation_of(meeting.ines)
    assert kept.token_hash == links.digest(token)
    assert token not in {kept.link_seed, kept.token_hash}
    assert (kept.standing, kept.email, kept.language) == (InvitationStatus.INVITED, "ines@example.org", "fr")
    assert client.get(link).status_code == 200
    assert db.session.scalars(queries.invitation_by_link(token)).one().person_id == meeting.ines.id


def test_nothing_leaves_before_send(meeting: Meeting, as_: SignedIn, sink: Sink) -> None:
    ana = as_("ana")
    page = ana.get(f"{DESK}/invite").text
    assert "Dear Ines Synthetic," in page
    assert "(the personal link)" in page
    form = invitation_form(meeting.ines, "ines@example.org", "es") | {"go": "preview"}
    assert ana.post(f"{DESK}/invite", data=form).status_code == 200
    assert mails() == []
    assert db.session.scalars(db.select(Invitation)).all() == []
    assert db.session.scalars(db.select(Profile)).one().email == "ines@example.org"


@pytest.mark.parametrize("address", ["", "not an address", "a@example.org\nBcc: b@example.org"])
def test_without_a_good_address_nobody_is_invited(meeting: Meeting, as_: SignedIn, address: str) -> None:
    both = invitation_form(meeting.ines, address) | {
        "who": [meeting.ines.id, meeting.abel.id],
        f"p{meeting.abel.id}-email": "abel@example.org",
        f"p{meeting.abel.id}-language": "en",
    }
    page = as_("ana").post(f"{DESK}/invite", data=both)
    assert page.status_code == 200
    assert re.search("Give the email address|does not look like", page.text)
    assert mails() == []


def test_somebody_invited_is_not_invited_twice(meeting: Meeting, invite: Callable[..., str], as_: SignedIn) -> None:
    invite(meeting.ines)
    page = as_("ana").get(f"{DESK}/invite").text
    assert "EXAMPLE" in page
    assert "SYNTHETIC" not in page
    as_("ana").post(f"{DESK}/invite", data=invitation_form(meeting.ines, "other@example.org"))
    assert len(mails()) == 1


def test_one_can_accept_decline_and_change_ones_mind(
    meeting: Meeting, invite: Callable[..., str], client: FlaskClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    client.post(f"{link}/accept")
    assert invitation_of(meeting.ines).standing is InvitationStatus.ACCEPTED
    client.post(f"{link}/decline", data={"reason": "On mission"})
    declined = invitation_of(meeting.ines)
    assert (declined.standing, declined.reason) == (InvitationStatus.DECLINED, "On mission")
    assert "On mission" in as_("ana").get(f"{DESK}?standing=declined").text
    client.post(f"{link}/accept")
    accepted = invitation_of(meeting.ines)
    assert (accepted.standing, accepted.reason) == (InvitationStatus.ACCEPTED, "")


def test_once_the_workshop_has_begun_the_answer_stands(
    meeting: Meeting, invite: Callable[..., str], client: FlaskClient
) -> None:
    link = invite(meeting.ines)
    meeting.workshop.starts_on = date(2020, 1, 1)
    client.post(f"{link}/accept")
    client.post(f"{link}/decline", data={"reason": "late"})
    assert invitation_of(meeting.ines).standing is InvitationStatus.INVITED
    assert "The workshop has begun" in client.get(link).text


def test_a_link_opens_only_its_own_page_and_closes_thirty_days_after(
    meeting: Meeting, invite: Callable[..., str], client: FlaskClient
) -> None:
    of_ines, of_abel = invite(meeting.ines), invite(meeting.abel, "abel@example.org")
    assert of_ines != of_abel
    assert "Abel" not in client.get(f"{of_ines}/entry").text
    assert client.get(of_ines[:-1] + ("A" if of_ines[-1] != "A" else "B")).status_code == 404
    client.post(f"{of_ines}/accept")
    assert invitation_of(meeting.abel).standing is InvitationStatus.INVITED
    meeting.workshop.starts_on = meeting.workshop.ends_on = date(2020, 1, 1)
    for page in ("", "/entry", "/portrait", "/presence", "/consent", "/decline", "/photo"):
        assert client.get(of_ines + page).status_code == 404


def test_a_new_link_ends_the_one_before(
    meeting: Meeting, invite: Callable[..., str], client: FlaskClient, as_: SignedIn, sink: Sink
) -> None:
    old = invite(meeting.ines)
    as_("ana").post(f"{DESK}/{meeting.ines.id}/link")
    mails()
    new = link_in(sink.received[-1])
    assert new != old
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    kinds = db.session.scalars(db.select(InvitationMail.kind).order_by(InvitationMail.id)).all()
    assert kinds == [Letter.INVITATION, Letter.LINK]


def test_only_those_who_have_not_answered_are_reminded_and_with_the_same_link(
    meeting: Meeting, invite: Callable[..., str], client: FlaskClient, as_: SignedIn, sink: Sink
) -> None:
    of_ines, of_abel = invite(meeting.ines), invite(meeting.abel, "abel@example.org")
    client.post(f"{of_abel}/accept")
    ana = as_("ana")
    page = ana.get(f"{DESK}/remind").text
    assert "Ines SYNTHETIC" in page
    assert "Abel EXAMPLE" not in page
    ana.post(f"{DESK}/remind", data={"who": [meeting.ines.id, meeting.abel.id]})
    mails()
    assert [letter["To"] for letter in sink.received[2:]] == ["speaker@example.org"]
    assert link_in(sink.received[2]) == of_ines
    assert sink.received[2]["Subject"] == "Reminder: your invitation to A workshop on something"


@pytest.fixture
def reminded(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """A workshop that reminds ten and three days before 20 February; `at(day)` is noon of that day."""
    plan = InvitationPlan(workshop=meeting.workshop, answer_by=date(2090, 2, 20), remind_before=[10, 3])
    db.session.add(plan)
    db.session.commit()

    def at(day: str) -> list[str]:
        monkeypatch.setattr(reminding, "now", lambda: datetime.fromisoformat(f"{day}T12:00+01:00"))
        db.session.add(queue.ask(reminding.REMIND, plan.id, at=make.NOON))
        return [mail.recipient for mail in mails()]

    return at


def invited_on(
    person: tuple[Workshop, Person], day: str, standing: InvitationStatus = InvitationStatus.INVITED
) -> None:
    at = datetime.fromisoformat(f"{day}T12:00+01:00")
    row = Invitation(
        workshop=person[0],
        person=person[1],
        email=f"{person[1].given_name}@example.org",
        language="en",
        sent_at=at,
        standing=standing,
    )
    db.session.add_all([row, InvitationMail(invitation=row, kind=Letter.INVITATION, written_at=at)])
    db.session.commit()


def test_reminders_go_out_by_themselves_once_for_each_day(
    meeting: Meeting, reminded: Callable[[str], list[str]]
) -> None:
    invited_on((meeting.workshop, meeting.ines), "2090-02-01")
    invited_on((meeting.workshop, meeting.abel), "2090-02-01", InvitationStatus.ACCEPTED)
    assert reminded("2090-02-09") == []
    assert reminded("2090-02-10") == ["Ines@example.org"]
    assert reminded("2090-02-11") == ["Ines@example.org"]  # nothing further
    assert reminded("2090-02-17") == ["Ines@example.org"] * 2
    assert reminded("2090-02-21") == ["Ines@example.org"] * 2
    steps = db.session.scalars(db.select(InvitationMail.step).where(InvitationMail.step.is_not(None))).all()
    assert sorted(steps) == [date(2090, 2, 10), date(2090, 2, 17)]


def test_somebody_just_invited_is_not_reminded_at_once(meeting: Meeting, reminded: Callable[[str], list[str]]) -> None:
    invited_on((meeting.workshop, meeting.ines), "2090-02-10")
    assert reminded("2090-02-10") == []
    assert reminded("2090-02-18") == ["Ines@example.org"]


def test_somebody_taken_off_the_agenda_is_not_reminded(meeting: Meeting, reminded: Callable[[str], list[str]]) -> None:
    invited_on((meeting.workshop, meeting.ines), "2090-02-01")
    meeting.session.appearances.remove(meeting.session.appearances[0])
    assert reminded("2090-02-10") == []


def test_a_day_that_has_passed_because_the_date_was_moved_is_given_up(
    meeting: Meeting, clock: Callable[[datetime], None]
) -> None:
    """The task of the day chosen before finds that its day is gone, and writes to nobody for another."""
    invited_on((meeting.workshop, meeting.ines), "2026-02-01")
    plan = InvitationPlan(workshop=meeting.workshop, answer_by=date(2026, 2, 20), remind_before=[10])
    db.session.add(plan)
    clock(datetime.fromisoformat("2026-02-08T12:00+01:00"))
    db.session.flush()
    reminding.ask_to_remind(plan, after=now())
    plan.answer_by = date(2026, 2, 17)  # ten days before is yesterday
    db.session.commit()
    clock(datetime.fromisoformat("2026-02-10T08:00+01:00"))
    assert mails() == []


def test_a_day_on_which_nobody_was_there_to_remind_is_made_up_for(
    meeting: Meeting, clock: Callable[[datetime], None]
) -> None:
    invited_on((meeting.workshop, meeting.ines), "2026-02-01")
    plan = InvitationPlan(workshop=meeting.workshop, answer_by=date(2026, 2, 20), remind_before=[10])
    db.session.add(plan)
    clock(datetime.fromisoformat("2026-02-08T12:00+01:00"))
    db.session.flush()
    reminding.ask_to_remind(plan, after=now())
    clock(datetime.fromisoformat("2026-02-12T15:00+01:00"))
    assert [mail.recipient for mail in mails()] == ["Ines@example.org"]


def test_the_days_chosen_become_tasks(meeting: Meeting, as_: SignedIn) -> None:
    form = {"answer_by": "2090-02-20", "remind_before": "3, 10"}
    seen = matched(r'name="seen"[^>]*value="(\w+)"', as_("ana").get(f"{DESK}/plan").text)[1]
    assert as_("ana").post(f"{DESK}/plan", data=form | {"seen": seen}).status_code == 302
    due = db.session.scalars(db.select(queue.Task.due_at).order_by(queue.Task.due_at)).all()
    assert [f"{each:%m-%d %H:%M}" for each in due] == ["02-10 07:00", "02-17 07:00"]  # eight in the morning there
    assert "Answers by 20 February 2090" in as_("ana").get(DESK).text


def plan_form(page: str, **words: str) -> dict[str, str]:
    seen = matched(r'name="seen"[^>]*value="(\w+)"', page)[1]
    return {"seen": seen, "answer_by": "", "remind_before": ""} | words


def test_own_words_replace_the_usual_ones_in_their_language_only(
    meeting: Meeting, as_: SignedIn, invite: Callable[..., str], sink: Sink
) -> None:
    ana = as_("ana")
    words = plan_form(
        ana.get(f"{DESK}/plan").text, **{"subject-fr": "Venez, {name}", "text-fr": "Ici : {link} {name} {{}}"}
    )
    assert ana.post(f"{DESK}/plan", data=words).status_code == 200  # {} is no placeholder
    words["text-fr"] = "Ici : {link}, {name}"
    assert ana.post(f"{DESK}/plan", data=words).status_code == 302
    invite(meeting.ines, "ines@example.org", "fr")
    invite(meeting.abel, "abel@example.org", "en")
    assert sink.received[0]["Subject"] == "Venez, Ines Synthetic"
    assert sink.received[0].get_content().startswith("Ici : https://meeting.example/s/")
    assert sink.received[1]["Subject"] == "Invitation: A workshop on something"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"text-en": "No way to answer"}, "Without {link}"),
        ({"text-en": "{link} {password}"}, "no placeholder {password}"),
        ({"text-en": "{link} by {answer_by}"}, "needs a day to reply by"),
        ({"remind_before": "soon"}, "Write numbers of days"),
        ({"remind_before": "3"}, "First give the day to reply by"),
    ],
)
def test_words_that_could_not_work_are_refused(
    meeting: Meeting, as_: SignedIn, words: dict[str, str], said: str
) -> None:
    ana = as_("ana")
    page = ana.post(f"{DESK}/plan", data=plan_form(ana.get(f"{DESK}/plan").text, **words))
    assert page.status_code == 200
    assert said in page.text
    assert db.session.scalars(db.select(InvitationPlan)).all() == []


def test_two_organisers_writing_at_once_see_both_texts(meeting: Meeting, as_: SignedIn) -> None:
    ana = as_("ana")
    first = plan_form(ana.get(f"{DESK}/plan").text, **{"subject-en": "One"})
    ana.post(f"{DESK}/plan", data=first)
    page = ana.post(f"{DESK}/plan", data=first | {"subject-en": "Two"})
    assert page.status_code == 409
    assert "One" in page.text
    assert "Two" in page.text


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("[win](http://evil.example)", "http://evil.example"),
        ("Win https://evil.example now", "https://evil.example"),
        ("www.evil.example", "www.evil.example"),
        ("A\r\nBcc: x@evil.example", "\nBcc"),
        ("{link} {password}", "{password} {password}"),
        ("<script>alert(1)</script>", "\n<script>\n"),
    ],
)
def test_a_hostile_name_does_nothing_in_mails_and_pages(
    meeting: Meeting, invite: Callable[..., str], sink: Sink, as_: SignedIn, client: FlaskClient, name: str, never: str
) -> None:
    meeting.ines.given_name = name
    meeting.abel.honorifics = Words(en=name)
    link = invite(meeting.ines)
    text = sink.received[0].get_content()
    assert never not in text
    assert len(re.findall(r"https?://", text)) == 1
    for page in (
        client.get(link),
        as_("ana").get(DESK),
        as_("ana").get(f"{DESK}/{meeting.ines.id}"),
        as_("ana").get(f"{DESK}/remind"),
    ):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert 'href="http://evil' not in page.text


def test_the_desk_shows_everybody_with_standing_and_what_is_missing(
    meeting: Meeting, invite: Callable[..., str], as_: SignedIn
) -> None:
    invite(meeting.ines)
    ana = as_("ana")
    page = ana.get(DESK).text
    assert page.index("Abel EXAMPLE") < page.index("Ines SYNTHETIC")
    assert "answer, check of the listing, biography, photo, consent" in page
    assert "speaker@example.org" in page
    assert "Abel EXAMPLE" not in ana.get(f"{DESK}?standing=invited").text
    assert "Ines SYNTHETIC" not in ana.get(f"{DESK}?standing=none").text
    assert "No speakers with this status." in ana.get(f"{DESK}?standing=replaced").text


@pytest.mark.parametrize("others", [0, 2])
def test_the_desk_takes_the_same_statements_for_one_and_for_three(meeting: Meeting, as_: SignedIn, others: int) -> None:
    meeting.session.appearances.remove(meeting.session.appearances[1])
    for number in range(others):
        who = make.person(given_name=f"Guest {number}")
        meeting.session.appearances.append(make.appearance(person=who, organisation=make.organisation()))
    people = [who.person for who in meeting.session.appearances]
    for who in people:
        row = Invitation(workshop=meeting.workshop, person=who, email="x@example.org", language="en", sent_at=make.NOON)
        db.session.add_all([row, InvitationMail(invitation=row, kind=Letter.INVITATION, written_at=make.NOON)])
        db.session.add(Profile(workshop=meeting.workshop, person=who, proposal={"function": {"en": "Other"}}))
    ana = as_("ana")
    ana.get(DESK)
    with count_statements() as statements:
        assert ana.get(DESK).text.count('name="who"') == others + 1
    assert len(statements) == 8, statements


def test_a_contact_kept_before_inviting_fills_the_form(meeting: Meeting, as_: SignedIn) -> None:
    ana, page = as_("ana"), f"{DESK}/{meeting.ines.id}"
    seen = matched(r'name="seen" value="(\w+)"', ana.get(page).text)[1]
    form = {"seen": seen, "email": "ines@example.org", "language": "fr"}
    assert ana.post(f"{page}/contact", data=form).status_code == 302
    assert 'value="ines@example.org"' in ana.get(f"{DESK}/invite").text
    assert ana.post(f"{page}/contact", data=form | {"email": "no"}).status_code == 409  # saved since it was opened
    seen = matched(r'name="seen" value="(\w+)"', ana.get(page).text)[1]
    assert "does not look like" in ana.post(f"{page}/contact", data=form | {"seen": seen, "email": "no"}).text


def test_the_mail_is_a_row_in_the_same_commit(meeting: Meeting, as_: SignedIn) -> None:
    as_("ana").post(f"{DESK}/invite", data=invitation_form(meeting.ines, "ines@example.org"))
    message = db.session.scalars(db.select(Message)).one()
    assert (
        db.session.scalars(db.select(queue.Task).where(queue.Task.kind == "mail.deliver")).one().subject_id
        == message.id
    )
    assert db.session.scalars(db.select(InvitationMail)).one().message_id == message.id
