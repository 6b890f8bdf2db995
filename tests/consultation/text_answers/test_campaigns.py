"""Campaigns are found among letters that differ a little, and nothing else is."""

from random import Random

from workshop.consultation.text_answers.campaigns import find_campaigns

WORDS = [
    "policy",
    "visa",
    "remittance",
    "cost",
    "office",
    "school",
    "return",
    "permit",
    "family",
    "link",
    "trust",
    "fund",
    "road",
    "water",
    "clinic",
    "nurse",
]


def letters(dice: Random, count: int, length: int = 40) -> list[str]:
    return [" ".join(dice.choice(WORDS) + str(dice.randint(0, 60)) for _ in range(length)) for _ in range(count)]


def test_letters_with_a_few_changed_words_are_one_campaign() -> None:
    dice = Random(3)
    (sent,) = letters(dice, 1)
    changed = []
    for number in range(30):
        words = sent.split()
        words[dice.randrange(len(words))] = f"own{number}"
        changed.append(f"Dear all, {' '.join(words)}. Yours, respondent {number}")
    others = letters(dice, 200)
    found = find_campaigns([*changed, *others])
    assert found[:30] == [1] * 30
    assert set(found[30:]) == {0}


def test_larger_campaigns_come_first_and_few_letters_are_none() -> None:
    dice = Random(4)
    one, two, three = letters(dice, 3)
    assert find_campaigns([one] * 6 + [two] * 9 + [three] * 4) == [2] * 6 + [1] * 9 + [0] * 4


def test_short_answers_are_no_campaign() -> None:
    assert find_campaigns(["Yes."] * 50) == [0] * 50
