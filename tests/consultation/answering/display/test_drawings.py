"""Drawings are shared by all respondents: what anybody answered is in none of them."""

import re

import pytest
from flask.testing import FlaskClient

from tests.consultation.answering.test_views import begin, published
from tests.consultation.questions.documents import asks, document
from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questions.definition import read_published

FALLEN_BACK = "Some texts on this page exist in another language only"
ASKED = (
    asks("Q1", "text"),
    asks("Q2", "one", options="fields"),
    asks("Q3", "text", text={"en": "And beside ${Q1}?"}),
    asks("Q4", "many", options="fields", shuffle=True),
    asks("Q5", "integer", default="7"),
)


def without_own(page: str) -> str:
    """The questions of a page: what lies between its first and the buttons below, without what leads back to it."""
    return re.sub(
        r"\s+", " ", re.sub(r"/q/[\w-]+", "", page[page.index('data-question="Q1"') : page.index('class="actions"')])
    )


@pytest.fixture
def version() -> QuestionnaireVersion:
    return published(document(*ASKED))


def test_the_second_respondent_sees_what_the_first_saw_and_nothing_of_the_answers(
    client: FlaskClient, version: QuestionnaireVersion
) -> None:
    first, second = begin(client), begin(client)
    blank = client.get(f"{first}/A").text
    again = client.get(f"{first}/A").text
    assert without_own(again) == without_own(blank)
    answered = client.post(f"{first}/A", data={"Q1": "Quite secret", "Q2": "edu", "go": "next"})
    assert answered.status_code == 302
    own = client.get(f"{first}/A").text
    assert 'value="Quite secret"' in own
    assert "And beside Quite secret?" in own or "${Q1}" in own
    other = client.get(f"{second}/A").text
    assert "Quite secret" not in other
    assert re.findall(r"<input[^>]* checked", other) == []
    drawn = read_published(version.id, version.definition).drawings
    assert {str(key[0]) for key in drawn} == {"Q1", "Q2", "Q5"}, "what repeats an answer or is mixed is not"
    assert not any("secret" in str(each) for each in drawn.values())


def test_a_language_and_what_it_lacks_is_told_each_time(client: FlaskClient) -> None:
    published(document(asks("Q1", "text")))
    link = begin(client)
    for _time in range(2):
        english, french = (client.get(f"{link}/A?lang={code}").text for code in ("en", "fr"))
        assert FALLEN_BACK not in english
        assert '<span lang="en"' in french
        assert "dans une autre langue" in french
