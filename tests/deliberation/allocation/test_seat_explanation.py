"""Why people sit where they sit, and which rules clash."""

import pytest

from workshop.deliberation.allocation.seat_explanation import Clash, Reason, balance, conflicts, unmet_wishes
from workshop.deliberation.allocation.seating import Delegations, Sitter, Table, Wanted

TWO = [Table(1, 2, frozenset({"en"})), Table(2, 2)]


def test_each_value_is_counted_in_each_group() -> None:
    sitters = [Sitter(id=n, traits={"region": "ab"[n % 2]}) for n in range(4)]
    rows = balance(Wanted(sitters, TWO), {0: 1, 1: 1, 2: 1, 3: 2})
    assert [(row.value, row.counts, row.total) for row in rows] == [("a", (2, 0), 2), ("b", (1, 1), 2)]


@pytest.mark.parametrize(
    ("person", "others", "reason"),
    [
        (Sitter(id=1, wishes=(1,)), [Sitter(id=2), Sitter(id=3)], Reason.SEATS),
        (Sitter(id=1, wishes=(1,), languages=frozenset({"fr"})), [], Reason.LANGUAGE),
        (Sitter(id=1, wishes=(1,), apart="x"), [Sitter(id=2, apart="x")], Reason.APART),
        (Sitter(id=1, wishes=(1,), fixed=2), [], Reason.FIXED),
        (Sitter(id=1, wishes=(1,)), [], Reason.BALANCE),
    ],
)
def test_a_wish_that_was_not_met_has_its_reason(person: Sitter, others: list[Sitter], reason: Reason) -> None:
    seating = {person.id: 2} | {other.id: 1 for other in others}
    assert unmet_wishes(Wanted([person, *others], TWO), seating) == [(person, reason)]


def test_a_wish_that_was_met_is_not_listed() -> None:
    assert unmet_wishes(Wanted([Sitter(id=1, wishes=(1, 2))], TWO), {1: 1}) == []


@pytest.mark.parametrize(
    ("wanted", "clash"),
    [
        (Wanted([Sitter(id=n) for n in range(5)], TWO), Clash.SEATS),
        (Wanted([Sitter(id=1, languages=frozenset({"es"}))], [TWO[0]]), Clash.LANGUAGE),
        (Wanted([Sitter(id=n, apart="x") for n in range(3)], TWO), Clash.APART),
        (Wanted([Sitter(id=n, delegation="x") for n in range(3)], TWO, Delegations.SPLIT), Clash.DELEGATION),
        (Wanted([Sitter(id=n, together="x") for n in range(3)], TWO), Clash.TOGETHER),
        (Wanted([Sitter(id=1, fixed=9)], TWO), Clash.FIXED),
        (Wanted([Sitter(id=n, fixed=1, apart="x") for n in range(2)], TWO), Clash.FIXED),
    ],
)
def test_a_rule_that_cannot_be_kept_is_named(wanted: Wanted, clash: Clash) -> None:
    assert clash in [each.clash for each in conflicts(wanted)]


def test_of_several_rules_those_are_named_without_which_it_would_work() -> None:
    sitters = [Sitter(id=1, fixed=1), Sitter(id=2, fixed=1), Sitter(id=3, languages=frozenset({"fr"}))]
    tables = [Table(1, 2), Table(2, 2, frozenset({"en"}))]
    [conflict] = conflicts(Wanted(sitters, tables))
    assert conflict.clash is Clash.SEVERAL
    assert set(conflict.about) == {Clash.FIXED, Clash.LANGUAGE}
