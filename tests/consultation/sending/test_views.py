"""Sending a questionnaire out, on a real database and through a real mail server."""

import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn, count_statements
from tests.fetching import do_all, waited
from tests.looking import matched, there
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.accounts.test_mail import sink as sink  # a fixture
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.consultation.questions.questionnaire_document import Document
from workshop.consultation.sending import rules
from workshop.consultation.sending.models import Letter, Reminder
from workshop.consultation.sending.tasks import follow
from workshop.platform import bounces, outbox, tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db, now
from workshop.platform.import_steps import STEP
from workshop.platform.mail import Message, letter_of
from workshop.secretariat.register.models import Category, Organisation
from workshop.secretariat.series.models import Workshop

LIST = "/workshops/w/desk/questionnaires/ask/recipients"
SCHEDULE = "/workshops/w/desk/questionnaires/ask/schedule"
FORM: Document = {
    "languages": ["en"],
    "lists": {},
    "sections": [
        {
            "code": "A",
            "title": {"en": "A section"},
            "questions": [{"code": "A1", "type": "text", "text": {"en": "A question"}, "max": 100}],
        }
    ],
}
EVIL = "Ministry <script>alert(1)</script> {link} [x](http://evil.example)"


@pytest.fixture
def asked(company: Company) -> Questionnaire:
    at = now()
    row = make.questionnaire(
        workshop=company.workshop,
        slug="ask",
        title=Words(en="What do you do?", fr="Que faites-vous ?"),
        open_to_all=False,
        opens_at=at - timedelta(days=4),
        closes_at=at + timedelta(days=16),
    )
    db.session.add(make.version(FORM, questionnaire=row))
    db.session.commit()
    return row


@pytest.fixture
def ana(as_: SignedIn, asked: Questionnaire) -> CheckedClient:
    return as_("ana")


def put(
    client: CheckedClient, name: str = "Ministry of Example", email: str = "one@example.org", language: str = "en"
) -> Any:
    data = {"name": name, "email": email, "language": language, "category": "state_member", "country": "TUN"}
    return client.post(f"{LIST}/add", data=data)


def recipient(email: str = "one@example.org") -> Recipient:
    return db.session.scalars(select(Recipient).where(Recipient.email == email)).one()


def seen(page: str) -> str:
    return page.split('name="seen" type="hidden" value="')[1].split('"')[0]


def deliver() -> None:
    while tasks.run_due():
        pass


def link_in(letter: Any) -> str:
    return matched(r"https://meeting\.example(/q/[\w-]+)\r?$", letter.get_content(), re.M)[1]


def test_from_the_list_to_the_answer(ana: CheckedClient, client: CheckedClient, sink: Sink) -> None:
    assert put(ana).status_code == 302
    put(ana, "Ministère d’exemple", "deux@example.org", "fr")
    ana.post(f"{LIST}/invite")
    deliver()
    english, french = sorted(sink.received, key=lambda letter: letter["To"], reverse=True)
    assert english["Subject"] == "Invitation to respond: What do you do?"
    assert "Que faites-vous" in french["Subject"]
    assert "Ministry of Example" in english.get_content()
    link = link_in(english)
    page = client.get(link, follow_redirects=True).text
    assert "Ministry of Example" in page
    begun = client.post(f"{link}/begin")
    assert begun.headers["Location"] == link
    client.post(f"{link}/A", data={"A1": "This", "go": "next"})
    client.post(f"{link}/submit")
    (response,) = db.session.scalars(select(Response))
    assert (response.state, response.answers, response.is_late) == (ResponseState.SUBMITTED, {"A1": "This"}, False)
    board = ana.get(LIST).text
    assert re.search(r"Ministry of Example.*?submitted", board, re.S)
    assert "One invited recipient has not answered." in board
    ana.post(f"{LIST}/remind")
    ana.post(f"{LIST}/remind")
    deliver()
    assert [letter["To"] for letter in sink.received[2:]] == ["deux@example.org"], "only who owes an answer, once a day"
    assert link_in(sink.received[2]) == link_in(french), "a reminder carries the link of the invitation"


