"""Tables worked out by hand."""

from decimal import Decimal
from typing import Any

from tests import factories as make
from tests.consultation.findings.test_freezing import LISTS, Given
from workshop.consultation.findings.freezing import freeze
from workshop.consultation.findings.result_tables import Label, Row, Spread, Tabulation
from workshop.consultation.findings.suppression import Hidden
from workshop.consultation.findings.tabulation import tables
from workshop.consultation.findings.tallies.spread import Band, count_bands, round_to_unit, spread_of
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words

UNDER, NEARLY_ALL, WITHHELD = Hidden.UNDER, Hidden.NEARLY_ALL, Hidden.WITHHELD
AREAS = [
    {"code": code, "label": {"en": code.title()}, "exclusive": code == "none"} for code in ("edu", "health", "none")
]


def tabulated(question: dict[str, Any], answers: dict[Any, int], *more: dict[str, Any]) -> list[Tabulation]:
    """Tabulations of a questionnaire whose first question "Q" was answered so often with each answer.

    A frozen set stands for a dictionary, a tuple for a list; ("both", a, b) answers "Q" and "R", None nothing.
    """
    lists = LISTS | {"areas": AREAS}
    questions = [{"text": {"en": "What?"}} | each for each in ({"code": "Q"} | question, *more)]
    definition = Definition.read(
        {"languages": ["en"], "lists": lists, "sections": [{"code": "A", "title": {"en": "A"}, "questions": questions}]}
    )
    given = [
        Given({} if answer is None else answer_of(answer)) for answer, times in answers.items() for _ in range(times)
    ]
    return tables(
        freeze(make.version(nothing()), definition, given, number=1, title=Words(), caveat=Words(), at=make.NOON),
        definition,
    )


def answer_of(answer: Any) -> dict[str, Any]:
    if isinstance(answer, tuple) and answer and answer[0] == "both":
        return {"Q": answer[1], "R": answer[2]}
    if isinstance(answer, frozenset):
        return {"Q": dict(answer)}
    return {"Q": list(answer) if isinstance(answer, tuple) else answer}


def in_english(label: Label) -> str:
    return label["en"] if isinstance(label, dict) else str(label)


def said(rows: Any) -> list[tuple[str, Any]]:
    return [(in_english(row.label), figure(row)) for row in rows]


def figure(row: Row) -> Any:
    return row.hidden or row.count


def test_one_answer_of_a_list() -> None:
    (table,) = tabulated({"type": "one", "options": "yn", "other": True}, {"y": 30, "n": 12, "other": 9, None: 9})
    assert (table.question, table.title, table.kind, table.asked, table.answered) == (
        "Q",
        Words(en="What?"),
        Kind.ONE,
        60,
        51,
    )
    assert said(table.rows) == [("Yes", 30), ("No", 12), ("Other", 9), ("No answer", 9)]
    assert [row.share for row in table.rows] == [0.5, 0.2, 0.15, 0.15]


def test_a_small_figure_and_its_complement_are_hidden_and_have_no_share() -> None:
    (table,) = tabulated({"type": "one", "options": "yn", "other": True}, {"y": 40, "n": 17, "other": 3})
    assert said(table.rows) == [("Yes", 40), ("No", WITHHELD), ("Other", UNDER), ("No answer", 0)]
    assert [row.share is None for row in table.rows] == [False, True, True, False]
    assert [str(row.mark) for row in table.rows] == ["", "withheld", "under 5", ""]


def test_where_few_gave_no_answer_neither_that_nor_the_number_of_answers_is_told() -> None:
    (table,) = tabulated({"type": "one", "options": "yn"}, {"y": 40, "n": 18, None: 2})
    assert (table.asked, table.answered) == (60, None)
    assert said(table.rows) == [("Yes", 40), ("No", WITHHELD), ("No answer", UNDER)]


def test_nothing_is_tabulated_below_five_responses() -> None:
    assert tabulated({"type": "one", "options": "yn"}, {"y": 4}) == []
    assert len(tabulated({"type": "one", "options": "yn"}, {"y": 5})) == 1


def test_all_in_one_cell_is_shown_with_a_warning() -> None:
    (table,) = tabulated({"type": "one", "options": "yn"}, {"y": 9})
    assert said(table.rows) == [("Yes", 9), ("No", 0), ("No answer", 0)]
    assert [str(note) for note in table.notes] == [
        "All who answered gave the same answer, so this reveals something about each of them: use it with care."
    ]


def test_a_sensitive_question_hides_figures_under_ten() -> None:
    (table,) = tabulated({"type": "one", "options": "yn", "sensitive": True}, {"y": 40, "n": 9, None: 21})
    assert said(table.rows) == [("Yes", 40), ("No", UNDER), ("No answer", WITHHELD)]
    assert str(table.rows[1].mark) == "under 10"


