"""One organisation, one set of answers: several write, the second at a question sees both texts, one signs."""

import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import matched, there
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.accounts.test_mail import sink as sink  # a fixture
from workshop.consultation.answering import colleagues
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft, SectionDraft
from workshop.platform import tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db

OPEN = "/workshops/w/questionnaires/ask"


def section(code: str) -> SectionDraft:
    question: QuestionDraft = {"code": f"{code}1", "type": "text", "text": {"en": f"Question {code}"}, "max": 100}
    return {"code": code, "title": {"en": f"Section {code}"}, "questions": [question]}


FORM: Document = {"languages": ["en", "fr"], "lists": {}, "sections": [section(code) for code in "ABC"]}


@pytest.fixture
def version(company: Company) -> QuestionnaireVersion:
    row = make.version(FORM, questionnaire=make.questionnaire(workshop=company.workshop, slug="ask"))
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def own(client: FlaskClient, version: QuestionnaireVersion) -> str:
    """The link of whoever began, and will sign."""
    return str(client.post(OPEN).headers["Location"])


def asked(client: FlaskClient, own: str, sink: Sink, name: str = "Labour", *sections: str) -> str:
    """The link that a colleague finds in the mail."""
    form = {
        "name": f"Ministry of {name}",
        "email": f"{name.lower()}@example.org",
        "language": "en",
        "sections": list(sections),
    }
    client.post(f"{own}/colleagues", data=form)
    while tasks.run_due():
        pass
    return matched(r"(/q/[\w-]+)", sink.received[-1].get_content())[1]


def mark(page: str, code: str) -> str:
    return matched(rf'name="{code}\.was" value="(\w+)"', page)[1]


def the_response() -> Response:
    return db.session.scalars(select(Response)).one()


def test_colleagues_fill_their_parts_and_one_signs(client: FlaskClient, own: str, sink: Sink) -> None:
    labour, health = asked(client, own, sink, "Labour", "B"), asked(client, own, sink, "Health", "C")
    assert client.get(labour).headers["Location"] == f"{labour}/B"
    client.post(f"{labour}/B", data={"B1": "Jobs", "go": "next"})
    client.post(f"{health}/C", data={"C1": "Care", "go": "next"})
    client.post(f"{own}/A", data={"A1": "All of us", "go": "next"})
    assert client.post(f"{labour}/submit", data={"signed": "Not me"}).status_code == 403
    assert "Submit my answers" not in client.get(f"{labour}/summary").text
    assert "write the name of the person who signs" in client.post(f"{own}/submit").text
    assert the_response().state is ResponseState.BEGUN
    client.post(f"{own}/submit", data={"signed": "The Director (synthetic)"})
    sent = the_response()
    assert sent.answers == {"A1": "All of us", "B1": "Jobs", "C1": "Care"}
    pages = PdfReader(io.BytesIO(client.get(f"{own}/copy.pdf").data)).pages
    said = "".join("".join(page.extract_text() for page in pages).split())
    assert colleagues.digest(sent.answers) in said, "the signed copy and what is stored are the same"
    assert "TheDirector(synthetic)" in said


def test_a_colleague_writes_only_where_asked(client: FlaskClient, own: str, sink: Sink) -> None:
    labour = asked(client, own, sink, "Labour", "B")
    assert client.get(f"{labour}/A").status_code == 403
    assert client.post(f"{labour}/A", data={"A1": "x"}).status_code == 403
    assert client.post(f"{labour}/save", data={"question": "A1", "A1": "x"}).status_code == 403
    assert client.get(f"{labour}/withdraw").status_code == 403
    assert client.get(f"{labour}/colleagues").status_code == 403
    assert the_response().answers == {}


def test_a_colleague_neither_ends_the_answers_nor_is_offered_to(
    client: FlaskClient, version: QuestionnaireVersion, sink: Sink
) -> None:
    consent = {"code": "A0", "type": "consent", "required": True, "on_no": "end", "text": {"en": "Do you agree?"}}
    agreed, *others = FORM["sections"]
    form = FORM | {"sections": [agreed | {"questions": [consent]}, *others]}
    db.session.add(make.version(form, questionnaire=version.questionnaire, number=2))
    db.session.commit()
    own = str(client.post(OPEN).headers["Location"])
    labour = asked(client, own, sink)
    assert "You answered no." in client.post(f"{labour}/A", data={"A0": "no", "go": "next"}).text
    assert the_response().state is ResponseState.BEGUN
    client.post(f"{own}/A", data={"A0": "yes", "go": "next"})
    client.post(f"{own}/submit", data={"signed": "The Director (synthetic)"})
    assert f"{own}/withdraw" in client.get(f"{own}/thanks").text
    page = client.get(f"{labour}/thanks").text
    assert f"{labour}/withdraw" not in page
    assert "the person who signed for the organisation can withdraw it" in page