def test_before_mails_go_out_one_sees_how_many_and_how_they_read(ana: CheckedClient, sink: Sink) -> None:
    put(ana)
    put(ana, "Ministère d’exemple", "deux@example.org", "fr")
    page = ana.get(f"{LIST}/invite").text
    assert "Invite 2 recipients?" in page
    assert "Invitation to respond: What do you do?" in page
    assert "Madame, Monsieur," in page
    deliver()
    assert sink.received == [], "looking sends nothing"
    ana.post(f"{LIST}/invite")
    deliver()
    assert "Remind 2 recipients?" in ana.get(f"{LIST}/remind").text
    ana.post(f"{LIST}/remind", data={"key": recipient().key})
    assert "Remind one recipient?" in ana.get(f"{LIST}/remind").text, "whoever was reminded today is not counted"


def test_no_link_stays_in_the_database(ana: CheckedClient, sink: Sink) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    deliver()
    token = link_in(sink.received[0]).removeprefix("/q/")
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert token not in repr(row), table.name


def test_a_double_click_invites_once(ana: CheckedClient, sink: Sink) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    answer = ana.post(f"{LIST}/invite", follow_redirects=True)
    assert "No emails were sent" in answer.text
    deliver()
    assert len(sink.received) == 1


def test_another_link_makes_the_first_worthless_and_keeps_the_answers(
    ana: CheckedClient, client: CheckedClient, sink: Sink
) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    deliver()
    first = link_in(sink.received[0])
    client.post(f"{first}/begin")
    client.post(f"{first}/A", data={"A1": "Kept", "go": "back"})
    ana.post(f"{LIST}/{recipient().key}/resend", data={"anew": "yes"})
    deliver()
    second = link_in(sink.received[1])
    assert second != first
    assert client.get(first).status_code == 404
    assert "Kept" in client.get(f"{second}/A").text


def test_a_link_expires(ana: CheckedClient, client: CheckedClient, sink: Sink) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    deliver()
    link, asked = link_in(sink.received[0]), recipient().questionnaire
    asked.closes_at, asked.accepts_late = now() - timedelta(days=31), True
    db.session.commit()
    assert "This link has expired" in client.get(f"{link}/begin").text
    assert "This link has expired" in client.post(f"{link}/begin").text
    assert db.session.scalars(select(Response)).all() == []
    asked.closes_at = now() + timedelta(days=1)
    db.session.commit()
    assert client.post(f"{link}/begin").status_code == 302, "given more time, the link in the old mail still opens"


def test_whoever_declines_is_left_alone(ana: CheckedClient, client: CheckedClient, sink: Sink) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    deliver()
    link = link_in(sink.received[0])
    assert f"{link}/decline" in sink.received[0].get_content()
    client.get(f"{link}/decline")
    assert not recipient().declined, "looking is not saying so: mail programs look at every link"
    client.post(f"{link}/decline", data={"decline": "yes"})
    ana.post(f"{LIST}/remind")
    deliver()
    assert len(sink.received) == 1
    assert "does not wish to answer" in ana.get(LIST).text


def test_an_anonymous_answer_is_not_tied_to_its_invitation(
    ana: CheckedClient, client: CheckedClient, sink: Sink
) -> None:
    questionnaire = db.session.scalars(select(Questionnaire)).one()
    questionnaire.anonymity = Anonymity.ANONYMOUS
    put(ana)
    ana.post(f"{LIST}/invite")
    deliver()
    link = link_in(sink.received[0])
    client.get(f"{link}/begin")
    own = client.post(f"{link}/begin").headers["Location"]
    assert own != link
    assert client.get(own).status_code == 302
    assert own.startswith(client.get(f"{link}/begin").headers["Location"]), "this browser, and only it, finds the way"
    elsewhere = client.application.test_client()
    assert "Answers were already begun with this invitation, and they are kept." in elsewhere.get(f"{link}/begin").text
    assert "Answers were already begun with this invitation, and they are kept." in elsewhere.post(f"{link}/begin").text
    elsewhere.post(f"{link}/decline", data={"decline": "yes"})
    invited = recipient()
    assert (invited.response, invited.opened, invited.answered, invited.declined) == (None, False, False, False)
    assert len(db.session.scalars(select(Response)).all()) == 1
    page = " ".join(ana.get(LIST).text.split())
    assert "Started so far: 1. Submitted so far: 0." in page
    assert "on a day with fewer than five answers, readers who know that someone answered" in page
    assert "Fewer than five people on the list share each of these: " in page


