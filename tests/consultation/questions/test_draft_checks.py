"""The faults of a draft: each with its place, the same as trying all answers would find, and never a crash."""

import itertools
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from flask import Flask

from tests.consultation.questions.documents import asks, document
from workshop.consultation.designing import versions
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions import draft_checks
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.draft_checks import check
from workshop.consultation.questions.logic.draft_conditions import Conditions
from workshop.consultation.questions.logic.evaluation import evaluate
from workshop.consultation.questions.logic.expressions import (
    And,
    Compare,
    Count,
    Not,
    Number,
    Or,
    Ref,
    Selected,
    Text,
    to_text,
)
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import db


def titled(*questions: dict[str, Any], **sections: list[dict[str, Any]]) -> Document:
    return {**document(*questions, **sections), "title": {"en": "T"}}


def told(draft: Document) -> list[str]:
    """The faults, without those of lists that this small draft does not use."""
    return [f"{fault.code}: {fault.message}" for fault in check(draft) if fault.kind != "list"]


YES = asks("A1", "one", options="yesno")


def test_a_sound_draft_has_no_faults() -> None:
    assert (
        told(titled(YES, asks("A2", "text", condition="${A1} = 'y'"), asks("A3", "integer", min=0, limit=". < 5")))
        == []
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (asks("A2", "text", condition="${A9} = 'y'"), "There is no question “A9”."),
        (asks("A2", "text", condition="${A1} = 'maybe'"), "“maybe” is not among the answers to A1."),
        (asks("A2", "text", condition="selected(${A1}, 'maybe')"), "“maybe” is not among the answers to A1."),
        (
            asks("A2", "text", condition="${A1} > 3"),
            "A1 is neither a number nor a date, so it cannot be compared as more or less.",
        ),
        (
            asks("A2", "text", condition="${A1} = 'y' and ${A1} = 'n'"),
            "This condition can never be true, so the question would never be asked.",
        ),
        (
            asks("A2", "text", condition="${A1} = 'y' or ${A1} != 'y'"),
            "This condition is always true, so it can be left out.",
        ),
        (
            asks("A2", "text", condition="${A1} ="),
            "Expected a question such as ${A1}, a number or a text in quotation marks at character 8 of “${A1} =”.",
        ),
        (
            asks("A2", "text", condition="${A3} = 'x'"),
            "A3 comes later, or is this question itself; a condition can only refer to earlier questions.",
        ),
        (
            asks("A2", "text", condition=". = 'x'"),
            "“.” means the answer itself: use it in a limit, not in a condition.",
        ),
        (asks("A2", "integer", min=0, max=9, limit=". > 9"), "No answer can respect this limit."),
        (
            asks("A2", "integer", min=0, max=9, limit=". < 10"),
            "Every answer respects this limit, so it can be left out.",
        ),
        (
            asks("A2", "one", options="yesno", limit=". != 'n'"),
            "The answer “n” can never be chosen: the limit excludes it.",
        ),
        (asks("A2", "one"), "It needs a list for the answers to choose from."),
        (asks("A2", "text", text={}), "The question has no text yet."),
        (asks("A2", "scale", min=1, max=30), "A scale goes from one whole number to another, 2 to 11 points."),
        (asks("A2", "integer", min=5, max=2), "The lowest is above the highest: no answer is possible."),
    ],
)
def test_faults_with_their_place(app: Flask, question: dict[str, Any], message: str) -> None:
    assert told(titled(YES, question, asks("A3", "text"))) == [f"A2: {message}"]


def test_circles_are_told_as_such(app: Flask) -> None:
    draft = titled(
        asks("A1", "one", options="yesno", condition="${A2} = 'y'"),
        asks("A2", "one", options="yesno", condition="${A1} = 'y'"),
    )
    assert told(draft) == ["A1: A2 depends on this question in turn: the two form a circle."]


