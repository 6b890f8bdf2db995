"""Answers that say nearly the same are proposed for a code; others are not."""

from workshop.consultation.text_answers.suggestions import suggest

TEXTS = {
    1: "The cost of transfers is too high for small amounts.",
    2: "High cost of sending money: transfers eat ten percent.",
    3: "Schools need teachers who speak both languages.",
    4: "Transfers cost far more than what banks charge at home.",
    5: "Visas take too long.",
}


def test_what_lies_near_comes_first_and_what_is_coded_not_at_all() -> None:
    found = suggest(TEXTS, {1})
    assert found
    assert set(found) <= {2, 4}
    assert suggest(TEXTS, {1, 2}) == [4]


def test_without_examples_nothing_is_proposed() -> None:
    assert suggest(TEXTS, set()) == []
