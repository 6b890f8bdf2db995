"""The script and the server read the same conditions: on random trees and answers, and on a page filled in at random."""

from contextlib import suppress
from typing import Any

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from werkzeug.datastructures import MultiDict

from tests import factories as make
from tests.budget import examples
from tests.consultation.questions.documents import asks, document
from workshop.consultation.questions import entries
from workshop.consultation.questions.answers import accept
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.evaluation import evaluate
from workshop.consultation.questions.logic.expressions import (
    And,
    Arithmetic,
    Check,
    Compare,
    Count,
    Expression,
    Function,
    Not,
    Number,
    Operand,
    Or,
    Ref,
    Selected,
    Text,
    to_json,
    to_text,
)
from workshop.consultation.questions.logic.functions import NUMERIC, TEXTUAL
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken

CODES = ("A1", "B2", "C3", "constructor", ".")
WORDS = ("", "yes", "no", "1", "07", "2.5", "-3", "-0", "1e3", "0x1", "5.", ".5", "+1", " 1", "Infinity", "NaN", "yes no",
         "2005-02-28", "2005-02-30", "1000-01-01", "999999999999999", "٣")  # fmt: skip  # few, so that they often meet
SIGN = ("=", "!=", "<", "<=", ">", ">=")
EVALUATE = """async (cases) => {
  const { evaluate } = await import("/static/js/questionnaire.js");
  return cases.map(([tree, answers]) => evaluate(tree, answers));
}"""
WORD = st.sampled_from(WORDS)
FIGURES = st.integers(-5, 5) | st.sampled_from((1998, 12842, 10**15 - 1))
SIMPLE = st.one_of(
    st.sampled_from(CODES).map(Ref),
    WORD.map(Text),
    st.sampled_from(CODES).map(Count),
    st.sampled_from((0.0, -0.5, 1.0, 2.5, 7.0, -3.0, 12842.0)).map(Number),
)


def _calculated(part: st.SearchStrategy[Operand]) -> st.SearchStrategy[Operand]:
    some = {
        name: st.lists(part, min_size=arity[0], max_size=min(arity[-1], 3)).map(tuple)
        for name, (arity, _do) in (NUMERIC | TEXTUAL).items()
    }
    condition = st.builds(Compare, st.sampled_from(SIGN), part, part)
    return st.one_of(
        st.builds(Arithmetic, st.sampled_from(("+", "-", "*", "div", "mod")), part, part),
        *(st.builds(Function, st.just(name), arguments) for name, arguments in some.items()),
        st.tuples(condition, part, part).map(lambda three: Function("if", three)),
    )


OPERANDS = st.recursive(SIMPLE, _calculated, max_leaves=4)
LEAVES = (
    st.builds(Compare, st.sampled_from(SIGN), OPERANDS, OPERANDS)
    | st.builds(Selected, st.sampled_from(CODES), WORD)
    | st.one_of(
        *(
            st.builds(Check, st.just(name), st.tuples(OPERANDS, OPERANDS))
            for name in ("contains", "starts-with", "ends-with", "selected")
        ),
        OPERANDS.map(lambda one: Check("regex", (one, Text("[0-9a-z .]{1,4}")))),
    )
)
TREES: st.SearchStrategy[Expression] = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(lambda some: And(tuple(some))),
        st.lists(parts, min_size=2, max_size=3).map(lambda some: Or(tuple(some))),
        parts.map(Not),
    ),
    max_leaves=6,
)
MONEY = st.sampled_from(("0", "2.5", "1200.50", "-3")).map(lambda amount: {"amount": amount, "currency": "EUR"})
ANSWERS = st.dictionaries(
    st.sampled_from(CODES),
    st.one_of(
        st.none(), WORD, st.booleans(), FIGURES, st.lists(WORD, max_size=3, unique=True), MONEY, st.dates().map(str)
    ),
)


def test_browser_and_server_agree_on_conditions(page: Page) -> None:
    page.goto("/healthz")
    outcomes: set[bool] = set()

    @settings(max_examples=examples(60), deadline=None, derandomize=True)
    @given(st.lists(st.tuples(TREES, ANSWERS), min_size=1, max_size=40))
    def agree(cases: list[tuple[Expression, dict[str, Any]]]) -> None:
        there = page.evaluate(EVALUATE, [[to_json(tree), given] for tree, given in cases])
        here = [evaluate(tree, given) for tree, given in cases]
        outcomes.update(here)
        assert [
            (to_text(tree), given)
            for (tree, given), one, other in zip(cases, here, there, strict=True)
            if one is not other
        ] == []

    agree()
    assert outcomes == {True, False}, "both outcomes are tried"


