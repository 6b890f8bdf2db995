"""Before the first question and after the last: what is told, what is promised, and that it is kept."""

import contextlib
import io
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import written
from tests.platform.foreign.pictures import picture
from tests.secretariat.accounts.test_mail import sink as sink  # a fixture
from workshop.consultation.answering import answer_files, retention
from workshop.consultation.questionnaires import tally
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, Publication, ResponseState
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import files, import_steps, pdf, tasks
from workshop.platform.db import db, now
from workshop.platform.foreign.limits import TABLE
from workshop.platform.i18n import on_day
from workshop.platform.mail import Message

OPEN = "/workshops/w/questionnaires/ask"
FORM: Document = {
    "languages": ["en"],
    "lists": {},
    "sections": [
        {
            "code": "A",
            "title": {"en": "A section"},
            "questions": [{"code": "A1", "type": "text", "text": {"en": "What do you do?"}, "max": 100}],
        }
    ],
}


@pytest.fixture
def version(company: Company) -> QuestionnaireVersion:
    row = make.version(FORM, questionnaire=make.questionnaire(workshop=company.workshop, slug="ask"))
    db.session.add(row)
    db.session.commit()
    return row


def answer(client: FlaskClient, said: str = "We help", **form: str) -> str:
    """Begin, answer and send by the open address; the link."""
    link = str(client.post(OPEN, data=form).headers["Location"])
    client.post(f"{link}/A", data={"A1": said, "go": "next"})
    client.post(f"{link}/submit", data=form)
    return link


def own_link(begun: Any) -> str:
    """The address of anonymous answers, without the language that it carries."""
    return str(begun.headers["Location"]).partition("?")[0]


def the_response() -> Response:
    return db.session.scalars(select(Response)).one()


def tell(organiser: Any, told: dict[str, str]) -> None:
    address = "/workshops/w/desk/questionnaires/ask/notice"
    seen = organiser.get(address).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    assert organiser.post(address, data=told | {"seen": seen}).status_code == 302


