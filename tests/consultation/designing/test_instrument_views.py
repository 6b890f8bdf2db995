"""Questionnaires that come with the program: whole in four languages, and a draft of one's own after one press."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import matched, there
from workshop.consultation.designing.instruments.instrument_library import INSTRUMENTS, Instrument
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questionnaires.states import Respondents
from workshop.consultation.questions import draft_checks, question_texts
from workshop.consultation.questions.definition import Definition
from workshop.platform.db import db

DESK = "/workshops/w/desk/questionnaires"


@pytest.mark.parametrize("each", INSTRUMENTS, ids=lambda each: each.key)
def test_an_instrument_lacks_no_text_and_can_be_published(each: Instrument, app: Flask) -> None:
    with app.test_request_context():
        assert draft_checks.check(each.document) == []
    assert each.languages == ["en", "fr", "es", "ar"]
    assert question_texts.missing(each.document) == {code: [] for code in each.languages}


@pytest.mark.parametrize("each", INSTRUMENTS, ids=lambda each: each.key)
def test_an_instrument_says_by_which_answers_words_may_be_published(each: Instrument) -> None:
    definition = Definition.read(each.document)
    question, *answers = each.publication_by.values()
    asked = there(definition.question(question))
    assert "publish" in asked.text["en"]
    assert answers
    assert [code for code in answers if asked.option(code) is None] == []


def test_from_the_shelf_to_an_answer_in_arabic(as_: SignedIn, company: Company) -> None:
    desk = as_("ana")
    assert f"{DESK}/ready-made" in desk.get(DESK).text
    page = desk.get(f"{DESK}/ready-made").text
    assert "B4" in page
    assert "Questionnaire to governments" in page
    answer = desk.post(f"{DESK}/ready-made", data={"instrument": "government", "languages": ["ar", "en"]})
    made = there(db.session.scalars(sa.select(Questionnaire)).one())
    assert made.draft["languages"] == ["ar", "en"]
    assert made.respondents is Respondents.STATES
    assert answer.location.endswith(f"{made.slug}/edit")
    where = f"{DESK}/{made.slug}"
    seen = matched(r'name="seen"[^>]*value="([^"]*)"', desk.get(f"{where}/publish").text)[1]
    desk.post(f"{where}/publish", data={"comparable": "yes", "seen": seen})
    made.open_to_all = True
    db.session.commit()
    shown = desk.application.test_client().get(f"/workshops/w/questionnaires/{made.slug}?lang=ar").text
    assert "استبيان موجه إلى الحكومات" in shown


def test_an_unknown_instrument_is_not_found(as_: SignedIn) -> None:
    assert as_("ana").post(f"{DESK}/ready-made", data={"instrument": "../x"}).status_code == 404
