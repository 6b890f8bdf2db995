"""What respondents are told after the meeting: written, shown, sent, and read behind their own links."""

import re

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import factories as make
from tests.conftest import SignedIn
from tests.consultation.findings.arranging.test_views import hidden
from tests.consultation.findings.test_views import FIRST, take, version
from workshop.consultation.feedback.models import Feedback
from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding
from workshop.consultation.presenting.quotations import has_hidden, quote
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, Publication
from workshop.deliberation.editions.models import EditionRelease, EditionState
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph, Source, SourceKind
from workshop.platform.db import Words, db, now
from workshop.platform.mail import LINK, Message

__all__ = ["version"]
DESK = "/workshops/w/desk/questionnaires/q/what-we-heard"
PUBLIC = "/workshops/w/questionnaires/q/what-we-heard"
ENTRY = {
    "heard-en": "Transfers cost too much.",
    "heard-fr": "",
    "heard-es": "",
    "answer-en": "The plenary asked for a common table of prices.",
    "answer-fr": "",
    "answer-es": "",
    "outcome": "taken",
    "questions": ["E1"],
    "position": "1",
}


@pytest.fixture
def contributor(version: QuestionnaireVersion) -> Recipient:
    """A respondent who was asked by email and answered."""
    response = db.session.scalars(select(Response).where(Response.answers["E1"].as_string().is_not(None))).first()
    recipient = Recipient(
        questionnaire=version.questionnaire, name="Association One", email="one@example.org", language="fr"
    )
    recipient.response, recipient.invited = response, True
    db.session.add(recipient)
    recipient.current_link(current_app.config["SECRET_KEY"])
    db.session.commit()
    return recipient


def add(client: FlaskClient, **but: str) -> str:
    address = f"{DESK}/entries/new"
    return client.post(address, data=hidden(client.get(address).text) | ENTRY | but, follow_redirects=True).text