def test_two_at_one_question_see_both_texts_and_nothing_is_lost(client: FlaskClient, own: str, sink: Sink) -> None:
    labour = asked(client, own, sink)
    mine, theirs = client.get(f"{own}/A").text, client.get(f"{labour}/A").text
    client.post(f"{own}/A", data={"A1": "First text", "A1.was": mark(mine, "A1"), "go": "next"})
    clash = client.post(f"{labour}/A", data={"A1": "Second text", "A1.was": mark(theirs, "A1"), "go": "next"})
    assert clash.status_code == 200
    assert "First text" in clash.text
    assert 'value="Second text"' in clash.text
    assert the_response().answers == {"A1": "First text"}
    client.post(f"{labour}/A", data={"A1": "Both", "A1.was": mark(clash.text, "A1"), "go": "next"})
    assert the_response().answers == {"A1": "Both"}


def test_the_script_is_told_too_and_overwrites_nothing(client: FlaskClient, own: str, sink: Sink) -> None:
    labour = asked(client, own, sink)
    mark_of = mark(client.get(f"{labour}/A").text, "A1")
    client.post(f"{own}/save", data={"question": "A1", "A1": "First text", "A1.was": mark_of})
    refused = client.post(f"{labour}/save", data={"question": "A1", "A1": "Second text", "A1.was": mark_of})
    assert refused.status_code == 409
    assert "First text" in there(refused.json)["refused"]
    assert the_response().answers == {"A1": "First text"}


def test_one_sees_who_else_is_there(client: FlaskClient, own: str, sink: Sink) -> None:
    labour = asked(client, own, sink)
    client.get(f"{labour}/A")
    assert "Ministry of Labour" in client.get(f"{own}/A").text
    assert "Ministry of Labour" not in client.get(f"{own}/B").text
    assert "the person who signs for the organisation" in client.get(f"{labour}/B").text


def test_ended_access_opens_nothing_and_loses_nothing(client: FlaskClient, own: str, sink: Sink) -> None:
    labour = asked(client, own, sink)
    client.post(f"{labour}/A", data={"A1": "Kept", "go": "next"})
    client.post(f"{own}/colleagues/{the_response().colleagues[0].key}/remove")
    assert client.get(labour).status_code == 404
    assert the_response().answers == {"A1": "Kept"}


def test_the_link_of_a_colleague_is_kept_nowhere(client: FlaskClient, own: str, sink: Sink) -> None:
    token = asked(client, own, sink).removeprefix("/q/")
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert token not in repr(row), table.name


def test_anonymous_answers_have_no_colleagues(client: FlaskClient, version: QuestionnaireVersion) -> None:
    version.questionnaire.anonymity = Anonymity.ANONYMOUS
    own = client.post(OPEN).headers["Location"]
    form = {"name": "Ministry", "email": "m@example.org", "language": "en"}
    assert "cannot be added to anonymous answers" in client.post(f"{own}/colleagues", data=form).text
    assert the_response().colleagues == []


def test_opening_again_is_noted(as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion) -> None:
    row = Recipient(questionnaire=version.questionnaire, name="Ministry", email="m@example.org", language="en")
    db.session.add(row)
    db.session.flush()
    own = f"/q/{row.current_link('key')}"
    client.post(f"{own}/begin")
    client.post(f"{own}/A", data={"A1": "Before", "go": "next"})
    client.post(f"{own}/submit")
    as_("ana").post(f"/workshops/w/desk/questionnaires/ask/recipients/{row.key}/reopen")
    assert the_response().state is ResponseState.BEGUN
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "reopen answers"))
    assert entry.subject == f"ask {row.key}"
    client.post(f"{own}/A", data={"A1": "After", "go": "next"})
    client.post(f"{own}/submit")
    assert (the_response().state, the_response().answers) == (ResponseState.SUBMITTED, {"A1": "After"})


def test_a_colleague_changes_only_the_own_language(client: FlaskClient, own: str, sink: Sink) -> None:
    labour = asked(client, own, sink, "Labour", "B")
    before = the_response().language
    client.post(f"{labour}/B?lang=fr", data={"B1": "Du travail", "go": "next"})
    assert (the_response().language, the_response().answers) == (before, {"B1": "Du travail"})


def test_what_is_typed_while_the_answers_are_sent_elsewhere_is_given_back(client: FlaskClient, own: str) -> None:
    page = client.get(f"{own}/A").text
    client.post(f"{own}/submit")
    said = client.post(f"{own}/A", data={"A1": "My last thought", "A1.was": mark(page, "A1"), "go": "next"})
    for words in ("Not saved: what you just wrote", "My last thought", "were submitted"):
        assert words in said.text
    assert the_response().answers == {}
    assert client.post(f"{own}/A", data={"A1": "", "A1.was": mark(page, "A1")}).status_code == 302