def test_skipped_is_not_the_same_as_unanswered() -> None:
    follow_up = {"code": "R", "type": "one", "options": "yn", "condition": "${Q} = 'y'"}
    answers = {("both", "y", "y"): 20, ("both", "y", "n"): 10, "y": 6, "n": 24}
    _, second = tabulated({"type": "one", "options": "yn"}, answers, follow_up)
    assert (second.asked, second.answered) == (36, 30)
    assert said(second.rows) == [("Yes", 20), ("No", 10), ("No answer", 6)]


def test_how_many_were_asked_is_withheld_where_it_would_tell_a_small_figure() -> None:
    """Three said no: the 57 asked would give them away, and so would figures that add up to 57."""
    follow_up = {"code": "R", "type": "one", "options": "yn", "condition": "${Q} = 'y'"}
    answers = {("both", "y", "y"): 40, ("both", "y", "n"): 17, "n": 3}
    first, second = tabulated({"type": "one", "options": "yn"}, answers, follow_up)
    assert said(first.rows) == [("Yes", WITHHELD), ("No", UNDER), ("No answer", 0)]
    assert (second.asked, second.answered) == (None, None)
    assert said(second.rows) == [("Yes", 40), ("No", WITHHELD), ("No answer", 0)]
    assert [row.share for row in second.rows] == [None, None, None]


def test_a_question_that_few_were_asked_shows_nothing() -> None:
    follow_up = {"code": "R", "type": "one", "options": "yn", "condition": "${Q} = 'n'"}
    _, second = tabulated({"type": "one", "options": "yn"}, {"y": 50, ("both", "n", "y"): 4}, follow_up)
    assert (second.asked, second.rows, len(second.notes)) == (None, (), 1)


def test_several_answers_of_a_list() -> None:
    (table,) = tabulated(
        {"type": "many", "options": "areas"}, {("edu",): 20, ("edu", "health"): 14, ("none",): 8, None: 6}
    )
    assert said(table.rows) == [("Edu", 34), ("Health", 14), ("None", 8), ("No answer", 6)]
    assert (table.asked, table.answered) == (48, 42)


def test_of_several_answers_one_that_few_left_out_is_hidden() -> None:
    (table,) = tabulated(
        {"type": "many", "options": "areas"}, {("edu",): 20, ("edu", "health"): 12, ("health",): 3, ("none",): 9}
    )
    assert said(table.rows) == [("Edu", NEARLY_ALL), ("Health", 15), ("None", 9), ("No answer", 0)]


def test_a_ranking_tells_first_places_only_where_nothing_is_hidden() -> None:
    question = {"type": "rank", "options": "areas", "top": 2}
    (table,) = tabulated(question, {("edu", "health"): 12, ("health", "edu"): 9, ("none", "edu"): 7, ("edu",): 6})
    assert [str(column) for column in table.columns] == ["Ranked first", "Among the first 2"]
    assert [(in_english(row.label), *map(figure, row.cells)) for row in table.grid] == [
        ("Edu", 18, 34),
        ("Health", 9, 21),
        ("None", 7, 7),
    ]
    (table,) = tabulated(question, {("edu", "health"): 12, ("health", "edu"): 9, ("none", "edu"): 3, ("edu",): 6})
    assert (table.columns, table.grid) == ((), ())
    assert said(table.rows) == [("Edu", 30), ("Health", 21), ("None", UNDER), ("No answer", 0)]


def test_each_row_of_a_matrix_is_a_table_of_its_own() -> None:
    question = {"type": "matrix", "rows": "yn", "columns": "areas"}
    answers = {
        frozenset({"y": "edu", "n": "health"}.items()): 20,
        frozenset({"y": "health"}.items()): 11,
        frozenset({"n": "none"}.items()): 2,
    }
    (table,) = tabulated(question, answers)
    assert [str(column.get("en") if isinstance(column, dict) else column) for column in table.columns] == [
        "Edu",
        "Health",
        "None",
        "No answer",
    ]
    assert [(in_english(row.label), *map(figure, row.cells)) for row in table.grid] == [
        ("Yes", 20, WITHHELD, 0, UNDER),
        ("No", 0, 20, UNDER, WITHHELD),
    ]


def test_all_bars_of_a_matrix_are_drawn_on_one_scale() -> None:
    question = {"type": "matrix", "rows": "yn", "columns": "yn"}
    answers = {frozenset({"y": "y", "n": "n"}.items()): 11, frozenset({"y": "n", "n": "n"}.items()): 12}
    (table,) = tabulated(question, answers)
    assert [[figure(cell) for cell in row.cells] for row in table.grid] == [[11, 12, 0], [0, 23, 0]]
    assert table.scale == 23, "a bar of 11 is shorter than one of 12 in whatever row"


def test_countries_few_live_in_are_added_up() -> None:
    (table,) = tabulated({"type": "country"}, {"FRA": 20, "DEU": 9, "MLI": 3, "TUN": 4})
    assert said(table.rows) == [("France", 20), ("Germany", 9), ("Other countries", 7), ("No answer", 0)]