def test_it_is_told_before_the_first_question_and_the_wording_is_kept(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    told = {
        "asked_by-en": "The secretariat",
        "purpose-en": "To prepare the workshop",
        "readers-en": "Two analysts",
        "kept_until": "2027-06-30",
    }
    tell(as_("ana"), told)
    page = client.get(OPEN).text
    for words in ("The secretariat", "To prepare the workshop", "Two analysts", "Until 30 June 2027"):
        assert words in page
    answer(client)
    first = the_response().notice
    assert first["language"] == "en"
    tell(as_("ana"), told | {"readers-en": "Three analysts"})
    answer(client)
    before, after = sorted(db.session.scalars(select(Response)), key=lambda response: response.begun_at)
    assert before.notice == first
    assert after.notice["text"] != first["text"]


def test_nothing_is_published_by_name_unless_chosen(client: FlaskClient, version: QuestionnaireVersion) -> None:
    assert re.findall(r'value="(\w+)"\s+checked', client.get(OPEN).text) == ["totals"]
    answer(client)
    assert the_response().publication is Publication.TOTALS


def test_the_choice_holds_and_may_change_until_sending(client: FlaskClient, version: QuestionnaireVersion) -> None:
    link = client.post(OPEN, data={"publication": "anonymous"}).headers["Location"]
    assert re.findall(r'value="(\w+)"\s+checked', client.get(f"{link}/summary").text) == ["anonymous"]
    client.post(f"{link}/submit", data={"publication": "named"})
    assert the_response().publication is Publication.NAMED
    client.post(f"{link}/submit", data={"publication": "totals"})
    assert the_response().publication is Publication.NAMED, "sent once"
    assert "With our name" in client.get(f"{link}/summary").text


def test_it_is_not_asked_twice(client: FlaskClient, version: QuestionnaireVersion) -> None:
    version.questionnaire.asks_publication = False
    assert 'name="publication"' not in client.get(OPEN).text
    link = answer(client, publication="named")
    assert the_response().publication is Publication.TOTALS
    assert "may be published" not in client.get(f"{link}/summary").text


def test_who_is_anonymous_has_no_name_to_publish(client: FlaskClient, version: QuestionnaireVersion) -> None:
    version.questionnaire.anonymity = Anonymity.ANONYMOUS
    assert "With our name" not in client.get(OPEN).text
    answer(client, publication="named")
    assert the_response().publication is Publication.TOTALS


def test_a_copy_of_ones_answers_says_what_is_stored(client: FlaskClient, version: QuestionnaireVersion) -> None:
    link = answer(client, "We help <b>people</b>")
    file = client.get(f"{link}/copy.pdf")
    pages = PdfReader(io.BytesIO(file.data)).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "What do you do?" in said
    assert written(the_response().answers["A1"]) in said
    assert "attachment" in file.headers["Content-Disposition"]


def test_copies_never_take_all_places_of_the_service(client: FlaskClient, version: QuestionnaireVersion) -> None:
    link = answer(client)
    with contextlib.ExitStack() as others:
        for _other in range(pdf.AT_ONCE):
            others.enter_context(pdf.WaitedFor())
        page = client.get(f"{link}/copy.pdf", follow_redirects=True)
    assert "Please try again in a few seconds." in page.text
    with pdf.WaitedFor():
        pass  # the places are free again


def invited(client: Any, version: QuestionnaireVersion, said: str) -> str:
    """Begin, answer and send by an invitation to me@example.org; the link."""
    row = Recipient(questionnaire=version.questionnaire, name="Ministry", email="me@example.org", language="en")
    db.session.add(row)
    db.session.flush()
    link = f"/q/{row.current_link('key')}"
    db.session.commit()
    client.post(f"{link}/begin")
    client.post(f"{link}/A", data={"A1": said, "go": "next"})
    client.post(f"{link}/submit")
    return link


def test_a_copy_goes_to_the_invited_address_and_to_no_other(
    client: Any, version: QuestionnaireVersion, sink: Any
) -> None:
    link = invited(client, version, "Buy this")
    assert "Send a copy to me@example.org" in client.get(f"{link}/thanks").text
    client.post(f"{link}/copy", data={"email": "victim@example.org"})
    assert [each.recipient for each in db.session.scalars(select(Message))] == ["me@example.org"]


def test_who_came_by_the_open_address_mails_nobody(client: Any, version: QuestionnaireVersion) -> None:
    link = answer(client, "Buy this")
    page = client.get(f"{link}/thanks").text
    assert "Send a copy" not in page
    assert "Download a copy (PDF)" in page
    client.post(f"{link}/copy", data={"email": "victim@example.org"})
    assert db.session.scalars(select(Message)).all() == []


def test_a_copy_by_mail_is_not_kept(client: Any, version: QuestionnaireVersion, sink: Any) -> None:
    link = invited(client, version, "We help people")
    client.post(f"{link}/copy")
    while tasks.run_due():
        pass
    mail = sink.received[0].get_content()
    assert "We help people" in mail
    assert f"or withdraw it:\n\nhttp://localhost{link}\n" in mail.replace("\r", "")
    assert link.removeprefix("/q/") not in repr([*db.session.execute(text("select * from message"))])
    assert sink.received[0]["To"] == "me@example.org"
    message = db.session.scalars(select(Message)).one()
    assert "We help" not in message.text + message.secret


def test_what_is_said_of_the_link_is_true(client: FlaskClient, version: QuestionnaireVersion) -> None:
    """By the open address nobody knows whose link it is; an invitation can be sent again, and organisers see a refusal."""
    consent = {"code": "A1", "type": "consent", "required": True, "on_no": "end", "text": {"en": "Do you agree?"}}
    note = {"code": "A0", "type": "note", "text": {"en": "Please read this."}}
    form = FORM | {"sections": [{"code": "A", "title": {"en": "A section"}, "questions": [note, consent]}]}
    db.session.add(make.version(form, questionnaire=version.questionnaire, number=2))
    db.session.commit()
    link = answer(client, "yes")
    page = client.get(f"{link}/thanks").text
    assert "can read these answers and withdraw them. It cannot be sent to you again." in " ".join(page.split())
    link = str(client.post(OPEN, data={"csrf_token": "another"}).headers["Location"])
    assert "can read and change these answers." in client.get(f"{link}/A").text
    client.post(f"{link}/A", data={"A1": "no", "go": "next"})
    assert "perfectly all right" in client.get(f"{link}/thanks").text

    version.questionnaire.open_to_all = False
    row = Recipient(questionnaire=version.questionnaire, name="Ministry", email="m@example.org", language="en")
    db.session.add(row)
    db.session.flush()
    link = f"/q/{row.current_link('key')}"
    db.session.commit()
    assert "1 questions on 1 pages" in client.get(f"{link}/begin").text, "a note asks for nothing"
    client.post(f"{link}/begin")
    assert "It is the link in our email." in client.get(f"{link}/A").text
    client.post(f"{link}/A", data={"A1": "no", "go": "next"})
    page = client.get(f"{link}/thanks").text
    assert "nobody is told" not in page
    assert "The organisers see only that you do not wish to answer." in page


def test_an_anonymous_answer_is_never_mailed(client: FlaskClient, version: QuestionnaireVersion) -> None:
    version.questionnaire.anonymity = Anonymity.ANONYMOUS
    link = answer(client)
    assert "by email" not in client.get(f"{link}/thanks").text
    client.post(f"{link}/copy", data={"email": "me@example.org"})
    assert db.session.scalars(select(Message)).all() == []


def test_whoever_holds_the_whole_database_cannot_tie_answers_to_invitations(
    app: Flask, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    """200 people answer in an order of their own; every order the database knows is tried against every other."""
    asked = version.questionnaire
    asked.anonymity = Anonymity.ANONYMOUS
    people = [
        Recipient(questionnaire=asked, name=f"N{n}", email=f"n{n}@example.org", language="en", invited=True)
        for n in range(200)
    ]
    db.session.add_all(people)
    db.session.flush()
    links = {each.email: each.current_link("key") for each in people}
    db.session.commit()
    order = list(links)
    random.Random(7).shuffle(order)
    for email in order:
        own = own_link(client.post(f"/q/{links[email]}/begin"))
        client.post(f"{own}/A", data={"A1": email, "go": "next"})
        client.post(f"{own}/submit")
    assert tally.carry_over(db.session.get_one(Questionnaire, asked.id)) == 200
    used = orders_of("recipient", "email", "answered")
    sent = orders_of("response", "answers", "state = 'submitted'")
    assert all(len(each) == 200 for each in used + sent)
    for one in used:
        for other in sent:
            for guess in (other, other[::-1]):
                hits = sum(email in said for email, said in zip(one, guess, strict=True))
                assert hits < 12, "chance gives one, and twelve once in a thousand million"


def orders_of(table: str, what: str, where: str) -> list[list[str]]:
    """What the rows say, in each order that the database can give them."""
    columns = [column.name for column in db.metadata.tables[table].columns]
    hidden = ["ctid", "xmin::text::bigint"] if db.engine.dialect.name == "postgresql" else ["rowid"]
    sortable = [name for name in columns if not isinstance(db.metadata.tables[table].c[name].type, db.JSON)]
    plain = [name for name in sortable if name not in {"answers", "drafts", "done", "consent", "notice"}]
    by_each = [f"SELECT {what} FROM {table} WHERE {where} ORDER BY {by}" for by in [*plain, *hidden]]  # noqa: S608
    return [[str(row[0]) for row in db.session.execute(text(statement))] for statement in by_each]


def test_anonymous_rows_hold_no_time_but_that_of_opening_and_no_language(
    client: FlaskClient, version: QuestionnaireVersion
) -> None:
    asked = version.questionnaire
    asked.anonymity, asked.opens_at = Anonymity.ANONYMOUS, now().replace(microsecond=0) - timedelta(days=3)
    opened = asked.opens_at + timedelta(seconds=1)
    client.set_cookie("lang", "fr")
    answer(client)
    row = the_response()
    assert {row.begun_at, row.saved_at, row.submitted_at} == {opened}
    assert (row.language, row.notice["language"], row.notice["at"]) == ("en", "en", opened.isoformat())


def test_files_of_anonymous_answers_tell_neither_when_nor_in_which_order_they_came(
    app: Flask, version: QuestionnaireVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time that a file bears and by its name; by what is in it see `without_traces`."""
    asked, at = version.questionnaire, now()
    asked.anonymity, asked.closes_at = Anonymity.ANONYMOUS, None
    kept = []
    for days in range(8):
        monkeypatch.setattr(answer_files, "now", lambda days=days: at.replace(day=1) + timedelta(days=days))
        sent = FileStorage(io.BytesIO(picture("PNG", (8 + days, 8))), "map.png")
        kept.append(Path(str(app.extensions["files"].prefix), answer_files.keep(sent, asked)["stored_as"]))
    assert len({each.stat().st_mtime for each in kept}) == 1
    assert {len(each.name) for each in kept} == {32}


def test_answers_are_erased_when_their_time_is_over(
    app: Flask, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    answer(client, "canary")
    asked = version.questionnaire
    db.session.add(Recipient(questionnaire=asked, name="canary", email="canary@example.org", language="en"))
    asked.kept_until = date(2026, 6, 30)
    db.session.commit()
    sent = import_steps.store(b"name,email\ncanary,canary@example.org\n", TABLE)  # the list as it came
    assert retention.due(date(2026, 6, 30)) == [], "the last day still counts"
    (due,) = retention.due(date(2026, 7, 1))
    assert retention.purge(due) == 1
    assert retention.due(date(2026, 7, 1)) == []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert "canary" not in repr(row), table.name
    with pytest.raises(FileNotFoundError):
        files.get(sent)
    assert db.session.get(Questionnaire, asked.id), "the questionnaire itself stays"


def test_a_dry_run_only_says_what_would_go(
    app: Flask, client: FlaskClient, version: QuestionnaireVersion, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(client)
    version.questionnaire.kept_until = on_day(now(), "UTC") - timedelta(days=1)
    db.session.commit()
    retention.report(dry_run=True, on=None)
    assert "would erase: w ask" in capsys.readouterr().out
    assert the_response().state is ResponseState.SUBMITTED
    retention.report(dry_run=False, on=None)
    assert "erased: w ask" in capsys.readouterr().out
    assert db.session.scalars(select(Response)).all() == []


def test_the_worker_erases_every_day_without_being_asked(client: FlaskClient, version: QuestionnaireVersion) -> None:
    answer(client)
    version.questionnaire.kept_until = on_day(now(), "UTC") - timedelta(days=2)
    db.session.commit()
    tasks.ask_for_today()
    tasks.run_due()
    assert db.session.scalars(select(Response)).all() == []


def test_withdrawing_leaves_no_name_and_no_fingerprint(client: FlaskClient, version: QuestionnaireVersion) -> None:
    client.post(f"{answer(client, signed='Jane Synthetic')}/withdraw")
    response = the_response()
    assert (response.answers, response.signed, response.colleagues) == ({}, {}, [])


def test_a_fault_of_the_database_tells_no_answer(version: QuestionnaireVersion) -> None:
    twice: dict[str, Any] = {"token_hash": "same", "language": "en", "begun_at": now(), "answers": {"A1": "A secret"}}
    db.session.add_all([Response(version=version, **twice), Response(version=version, **twice)])
    with pytest.raises(IntegrityError) as fault:
        db.session.commit()
    db.session.rollback()
    assert "A secret" not in str(fault.value)
