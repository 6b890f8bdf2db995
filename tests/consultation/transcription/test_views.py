"""The list of what came back, one set of answers, and the files sent with it."""

import io
import re
from datetime import time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.looking import record, there, written
from tests.platform.foreign import samples
from workshop.consultation.questionnaires import models as questionnaires_models
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import files
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now

RECEIVED = "/workshops/w/desk/questionnaires/ask/responses"
PDF = b"%PDF-1.4 a paper %%EOF"
FORM: Document = {
    "languages": ["en"],
    "lists": {},
    "sections": [
        {
            "code": "A",
            "title": {"en": "A section"},
            "questions": [
                {"code": "A1", "type": "text", "text": {"en": "A question"}},
                {"code": "A2", "type": "file", "text": {"en": "A file"}},
            ],
        }
    ],
}


@pytest.fixture
def asked(company: Company) -> Questionnaire:
    row = make.questionnaire(workshop=company.workshop, slug="ask")
    db.session.add(make.version(FORM, questionnaire=row))
    db.session.commit()
    return row


def answered(asked: Questionnaire, words: str, *, by: str = "", sent: bool = True) -> Response:
    version = db.session.scalars(select(questionnaires_models.QuestionnaireVersion)).one()
    response, _token = questionnaires_rules.begin(version, language="en", at=now())
    response.answers = {"A1": words}
    if sent:
        response.state, response.submitted_at = ResponseState.SUBMITTED, now()
    db.session.add(response)
    if by:
        row = Recipient(questionnaire=asked, name=by, email=f"{by.lower()}@example.org", language="en")
        row.response = response
        db.session.add(row)
    db.session.commit()
    return response


def test_what_was_sent_can_be_read_and_what_was_not_cannot(as_: SignedIn, asked: Questionnaire) -> None:
    ana = as_("ana")
    assert "No answers have arrived yet" in ana.get(RECEIVED).text
    sent = answered(asked, "Trees", by="Association")
    unsent = answered(asked, "Not meant for you yet", sent=False)
    page = ana.get(RECEIVED).text
    assert "Association" in page
    assert "Trees" in ana.get(f"{RECEIVED}/{sent.id}").text
    assert ana.get(f"{RECEIVED}/{unsent.id}").status_code == 404


def test_opening_again_after_closing_says_that_it_cannot_be_sent(as_: SignedIn, asked: Questionnaire) -> None:
    sent, ana = answered(asked, "Trees", by="Association"), as_("ana")
    key = db.session.scalars(select(Recipient.key)).one()
    pages = (f"{RECEIVED}/{sent.id}", f"/workshops/w/desk/questionnaires/ask/recipients/{key}")
    assert ["cannot be submitted until" in ana.get(page).text for page in pages] == [False, False]
    asked.closes_at = now() - timedelta(days=1)
    db.session.commit()
    assert ["cannot be submitted until" in ana.get(page).text for page in pages] == [True, True]


def test_no_delegation_reads_any_of_it(as_: SignedIn, asked: Questionnaire) -> None:
    """Participants, rapporteurs and chairs are delegations' people; organisers of other workshops are strangers."""
    sent = answered(asked, "Trees", by="Association")
    for member in ("nobody", "dov", "oto", "ben", "chi", "eva"):
        for address in (RECEIVED, f"{RECEIVED}/{sent.id}", f"{RECEIVED}/{sent.id}/files/A2"):
            assert as_(member).get(address).status_code in {302, 403, 404}, (member, address)