def test_where_the_others_would_be_few_the_smallest_joins_them() -> None:
    (table,) = tabulated({"type": "country"}, {"FRA": 20, "DEU": 9, "MLI": 3})
    assert said(table.rows) == [("France", 20), ("Other countries", 12), ("No answer", 0)]


def test_of_several_countries_those_named_by_few_have_no_name() -> None:
    (table,) = tabulated({"type": "countries"}, {("MAR", "TUN"): 12, ("MAR",): 6, ("MLI",): 4})
    assert said(table.rows) == [
        ("Morocco", NEARLY_ALL),
        ("Tunisia", 12),
        ("Other countries, each", UNDER),
        ("No answer", 0),
    ]


def test_money_stands_by_currency_and_is_never_added_up() -> None:
    euros = {frozenset({"amount": str(100 * n), "currency": "EUR"}.items()): 1 for n in range(1, 13)}
    others = {frozenset({"amount": str(n), "currency": "CHF"}.items()): 1 for n in range(1, 6)}
    (table,) = tabulated({"type": "money"}, euros | others | {None: 7})
    assert said(table.rows) == [("EUR", 12), ("CHF", 5), ("No answer", 7)]
    assert table.rows[0].spread == Spread(Decimal(650), lowest=Decimal(500), highest=Decimal(800))
    assert table.rows[1].spread is None, "five answers are too few for a median"


def test_a_figure_has_bands_and_a_spread() -> None:
    (table,) = tabulated({"type": "integer", "unit": "percent"}, {10: 8, 30: 12, 50: 6, None: 5})
    assert said(table.rows) == [("Less than 20", 8), ("20–39", 12), ("40 or more", 6), ("No answer", 5)]
    assert table.spread == Spread(Decimal(30), Decimal(10), Decimal(50), Decimal(10), Decimal(30))


def test_words_and_personal_details_are_only_counted() -> None:
    for question in ({"type": "longtext"}, {"type": "one", "options": "yn", "personal": True}):
        (table,) = tabulated(question, {"y": 30, None: 12})
        assert said(table.rows) == [("Answered", 30), ("No answer", 12)]


def test_a_printed_figure_has_five_answers_on_either_side() -> None:
    values = [Decimal(n * n) for n in range(1, 31)]
    assert spread_of(values[:9], k=5) is None
    assert spread_of(values[:10], k=5) == Spread(Decimal(31), lowest=Decimal(25), highest=Decimal(36))
    assert spread_of(values[:19], k=5) == Spread(Decimal(100), lowest=Decimal(25), highest=Decimal(230))
    assert spread_of(values[:20], k=5) == Spread(Decimal(110), Decimal(25), Decimal(260), Decimal(31), Decimal(240))


def test_figures_are_rounded() -> None:
    written = [str(round_to_unit(Decimal(value))) for value in ("0", "7", "47", "1234", "98765")]
    assert written == ["0.0", "7.0", "47", "1200", "99000"]
    assert str(round_to_unit(Decimal(1998), "year")) == "2000"
    assert str(round_to_unit(Decimal("3.3"), "percent_of_amount")) == "3.5"


def test_bands_are_as_narrow_as_five_answers_in_each_allow() -> None:
    values = [Decimal(n) for n in [0] * 4 + [19] + [20] * 7 + [60] * 3 + [80] * 4]
    assert count_bands(values, "percent", k=5) == [Band(None, 20, 5), Band(20, 40, 7), Band(40, None, 7)]
    assert count_bands(values[5:], "percent", k=5) == [Band(None, 40, 7), Band(40, None, 7)]
    assert count_bands(values[:4], "percent", k=5) == [Band(None, None, 4)]
    assert count_bands(values, "", k=5) == []


def test_points_of_a_ranking_are_told_where_no_place_holds_few_people() -> None:
    """Two places. edu: 20 first and 16 second, 56 points; health: 10 first and 20 second, 40 points."""
    ranking = {"type": "rank", "options": "areas", "top": 2}
    (table,) = tabulated(ranking, {("edu", "health"): 20, ("health", "edu"): 10, ("none", "edu"): 6, None: 9})
    assert [(in_english(line.label), line.points) for line in table.grid][:2] == [("Edu", 56), ("Health", 40)]
    (few,) = tabulated(ranking, {("edu", "health"): 20, ("health", "edu"): 10, ("none", "edu"): 3, None: 9})
    assert [line.points for line in few.grid] in ([], [None] * 3)


def test_a_scale_tells_its_median_where_every_step_is_shown() -> None:
    scale = {"type": "scale", "min": 1, "max": 3}
    (table,) = tabulated(scale, {1: 10, 2: 6, 3: 20, None: 9})
    assert table.median == 3
    (hidden,) = tabulated(scale, {1: 10, 2: 3, 3: 20, None: 9})
    assert hidden.median is None
