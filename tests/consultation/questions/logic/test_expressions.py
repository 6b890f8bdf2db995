from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.consultation.questions.logic.evaluation import evaluate
from workshop.consultation.questions.logic.expressions import (
    And,
    Arithmetic,
    Compare,
    Expression,
    Function,
    Not,
    Number,
    Operand,
    Or,
    Ref,
    Selected,
    Text,
    conjuncts,
    names,
    to_json,
    to_text,
)
from workshop.consultation.questions.logic.grammar import ExpressionError, parse

CODES = ("A1", "B2", "C3", "D_4")
WORDS = ("", "y", "yes", "no", "ind", "1", "07", "2.5", "-3", "it's", "deux mots", "é")
plain = st.one_of(
    st.sampled_from(CODES).map(Ref),
    st.sampled_from(WORDS).map(Text),
    st.integers(-1000, 1000).map(lambda n: Number(n / 4)),
)


def _calculated(part: st.SearchStrategy[Operand]) -> st.SearchStrategy[Operand]:
    return (
        st.builds(Arithmetic, st.sampled_from(("+", "-", "*", "div", "mod")), part, part)
        | st.builds(lambda a, b: Function("coalesce", (a, b)), part, part)
        | st.builds(lambda a: Function("round", (a,)), part)
    )


operands = st.recursive(plain, _calculated, max_leaves=3)
comparisons = st.builds(Compare, st.sampled_from(("=", "!=", "<", "<=", ">", ">=")), operands, operands)
leaves = comparisons | st.builds(Selected, st.sampled_from(CODES), st.sampled_from(WORDS))


def _branch(part: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(part, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, part) | st.builds(And, several) | st.builds(Or, several)


trees: st.SearchStrategy[Expression] = st.recursive(leaves, _branch, max_leaves=8)
values = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.booleans(),
    st.integers(-5, 5),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.builds(lambda amount: {"amount": amount, "currency": "EUR"}, st.sampled_from(("0", "12.50"))),
)
answers = st.dictionaries(st.sampled_from(CODES), values)


@given(trees)
def test_what_is_written_out_is_read_back(tree: Expression) -> None:
    assert parse(to_text(tree)) == tree


@given(trees, answers)
def test_a_condition_and_its_negation_never_agree(tree: Expression, given_answers: dict[str, Any]) -> None:
    assert evaluate(Not(tree), given_answers) is not evaluate(tree, given_answers)


def test_and_binds_closer_than_or() -> None:
    a, b, c = (Compare("=", Ref(name), Number(1.0)) for name in ("A", "B", "C"))
    assert parse("${A} = 1 or ${B} = 1 and ${C} = 1") == Or((a, And((b, c))))
    assert parse("(${A} = 1 or ${B} = 1) and ${C} = 1") == And((Or((a, b)), c))


@pytest.mark.parametrize(
    ("condition", "given_answers", "holds"),
    [
        # a question without an answer is worth the empty text
        ("${A} = ''", {}, True),
        ("${A} != 'ind'", {}, True),
        ("${A} = 'ind'", {}, False),
        ("${A} > 0", {}, False),
        ("${A} <= 0", {}, False),
        ("${A} = 0", {}, False),
        ("${A} != 0", {}, True),
        ("selected(${A}, 'x')", {}, False),
        ("not(selected(${A}, 'x'))", {}, True),
        # what answers are worth
        ("${A} = 'yes'", {"A": True}, True),
        ("${A} = 'no'", {"A": False}, True),
        ("${A} = '7'", {"A": 7}, True),
        ("${A} = 7", {"A": "7.0"}, True),
        ("${A} = '7'", {"A": "7.0"}, False),
        ("${A} > 10", {"A": "9"}, False),
        ("${A} > 10", {"A": {"amount": "10.50", "currency": "EUR"}}, True),
        ("${A} = 'x y'", {"A": ["x", "y"]}, True),
        ("selected(${A}, 'x')", {"A": ["x", "y"]}, True),
        ("selected(${A}, 'x')", {"A": "x"}, True),
        ("selected(${A}, 'x')", {"A": "xy"}, False),
        ("${A} > ${B}", {"A": 3, "B": 2}, True),
        ("${A} > 'much'", {"A": 3}, False),
    ],
)
def test_evaluate(condition: str, given_answers: dict[str, Any], holds: bool) -> None:
    assert evaluate(parse(condition), given_answers) is holds


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("", "Expected a question such as ${A1}, a number or a text in quotation marks at character 1 of “”."),
        (
            "${A} = ",
            "Expected a question such as ${A1}, a number or a text in quotation marks at character 8 of “${A} = ”.",
        ),
        ("${A}", "Expected =, !=, <, <=, > or >= at character 5 of “${A}”."),
        ("${A} ( 1", "Expected =, !=, <, <=, > or >= at character 6 of “${A} ( 1”."),
        ("${A} = 1 ${B} = 1", "Expected “and”, “or” or the end at character 10 of “${A} = 1 ${B} = 1”."),
        ("(${A} = 1", "Expected “)” at character 10 of “(${A} = 1”."),
        ("selected(${A}, 1)", "Expected a code in quotation marks at character 16 of “selected(${A}, 1)”."),
        ("selected('x', 'y')", "Expected a question such as ${A1} at character 10 of “selected('x', 'y')”."),
        ("${A} = 1 ; drop", "“;” is not understood, at character 10."),
        ("__import__('os')", "There is no function “__import__” here, at character 1."),
        (
            "${A} == 1",
            "Expected a question such as ${A1}, a number or a text in quotation marks at character 7 of “${A} == 1”.",
        ),
        ("(" * 31 + "${A} = 1" + ")" * 31, "Brackets are nested more than 30 deep."),
        ("x" * 4001, "The condition is longer than 4000 characters."),
    ],
)
def test_errors_name_the_place(condition: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        parse(condition)
    assert str(refusal.value) == message


def test_names_and_conjuncts() -> None:
    tree = parse("${A} != 'ind' and (${B} > ${C} and not(selected(${D}, 'x')))")
    assert names(tree) == {"A", "B", "C", "D"}
    assert [to_text(part) for part in conjuncts(tree)] == ["${A} != 'ind'", "${B} > ${C}", "not(selected(${D}, 'x'))"]


def test_json_for_the_browser() -> None:
    assert to_json(parse("${A} != 'ind' and not(${B} > 0.5)")) == [
        "and",
        ["!=", ["ref", "A"], ["text", "ind"]],
        ["not", [">", ["ref", "B"], ["number", 0.5]]],
    ]