def test_what_was_promised_holds_from_the_first_answer_on(
    ana: CheckedClient, client: CheckedClient, sink: Sink
) -> None:
    settings = {"anonymity": "anonymous", "reminders": []}
    assert ana.fill("/workshops/w/desk/questionnaires/ask/schedule", data=settings).status_code == 302
    put(ana)
    ana.post(f"{LIST}/invite")
    deliver()
    client.post(f"{link_in(sink.received[0])}/begin")
    answer = ana.fill("/workshops/w/desk/questionnaires/ask/schedule", data=settings | {"anonymity": "named"})
    assert "can no longer be changed" in answer.text
    assert db.session.scalars(select(Questionnaire)).one().anonymity is Anonymity.ANONYMOUS


def test_reminders_go_out_by_themselves_once(ana: CheckedClient, sink: Sink) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    ana.fill(SCHEDULE, data={"anonymity": "confidential", "reminders": ["half", "three_days"]})
    half, three_days = db.session.scalars(select(Reminder).order_by(Reminder.due_at))
    assert half.due_at - there(half.questionnaire.opens_at) == timedelta(days=10)
    assert there(half.questionnaire.closes_at) - three_days.due_at == timedelta(days=3)
    deliver()
    assert len(sink.received) == 1, "not before their time"
    half.questionnaire.opens_at = there(half.questionnaire.opens_at) - timedelta(
        days=15
    )  # as if so much time had gone by
    half.due_at = there(rules.due_at(half.moment, half.questionnaire))
    for task in db.session.scalars(select(tasks.Task).where(tasks.Task.kind == "sending.remind")):
        task.due_at = half.due_at
    db.session.commit()
    follow()
    deliver()
    assert [letter["Subject"] for letter in sink.received[1:]] == ["Reminder: What do you do?"]
    assert (half.sent, three_days.done_at) == (1, None)
    ana.post(f"{LIST}/remind")
    deliver()
    assert len(sink.received) == 2, "on one day nobody is reminded twice"


def test_a_reminder_whose_moment_passes_because_dates_were_moved_is_given_up(
    ana: CheckedClient, asked: Questionnaire, sink: Sink
) -> None:
    """Otherwise everybody would get a mail at once, which nobody asked for."""
    put(ana)
    ana.post(f"{LIST}/invite")
    ana.fill(SCHEDULE, data={"anonymity": "confidential", "reminders": ["half"]})
    asked.closes_at = now() + timedelta(days=1)
    asked.opens_at = now() - timedelta(days=9)
    db.session.commit()
    follow()
    deliver()
    assert len(sink.received) == 1
    assert db.session.scalars(select(Reminder)).all() == []


def test_it_is_given_up_by_its_own_task_too(ana: CheckedClient, asked: Questionnaire, sink: Sink) -> None:
    """Where that comes before anybody has followed the dates."""
    put(ana)
    ana.post(f"{LIST}/invite")
    ana.fill(SCHEDULE, data={"anonymity": "confidential", "reminders": ["half"]})
    asked.closes_at = now() + timedelta(days=1)
    for task in db.session.scalars(select(tasks.Task).where(tasks.Task.kind == "sending.remind")):
        task.due_at = now()
    db.session.commit()
    deliver()
    assert len(sink.received) == 1
    assert db.session.scalars(select(Reminder)).all() == []


def test_a_reminder_waits_when_there_is_more_time(ana: CheckedClient, asked: Questionnaire, sink: Sink) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    ana.fill(SCHEDULE, data={"anonymity": "confidential", "reminders": ["three_days"]})
    asked.closes_at = there(asked.closes_at) + timedelta(days=20)
    for task in db.session.scalars(select(tasks.Task).where(tasks.Task.kind == "sending.remind")):
        task.due_at = now()
    db.session.commit()
    deliver()
    reminder = db.session.scalars(select(Reminder)).one()
    assert (len(sink.received), reminder.done_at) == (1, None)
    assert there(asked.closes_at) - reminder.due_at == timedelta(days=3)