def test_a_file_sent_as_an_answer_can_be_taken_down_and_goes_with_the_answers(
    as_: SignedIn, client: FlaskClient, asked: Questionnaire
) -> None:
    link = client.post("/workshops/w/questionnaires/ask").headers["Location"]
    client.post(f"{link}/A", data={"A1": "See the paper", "A2": (io.BytesIO(PDF), "o'paper.pdf"), "go": "next"})
    client.post(f"{link}/submit")
    response = db.session.scalars(select(Response)).one()
    ana = as_("ana")
    assert "o&#39;paper.pdf" in ana.get(f"{RECEIVED}/{response.id}").text
    came = ana.get(f"{RECEIVED}/{response.id}/files/A2")
    assert (came.data, came.headers["Content-Security-Policy"]) == (PDF, "sandbox; default-src 'none'")
    assert "attachment" in came.headers["Content-Disposition"]
    assert ana.get(f"{RECEIVED}/{response.id}/files/A1").status_code == 404
    stored = record(response.answers["A2"])["stored_as"]
    assert ana.get(f"{RECEIVED}/{response.id}/erase").status_code == 200
    ana.post(f"{RECEIVED}/{response.id}/erase")
    db.session.expire_all()
    assert (response.state, response.answers) == (ResponseState.WITHDRAWN, {})
    with pytest.raises(FileNotFoundError):
        files.get(stored)
    verbs = [each.verb for each in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert verbs == ["download answer", "erase answers"]


def test_anonymous_answers_are_read_once_all_are_in_and_in_no_order(as_: SignedIn, asked: Questionnaire) -> None:
    """Who looks every day would see whose link was used and which set is new."""
    asked.anonymity = Anonymity.ANONYMOUS
    db.session.commit()
    ana = as_("ana")
    for number in range(12):
        answered(asked, f"Answer {number}")
    one = db.session.scalars(select(Response.id)).first()
    assert "12 sets of answers were submitted" in ana.get(RECEIVED).text
    assert ana.get(f"{RECEIVED}/{one}").status_code == 404
    asked.closes_at = now()
    db.session.commit()
    assert "Answer" in ana.get(f"{RECEIVED}/{one}").text
    page = ana.get(RECEIVED).text
    shown = [each.id for each in db.session.scalars(select(Response).order_by(Response.id))]
    places = [page.index(f"{RECEIVED}/{id}") for id in shown]
    assert places == sorted(places), "by numbers drawn by lot"


def test_few_anonymous_answers_are_never_read(as_: SignedIn, asked: Questionnaire) -> None:
    asked.anonymity = Anonymity.ANONYMOUS
    for number in range(4):
        response = answered(asked, f"Answer {number}")
    asked.closes_at = now()
    db.session.commit()
    assert as_("ana").get(f"{RECEIVED}/{response.id}").status_code == 404


def test_numbers_beyond_all_bounds_are_no_fault(as_: SignedIn, asked: Questionnaire) -> None:
    answered(asked, "Trees")
    ana = as_("ana")
    assert ana.get(f"{RECEIVED}?page=99999999999999999999999").status_code == 200
    assert ana.get(f"{RECEIVED}/99999999999999999999999").status_code == 404


def test_what_was_sent_is_opened_again_only_while_it_can_be_sent_again(as_: SignedIn, asked: Questionnaire) -> None:
    sent = answered(asked, "Trees", by="Association")
    asked.closes_at = now()
    db.session.commit()
    assert "would be lost" in as_("ana").post(f"{RECEIVED}/{sent.id}/reopen", follow_redirects=True).text
    db.session.expire_all()
    assert sent.state is ResponseState.SUBMITTED


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_however_long(as_: SignedIn, asked: Questionnaire, count: int) -> None:
    for number in range(count):
        answered(asked, "Trees", by=f"Association{number}")
    ana = as_("ana")
    with count_statements() as statements:
        ana.get(RECEIVED)
    assert len(statements) == 8, statements


def test_the_list_is_in_order_across_versions_and_pages(as_: SignedIn, asked: Questionnaire) -> None:
    """What waits for a check first, then the newest: as the whole list sorted would be, page by page."""
    sent = [answered(asked, "Trees", by=f"Association{number:02}") for number in range(30)]
    for number, each in enumerate(sent):
        each.submitted_at = make.NOON + timedelta(minutes=(number * 7) % 30)
    db.session.commit()
    wanted = [each.id for each in sorted(sent, key=lambda each: each.submitted_at or make.NOON, reverse=True)]
    pages = [as_("ana").get(f"{RECEIVED}?page={page}").text for page in (1, 2)]
    found = [[int(one) for one in re.findall(rf'{RECEIVED}/(\d+)"', page)] for page in pages]
    assert [len(page) for page in found] == [25, 5]
    assert found[0] + found[1] == wanted
    with count_statements() as statements:
        as_("ana").get(RECEIVED)
    plans = [one for one in statements if "submitted_at DESC" in one and "LIMIT" in one and "UNION ALL" not in one]
    assert not [one for one in plans if "FROM response JOIN" in one], "the whole list is sorted for one page"


def sent_file(client: FlaskClient, content: bytes, name: str) -> bytes:
    """A file sent as an answer, as it was stored."""
    link = client.post("/workshops/w/questionnaires/ask").headers["Location"]
    client.post(f"{link}/A", data={"A2": (io.BytesIO(content), name), "go": "back"})
    held = record(db.session.scalars(select(Response)).one().answers["A2"])
    assert held["name"] == name
    return files.get(written(held["stored_as"]))


def test_a_picture_sent_as_an_answer_does_not_tell_where_it_was_taken(
    client: FlaskClient, asked: Questionnaire
) -> None:
    assert b"Ines Synthetic" in samples.photo()
    assert b"Ines Synthetic" not in sent_file(client, samples.photo(), "well.jpg")


def test_an_anonymous_file_does_not_tell_who_made_it_or_when_it_came(client: FlaskClient, asked: Questionnaire) -> None:
    asked.anonymity = Anonymity.ANONYMOUS
    db.session.commit()
    kept = sent_file(client, samples.pdf("Trees"), "trees.pdf")
    assert b"Ines Synthetic" not in kept
    response = db.session.scalars(select(Response)).one()
    assert there(response.saved_at).time() == time.min
    so_far = files.names_in(f"answers/{asked.id}", before=now())
    assert record(response.answers["A2"])["stored_as"] not in so_far, "it bears the end of the day, as all of them"
