import pytest
from flask import Flask
from hypothesis import given

from tests.consultation.questions.logic.test_expressions import trees
from workshop.consultation.questions.logic.expressions import (
    And,
    Compare,
    Count,
    Expression,
    Not,
    Number,
    Ref,
    Selected,
    Text,
    to_text,
)
from workshop.consultation.survey_files.xlsform.xpath_expressions import Inexpressible, parse, read
from workshop.consultation.survey_files.xlsform.xpath_writer import write


@given(trees)
def test_what_is_written_for_odk_is_read_back(tree: Expression) -> None:
    assert parse(write(tree)) == tree


@pytest.mark.parametrize(
    "tree",
    [
        Compare("<", Ref("B4"), Text("2005-02-28")),
        Compare("=", Ref("B4"), Text("2005-02-28")),
        Compare("=", Ref("A"), Text("costs ${100}")),
        Compare("=", Ref("A"), Text("both ' and \"")),
        Compare(">=", Count("."), Number(2.0)),
        Not(And((Selected(".", "no"), Compare(">", Ref("."), Number(-1.5))))),
    ],
)
def test_odd_texts_and_dates_are_read_back(tree: Compare | Not) -> None:
    assert parse(write(tree)) == tree


def test_how_dates_and_references_are_written() -> None:
    assert write(Compare("<", Ref("B4"), Text("2005-02-28"))) == "${B4} < date('2005-02-28')"
    assert write(Compare("=", Ref("A"), Text("${B}"))) == "${A} = concat('$', '{B}')"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('selected( ${q1} , "a" )', "selected(${q1}, 'a')"),
        ("string-length(${q1}) > 0 and ${q2}='x'", "${q1} != '' and ${q2} = 'x'"),
        ("string-length(${q1}) = 0", "${q1} = ''"),
        ("(${age} >= 18)", "${age} >= 18"),
        ("count-selected(${q1})>1 or not(${q2}>0.5)", "count-selected(${q1}) > 1 or not(${q2} > 0.5)"),
        ("number(${q1}) < 5", "${q1} < 5"),
        ("int(${q1}) < 5", "int(${q1}) < 5"),
        ("${a} + 1 > 2 and ${a} div 2 -1 > 2", "${a} + 1 > 2 and (${a} div 2) - 1 > 2"),
        ("if(${a} = 1, ${b}, ${c}) = 2", "if(${a} = 1, ${b}, ${c}) = 2"),
        ("${d} <= date('2020-01-01')", "${d} <= '2020-01-01'"),
    ],
)
def test_what_others_write(theirs: str, ours: str) -> None:
    assert to_text(read(theirs)) == ours


@pytest.mark.parametrize(
    ("theirs", "reason"),
    [
        ("${a} + position(..) > 2", "“..)” has no counterpart here"),
        ("once(${a}) + 1 > 2", "“once” has no counterpart here"),
        ("/data/a = 1", "“/data/a” has no counterpart here"),
        ("once(${a})", "“once” has no counterpart here"),
        ("if(once(${a}) = 1, ${b}, ${c}) = 2", "“if” has no counterpart here"),
        ("${a}", "there is a value where a condition is expected"),
        ("${a} = ", "it ends too early"),
        ("(" * 200 + "${a} = 1", "its brackets are nested more than 60 deep"),
        ("${a} = '" + "x" * 9000 + "'", "it is longer than 8000 characters"),
        ("position(..) = 1", "“..)” has no counterpart here"),
    ],
)
def test_what_has_no_counterpart_is_named(theirs: str, reason: str, app: Flask) -> None:
    with pytest.raises(Inexpressible) as refusal:
        read(theirs)
    assert str(refusal.value) == reason
