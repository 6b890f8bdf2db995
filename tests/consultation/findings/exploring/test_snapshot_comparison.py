"""Two snapshots side by side, worked out by hand."""

from tests.consultation.findings.test_tabulation import tabulated
from workshop.consultation.findings.exploring.snapshot_comparison import compare

YN = {"type": "one", "options": "yn", "other": True}


def test_changes_are_between_the_shares_as_printed_and_hidden_ones_have_none() -> None:
    earlier = tabulated(YN, {"y": 30, "n": 12, "other": 9, None: 9})
    later = tabulated(YN, {"y": 50, "n": 25, "other": 11, None: 14})
    (found,) = compare(earlier, later)
    assert [pair.change for pair in found.pairs] == [0, 5, -4, -1], "50 and 50, 20 and 25, 15 and 11, 15 and 14 percent"
    hidden = compare(earlier, tabulated(YN, {"y": 50, "n": 25, "other": 3, None: 22}))[0].pairs[2]
    assert hidden.change is None
    assert hidden.earlier
    assert hidden.earlier.count == 9


def test_a_question_of_one_only_stands_alone() -> None:
    (found,) = compare([], tabulated(YN, {"y": 30, "n": 12, None: 18}))
    assert found.earlier is None
    assert all(pair.change is None for pair in found.pairs)
