"""A snapshot is frozen, aligned within itself, and leads back to nobody."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from tests import factories as make
from workshop.consultation.findings.freezing import freeze
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words

LISTS = {"yn": [{"code": "y", "label": {"en": "Yes"}}, {"code": "n", "label": {"en": "No"}}]}
QUESTIONS: list[dict[str, Any]] = [
    {"code": "one", "type": "one", "options": "yn", "other": True},
    {"code": "many", "type": "many", "options": "yn", "condition": "${one} = 'y'"},
    {"code": "rank", "type": "rank", "options": "yn", "top": 2},
    {"code": "grid", "type": "matrix", "rows": "yn", "columns": "yn"},
    {"code": "scale", "type": "scale", "min": 1, "max": 3},
    {"code": "number", "type": "integer"},
    {"code": "money", "type": "money"},
    {"code": "home", "type": "country"},
    {"code": "origins", "type": "countries"},
    {"code": "name", "type": "text", "personal": True},
    {"code": "kind", "type": "one", "options": "yn", "personal": True},
]
ANSWERS = {
    "one": "y",
    "many": ["y"],
    "rank": ["n", "y"],
    "grid": {"y": "n"},
    "scale": 3,
    "number": 12,
    "money": {"amount": "10.50", "currency": "EUR"},
    "home": "TUN",
    "origins": ["MAR", "TUN"],
    "name": "Casa (synthetic)",
    "kind": "n",
}


@dataclass
class Given:
    """As much of a response as is frozen."""

    answers: dict[str, Any]
    state: ResponseState = ResponseState.SUBMITTED
    is_synthetic: bool = False


def definition() -> Definition:
    questions = [{"text": {"en": question["code"]}} | question for question in QUESTIONS]
    return Definition.read(
        {"languages": ["en"], "lists": LISTS, "sections": [{"code": "A", "title": {"en": "A"}, "questions": questions}]}
    )


def frozen(responses: list[Given]) -> Snapshot:
    return freeze(
        make.version(nothing()),
        definition(),
        responses,
        number=1,
        title=Words(en="R"),
        caveat=Words(en="C"),
        at=make.NOON,
    )


def columns(snapshot: Snapshot) -> dict[str, list[int]]:
    return {column.question: list(column.codes) for column in snapshot.columns}


def test_each_question_has_its_columns() -> None:
    assert columns(frozen([Given(ANSWERS)])) == {
        "one": [2],
        "many.y": [3],
        "many.n": [2],
        "rank.y": [4],
        "rank.n": [3],
        "grid.y": [3],
        "grid.n": [1],
        "scale": [4],
        "number": [2],
        "money": [2],
        "home": [2],
        "origins": [2],
        "name": [2],
        "kind": [2],
    }


def test_not_asked_differs_from_no_answer() -> None:
    assert columns(frozen([Given({"one": "n"})]))["many.y"] == [0]
    assert columns(frozen([Given({"one": "y"})]))["many.y"] == [1]
    assert columns(frozen([Given({"one": "n", "many": ["y"]})]))["many.y"] == [0], "an answer nobody asked for"


def test_only_what_was_sent_in_is_frozen() -> None:
    others = [state for state in ResponseState if state is not ResponseState.SUBMITTED]
    snapshot = frozen([Given({"one": "n"}), *(Given({"one": "y"}, state) for state in others)])
    assert (snapshot.responses, columns(snapshot)["one"]) == (1, [3])


def test_what_comes_or_goes_later_does_not_reach_it() -> None:
    responses = [Given({"one": "y", "number": n}) for n in range(8)]
    snapshot = frozen(responses)
    before = {column.question: (column.codes, dict(column.numbers)) for column in snapshot.columns}
    responses.append(Given({"one": "n", "number": 99}))
    responses[0].answers["one"], responses[1].state = "n", ResponseState.WITHDRAWN
    assert {column.question: (column.codes, column.numbers) for column in snapshot.columns} == before


def test_columns_stay_aligned_in_an_order_of_their_own() -> None:
    """The chance that 200 rows keep their order, or two snapshots the same one, is nil."""
    responses = [Given({"one": "yn"[n % 2], "scale": 1 + n % 2, "home": ("TUN", "MAR")[n % 2]}) for n in range(200)]
    first, second = columns(frozen(responses)), columns(frozen(responses))
    assert Counter(zip(first["one"], first["scale"], first["home"], strict=True)) == {(2, 2, 3): 100, (3, 3, 2): 100}
    assert first["one"] != [2, 3] * 100
    assert first["one"] != second["one"]


def test_figures_lose_their_row() -> None:
    amounts = [("30", "EUR"), ("5", "USD"), ("7.5", "EUR")]
    snapshot = frozen([Given({"number": n, "money": {"amount": a, "currency": c}}) for n, (a, c) in enumerate(amounts)])
    numbers = {column.question: column.numbers for column in snapshot.columns}
    assert (numbers["number"], numbers["money"]) == ({"": ["0", "1", "2"]}, {"EUR": ["7.5", "30"], "USD": ["5"]})


def test_figures_are_divided_for_cross_tables_where_no_part_is_small() -> None:
    """Money by currency: each row knows its band, and none its figure; who answered in another currency is one more."""
    amounts = [{"amount": str(100 * n), "currency": "CHF"} for n in range(1, 25)]
    given = [Given({"money": each, "number": n}) for n, each in enumerate(amounts)]
    given += [Given({"money": {"amount": "7", "currency": "EUR"}})] * 6
    frozen_columns = {each.question: each for each in frozen(given).columns}
    bands = frozen_columns["~money.CHF"]
    assert bands.options == ["<650", "650–<1300", "1300–<1900", "≥1900", "another currency"]
    assert Counter(bands.codes) == dict.fromkeys(range(2, 7), 6)
    assert set(zip(frozen_columns["money"].codes, bands.codes, strict=True)) == {(2, n) for n in range(2, 7)}
    assert "~money.EUR" not in frozen_columns, "six answers have no quarters"
    assert frozen_columns["~number"].options[0] == "<5.5"


def test_countries_tell_nothing_of_the_order_they_came_in() -> None:
    snapshot = frozen([Given({"home": "TUN", "origins": ["TUN", "MAR"]}), Given({"home": "ALB", "origins": ["MAR"]})])
    kept = {column.question: column for column in snapshot.columns}
    assert kept["home"].options == ["ALB", "TUN"]
    assert sorted(kept["home"].codes) == [2, 3]
    assert list(kept["origins"].numbers.items()) == [("MAR", 2), ("TUN", 1)]


def test_words_and_personal_answers_are_counted_and_not_kept() -> None:
    kept = {column.question: column for column in frozen([Given(ANSWERS), Given({})]).columns}
    for code in ("name", "kind"):
        assert (kept[code].options, sorted(kept[code].codes), kept[code].numbers) == (["answered"], [1, 2], {})


def test_a_snapshot_says_whether_it_holds_synthetic_answers() -> None:
    assert not frozen([Given({})]).includes_synthetic
    assert frozen([Given({}), Given({}, is_synthetic=True)]).includes_synthetic


def test_an_answer_that_is_no_option_is_a_fault_and_not_passed_over() -> None:
    with pytest.raises(KeyError):
        frozen([Given({"one": "nonsense"})])
