"""Quotas: read line by line, and told to whoever comes too late, with everything kept."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.consultation.answering.test_views import begin, published, send
from tests.consultation.questions.documents import asks, document
from workshop.consultation.questionnaires import quotas
from workshop.consultation.questionnaires.models import Quota, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken

FORM = document(A=[asks("A1", "one", options="yesno"), asks("A2", "text")], B=[asks("B1", "text")])
ONE = [Quota(question="A1", option="y", most=1)]


def test_lines_are_read_and_written_back(app: Flask) -> None:
    with app.test_request_context():
        assert quotas.quotas_of_lines("A1 = y: 1\n\n", FORM) == ONE
        assert quotas.as_lines(ONE) == "A1 = y: 1"


@pytest.mark.parametrize("line", ["A1 = maybe: 3", "A2 = y: 3", "A9 = y: 3", "A1 y 3", "A1 = y: many"])
def test_a_line_that_means_nothing_is_named(app: Flask, line: str) -> None:
    with app.test_request_context(), pytest.raises(RuleBroken, match=line.split(":")[0]):
        quotas.quotas_of_lines(f"A1 = y: 1\n{line}", FORM)


def test_who_comes_too_late_is_told_at_once_and_loses_nothing(client: FlaskClient) -> None:
    published(FORM, quotas=ONE, asks_publication=False)
    links = [begin(client) for _each in range(3)]
    for link in links[:2]:
        send(client, f"{link}/A", A1="y", A2="kept")
    first, second, third = links
    client.post(f"{first}/B", data={"B1": "x", "go": "next"})
    client.post(f"{second}/B", data={"B1": "x", "go": "next"})
    client.post(f"{first}/submit")
    assert "Enough answers of this kind" in client.post(f"{second}/submit").text
    assert "Enough answers of this kind" in send(client, f"{third}/A", A1="y", A2="typed").text
    assert send(client, f"{third}/A", A1="n").location.endswith("/B")
    states = [row.state for row in db.session.scalars(select(Response).order_by(Response.id))]
    assert states == [ResponseState.SUBMITTED, ResponseState.BEGUN, ResponseState.BEGUN]
    assert [row.answers["A2"] for row in db.session.scalars(select(Response).order_by(Response.id))][1:] == [
        "kept",
        "typed",
    ]