def test_a_moment_that_has_passed_is_no_reminder(ana: CheckedClient, asked: Questionnaire) -> None:
    asked.opens_at = now() - timedelta(days=60)
    page = ana.fill(SCHEDULE, data={"anonymity": "confidential", "reminders": ["half", "three_days"]}).text
    assert "which has passed" in page
    assert db.session.scalars(select(Reminder)).all() == []


def test_a_refused_address_is_seen_and_not_tried_again(
    ana: CheckedClient, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(ana)

    async def refuse(*_: Any) -> str:
        return "550 no such person"

    monkeypatch.setattr(sink, "handle_RCPT", refuse, raising=False)
    ana.post(f"{LIST}/invite")
    deliver()
    assert db.session.scalars(select(tasks.Task.state)).all() == [tasks.TaskState.DONE]
    assert "550 no such person" in ana.get(f"{LIST}?show=unreached").text
    assert "One email did not arrive." in ana.get(LIST).text


def test_a_corrected_address_is_written_to_again(ana: CheckedClient) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    outbox.take_back(db.session.scalars(select(Message)).one().id, "550 no such user")
    db.session.commit()
    page = ana.get(f"{LIST}?show=unreached").text
    assert f"{recipient().key}/resend" in page, "from the list, with one click"
    typed = {"name": "Ministry of Example", "email": "two@example.org", "language": "en", "category": "", "country": ""}
    page = ana.fill(f"{LIST}/{recipient().key}", data=typed, follow_redirects=True).text
    assert "The link sent to one@example.org still opens the questionnaire." in page


def test_nothing_goes_out_before_a_version_is_published(ana: CheckedClient, asked: Questionnaire) -> None:
    put(ana)
    db.session.delete(db.session.scalars(select(QuestionnaireVersion)).one())
    db.session.commit()
    for address in ("invite", "remind", f"{recipient().key}/resend"):
        page = ana.post(f"{LIST}/{address}", follow_redirects=True).text
        assert "Publish the questionnaire first" in page
    assert db.session.scalars(select(Letter)).all() == []


def test_a_returned_mail_is_recognised(app: Flask) -> None:
    message = Message(recipient="gone@example.org", subject="S", text="T", written_at=make.NOON)
    db.session.add(message)
    db.session.commit()
    ours = letter_of(message)["Message-ID"]
    report = f"""From: MAILER-DAEMON@mx.example.org
To: us@meeting.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; gone@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no mailbox

--b
Content-Type: message/rfc822

Message-ID: {ours}
Subject: S

T
--b--
"""
    found = bounces.read(io.BytesIO(report.encode()))
    assert found == (message.id, "smtp; 550 5.1.1 no mailbox", True)
    assert bounces.read(io.BytesIO(b"Subject: hello\n\nnothing")) is None


def test_a_list_from_a_file_accounts_for_every_row(ana: CheckedClient) -> None:
    rows = (
        "Nom;Courriel;Langue;Pays\n"
        "Ministère d’exemple;un@example.org;français;Tunisie\n"
        ";deux@example.org;fr;\n"
        "Casa Abierta (synthetic);not an address;es;\n"
        "Casa Abierta (synthetic);casa@example.org;klingon;\n"
        "Encore une;UN@example.org;fr;\n"
    )
    page = ana.post(
        f"{LIST}/file",
        data={"file": (io.BytesIO(rows.encode("cp1252")), "liste.csv"), "go": "try"},
        content_type="multipart/form-data",
    ).text
    assert "5 rows in the file" in page
    assert counts(page) == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 4}
    for reason in (
        "The column “name” is empty.",
        "“not an address” is not an email address.",
        "“klingon”",
        "un@example.org is already in row 2.",
    ):
        assert reason in page
    assert db.session.scalars(select(Recipient)).all() == [], "nothing is kept before it is confirmed"
    pasted = matched(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)[1]
    take = {"pasted": pasted, "go": "take"}
    unseen = ana.post(f"{LIST}/file", data=take)
    assert "Nothing was imported" in unseen.text
    assert db.session.scalars(select(Recipient)).all() == [], "nothing is kept that was not seen"
    assert ana.post(f"{LIST}/file", data=take | {"seen": seen(page)}).status_code == 302
    taken = recipient("un@example.org")
    assert (taken.name, taken.language, taken.country) == ("Ministère d’exemple", "fr", "TUN")
    again = ana.post(f"{LIST}/file", data={"pasted": pasted, "go": "try"}).text
    assert counts(again) == {"created": 0, "updated": 0, "unchanged": 1, "rejected": 4}


