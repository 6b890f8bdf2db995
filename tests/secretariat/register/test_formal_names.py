"""Formal names and their genitives, over every State there is."""

import pytest

from workshop.secretariat.register.countries import Kind, countries
from workshop.secretariat.register.formal_names import formal_name, formal_names, genitive, of

STATES = {code for code, country in countries().items() if country.kind in {Kind.MEMBER, Kind.OBSERVER}}


def test_every_state_has_a_formal_name_in_three_languages() -> None:
    assert set(formal_names()) == STATES
    assert {
        code for code, names in formal_names().items() if not all(names.get(each) for each in ("en", "fr", "es"))
    } == set()


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("NLD", "fr", "du Royaume des Pays-Bas"),
        ("TUN", "fr", "de la République tunisienne"),
        ("USA", "fr", "des États-Unis d'Amérique"),
        ("ERI", "fr", "de l'État d'Érythrée"),
        ("ATG", "fr", "d'Antigua-et-Barbuda"),
        ("LCA", "fr", "de Sainte-Lucie"),
        ("CIV", "fr", "de la République de Côte d'Ivoire"),
        ("ESP", "es", "del Reino de España"),
        ("TUN", "es", "de la República de Túnez"),
        ("ARE", "es", "de los Emiratos Árabes Unidos"),
        ("AUS", "es", "de Australia"),
        ("CHE", "en", "of the Swiss Confederation"),
        ("JAM", "en", "of Jamaica"),
        ("VAT", "fr", "du Saint-Siège"),
    ],
)
def test_genitives(code: str, language: str, expected: str) -> None:
    assert genitive(code, language) == expected


def test_no_article_is_left_where_it_becomes_one_word_with_the_preposition() -> None:
    for code in STATES:
        assert not genitive(code, "fr").startswith(("de le ", "de les ", "de Le ")), code
        assert not genitive(code, "es").startswith("de el "), code


def test_where_no_formal_name_is_known_the_short_one_serves() -> None:
    assert formal_name("ABW", "fr") == "Aruba"
    assert of("l'Office", "fr") == "de l'Office"
