"""The list of countries: complete, without doubles, in the order of each alphabet."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask

from workshop.secretariat.register import countries
from workshop.secretariat.register.countries import Kind, RegionalGroup, group_of, in_order, kind_of, name_of, sort_key


def codes_between(language: str, first: str, last: str) -> list[str]:
    names = [name for _, name in in_order(language)]
    return names[names.index(first) : names.index(last) + 1]


def test_the_list_holds_every_member_state_and_both_observers() -> None:
    kinds = Counter(country.kind for country in countries.countries().values())
    assert kinds == {Kind.MEMBER: 193, Kind.OBSERVER: 2, Kind.TERRITORY: 44, Kind.OTHER: 4}
    assert {code for code in countries.countries() if kind_of(code) is Kind.OBSERVER} == {"VAT", "PSE"}


def test_every_member_state_is_in_one_regional_group_and_nobody_else_is() -> None:
    groups = Counter(country.group for country in countries.countries().values() if country.kind is Kind.MEMBER)
    assert groups == {
        RegionalGroup.AFRICAN: 54,
        RegionalGroup.ASIA_PACIFIC: 54,
        RegionalGroup.EASTERN_EUROPEAN: 23,
        RegionalGroup.LATIN_AMERICAN_AND_CARIBBEAN: 33,
        RegionalGroup.WESTERN_EUROPEAN_AND_OTHER: 29,
    }
    assert {country.group for country in countries.countries().values() if country.kind is not Kind.MEMBER} == {None}


def test_no_code_and_no_name_stands_twice() -> None:
    with countries.SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["alpha3"] for row in rows] == sorted({row["alpha3"] for row in rows})
    for column in ("alpha2", "m49", "en", "fr", "es", "ar"):
        filled = [row[column] for row in rows if row[column]]
        assert [value for value, times in Counter(filled).items() if times > 1] == []
    assert [row["alpha3"] for row in rows if not row["m49"]] == ["XKX"]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_country_has_a_name_and_the_codes_are_well_formed(language: str) -> None:
    for code, name in in_order(language):
        country = countries.countries()[code]
        assert name
        assert name == " ".join(name.split())
        assert (len(code), len(country.alpha2)) == (3, 2)
        assert len(country.m49) == (0 if code == "XKX" else 3)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("USA", ("United States of America", "États-Unis d'Amérique", "Estados Unidos de América")),
        ("RUS", ("Russian Federation", "Fédération de Russie", "Federación de Rusia")),
        ("KOR", ("Republic of Korea", "République de Corée", "República de Corea")),
        ("VNM", ("Viet Nam", "Viet Nam", "Viet Nam")),
        ("TUR", ("Türkiye", "Türkiye", "Türkiye")),
        ("CIV", ("Côte d'Ivoire", "Côte d'Ivoire", "Côte d'Ivoire")),
        ("CZE", ("Czechia", "Tchéquie", "Chequia")),
        ("TWN", ("Taiwan Province of China", "Province chinoise de Taiwan", "Provincia china de Taiwán")),
    ],
)
def test_names_are_those_of_protocol(code: str, names: tuple[str, str, str]) -> None:
    assert tuple(name_of(code, language) for language in ("en", "fr", "es")) == names


def test_the_arabic_alphabet_passes_over_the_article_and_the_hamza() -> None:
    assert name_of("PSE", "ar") == "دولة فلسطين"
    first = [code for code, _name in in_order("ar")][:6]
    assert first == ["RUS", "ETH", "AZE", "ARG", "JOR", "ARM"], "as the United Nations seats them"


def test_what_is_not_known_is_returned_as_it_is() -> None:
    assert name_of("", "fr") == ""
    assert name_of("ZZZ", "fr") == "ZZZ"
    assert (kind_of("ZZZ"), group_of("ZZZ")) == (None, None)
    assert name_of("TUN", "pt") == "Tunisia"


def test_french_order() -> None:
    assert codes_between("fr", "Égypte", "Finlande") == [
        "Égypte",
        "El Salvador",
        "Émirats arabes unis",
        "Équateur",
        "Érythrée",
        "Espagne",
        "Estonie",
        "Eswatini",
        "État de Palestine",
        "États-Unis d'Amérique",
        "Éthiopie",
        "Fédération de Russie",
        "Fidji",
        "Finlande",
    ]
    assert codes_between("fr", "Guinée", "Haïti") == [
        "Guinée",
        "Guinée-Bissau",
        "Guinée équatoriale",
        "Guyana",
        "Guyane française",
        "Haïti",
    ]


def test_spanish_order() -> None:
    assert codes_between("es", "Emiratos Árabes Unidos", "Etiopía") == [
        "Emiratos Árabes Unidos",
        "Eritrea",
        "Eslovaquia",
        "Eslovenia",
        "España",
        "Estado de Palestina",
        "Estados Unidos de América",
        "Estonia",
        "Eswatini",
        "Etiopía",
    ]
    assert sorted(["ñandú", "nube", "oca", "nácar"], key=lambda word: sort_key(word, "es")) == [
        "nácar",
        "nube",
        "ñandú",
        "oca",
    ]
    assert sort_key("ñandú", "fr") < sort_key("nube", "fr")


def test_english_order_puts_accents_with_their_letter() -> None:
    assert codes_between("en", "Afghanistan", "Algeria") == ["Afghanistan", "Åland Islands", "Albania", "Algeria"]
    assert codes_between("en", "Turkmenistan", "Tuvalu") == ["Turkmenistan", "Turks and Caicos Islands", "Tuvalu"]


def test_the_order_handed_out_is_the_callers_own() -> None:
    in_order("fr").clear()
    assert len(in_order("fr")) == 243


@pytest.mark.parametrize(("language", "name"), [("en", "Germany"), ("fr", "Allemagne"), ("es", "Alemania")])
def test_a_template_prints_the_name_in_the_language_of_the_page(app: Flask, language: str, name: str) -> None:
    template = app.jinja_env.from_string("{{ code|country }}")
    with app.test_request_context(f"/?lang={language}"):
        assert template.render(code="DEU") == name
        assert template.render(code="") == ""


@pytest.mark.parametrize(
    ("code", "day", "names"),
    [
        ("NLD", date(2005, 2, 2), ("Netherlands", "Pays-Bas", "Países Bajos")),
        ("TUR", date(2022, 5, 31), ("Turkey", "Turquie", "Turquía")),
        ("TUR", date(2022, 6, 1), ("Türkiye", "Türkiye", "Türkiye")),
        ("SRB", date(2002, 1, 1), ("Yugoslavia", "Yougoslavie", "Yugoslavia")),
        ("SRB", date(2005, 2, 2), ("Serbia and Montenegro", "Serbie-et-Monténégro", "Serbia y Montenegro")),
        ("SRB", date(2006, 6, 3), ("Serbia", "Serbie", "Serbia")),
        ("SWZ", date(2005, 2, 2), ("Swaziland", "Swaziland", "Swazilandia")),
        ("FRA", date(2005, 2, 2), ("France", "France", "Francia")),
        ("", date(2005, 2, 2), ("", "", "")),
    ],
)
def test_a_country_is_called_as_it_was_on_the_day(code: str, day: date, names: tuple[str, str, str]) -> None:
    assert tuple(name_of(code, language, day) for language in ("en", "fr", "es")) == names


def test_every_former_name_differs_from_the_one_after_it_in_some_language() -> None:
    for code, former in countries.former_names().items():
        for until, names in former:
            assert all(names.values())
            assert names != countries.names_on(code, until)
            assert names == countries.names_on(code, until - timedelta(days=1))
