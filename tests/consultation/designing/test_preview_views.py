"""The preview shows what respondents will see, in each language, and keeps nothing."""

import html
import json
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.consultation.questions.documents import asks, document
from tests.looking import matched
from workshop.consultation.questionnaires import models as questionnaires_models
from workshop.consultation.questionnaires.models import Response
from workshop.platform.db import db

DESK = "/workshops/w/desk/questionnaires/q/preview"
DRAFT = document(
    A=[
        asks("A1", "one", options="yesno", text={"en": "Do you?", "fr": "Et vous ?", "ar": "وأنت؟"}),
        asks("A2", "integer", max=5),
    ],
    B=[asks("B1", "text", condition="${A1} = 'y' and ${A2} > 1"), asks("B2", "note")],
) | {"title": {"en": "T"}, "languages": ["en", "fr", "ar"]}


@pytest.fixture
def desk(as_: SignedIn, company: Company) -> FlaskClient:
    db.session.add(make.questionnaire(workshop=company.workshop, draft=DRAFT))
    db.session.commit()
    return as_("ana")


def carried(page: str) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(html.unescape(matched(r'name="answers" value="([^"]*)"', page)[1]))
    return answers


def test_answers_travel_with_the_page_and_are_kept_nowhere(desk: FlaskClient) -> None:
    page = desk.post(DESK, data={"section": "A", "answers": "{}", "A1": "y", "A2": "3", "go": "next"}).text
    assert "Question B1" in page
    assert carried(page) == {"A1": "y", "A2": 3}
    back = desk.post(
        DESK, data={"section": "B", "answers": json.dumps(carried(page)), "B1": "Words", "go": "back"}
    ).text
    assert re.search(r'id="A1-o-y"[^>]* checked', back)
    assert carried(back)["B1"] == "Words"
    assert db.session.scalar(sa.select(sa.func.count(Response.id))) == 0


def test_what_is_wrong_stays_on_the_page(desk: FlaskClient) -> None:
    page = desk.post(DESK, data={"section": "A", "answers": "{}", "A1": "y", "A2": "9", "go": "next"}).text
    assert "The figure must not be above 5. You wrote 9." in page
    assert "Question A2" in page


def test_it_tells_why_a_question_is_asked_or_not(desk: FlaskClient) -> None:
    page = " ".join(
        desk.post(DESK, data={"section": "A", "answers": "{}", "A1": "y", "A2": "1", "go": "next"}).text.split()
    )
    trace = page[page.index("Why is a question asked") :]
    assert "not asked</span>" in trace
    assert "<code>${A1} = &#39;y&#39;</code> is true; A1 is “y”" in trace
    assert "<code>${A2} &gt; 1</code> is not true; A2 is “1”" in trace


@pytest.mark.parametrize(("language", "words"), [("en", "Do you?"), ("fr", "Et vous ?"), ("ar", "وأنت؟")])
def test_every_language_of_the_questionnaire(desk: FlaskClient, language: str, words: str) -> None:
    page = desk.get(f"{DESK}?in={language}").text
    assert words in page
    assert f'<div lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert '<html lang="en"' in page, "the desk around it stays in the organiser's language"


def test_nonsense_that_travels_along_is_left_behind(desk: FlaskClient) -> None:
    for nonsense in ("{", "[]", '{"Z9": 1}', "null"):
        assert carried(desk.post(DESK, data={"section": "A", "answers": nonsense, "go": "stay"}).text) == {}


def test_a_draft_with_faults_says_what_to_mend(desk: FlaskClient, company: Company) -> None:
    form = db.session.scalars(sa.select(questionnaires_models.Questionnaire)).one()
    form.draft = DRAFT | {"sections": [{"code": "A", "title": {"en": "A"}, "questions": [asks("A1", "one")]}]}
    db.session.commit()
    page = desk.get(DESK).text
    assert "The draft cannot be shown yet" in page
    assert "It needs a list for the answers to choose from." in page


def test_a_published_version_can_be_seen_as_it_was(as_: SignedIn, company: Company) -> None:
    form = make.questionnaire(workshop=company.workshop)
    db.session.add(make.version(document(asks("A1", "text", text={"en": "As it was"})), questionnaire=form))
    db.session.flush()
    form.draft = document(asks("A1", "text", text={"en": "As it will be"})) | {"title": {"en": "T"}}
    db.session.commit()
    desk = as_("ana")
    assert "As it was" in desk.get(f"{DESK}?version=1").text
    assert "As it will be" in desk.get(DESK).text
    assert desk.get(f"{DESK}?version=2").status_code == 404
