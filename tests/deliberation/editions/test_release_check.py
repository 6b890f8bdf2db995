"""Names and words of a decision are found in what people wrote, in every language, and nothing is decided for them."""

import pytest

from workshop.deliberation.editions.models import HitKind
from workshop.deliberation.editions.release_check import Name, check, names_of
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph
from workshop.platform.db import Words

NAMES = names_of(
    [("José", "Núñez Ejemplo"), ("Amal", "Sample")], ["Sample Aid Network"], ["Tunisia", "Tunisie", "Mexico", "تونس"]
)


def found(text: str, language: str = "en", chapter: Chapter = Chapter.GROUPS, names: list[Name] = NAMES) -> list[str]:
    paragraph = Paragraph(chapter=chapter, block=1, number=1, text=Words(en="{0}"), originals=[Words({language: text})])
    return [hit.found for hit in check([paragraph], names)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("José Núñez Ejemplo said so.", ["José Núñez Ejemplo"]),
        ("Mr NUNEZ EJEMPLO said so.", ["NUNEZ EJEMPLO"]),
        ("As Amal Sample put it, Sample was right.", ["Amal Sample", "Sample"]),
        ("The Sample Aid Network and a Tunisian office.", ["Sample Aid Network", "Tunisian"]),
        ("Tunisia’s office; les bureaux tunisiens.", ["Tunisia’s"]),
        ("Mexican and Mexico.", ["Mexican", "Mexico"]),
        ("a sample of answers, examples of networks", []),
        ("Adopted by consensus.", ["Adopted", "consensus"]),
        ("Il a été convenu que…", ["convenu"]),
        ("Se acordó por unanimidad.", ["acordó", "unanimidad"]),
        ("Nothing of the kind.", []),
    ],
)
def test_names_and_loaded_words_are_found_in_their_forms(text: str, hits: list[str]) -> None:
    assert found(text) == hits


def test_arabic_is_read_as_well() -> None:
    assert found("قالت تونس إن المشاركين اتفقوا على ذلك", "ar") == ["تونس", "اتفقوا"]
    assert found("وذكر ممثل لتونس والوفد التونسي", "ar") == ["لتونس", "التونسي"]
    assert found("اعتمد النص بالإجماع وكان الاتفاق عامًا", "ar") == ["اعتمد", "بالإجماع", "الاتفاق"]


def test_what_we_compile_from_the_agenda_is_not_checked_but_a_persons_words_always_are() -> None:
    assert found("Amal Sample", chapter=Chapter.SESSIONS) == []
    written = Paragraph(chapter=Chapter.SESSIONS, block=3, words=Words(fr="Selon Amal Sample."))
    [hit] = check([written], NAMES)
    assert (hit.block, hit.language, hit.kind, hit.before) == (3, "fr", HitKind.PERSON, "Selon ")


def test_a_decision_is_about_these_words_and_no_others() -> None:
    keys = {
        check([Paragraph(chapter=Chapter.GROUPS, block=1, words=Words(en=text))], NAMES)[0].key
        for text in ("Amal Sample agrees", "Amal Sample disagrees", "So Amal Sample agrees")
    }
    assert len(keys) == 3