def test_a_list_that_changed_since_the_preview_is_shown_again_first(ana: CheckedClient) -> None:
    put(ana)
    rows = {"pasted": "name;email\nMinistry of Examples;one@example.org\n"}
    page = ana.post(f"{LIST}/file", data=rows | {"go": "try"}).text
    assert counts(page) == {"created": 0, "updated": 1, "unchanged": 0, "rejected": 0}
    recipient().name = "Ministry, as somebody corrected it meanwhile"
    db.session.commit()
    again = ana.post(f"{LIST}/file", data=rows | {"go": "take", "seen": seen(page)}).text
    assert "Nothing was imported: the preview has changed since you opened it." in again
    assert recipient().name == "Ministry, as somebody corrected it meanwhile"
    assert ana.post(f"{LIST}/file", data=rows | {"go": "take", "seen": seen(again)}).status_code == 302
    assert recipient().name == "Ministry of Examples"


def test_a_long_list_is_read_and_added_by_a_worker(ana: CheckedClient) -> None:
    rows = "name;email\n" + "".join(f"Office {n};office{n}@example.org\n" for n in range(400)) + "Bad;no address\n"
    sent = {"file": (io.BytesIO(rows.encode()), "long.csv"), "go": "try"}
    address = ana.post(f"{LIST}/file", data=sent, content_type="multipart/form-data").headers["Location"]
    page = waited(ana, address).text
    assert counts(page) == {"created": 400, "updated": 0, "unchanged": 0, "rejected": 1}
    pasted = "\r\n".join(html.unescape(matched(r"<textarea[^>]*>\s*([^<]*)</textarea>", page)[1]).splitlines())
    for _click in range(2):
        answer = ana.post(address, data={"pasted": pasted, "go": "take", "seen": seen(page)})
        assert answer.headers["Location"] == address
    assert db.session.scalars(select(Recipient)).all() == []
    assert ana.get(address).status_code == 202
    do_all(STEP)
    assert ana.get(address).headers["Location"] == LIST
    assert len(db.session.scalars(select(Recipient)).all()) == 400
    other = ana.post(address, data={"pasted": f"{pasted}\r\nNew\tnew@example.org", "go": "take", "seen": seen(page)})
    assert other.headers["Location"] != address, "what was corrected is looked at first"
    assert counts(waited(ana, other.headers["Location"]).text)["created"] == 1


def counts(page: str) -> dict[str, int]:
    """The first table of an import report."""
    rows = re.findall(r'<tr><th scope="row">(\w+)</th><td class="num">(\d+)</td></tr>', page)
    return {outcome: int(number) for outcome, number in rows}


def test_a_sheet_is_read_and_a_bomb_is_not(ana: CheckedClient) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Name", "E-mail"])
    book.active.append(["Ministry of Example", "one@example.org"])
    file = io.BytesIO()
    book.save(file)

    def sent(**more: Any) -> Any:
        """A fresh copy, since a client closes what it sends."""
        data = {"file": (io.BytesIO(file.getvalue()), "x.bin"), **more}
        return ana.post(f"{LIST}/file", data=data, content_type="multipart/form-data")

    assert sent(go="take", seen=seen(sent(go="try").text)).status_code == 302
    assert recipient().name == "Ministry of Example"
    broken = {"file": (io.BytesIO(b"PK\x03\x04 nothing"), "x.xlsx"), "go": "try"}
    page = ana.post(f"{LIST}/file", data=broken, content_type="multipart/form-data").text
    assert "damaged" in page