def test_what_nobody_reaches(app: Flask) -> None:
    draft = titled(
        asks("A1", "one", options="yesno", required=True),
        asks("A2", "one", options="yesno", condition="${A1} = 'y'"),
        asks("A3", "text", condition="${A1} = 'n' and ${A2} = 'y'"),
        asks("A4", "text", condition="${A1} = ''"),
    )
    led_past = "This question is never asked: anyone who meets its condition has skipped the questions it refers to."
    assert told(draft) == [f"A3: {led_past}", f"A4: {led_past}"]


def test_ranges_and_ends_of_the_questionnaire_count(app: Flask) -> None:
    draft = titled(
        asks("A1", "integer", min=0, max=10),
        asks("A2", "consent", on_no="end"),
        asks("A3", "date", earliest="2005-02-02"),
        asks("A4", "many", options="fields", max_choices=1),
        asks("B1", "text", condition="${A1} > 10"),
        asks("B2", "text", condition="${A2} = 'no'"),
        asks("B3", "text", condition="${A3} < '2005-02-02'"),
        asks("B4", "text", condition="selected(${A4}, 'edu') and selected(${A4}, 'hea')"),
        asks("B5", "text", condition="selected(${A4}, 'edu') and not(selected(${A4}, 'no'))"),
        asks("B6", "text", condition="count-selected(${A4}) > 1"),
    )
    never = "This condition can never be true, so the question would never be asked."
    assert told(draft) == [f"{code}: {never}" for code in ("B1", "B2", "B3", "B4", "B6")]


def test_a_question_and_its_section_may_exclude_each_other(app: Flask) -> None:
    draft = titled(A=[YES], B=[asks("B1", "text", condition="${A1} = 'n'")])
    draft["sections"][1]["condition"] = "${A1} = 'y'"
    assert told(draft) == [
        "B1: This question is never asked: its condition and that of its section exclude each other."
    ]


def test_lists_that_nothing_uses(app: Flask) -> None:
    assert [(f.kind, f.code, f.is_error) for f in check(titled(YES))] == [
        ("list", name, False) for name in ("fields", "rows", "columns")
    ]


KINDS = ("one", "many", "consent", "scale", "integer", "rank")
SHAPES: dict[str, dict[str, Any]] = {
    "one": {"options": "yesno"},
    "many": {"options": "fields"},
    "consent": {},
    "scale": {"min": 1, "max": 3},
    "integer": {"min": 0, "max": 3},
    "rank": {"options": "columns"},
}


def a_part(dice: Random, earlier: list[dict[str, Any]]) -> Any:
    question = dice.choice(earlier)
    name = question["code"]
    match question["type"]:
        case "one":
            return Compare(dice.choice(("=", "!=")), Ref(name), Text(dice.choice(("y", "n", ""))))
        case "many":
            some = (
                Selected(name, dice.choice(("edu", "wat", "no"))),
                Compare(dice.choice((">", "<=", "=")), Count(name), Number(float(dice.randint(0, 3)))),
            )
            return dice.choice(some)
        case "rank":
            return Selected(name, dice.choice(("low", "high")))
        case "consent":
            return Compare("=", Ref(name), Text(dice.choice(("yes", "no", ""))))
    numbers = [each["code"] for each in earlier if each["type"] in {"scale", "integer"} and each is not question]
    other = Ref(dice.choice(numbers)) if numbers and dice.random() < 0.4 else Number(float(dice.randint(-1, 4)))
    return Compare(dice.choice(("<", "<=", ">", ">=", "=", "!=")), Ref(name), other)


def a_tree(dice: Random, earlier: list[dict[str, Any]]) -> Any:
    parts = tuple(a_part(dice, earlier) for _ in range(dice.randint(1, 3)))
    tree: Any = parts[0] if len(parts) == 1 else dice.choice((And, And, Or))(parts)
    return Not(tree) if dice.random() < 0.2 else tree


def a_draft(dice: Random) -> Document:
    questions: list[dict[str, Any]] = []
    for number in range(1, 5):
        kind = dice.choice(KINDS)
        question = asks(f"A{number}", kind, required=dice.random() < 0.3, **SHAPES[kind])
        if questions and dice.random() < 0.7:
            question["condition"] = to_text(a_tree(dice, questions))
        questions.append(question)
    return titled(*questions)


