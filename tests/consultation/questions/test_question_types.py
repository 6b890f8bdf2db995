"""Every type of question: read from its document, answered, refused, told again, and counted."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.consultation.questions.documents import asks, document, question, text_of
from workshop.consultation.answering import rules
from workshop.consultation.findings.freezing import freeze
from workshop.consultation.findings.tabulation import tables
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions import answer_wording
from workshop.consultation.questions.answers import accept
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.question import Kind, Question
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
EVERY = document(
    asks("K1", "one", options="yesno", other=True),
    asks("K2", "many", options="fields", other=True, min_choices=2, max_choices=3),
    asks("K3", "rank", options="fields", top=2),
    asks("K4", "matrix", rows="rows", columns="columns"),
    asks("K5", "scale", min=1, max=5, ends={"low": {"en": "Never"}, "high": {"en": "Always"}}),
    asks("K6", "integer", min=0, max=500, unit_label={"en": "members"}),
    asks("K7", "decimal", min=0, decimals=1, unit="percent"),
    asks("K8", "money", currency="EUR"),
    asks("K9", "date", earliest="2005-02-02", latest="today"),
    asks("K10", "year", min=1990, max="current_year"),
    asks("K11", "country"),
    asks("K12", "countries", max_choices=3),
    asks("K13", "text", max_length=20),
    asks("K14", "longtext", max_length=200),
    asks("K15", "file", kinds=["pdf"], max_size=1),
    asks("K16", "email", personal=True),
    asks("K17", "consent"),
    asks("K18", "consents", options="fields"),
    asks("K19", "note"),
    asks("K20", "time"),
    asks("K21", "moment"),
    asks("K22", "calculation", calculation="${K6} + ${K10}"),
    asks(
        "K23",
        "repeat",
        least=1,
        most=4,
        item={"en": "Project"},
        questions=[
            asks("K23a", "text", required=True),
            asks("K23b", "integer", condition="${K23a} != '' and ${K6} > 10"),
            asks("K23c", "decimal"),
        ],
    ),
)
ANSWERS = {
    "K1": "other",
    "K1_other": "Perhaps",
    "K2": ["edu", "hea"],
    "K3": ["wat", "edu"],
    "K4": {"com": "low"},
    "K5": 4,
    "K6": 12,
    "K7": "2.5",
    "K8": {"amount": "10", "currency": "EUR"},
    "K9": "2005-02-28",
    "K10": 1998,
    "K11": "TUN",
    "K12": ["MAR"],
    "K13": "Short",
    "K14": "Long",
    "K16": "a@example.org",
    "K17": True,
    "K18": ["edu"],
    "K20": "14:30",
    "K21": "2005-02-28T14:30",
    "K23": [{"K23a": "Clinic", "K23b": 2003}, {"K23a": "School", "K23c": "1.125"}],
    "K15": {"name": "a.pdf", "stored_as": "0" * 64, "media_type": "application/pdf", "size": 2048},
}


def test_every_type_is_read() -> None:
    definition = Definition.read(EVERY)
    assert {q.type for q in definition.questions} == set(Kind)
    assert [q.code for q in definition.questions if q not in definition.answerable] == ["K19", "K22"]


@pytest.mark.parametrize(
    ("asked", "typed", "answer"),
    [
        (question("date"), "28.2.2005", "2005-02-28"),
        (question("date"), "2005-02-28", "2005-02-28"),
        (question("date", latest="today"), "04/05/2026", "2026-05-04"),
        (question("year"), "1998", 1998),
        (question("email"), "Desk@EXAMPLE.org", "Desk@example.org"),
        (question("many", options="fields", min_choices=2), "no", ["no"]),
    ],
)
def test_what_is_taken(asked: Question, typed: str, answer: int | list[str] | str) -> None:
    assert accept(asked, {"": [typed]}, at=NOON) == {"Q1": answer}


@pytest.mark.parametrize(
    ("asked", "typed", "message"),
    [
        (question("date"), "30.2.2005", "Write a date such as 28.02.2005: day, month, year. You wrote “30.2.2005”."),
        (
            question("date", latest="today"),
            "2026-05-05",
            "The date must not be after 4 May 2026. You wrote 5 May 2026.",
        ),
        (
            question("date", earliest="2005-02-02"),
            "2005-02-01",
            "The date must not be before 2 February 2005. You wrote 1 February 2005.",
        ),
        (
            question("date", earliest="2005-02-02", latest="2005-02-03"),
            "2005-02-04",
            "The date must be between 2 February 2005 and 3 February 2005. You wrote 4 February 2005.",
        ),
        (question("year"), "98", "Write the year in four digits, such as 1998. You wrote “98”."),
        (
            question("year", min=1990, max="current_year"),
            "2027",
            "The year must be between 1990 and 2026. You wrote 2027.",
        ),
        (question("email"), "nobody", "Write an email address such as name@example.org. You wrote “nobody”."),
        (question("many", options="fields", min_choices=2), "edu", "Choose at least 2. You chose 1."),
    ],
)
def test_what_is_refused(app: Flask, asked: Question, typed: str, message: str) -> None:
    with app.test_request_context(), pytest.raises(RuleBroken) as refusal:
        accept(asked, {"": [typed]}, at=NOON)
    assert str(refusal.value.message) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            asks("A1", "date", earliest="soon"),
            "question A1: “earliest” should be a date such as 2005-02-28, or “today”.",
        ),
        (asks("A1", "text", latest="today"), "question A1: “latest” does not go with the type text."),
        (asks("A1", "file", kinds=["exe"]), "question A1: files of the kind “exe” cannot be taken."),
        (
            asks("A1", "note", required=True),
            "question A1: a note or a calculation asks nothing, so it can be neither required nor limited.",
        ),
        (
            asks("A1", "many", options="fields", min_choices=3, max_choices=2),
            "question A1: “min_choices” is above “max_choices”.",
        ),
        (
            asks("A1", "text", limit=". = ${A9}"),
            "question A1: limit: “A9” is not an earlier question that a condition can look at.",
        ),
        (
            asks("A1", "text", condition=". = 'x'"),
            "question A1: condition: “.” is not an earlier question that a condition can look at.",
        ),
    ],
)
def test_faults_of_the_newer_keys(given: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        Definition.read(document(given))
    assert str(refusal.value) == message


def test_a_section_has_a_condition_that_its_questions_share() -> None:
    given = document(
        A=[asks("A1", "one", options="yesno"), asks("A2", "integer")], B=[asks("B1", "text", condition="${A2} > 1")]
    )
    given["sections"][1]["condition"] = "${A1} = 'y'"
    definition = Definition.read(given)
    assert text_of(definition.questions[2].condition) == "${A1} = 'y' and ${A2} > 1"
    assert text_of(definition.questions[2].own_condition) == "${A2} > 1"
    assert definition.asked({"A1": "n", "A2": 2}) == {"A1", "A2"}
    assert definition.asked({"A1": "y", "A2": 2}) == {"A1", "A2", "B1"}


def test_a_limit_looks_at_the_answer_and_at_earlier_ones(app: Flask) -> None:
    definition = Definition.read(
        document(
            asks("A1", "integer"),
            asks("A2", "integer", limit=". <= ${A1}", limit_message={"en": "Women are part of the members."}),
        )
    )
    version = QuestionnaireVersion(number=1, definition=nothing(), published_at=NOON)
    response = Response(version=version, token_hash="x", language="en", begun_at=NOON, answers={"A1": 5, "A2": 6})
    with app.test_request_context():
        assert rules.problems(definition, response, at=NOON) == {"A2": "Women are part of the members."}
        response.answers = {"A1": 6, "A2": 6}
        assert rules.problems(definition, response, at=NOON) == {}
        response.answers = {"A1": 6}
        assert rules.problems(definition, response, at=NOON) == {}


def test_every_answer_is_told_again_in_words(app: Flask) -> None:
    definition = Definition.read(EVERY)
    with app.test_request_context():
        told = {q.code: [str(line.text) for line in answer_wording.lines(q, ANSWERS)] for q in definition.answerable}
    assert (told["K9"], told["K10"], told["K15"]) == (["28 February 2005"], ["1998"], ["a.pdf (2 kB)"])
    assert (told["K6"], told["K16"]) == (["12 members"], ["a@example.org"])
    assert all(told.values())


def test_results_hold_nothing_personal_of_any_type(app: Flask) -> None:
    definition = Definition.read(EVERY)
    form = Questionnaire(slug="q", title=Words(en="Q"))
    version = QuestionnaireVersion(questionnaire=form, number=1, definition=EVERY, published_at=NOON)
    responses = [
        Response(
            version=version,
            token_hash=str(n),
            language="en",
            begun_at=NOON,
            answers=ANSWERS,
            state=ResponseState.SUBMITTED,
        )
        for n in range(6)
    ]
    snapshot = freeze(version, definition, responses, number=1, title=Words(en="T"), caveat=Words(en="C"), at=NOON)
    kept = repr([(c.question, c.options, c.codes, c.numbers) for c in snapshot.columns])
    assert not [text for text in ("example.org", "a.pdf", "0" * 64, "Perhaps", "Short", "2005-02-28") if text in kept]
    with app.test_request_context():
        shown = {each.question: each for each in tables(snapshot, definition)}
    assert shown.keys() == {q.code for q in definition.answerable}
    assert {code: each.answered for code, each in shown.items()} == dict.fromkeys(shown, 6) | {"K4": None}