def test_the_register_remembers_addresses(ana: CheckedClient) -> None:
    ministry = Organisation(name=Words(en="Ministry of Example"), country="TUN")
    speak_for(ministry)
    put(ana)
    assert (ministry.email, recipient().organisation) == ("one@example.org", ministry)
    ana.post(f"{LIST}/{recipient().key}/remove")
    page = ana.get(f"{LIST}/register").text
    assert "Ministry of Example" in page
    ana.post(f"{LIST}/register", data={"organisations": [ministry.id]})
    assert recipient().organisation is ministry


def speak_for(*organisations: Organisation, slug: str = "w") -> None:
    """Somebody of each is on the agenda of a workshop, which therefore sees it."""
    session = make.session(
        workshop=db.session.scalars(db.select(Workshop).where(Workshop.slug == slug)).one(), number=9
    )
    session.appearances += [make.appearance(person=make.person(), organisation=each) for each in organisations]
    db.session.add(session)
    db.session.commit()


def test_the_register_offers_nothing_of_other_workshops(ana: Any) -> None:
    speak_for(Organisation(name=Words(en="Covert Agency"), email="covert@example.org"), slug="other")
    page = ana.get(f"{LIST}/register").text
    assert "Covert Agency" not in page
    assert "covert@example.org" not in page
    foreign = db.session.scalars(db.select(Organisation)).one()
    ana.post(f"{LIST}/register", data={"organisations": [foreign.id]})
    assert db.session.scalars(db.select(Recipient)).all() == []


def test_a_sample_is_drawn_by_lot_and_recorded(ana: Any) -> None:
    speak_for(
        *(
            Organisation(name=Words(en=f"{kind.value} {n}"), category=kind, email=f"{kind.value}{n}@example.org")
            for kind in (Category.DIASPORA, Category.STATE_MEMBER)
            for n in range(4)
        )
    )
    page = ana.post(f"{LIST}/register", data={"go": "draw", "number": 2, "of_each": "yes"}, follow_redirects=True).text
    assert "Drawn by lot: 4 of 8" in page
    drawn = [each.category for each in db.session.scalars(select(Recipient))]
    assert [drawn.count(kind) for kind in (Category.DIASPORA, Category.STATE_MEMBER)] == [2, 2]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "draw sample")).one()
    assert "4 of 8, of each category, seed " in entry.subject


def test_many_are_taken_from_the_register_at_once(ana: Any) -> None:
    forums = [
        Organisation(
            name=Words(en=f"Diaspora forum {number}"), category=Category.DIASPORA, email=f"f{number % 2}@example.org"
        )
        for number in range(3)
    ]
    ministry = Organisation(name=Words(en="Ministry"), category=Category.STATE_MEMBER, email="m@example.org")
    speak_for(*forums, ministry)
    narrowed = f"{LIST}/register?category={Category.DIASPORA.value}&q=forum"
    page = ana.get(narrowed).text
    assert "Add all 3 to the list" in page
    assert "m@example.org" not in page
    page = ana.post(narrowed, data={"go": "all"}, follow_redirects=True).text
    assert "Diaspora forum 2: f0@example.org is on the list already." in page, "two may share an address"
    assert "2 organisations were added to the list." in page


def test_the_list_is_searched_and_those_found_are_reminded(ana: CheckedClient, sink: Sink) -> None:
    put(ana)
    put(ana, "Union of Associations", "union@example.org", "fr")
    ana.post(f"{LIST}/invite")
    deliver()
    page = ana.get(f"{LIST}?show=owing&q=union").text
    assert ("union@example.org" in page, "one@example.org" in page) == (True, False)
    assert "one@example.org" in ana.get(f"{LIST}?q=African States").text, "groups of the board are words too"
    assert "Remind one recipient?" in ana.get(f"{LIST}/remind?q=union").text
    ana.post(f"{LIST}/remind?q=union")
    deliver()
    assert [letter["To"] for letter in sink.received if letter["Subject"].startswith("Rappel")] == ["union@example.org"]


