"""Agreement of coders worked out by hand."""

import pytest

from tests.consultation.findings.test_freezing import definition
from workshop.consultation.text_answers import rules


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    """Both yes 20, both no 15, only the first 5, only the second 10: 0.7 agreed, 0.5 by chance, kappa 0.4."""
    first = {n: {1} if n < 25 else set() for n in range(50)}
    second = {n: {1} if n < 20 or 25 <= n < 35 else set() for n in range(50)}
    assert rules.agreement(range(50), first, second, 1) == pytest.approx(0.4)


def test_kappa_of_nothing_in_common() -> None:
    assert rules.agreement(range(3), {0: {1}}, {1: {1}}, 1) is None
    assert rules.agreement(range(3), {0: {1}}, {0: {1}}, 1) is None, "chance alone agrees as much"


def test_personal_details_are_never_read() -> None:
    assert [each.code for each in rules.read_questions(definition())] == []


def test_every_two_coders_are_compared_over_what_both_coded() -> None:
    given = {7: {1: {5}, 2: {6}, 3: {5}}, 8: {1: {5}, 2: {6}}, 9: {3: {6}}, 4: {}}
    found = rules.agreements([5, 6], given)
    assert [(each.first, each.second, each.texts) for each in found] == [(7, 8, 2), (7, 9, 1)]
    assert found[0].kappas == {5: 1.0, 6: 1.0}
