from decimal import Decimal
from typing import Any

import pytest

from tests.consultation.questions.documents import asks, diaspora, document
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.logic.expressions import to_text


def test_the_diaspora_questionnaire_is_all_there() -> None:
    definition = diaspora()
    assert [(section.code, len(section.questions)) for section in definition.sections] == [
        ("A", 4),
        ("B", 9),
        ("C", 4),
        ("D", 7),
        ("E", 6),
        ("F", 4),
    ]
    assert len(definition.questions) == 34
    everything = [
        words for q in definition.questions for words in (q.text, *(o.label for o in (*q.options, *q.rows, *q.columns)))
    ]
    assert all(words.keys() == {"en", "fr", "es", "ar"} and all(words.values()) for words in everything)


def test_the_conditions_of_the_diaspora_questionnaire() -> None:
    assert {q.code: to_text(q.condition) for q in diaspora().questions if q.condition} == {
        **dict.fromkeys(("A4", "B1", "B4", "B5", "B6", "B7", "B9"), "${A3} != 'ind'"),
        "B8": "${A3} != 'ind' and ${B7} > 0",
        "C4": "${C3} = 'y'",
        **dict.fromkeys(("D2", "D6", "D7"), "not(selected(${D1}, 'no'))"),
        **dict.fromkeys(("D4", "D5"), "${D3} = 'y'"),
        "E2": "${E1} = 'y'",
    }


def test_the_types_and_limits_of_the_diaspora_questionnaire() -> None:
    definition = diaspora()
    found = {q.code: q for q in definition.questions}
    assert sorted({q.type.value for q in definition.questions}) == [
        "consent",
        "consents",
        "countries",
        "country",
        "decimal",
        "integer",
        "longtext",
        "many",
        "matrix",
        "money",
        "one",
        "rank",
        "scale",
        "text",
    ]
    assert {code for code, q in found.items() if q.required} == {"A1", "A2", "A3", "B1", "B2", "B3", "D1"}
    assert {code for code, q in found.items() if q.other} == {"B5", "B6", "C2", "D1", "F1"}
    assert {code for code, q in found.items() if q.sensitive} == {"B3", "B6", "E3", "E6"}
    assert {code for code, q in found.items() if q.personal} == {"A4", "B1", "F4"}
    assert {
        code: [o.code for o in q.options if o.exclusive]
        for code, q in found.items()
        if any(o.exclusive for o in q.options)
    } == {
        "D1": ["no"],
        "E3": ["no"],
        "F4": ["no"],
    }
    assert (found["F1"].max_choices, found["B3"].max_choices, found["D2"].top, found["E5"].top) == (3, 5, 3, 3)
    assert (found["B4"].minimum, found["B4"].maximum, found["D5"].maximum) == (
        Decimal(1850),
        "current_year",
        Decimal(50),
    )
    assert (found["A4"].max_length, found["B1"].max_length, found["D6"].max_length) == (120, 200, 1500)
    assert found["A1"].ends_on_no
    assert found["F4"].keys == ("F4", "F4_email")
    assert list(found["E2"].steps) == [1, 2, 3, 4, 5]


CHAIN = document(
    asks("A1", "one", options="yesno"),
    asks("A2", "one", options="yesno", condition="${A1} = 'y'"),
    asks("A3", "text", condition="${A2} = 'y'"),
)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, {"A1"}),
        ({"A1": "y"}, {"A1", "A2"}),
        ({"A1": "y", "A2": "y"}, {"A1", "A2", "A3"}),
        # the answer to A2 stands, but A2 is not asked any more: it cannot lead to A3
        ({"A1": "n", "A2": "y", "A3": "text"}, {"A1"}),
    ],
)
def test_asked(answers: dict[str, str], asked: set[str]) -> None:
    assert Definition.read(CHAIN).asked(answers) == asked


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (asks("A9", "poem"), "question A9: there is no type “poem”."),
        (asks("A9", "one"), "question A9: a question of type one needs options."),
        (asks("A9", "one", options="nowhere"), "question A9: there is no list “nowhere”."),
        (asks("A9", "matrix", rows="rows"), "question A9: a question of type matrix needs columns."),
        (
            asks("A9", "scale", min=1, max=50),
            "question A9: a scale needs whole numbers min and max, 2 to 11 points apart.",
        ),
        (asks("A9", "text", required="yes"), "question A9: “required” should be bool, not str."),
        (asks("A9", "text", max_length=True), "question A9: “max_length” should be int, not bool."),
        (asks("A9", "text", lenght=3), "question A9: “lenght” is not known here."),
        (asks("A9", "integer", min="many"), "question A9: “min” should be a number, not 'many'."),
        (asks("A9", "text", other=True), "question A9: “other” goes with one or many, whose list has no code “other”."),
        (asks("A9", "text", on_no="end"), "question A9: “on_no” may be “end”, with a consent."),
        (asks("A9", "text", text={}), "question A9: “text” says nothing."),
        (asks("A9_other", "text"), "question A9_other: this code is not allowed, or there twice."),
        (asks("A1", "text"), "question A1: this code is not allowed, or there twice."),
        (
            asks("A9", "text", condition="${A9} = 'y'"),
            "question A9: condition: “A9” is not an earlier question that a condition can look at.",
        ),
        (asks("A9", "text", condition="${A1} = 'maybe'"), "question A9: condition: “maybe” is not a choice of A1."),
        (
            asks("A9", "text", condition="${A1} ="),
            "question A9: condition: Expected a question such as ${A1}, a number or a text in quotation marks at character 8 of “${A1} =”.",
        ),
    ],
)
def test_faults_are_named_with_their_place(question: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        Definition.read(document(asks("A1", "one", options="yesno"), question))
    assert str(refusal.value) == message


def test_faults_of_the_whole() -> None:
    with pytest.raises(DefinitionError, match=r"^questionnaire: “lists” is missing\.$"):
        Definition.read({"languages": ["en"], "sections": []})
    with pytest.raises(DefinitionError, match=r"^questionnaire: at least one language and one section are needed\.$"):
        Definition.read({"languages": ["en"], "lists": {}, "sections": []})
    with pytest.raises(DefinitionError, match=r"^section 1: the code “summary” should be capitals and figures\.$"):
        Definition.read(document(summary=[asks("A1", "text")]))
    twice = [{"code": "x", "label": {"en": "X"}}] * 2
    with pytest.raises(DefinitionError, match=r"^list l, option 2: the code “x” is there twice\.$"):
        Definition.read({"languages": ["en"], "lists": {"l": twice}, "sections": []})
