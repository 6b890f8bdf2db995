"""The sample respondents of the demonstration are as valid as real ones, and the same at every load."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from tests import factories as make
from workshop.consultation.answering import rules
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions import entries, question_texts
from workshop.consultation.questions.answers import accept
from workshop.consultation.questions.definition import Definition
from workshop.demonstration import questionnaires_2005
from workshop.demonstration.questionnaires_2005 import load

AT = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded() -> tuple[Questionnaire, Definition, list[Response]]:
    questionnaire, version, *rows = load(make.workshop(), typed_by=1, at=AT)
    *responses, on_paper = [row for row in rows if isinstance(row, Response)]
    assert len(responses) + 1 == len(rows)
    assert (on_paper.state, on_paper.submitted_at) == (ResponseState.ENTERED, None), "it waits for its check"
    assert isinstance(questionnaire, Questionnaire)
    assert isinstance(version, QuestionnaireVersion)
    return questionnaire, Definition.read(version.definition), responses


def test_there_are_sixty_marked_as_samples(loaded: tuple[Questionnaire, Definition, list[Response]]) -> None:
    questionnaire, _definition, responses = loaded
    assert questionnaire.slug == "diaspora"
    assert questionnaire.title.keys() == questionnaire.introduction.keys() == {"en", "fr", "es"}
    assert len(responses) == 60
    assert all(isinstance(r, Response) and r.is_synthetic and r.state is ResponseState.SUBMITTED for r in responses)
    assert all(r.answers["B1"].endswith("(sample)") for r in responses if "B1" in r.answers)
    assert all(r.answers["F4_email"].endswith("@example.org") for r in responses if "F4_email" in r.answers)
    assert min(Counter(r.language for r in responses).values()) >= 10


def test_every_answer_would_be_taken_from_a_form(loaded: tuple[Questionnaire, Definition, list[Response]]) -> None:
    _questionnaire, definition, responses = loaded
    for response in responses:
        assert rules.without_unreachable(definition, response.answers) == response.answers
        for question in definition.questions:
            entry = entries.entry_to_show(question, response.answers, {})
            kept = {key: response.answers[key] for key in question.keys if key in response.answers}
            assert accept(question, entry, at=AT) == kept


def test_every_question_is_answered_by_some(loaded: tuple[Questionnaire, Definition, list[Response]]) -> None:
    _questionnaire, definition, responses = loaded
    answered = Counter(code for response in responses for code in response.answers)
    assert {q.code for q in definition.questions if answered[q.code] < 5} == set()


def test_loading_again_gives_the_same(loaded: tuple[Questionnaire, Definition, list[Response]]) -> None:
    again = [row for row in load(make.workshop(), typed_by=1, at=AT) if isinstance(row, Response)]
    assert [response.answers for response in again[:-1]] == [response.answers for response in loaded[2]]


def test_the_short_form_says_everything_in_four_languages() -> None:
    version = questionnaires_2005.short_form(make.workshop(), at=AT)
    Definition.read(version.definition)
    assert "sample" in version.questionnaire.title["en"]
    told = (version.questionnaire.title, version.questionnaire.introduction, version.questionnaire.readers)
    assert {frozenset(text) for text in told} == {frozenset(version.definition["languages"])}
    assert not any(question_texts.missing(version.definition).values())