CHAIN = document(
    asks("one", "one", options="yesno"),
    asks("whole", "integer"),
    asks("part", "decimal"),
    asks("day", "date"),
    asks("text", "text"),
    asks("many", "many", options="fields"),
    asks("money", "money", currency="EUR"),
    asks("agreed", "consent"),
    asks("since", "year"),
    asks("D1", "text", condition="${whole} > 1 or ${part} = 2.5"),
    asks("D2", "text", condition="${D1} != '' and ${one} = 'y'"),
    asks("D3", "text", condition="${day} >= '2005-02-28' and ${whole} != ''"),
    asks("D4", "text", condition="count-selected(${many}) >= 2"),
    asks("D5", "text", condition="${money} > ${part}"),
    asks("D6", "text", condition="not(${agreed} = 'yes') and ${text} = 'a'"),
    asks("D7", "text", condition="${D2} = '' and selected(${many}, 'edu')"),
    asks("D8", "text", condition="${since} <= 1998 or ${D6} != ''"),
    asks("D9", "text", condition="${whole} = '7' or ${text} != ${one}"),
)
# Only what can be taken, or not be read at all: what goes beyond a limit is for the server to judge.
FIGURE = st.sampled_from(
    (
        "",
        "0",
        "7",
        "007",
        "-3",
        "1",
        "1 200",
        "1.200",
        "1,200.50",
        "1.200,50",
        "1,200.30",
        "2,5",
        "2.50",
        "2.5",
        "many",
        "1e3",
        "5.0",
        " 7 ",
    )
)
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "one": st.sampled_from((["y"], ["n"])),
        "whole": FIGURE.map(lambda f: [f]),
        "part": FIGURE.map(lambda f: [f]),
        "day": st.sampled_from((["2005-02-27"], ["2005-02-28"], ["2006-01-01"])),
        "text": st.sampled_from((["a"], [" a "], ["y"], [" "])),
        "many": st.sampled_from((["edu"], ["edu", "hea"], ["hea", "wat"], ["no"])),
        "money.amount": FIGURE.map(lambda f: [f]),
        "agreed": st.sampled_from((["yes"], ["no"])),
        "since": st.sampled_from((["1998"], ["2005"])),
        **{f"D{n}": st.sampled_from((["a"], ["x y"])) for n in range(1, 10)},
    },
)
FILL = """(cases) => cases.map((typed) => {
  const form = document.getElementById("answers");
  for (const control of form.querySelectorAll("[data-question] :is(input:not([type=hidden]), select)")) {
    const values = typed[control.name] || [];
    if (/radio|checkbox/.test(control.type)) control.checked = values.includes(control.value);
    else control.value = values[0] || "";
  }
  form.querySelector("[data-question] input").dispatchEvent(new Event("input", { bubbles: true }));
  return [...form.querySelectorAll("[data-question]")].filter((box) => !box.hidden).map((box) => box.dataset.question);
})"""


def asked_by_the_server(definition: Definition, typed: dict[str, list[str]]) -> list[str]:
    """From the form as sent, through what can be taken of it, to the questions it leads to."""
    form: MultiDict[str, str] = MultiDict(typed)
    answers: dict[str, Any] = {}
    for question in definition.questions:
        with suppress(RuleBroken):
            answers |= accept(question, entries.entry_of_form(question, form), at=now())
    asked = definition.asked(answers)
    return [question.code for question in definition.questions if question.code in asked]


def test_the_page_shows_what_the_server_asks(page: Page, app: Flask) -> None:
    db.session.add(make.version(CHAIN, questionnaire=make.questionnaire(slug="chain")))
    db.session.commit()
    page.goto("/workshops/w/questionnaires/chain")
    page.click("main form button")
    page.locator("[data-question=D1]").wait_for(state="hidden")  # the script has come
    page.context.set_offline(True)  # nothing is saved on the way
    definition = Definition.read(CHAIN)

    @settings(max_examples=examples(40), deadline=None, derandomize=True)
    @given(st.lists(TYPED, min_size=1, max_size=20))
    def agree(cases: list[dict[str, list[str]]]) -> None:
        with app.test_request_context():
            here = [asked_by_the_server(definition, typed) for typed in cases]
        there = page.evaluate(FILL, cases)
        assert [(typed, one, other) for typed, one, other in zip(cases, here, there, strict=True) if one != other] == []

    agree()
