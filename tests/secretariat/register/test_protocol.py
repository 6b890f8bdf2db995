"""The order of protocol, in each language."""

import pytest

from workshop.secretariat.register.models import Category
from workshop.secretariat.register.protocol import Rank, listed_as, place, put_in_place, rank

STATES = ["ECU", "EGY", "ARE", "SLV", "ERI", "ESP", "EST", "SWZ", "USA", "ETH", "RUS", "FIN"]


def in_order(
    entries: list[tuple[str, Category | None, dict[str, str]]], language: str
) -> list[tuple[str, Category | None, dict[str, str]]]:
    return sorted(entries, key=lambda each: place(each[0], each[1], each[2], language))


def test_the_french_run_of_states() -> None:
    found = in_order([(code, Category.STATE_MEMBER, {}) for code in reversed(STATES)], "fr")
    assert [listed_as(Rank.STATE, code, {}, "fr") for code, _category, _names in found] == [
        "Égypte",
        "El Salvador",
        "Émirats arabes unis",
        "Équateur",
        "Érythrée",
        "Espagne",
        "Estonie",
        "Eswatini",
        "États-Unis d'Amérique",
        "Éthiopie",
        "Fédération de Russie",
        "Finlande",
    ]


@pytest.mark.parametrize(
    ("language", "codes"),
    [("en", ["CIV", "DEU", "NLD", "PHL"]), ("fr", ["DEU", "CIV", "NLD", "PHL"]), ("es", ["DEU", "CIV", "PHL", "NLD"])],
)
def test_states_stand_in_the_alphabet_of_the_language(language: str, codes: list[str]) -> None:
    found = in_order([(code, None, {}) for code in ("PHL", "NLD", "DEU", "CIV")], language)
    assert [code for code, _category, _names in found] == codes


def test_states_come_first_then_observers_the_union_the_united_nations_and_the_others() -> None:
    entries = [
        ("NLD", Category.NGO, {"en": "A charity"}),
        ("", Category.IGO, {"en": "African Union"}),
        ("", Category.UN, {"en": "World Bank", "fr": "Banque mondiale"}),
        ("", Category.UN, {"en": "International Organization for Migration"}),
        ("", Category.IGO, {"fr": "Union européenne"}),
        ("VAT", None, {"en": "Holy See"}),
        ("PSE", Category.STATE_OBSERVER, {}),
        ("TUN", Category.STATE_MEMBER, {"fr": "Ministère de l'Intérieur"}),
        ("", None, {}),
    ]
    found = in_order(entries, "fr")
    assert [rank(code, category, list(names.values())) for code, category, names in found] == [
        Rank.STATE,
        Rank.OBSERVER,
        Rank.OBSERVER,
        Rank.UNION,
        Rank.UN,
        Rank.UN,
        Rank.IGO,
        Rank.OTHER,
        Rank.OTHER,
    ]
    assert [code for code, _category, _names in found][:3] == ["TUN", "PSE", "VAT"]  # État de Palestine, Saint-Siège
    assert [names.get("en") for _code, _category, names in found][4:8] == [
        "World Bank",
        "International Organization for Migration",
        "African Union",
        "A charity",
    ]


def test_an_organiser_may_override_the_order() -> None:
    wanted = {"c": 1, "b": 3}
    assert put_in_place("abcd", wanted.get) == ["c", "a", "b", "d"]
    assert put_in_place("ab", {"a": 9}.get) == ["b", "a"]
    nowhere: dict[str, int] = {}
    assert put_in_place("ab", nowhere.get) == ["a", "b"]
