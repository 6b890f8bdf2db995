"""The list in the order of protocol: a golden list in French, and 300 people of fourteen categories."""

from typing import Any

from flask_babel import force_locale

from workshop.participation.delegations.statuses import DelegationPart
from workshop.participation.registration.listing.participants_list import Line, in_language, line_of
from workshop.secretariat.register.models import Category


def line(number: int, family: str, **but: Any) -> Line:
    values: dict[str, Any] = {"id": number, "family_name": family, "given_name": "Ada"}
    return Line(**(values | {"category": Category.STATE_MEMBER} | but))


PEOPLE = [
    line(1, "Allemand", country="DEU", delegation=1, position=2),
    line(2, "Chef", country="DEU", delegation=1, position=3, part=DelegationPart.HEAD, honorific="H.E. Ms."),
    line(3, "van der Berg", country="NLD", delegation=2),
    line(
        4,
        "Mohamed",
        country="EGY",
        delegation=3,
        honorifics={"fr": "S.E. Mme"},
        function={"en": "Minister", "fr": "Ministre"},
    ),
    line(5, "Coréen", country="PRK", delegation=4),
    line(6, "Suisse", country="CHE", delegation=5, institution="Secrétariat d'État", place="Berne"),
    line(7, "Nonce", country="VAT", delegation=6, category=Category.STATE_OBSERVER),
    line(8, "Palestine", country="PSE", delegation=7, category=Category.STATE_OBSERVER),
    line(9, "Union", category=Category.IGO, organisation={"en": "European Union", "fr": "Union européenne"}),
    line(10, "Onu", category=Category.UN, organisation={"en": "Sample Fund", "fr": "Fonds exemple"}),
    line(11, "Banque", category=Category.IGO, organisation={"en": "Sample Bank", "fr": "Banque exemple"}),
    line(12, "Ong", category=Category.NGO, organisation={"fr": "Écoute"}),
    line(13, "Zorro", category=Category.EXPERT),
    line(14, "d'Almeida", category=Category.EXPERT),
    line(15, "Bureau", category=Category.STAFF, organisation={"fr": "Secrétariat exemple"}),
]
FRENCH = """
États
Allemagne: H.E. Ms. Ada CHEF (Chef de la délégation)
Allemagne: Ada ALLEMAND
Égypte: S.E. Mme Ada MOHAMED · Ministre
Pays-Bas (Royaume des): Ada van der BERG
République populaire démocratique de Corée: Ada CORÉEN
Suisse: Ada SUISSE · Secrétariat d'État · Berne
Observateurs non membres
État de Palestine: Ada PALESTINE
Saint-Siège: Ada NONCE
Union européenne
Union européenne: Ada UNION
Système des Nations Unies
Fonds exemple: Ada ONU
Autres organisations intergouvernementales
Banque exemple: Ada BANQUE
Organisations non gouvernementales
Écoute: Ada ONG
Experts et orateurs à titre personnel
: Ada d'ALMEIDA
: Ada ZORRO
Secrétariat
Secrétariat exemple: Ada BUREAU
"""


def as_text(lines: list[Line], language: str) -> str:
    found = []
    for part in in_language(lines, language):
        found.append(str(part.section.label))
        for heading in part.headings:
            for entry in heading.entries:
                name = f"{entry.name} ({entry.part})" if entry.part else entry.name
                said = " · ".join(filter(None, (name, entry.function, entry.institution, entry.place)))
                found.append(f"{heading.name}: {said}")
    return "\n".join(found)


def test_the_french_list_is_the_golden_one(app: object) -> None:
    with force_locale("fr"):
        assert as_text(PEOPLE, "fr") == FRENCH.strip()


def test_states_are_sorted_anew_in_each_language() -> None:
    states = {language: in_language(PEOPLE, language)[0] for language in ("en", "es", "ar")}
    assert [each.name for each in states["en"].headings] == [
        "Democratic People's Republic of Korea",
        "Egypt",
        "Germany",
        "Netherlands (Kingdom of the)",
        "Switzerland",
    ]
    assert [each.name for each in states["es"].headings][:2] == ["Alemania", "Egipto"]
    assert len(states["ar"].headings) == 5


def test_a_line_survives_being_kept_as_json() -> None:
    assert [line_of(each.as_json()) for each in PEOPLE] == PEOPLE


def test_three_hundred_people_of_all_categories_stand_in_it_once() -> None:
    kinds = list(Category)
    lines = [
        line(
            number,
            f"Sample {number:03}",
            category=kinds[number % len(kinds)],
            country="FRA" if kinds[number % len(kinds)] is Category.STATE_MEMBER else "",
            organisation={"en": f"Office {number % 7}"},
        )
        for number in range(1, 301)
    ]
    found = [entry.id for part in in_language(lines, "fr") for each in part.headings for entry in each.entries]
    assert sorted(found) == list(range(1, 301))
