"""Changing what was sent, reading along without writing, going from section to section, and speaking as one person."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.consultation.answering.test_colleague_views import OPEN, asked, own, version  # fixtures too
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.accounts.test_mail import sink as sink  # a fixture
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import Respondents, ResponseState
from workshop.platform.db import db, now

__all__ = ["own", "version"]


def the_response() -> Response:
    db.session.expire_all()
    return db.session.scalars(select(Response)).one()


@pytest.fixture
def sent(client: FlaskClient, own: str, version: QuestionnaireVersion) -> str:
    """The link of answers that were sent, and may be changed."""
    version.questionnaire.allows_changes = True
    db.session.commit()
    for code in "ABC":
        client.post(f"{own}/{code}", data={f"{code}1": "first", "go": "next"})
    client.post(f"{own}/submit", data={})
    assert the_response().state is ResponseState.SUBMITTED
    return own


def test_changed_and_sent_again_both_are_known(client: FlaskClient, sent: str) -> None:
    first = the_response().submitted_at
    assert "Change my answers" in client.get(f"{sent}/thanks").text
    client.post(f"{sent}/change")
    assert the_response().state is ResponseState.BEGUN
    page = client.get(f"{sent}/summary").text
    assert "They do not count until you submit them again" in page
    assert "first" in page
    client.post(f"{sent}/A", data={"A1": "second", "go": "next"})
    client.post(f"{sent}/submit", data={})
    row = the_response()
    assert row.state is ResponseState.SUBMITTED
    assert row.answers["A1"] == "second"
    assert [each["at"] for each in row.earlier] == [first and first.isoformat()]
    assert "Submitted before" in client.get(f"{sent}/summary").text


def test_discarded_changes_leave_what_was_sent_as_of_its_day(client: FlaskClient, sent: str) -> None:
    before = the_response()
    day, answers = before.submitted_at, before.answers
    client.post(f"{sent}/change")
    client.post(f"{sent}/A", data={"A1": "regretted", "go": "next"})
    client.post(f"{sent}/change", data={"go": "discard"})
    row = the_response()
    assert (row.state, row.submitted_at, row.answers) == (ResponseState.SUBMITTED, day, answers)
    assert row.earlier == []
    assert row.drafts == {}


def test_withdrawing_erases_what_was_sent_earlier_too(client: FlaskClient, sent: str) -> None:
    client.post(f"{sent}/change")
    client.post(f"{sent}/withdraw")
    row = the_response()
    assert row.state is ResponseState.WITHDRAWN
    assert row.earlier == []
    assert row.answers == {}
    assert row.submitted_at is not None  # results can say that a set which counted was withdrawn


@pytest.mark.parametrize("why", ["not allowed", "closed"])
def test_nothing_is_opened_where_it_could_not_be_sent_again(
    client: FlaskClient, sent: str, version: QuestionnaireVersion, why: str
) -> None:
    if why == "closed":
        version.questionnaire.closes_at = now() - timedelta(minutes=1)
    else:
        version.questionnaire.allows_changes = False
    db.session.commit()
    assert "Change my answers" not in client.get(f"{sent}/thanks").text
    page = client.post(f"{sent}/change", follow_redirects=True).text
    assert "can no longer be changed" in page
    assert the_response().state is ResponseState.SUBMITTED


def test_somebody_who_only_reads_sees_all_and_writes_nothing(client: FlaskClient, own: str, sink: Sink) -> None:
    client.post(f"{own}/A", data={"A1": "for the minister", "go": "next"})
    form = {"name": "Minister", "email": "minister@example.org", "language": "en", "reads_only": "y"}
    client.post(f"{own}/colleagues", data=form)
    assert "Reads everything, changes nothing" in client.get(f"{own}/colleagues").text
    link = asked(client, own, sink, "Labour")  # sends what waits
    letters = {str(each["To"]): each.get_content() for each in sink.received}
    assert "you can change nothing with it" in letters["minister@example.org"]
    reading = letters["minister@example.org"].split("/q/")[1].split()[0]
    assert f"/q/{reading}" != link
    page = client.get(f"/q/{reading}", follow_redirects=True).text
    assert "for the minister" in page
    assert "not submitted yet" in page
    assert ">Change<" not in page
    assert client.get(f"/q/{reading}/A").status_code == 403
    assert client.post(f"/q/{reading}/save", data={"question": "A1", "A1": "mine"}).status_code == 403
    assert client.post(f"/q/{reading}/submit").status_code == 403
    assert the_response().answers["A1"] == "for the minister"


def test_going_to_another_section_saves_this_one(client: FlaskClient, own: str) -> None:
    page = client.get(f"{own}/A").text
    assert 'value="to:C"' in page
    assert "Section C" in page
    answer = client.post(f"{own}/A", data={"A1": "kept", "go": "to:C"})
    assert answer.location.endswith(f"{own}/C")
    assert the_response().answers["A1"] == "kept"
    assert client.post(f"{own}/C", data={"go": "to:"}).location.endswith("/summary")
    assert client.post(f"{own}/C", data={"go": "to:nowhere"}).location.endswith("/summary")


def test_one_person_is_not_spoken_to_as_an_organisation(client: FlaskClient, version: QuestionnaireVersion) -> None:
    version.questionnaire.asks_publication = True
    db.session.commit()
    assert "With our name" in client.get(OPEN).text
    version.questionnaire.respondents = Respondents.INDIVIDUALS
    db.session.commit()
    assert "With my name" in client.get(OPEN).text
    assert "our name" not in client.get(OPEN).text