def test_letters_take_fixed_words_only(ana: CheckedClient) -> None:
    address = "/workshops/w/desk/questionnaires/ask/letters/invitation"
    for text, reason in (
        ("Go to {link} {event.__class__}", None),
        ("Go to {link}, {secret}", "{secret} has no meaning here"),
        ("No way to answer", "write {link} where the personal link comes"),
    ):
        answer = ana.post(address, data={"subject-en": "Please", "text-en": text, "seen": seen(ana.get(address).text)})
        if reason:
            assert reason in answer.text.replace("&#39;", "'")
    before = seen(ana.get(address).text)
    ana.post(address, data={"subject-en": "Please, {name}", "text-en": "To {name}: {link}", "seen": before})
    page = ana.get(address).text
    assert "Please, Ministry of Example" in page
    answer = ana.post(address, data={"subject-en": "I beg you", "text-en": "{link}", "seen": before})
    assert (answer.status_code, "I beg you" in answer.text) == (409, True), "two who write one letter see both"
    assert "Please, Ministry of Example" in ana.get(address).text


def test_a_hostile_name_stays_text(ana: CheckedClient, sink: Sink) -> None:
    put(ana, EVIL)
    ana.post(f"{LIST}/invite")
    deliver()
    body = sink.received[0].get_content()
    assert sink.received[0].get_content_type() == "text/plain"
    assert body.count("/q/") == 2, "what stands in a name is not filled in again"
    assert "<script>alert" not in ana.get(LIST).text


def test_nobody_reminds_after_closing(ana: CheckedClient, asked: Questionnaire, sink: Sink) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    ana.fill(SCHEDULE, data={"anonymity": "confidential", "reminders": ["three_days"]})
    assert "A reminder will be sent automatically" in ana.get(LIST).text
    asked.closes_at = now() - timedelta(seconds=1)
    db.session.commit()
    page = ana.get(LIST).text
    assert (f"{LIST}/remind" in page, "A reminder will be sent automatically" in page) == (False, False), (
        "nothing is promised any more"
    )
    assert "This questionnaire closed on" in ana.post(f"{LIST}/remind", follow_redirects=True).text
    deliver()
    assert len(db.session.scalars(select(Letter)).all()) == 1


def test_a_late_answer_is_taken_and_marked(
    ana: CheckedClient, client: CheckedClient, asked: Questionnaire, sink: Sink
) -> None:
    put(ana)
    ana.post(f"{LIST}/invite")
    deliver()
    asked.closes_at, asked.accepts_late = now() - timedelta(seconds=1), True
    link = link_in(sink.received[0])
    client.post(f"{link}/begin")
    client.post(f"{link}/A", data={"A1": "Late", "go": "next"})
    client.post(f"{link}/submit")
    assert db.session.scalars(select(Response)).one().is_late


def test_the_board_asks_as_often_for_three_as_for_one(ana: CheckedClient) -> None:
    put(ana)
    with count_statements() as one:
        ana.get(LIST)
    for number in range(3):
        put(ana, f"Ministry {number}", f"m{number}@example.org")
    with count_statements() as four:
        ana.get(LIST)
    assert len(four) == len(one) <= 10


def test_the_interim_cut_off_comes_before_closing(ana: CheckedClient, asked: Questionnaire) -> None:
    form = {
        "interim_at": (there(asked.closes_at) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "anonymity": "confidential",
    }
    answer = ana.fill("/workshops/w/desk/questionnaires/ask/schedule", data=form)
    assert "the results would not be interim" in answer.text
    assert there(db.session.get(Questionnaire, asked.id)).interim_at is None


def test_moving_the_closing_moves_the_reminders_at_once(ana: CheckedClient, asked: Questionnaire) -> None:
    ana.fill(
        "/workshops/w/desk/questionnaires/ask/schedule", data={"reminders": "three_days", "anonymity": "confidential"}
    )
    page = ana.get("/workshops/w/desk/questionnaires/ask/settings").text
    moved = (there(asked.closes_at) + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    form = dict(re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page)) | {"closes_at": moved}
    assert ana.post("/workshops/w/desk/questionnaires/ask/settings", data=form).status_code == 302
    deliver()
    db.session.expire_all()
    (reminder,) = db.session.scalars(select(Reminder))
    assert reminder.due_at == there(there(db.session.get(Questionnaire, asked.id)).closes_at) - timedelta(days=3)