def every_answer(question: dict[str, Any]) -> list[Any]:
    fields = ("edu", "hea", "wat")
    several = [list(some) for size in (1, 2, 3) for some in itertools.combinations(fields, size)]
    ways: dict[str, list[Any]] = {
        "one": ["y", "n"],
        "many": [*several, ["no"]],
        "consent": [True, False],
        "scale": [1, 2, 3],
        "integer": [0, 1, 2, 3],
        "rank": [["low"], ["high"], ["low", "high"], ["high", "low"]],
    }
    return ways[question["type"]]


def every_way_through(definition: Definition, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All answers with which somebody can come to the end."""
    ways: list[dict[str, Any]] = [{}]
    for question, model in zip(questions, definition.questions, strict=True):
        longer = []
        for way in ways:
            if model.condition is not None and not evaluate(model.condition, way):
                longer.append(way)
                continue
            longer += [] if model.required else [way]
            longer += [{**way, model.code: answer} for answer in every_answer(question)]
        ways = longer
    return ways


def test_it_agrees_with_trying_every_answer(app: Flask) -> None:
    dice, tried, impossible = Random(7), 0, 0
    for _ in range(150):
        draft = a_draft(dice)
        questions = draft["sections"][0]["questions"]
        definition = Definition.read(draft)
        ways = every_way_through(definition, questions)
        conditions = Conditions(draft, draft_checks.readable(draft).questions)
        conditions.faults()
        for question in definition.questions:
            if question.condition is None:
                continue
            holds = any(evaluate(question.condition, way) for way in ways)
            always = all(evaluate(question.condition, way) for way in ways)
            assert conditions.search.can_hold(question.condition) is holds, to_text(question.condition)
            assert conditions.search.can_hold(Not(question.condition)) is not always, to_text(question.condition)
            tried, impossible = tried + 1, impossible + (not holds)
    assert tried > 200
    assert impossible > 20, "both outcomes are tried"


def spoilt(dice: Random, draft: Document) -> Document:
    """A draft with something taken away, doubled or scribbled over."""
    question = dice.choice(draft["sections"][0]["questions"])
    match dice.randrange(7):
        case 0:
            question.pop(dice.choice(sorted(question.keys() - {"code", "type"})), None)
        case 1:
            question["condition"] = dice.choice(
                ("(", "${A1", "${A4} = 'x'", "not(selected(${A2}, 'edu'))", "𝄞", ". > 3", "1 = 1")
            )
        case 2:
            question["type"] = dice.choice([kind.value for kind in Kind])
        case 3:
            draft["lists"].pop(dice.choice(sorted(draft["lists"])))
        case 4:
            draft["sections"][0]["questions"].append(dict(question))
        case 5:
            question["limit"] = dice.choice(
                (". = ${A1}", "count-selected(.) > 1", ". != ''", ". <", "selected(., 'edu')")
            )
        case 6:
            question["min"], question["max"] = dice.choice(((9, 1), (0, 0), ("x", 2), (None, True)))
    return draft


def test_no_draft_makes_it_stumble_and_what_it_lets_pass_can_be_published(app: Flask) -> None:
    dice, published = Random(11), 0
    for _ in range(400):
        draft = a_draft(dice)
        for _again in range(dice.randint(0, 3)):
            if draft["lists"]:
                draft = spoilt(dice, draft)
        if draft_checks.errors(check(draft)):
            continue
        form = Questionnaire(slug="q", title=db.Words(en="T"), draft=draft)
        version = versions.publish(form, None, note=db.Words(), comparable=True, at=datetime(2026, 3, 2, tzinfo=UTC))
        assert Definition.read(version.definition).questions
        assert {**version.definition, "introduction": {}} == {**draft, "introduction": {}}
        published += 1
    assert 30 < published < 370