def test_it_is_written_published_and_read_by_everyone(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    ana = as_("ana")
    assert "at least one thing" in ana.post(f"{DESK}/publish", follow_redirects=True).text
    assert "Say why it was not" in add(ana, outcome="not_taken", **{"answer-en": ""})
    assert "Transfers cost too much." in add(ana)
    assert client.get(PUBLIC).status_code == 404
    take(ana)
    ana.post(f"{FIRST}/publish")
    ana.post(f"{DESK}/publish")
    page = client.get(PUBLIC).text
    assert "Transfers cost too much." in page
    assert "common table of prices" in page
    assert PUBLIC in client.get("/workshops/w/questionnaires/q/results/1").text, "the results lead there"
    ana.post(f"{DESK}/withdraw")
    assert client.get(PUBLIC).status_code == 404


def test_respondents_are_written_to_once_each_in_their_language(as_: SignedIn, contributor: Recipient) -> None:
    ana = as_("ana")
    add(ana)
    assert "Publish the page first" in ana.post(f"{DESK}/send", follow_redirects=True).text
    ana.post(f"{DESK}/publish")
    ana.post(f"{DESK}/send")
    letter = db.session.scalars(select(Message).where(Message.recipient == contributor.email)).one()
    assert letter.subject.startswith("Ce que nous avons entendu")
    assert f"https://meeting.example{PUBLIC}" in letter.text
    assert f"{LINK}/what-we-heard" in letter.text
    assert "already" in ana.post(f"{DESK}/send", follow_redirects=True).text
    assert len(db.session.scalars(select(Message).where(Message.recipient == contributor.email)).all()) == 1


def test_a_contributor_sees_where_her_answers_went(as_: SignedIn, client: FlaskClient, contributor: Recipient) -> None:
    ana = as_("ana")
    add(ana)
    own = f"/q/{contributor.current_link(current_app.config['SECRET_KEY'])}"
    assert contributor.response
    contributor.response.issue_link(own.removeprefix("/q/"))
    db.session.commit()
    assert client.get(f"{own}/what-we-heard").status_code == 404, "not published yet"
    take(ana)
    ana.post(f"{DESK}/publish")
    page = client.get(f"{own}/what-we-heard?lang=en").text
    assert "You answered the question this is about." in page
    assert "no published results yet" in page
    ana.post(f"{FIRST}/publish")
    assert "/questionnaires/q/results/1" in client.get(f"{own}/what-we-heard").text
    assert f"{own}/what-we-heard" in client.get(f"{own}/thanks").text, "a link leads there"
    client.post(f"{own}/withdraw")
    assert "/questionnaires/q/results/1" not in client.get(f"{own}/what-we-heard").text


def test_a_contributor_sees_the_reports_and_the_words_that_are_quoted(
    as_: SignedIn, client: FlaskClient, contributor: Recipient
) -> None:
    ana, response = as_("ana"), contributor.response
    assert response
    response.publication, response.answers = (
        Publication.ANONYMOUS,
        response.answers | {"F2": "Publish every fee, please."},
    )
    token = contributor.current_link(current_app.config["SECRET_KEY"])
    response.issue_link(token)
    own = f"/q/{token}/what-we-heard?lang=en"
    take(ana)
    snapshot = db.session.scalars(select(Snapshot)).one()
    table = next(each for each in tables_of(snapshot, ()) if each.has_figures and not has_hidden(each))
    finding = Finding(snapshot=snapshot, table=table.question, statement=Words(en="So they say."), made_at=now())
    db.session.add_all([finding, quote(finding, table, response, "F2", excerpt="Publish every fee", names=())])
    db.session.commit()
    add(ana)
    ana.post(f"{DESK}/publish")
    ana.post(f"{FIRST}/publish")
    assert "Publish every fee" not in client.get(own).text, "the finding is a draft"
    ana.post(f"/workshops/w/desk/findings/{finding.key}/publish")
    assert "Publish every fee" in client.get(own).text
    source = Source(SourceKind.FINDING, finding.id, Words(), "")
    edition = make.edition(
        workshop=contributor.questionnaire.workshop,
        paragraphs=[Paragraph(chapter=Chapter.SUMMARY, text=Words(en="It was said."), sources=[source])],
        state=EditionState.DRAFT,
    )
    db.session.add(edition)
    db.session.commit()
    assert "/reports/plenary" not in client.get(own).text, "the report is not public"
    edition.state, edition.releases = EditionState.RELEASED, [EditionRelease(language="en", released_at=now())]
    db.session.commit()
    assert "/workshops/w/reports/plenary" in client.get(own).text
    response.publication = Publication.TOTALS
    db.session.commit()
    assert "Publish every fee" not in client.get(own).text, "consent is asked each time"


def test_of_anonymous_answers_no_link_is_sent(as_: SignedIn, contributor: Recipient) -> None:
    contributor.questionnaire.anonymity = Anonymity.ANONYMOUS
    contributor.response, contributor.answered = None, True
    db.session.commit()
    ana = as_("ana")
    add(ana)
    ana.post(f"{DESK}/publish")
    ana.post(f"{DESK}/send")
    letter = db.session.scalars(select(Message)).one()
    assert LINK not in letter.text
    assert not letter.secret


@pytest.mark.parametrize(("who", "status"), [("eva", 403), ("ben", 403), ("nobody", 302)])
def test_writing_it_is_for_analysts(as_: SignedIn, version: QuestionnaireVersion, who: str, status: int) -> None:
    assert as_(who).get(DESK).status_code == status
    assert db.session.scalars(select(Feedback)).all() == []


def test_an_entry_is_changed_and_removed(as_: SignedIn, version: QuestionnaireVersion) -> None:
    ana = as_("ana")
    address = re.findall(rf"{DESK}/entries/\d+", add(ana))[0]
    ana.post(address, data=hidden(ana.get(address).text) | ENTRY | {"heard-en": "Transfers are slow."})
    assert "Transfers are slow." in ana.get(DESK).text
    ana.post(f"{address}/remove")
    assert "Nothing is written down yet" in ana.get(DESK).text
