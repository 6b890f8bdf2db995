"""Names in lists: the family name in capitals, in the order of the alphabet, and nothing else touched."""

import pytest

from tests import factories as make
from workshop.platform.db import Words
from workshop.programme.releases.released import ReleasedName
from workshop.secretariat.register.person_names import capitals, listed, named, order_of


@pytest.mark.parametrize(
    ("family", "printed"),
    [
        ("Ndiaye", "NDIAYE"),
        ("Weiß", "WEIẞ"),
        ("van der Berg", "van der BERG"),
        ("Van der Berg", "VAN DER BERG"),
        ("de la Cruz Ñúñez", "de la CRUZ ÑÚÑEZ"),
        ("d'Almeida", "d'ALMEIDA"),
        ("al-Hassan", "al-HASSAN"),
        ("O'Brien", "O'BRIEN"),
        ("McKenzie", "McKENZIE"),
        ("Fellous Refai", "FELLOUS REFAI"),
        ("hooks", "HOOKS"),
        ("", ""),
    ],
)
def test_a_family_name_in_capitals_keeps_what_is_written_small(family: str, printed: str) -> None:
    assert capitals(family) == printed


def test_the_family_name_is_capital_wherever_it_stands() -> None:
    assert listed(make.person(given_name="Ndioro", family_name="Ndiaye"), "en") == "Ndioro NDIAYE"
    reversed_ = make.person(given_name="Van An", family_name="Nguyen", name_as_published="Nguyen Van An")
    assert listed(reversed_, "en") == "NGUYEN Van An"
    assert listed(make.person(given_name="", family_name="Sukarno"), "en") == "SUKARNO"
    assert listed(make.person(given_name="Ana", family_name="Ana"), "en") == "Ana ANA"
    assert listed(ReleasedName(id=1, name="H.E. Ines Weiß", family_name="Weiß"), "en") == "H.E. Ines WEIẞ"
    assert listed(ReleasedName(id=1, name="Known As", family_name="Otherwise"), "en") == "Known As"


def test_forms_of_address_are_those_supplied_for_the_language() -> None:
    person = make.person(honorific="H.E.", honorifics=Words(fr="S.E.", es="Excmo. Sr."))
    assert [named(person, language) for language in ("en", "fr", "es")] == [
        "H.E. Ines Synthetic",
        "S.E. Ines Synthetic",
        "Excmo. Sr. Ines Synthetic",
    ]
    assert listed(person, "fr") == "S.E. Ines SYNTHETIC"
    assert named(make.person(), "fr") == "Ines Synthetic"


def test_people_stand_in_the_order_of_the_alphabet() -> None:
    families = ["Zeta", "Émery", "d'Almeida", "van der Berg", "Eze", "Ñandú", "Nzé", "O'Neil", "de la Cruz"]
    people = [make.person(family_name=family) for family in families]
    assert [who.family_name for who in sorted(people, key=lambda who: order_of(who, "es"))] == [
        "d'Almeida",
        "van der Berg",
        "de la Cruz",
        "Émery",
        "Eze",
        "Nzé",
        "Ñandú",
        "O'Neil",
        "Zeta",
    ]
    twins = [make.person(given_name="Zoé", family_name="Eze"), make.person(given_name="Éric", family_name="Eze")]
    assert [who.given_name for who in sorted(twins, key=lambda who: order_of(who, "fr"))] == ["Éric", "Zoé"]
