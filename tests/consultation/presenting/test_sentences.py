"""What drafts say of each kind of question: every figure with what it is of, and nothing that a hidden one could belie."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests import factories as make
from tests.consultation.findings.test_tabulation import tabulated
from workshop.consultation.findings.models import Precision, Snapshot
from workshop.consultation.presenting.sentences import sentence_of
from workshop.consultation.questionnaires.states import Respondents
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words

OF_60 = "Of the 60 organisations that answered the questionnaire, "
ONE = {"type": "one", "options": "yn"}
RANKING = {"type": "rank", "options": "areas", "top": 2}


@pytest.fixture(autouse=True)
def in_english(built_app: Flask) -> Iterator[None]:
    with built_app.test_request_context():
        yield


def results(responses: int) -> Snapshot:
    snapshot = Snapshot(
        version=make.version(nothing()),
        number=1,
        taken_at=make.NOON,
        responses=responses,
        caveat=Words(en="C"),
        title=Words(en="R"),
    )
    snapshot.respondents = Respondents.ORGANISATIONS
    return snapshot


def said(question: dict[str, Any], answers: dict[Any, int]) -> str:
    table = tabulated(question, answers)[0]
    return sentence_of(table, results(sum(answers.values())), "en")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"y": 25, "n": 25, None: 10}, "60 were asked this question and 50 answered it. Many of those asked (25 of 60) "
         "chose “Yes”. As many chose “No”."),
        ({"y": 40, "n": 20}, "60 answered this question. Most of those asked (40 of 60) chose “Yes”. Next comes “No” (20)."),
        ({"y": 12, "n": 6, None: 42}, "60 were asked this question and 18 answered it. Several of those asked (12 of 60) "
         "chose “Yes”. Next comes “No” (6)."),
    ],
)  # fmt: skip
def test_one_answer_with_all_who_were_asked(answers: dict[Any, int], sentence: str) -> None:
    assert said(ONE, answers) == OF_60 + sentence


def test_beside_a_withheld_figure_nothing_is_called_the_next() -> None:
    areas = {"type": "one", "options": "areas"}
    assert said(areas, {"edu": 40, "health": 18, "none": 2}).endswith("(40 of 60) chose “Edu”.")


def test_several_answers_say_that_they_were_possible() -> None:
    several = {"type": "many", "options": "areas"}
    assert said(several, {("edu", "health"): 30, ("edu",): 20, ("health",): 10}) == (
        f"{OF_60}60 answered this question. Most of those asked (50 of 60) chose “Edu”. Next comes “Health” (40). "
        "Several answers were possible."
    )


def test_a_ranking_tells_first_places_and_points_or_how_often_each_was_ranked() -> None:
    assert said(RANKING, {("edu", "health"): 30, ("health", "edu"): 20, ("none", "edu"): 10}).endswith(
        "“Edu” was ranked first most often, by 30 of the 60 asked. “Edu” has the most points (90)."
    )
    assert said(RANKING, {("edu", "health"): 12, ("health", "edu"): 9, ("none", "edu"): 3, ("edu",): 6}).endswith(
        "“Edu” is among those ranked most often, by 30 of the 30 asked."
    )


def test_a_matrix_tells_its_largest_figure() -> None:
    grid = {"type": "matrix", "rows": "yn", "columns": "yn"}
    answers: dict[Any, int] = {frozenset({"y": "y", "n": "n"}.items()): 40, frozenset({"y": "n", "n": "n"}.items()): 20}
    assert said(grid, answers).endswith("The largest figure shown is for “No”: 60 answered “No”.")


def test_money_is_told_by_currency_and_figures_by_their_median() -> None:
    euro, franc = ({"amount": amount, "currency": currency} for amount, currency in (("200", "EUR"), ("90", "CHF")))
    money = {"type": "money"}
    answers: dict[Any, int] = {frozenset(euro.items()): 40, frozenset(franc.items()): 20}
    assert said(money, answers).endswith(
        "Amounts in EUR: 40, with a median of 200. Amounts in CHF: 20, with a median of 90."
    )
    assert said({"type": "integer"}, {10: 30, 20: 30}).endswith(
        "The median answer is 15; leaving out the highest and lowest few, answers range from 10 to 20."
    )


def test_a_scale_tells_its_median_and_the_step_most_chose() -> None:
    scale = {"type": "scale", "min": 1, "max": 3}
    assert said(scale, {1: 20, 2: 30, 3: 10}).endswith(
        "The median answer is 2. Many of those asked (30 of 60) chose “2”. Next comes “1” (20)."
    )


def test_countries_that_were_added_up_are_nobodys_answer() -> None:
    assert said({"type": "country"}, {"FRA": 12, "DEU": 4, "ITA": 4, "ESP": 4, "PRT": 4, "GRC": 4}).endswith(
        "Many of those asked (12 of 32) chose “France”."
    )


def test_words_are_only_counted() -> None:
    assert said({"type": "text"}, {"a": 40, None: 20}) == f"{OF_60}60 were asked this question and 40 answered it."


def test_rounded_figures_are_about_and_compared_with_nothing() -> None:
    table = replace(tabulated(ONE, {"y": 40, "n": 20})[0], precision=Precision.ROUNDED)
    assert sentence_of(table, results(60), "en") == (
        "Results of 60 organisations. The answer shown most often is “Yes” (about 40)."
    )
