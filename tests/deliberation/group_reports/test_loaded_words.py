"""Words that claim a decision are found in four languages, whatever is written together with them."""

import pytest

from workshop.deliberation.group_reports.loaded_words import loaded_words, stripped
from workshop.deliberation.group_reports.models import Strength


@pytest.mark.parametrize("word", Strength)
def test_no_strength_word_speaks_of_negotiation(word: Strength) -> None:
    assert loaded_words(str(word.label)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There was consensus that all had Agreed.", ["consensus", "agreed"]),
        ("Il a été convenu ; les textes adoptés", ["convenu", "adoptés"]),
        ("Se ha acordado y adoptado por consenso.", ["acordado", "adoptado", "consenso"]),
        ("Some disagreed about an adoption fee.", []),
        ("agreed and agreed", ["agreed"]),
        ("Endorsed unanimously, aprobado por unanimidad", ["endorsed", "unanimously", "aprobado", "unanimidad"]),
        ("According to some, in accordance with the notes", []),
        ("تم ذلك بالإجماع وأُقرّ، واعتمد بتوافق الآراء", ["بالإجماع", "واعتمد", "بتوافق"]),
        ("كان بعضهم أقرب إلى الأقران", []),
        ("هذا و ذاك ، ـ و ـــ ب ل", []),
    ],
)
def test_words_of_negotiation_are_found_in_four_languages(text: str, found: list[str]) -> None:
    assert loaded_words(text) == found


def test_an_arabic_word_is_also_known_without_what_is_written_with_it() -> None:
    assert "اجماع" in stripped("وبالإجماع")
    assert "تونس" in stripped("ولتونس")
    assert stripped("tunisia") == ["tunisia"]
