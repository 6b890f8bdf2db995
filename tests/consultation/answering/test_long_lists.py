"""A list of thousands is searched, with or without a script; what is meant is chosen, never guessed."""

import pytest
from flask.testing import FlaskClient

from tests.consultation.answering.test_views import begin, published, send, the_response
from workshop.consultation.questions.questionnaire_document import Document

TOWNS = [f"Village number {number}" for number in range(5000)] + ["Saint-Louis", "Saint-Étienne", "Dakar"]
FORM: Document = {
    "languages": ["en"],
    "lists": {"towns": [{"code": f"t{n}", "label": {"en": town}} for n, town in enumerate(TOWNS)]},
    "sections": [
        {
            "code": "A",
            "title": {"en": "Where"},
            "questions": [
                {"code": "A1", "type": "one", "text": {"en": "Which town?"}, "options": "towns", "look": "minimal"},
                {"code": "A2", "type": "many", "text": {"en": "Others?"}, "options": "towns"},
            ],
        }
    ],
}


@pytest.fixture
def page(client: FlaskClient) -> str:
    published(FORM)
    return f"{begin(client)}/A"


def test_the_page_is_light_and_searched(client: FlaskClient, page: str) -> None:
    shown = client.get(page).text
    assert len(shown) < 30_000
    assert "Search the list (5003 entries)" in shown
    answer = send(client, page, "find:A1", A1__find="saint")
    assert answer.location.endswith("?more=A1#A1")
    shown = client.get(answer.location).text
    assert 'value="t5000"' in shown
    assert 'value="t5001"' in shown
    assert "Dakar" not in shown
    assert "needs checking" not in shown
    send(client, page, A1="t5001", A1__find="saint")
    assert the_response().answers == {"A1": "t5001"}
    assert the_response().drafts == {}


def test_a_name_that_fits_one_entry_alone_is_taken_as_it_is(client: FlaskClient, page: str) -> None:
    assert send(client, page, A1__find="DAKAR", A2__find="village number 17").location.endswith("/summary")
    assert the_response().answers == {"A1": "t5002", "A2": ["t17"]}


@pytest.mark.parametrize(("typed", "said"), [("saint", "2 entries match"), ("Atlantis", "Nothing in the list matches")])
def test_what_is_not_clear_is_asked_back(client: FlaskClient, page: str, typed: str, said: str) -> None:
    answer = send(client, page, A1__find=typed)
    assert said in answer.text
    assert the_response().answers == {}
    assert the_response().drafts == {"A1": {"find": [typed]}}


def test_another_search_replaces_the_choice_only_once_it_has_found_something(client: FlaskClient, page: str) -> None:
    send(client, page, A1="t5002")
    answer = send(client, page, "find:A1", A1__find="saint")
    shown = client.get(answer.location).text
    assert 'value="t5002" checked' in " ".join(shown.split())
    send(client, page, A1="t5000")
    assert the_response().answers == {"A1": "t5000"}


def test_several_are_gathered_one_search_after_the_other(client: FlaskClient, page: str) -> None:
    send(client, page, "find:A2", A2__find="Dakar")
    send(client, page, "find:A2", A2__find="number 4999")
    assert the_response().answers == {"A2": ["t4999", "t5002"]}
