"""Countries as people name them on agendas and in lists, in any language of the list and in common short forms."""

import re

from workshop.secretariat.register.countries import countries, former_names

from .agenda_words import plain


def country_named(text: str) -> str:
    """The alpha-3 code of a country named in any language, or given as a code; "" for none."""
    said = plain(text)
    return _COUNTRIES.get(said) or _COUNTRIES.get(re.sub(r"^(the|la|le|les|l|el|los) ", "", said), "")


def _country_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, country in countries().items():
        for name in (code, country.alpha2, *country.names.values()):
            found.setdefault(plain(name), code)
            found.setdefault(plain(re.sub(r"\(.*?\)", "", name)), code)
    for code, names in ((code, names) for code, before in former_names().items() for _until, names in before):
        for name in names.values():
            found.setdefault(plain(name), code)
    for name, code in ALSO.items():
        found.setdefault(name, code)
    return found


ALSO = {
    "usa": "USA",
    "united states": "USA",
    "etats unis": "USA",
    "estados unidos": "USA",
    "uk": "GBR",
    "united kingdom": "GBR",
    "royaume uni": "GBR",
    "reino unido": "GBR",
    "holland": "NLD",
    "netherlands": "NLD",
    "pays bas": "NLD",
    "paises bajos": "NLD",
    "russia": "RUS",
    "russie": "RUS",
    "rusia": "RUS",
    "iran": "IRN",
    "vietnam": "VNM",
    "viet nam": "VNM",
    "south korea": "KOR",
    "tanzania": "TZA",
    "bolivia": "BOL",
    "venezuela": "VEN",
    "syria": "SYR",
    "laos": "LAO",
    "moldova": "MDA",
    "ivory coast": "CIV",
    "cote d ivoire": "CIV",
    "turkey": "TUR",
    "czech republic": "CZE",
    "cape verde": "CPV",
    "swaziland": "SWZ",
}
_COUNTRIES = _country_names()
