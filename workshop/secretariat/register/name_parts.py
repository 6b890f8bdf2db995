"""Parts of names as lists print them: the form of address, given and family name. Nothing is corrected.

No database, no request, no clock.
"""

import re

from .countries import sort_key

HONORIFIC = re.compile(
    r"^((?:H\.\s?E\.|HE|H\.R\.H\.|S\.\s?E\.|S\.\s?Exc\.|Excm[oa]\.?|Ambassador|Amb\.|Professor|Prof\.|Dr\.?|Mrs?\.?|Ms\.?|Mme\.?|"
    r"Mlle\.?|M\.|Sra?\.|Sr|Srta\.|Dña\.|D\.|Dra\.|Ing\.|Lic\.|Herr|Frau|Botschafter(?:in)?|Ambassadeur|Ambassadrice|Embajador(?:a)?|Sir|Dame|"
    r"(?:The )?Hon\.|Rev\.|Msgr\.|السيدة?|الدكتورة?|د\.|السفيرة?|سعادة)(?=\s)\s+)+"
)
PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "del",
        "della",
        "la",
        "le",
        "el",
        "al",
        "as",
        "bin",
        "bint",
        "ibn",
        "ben",
        "y",
        "e",
        "do",
        "das",
        "du",
        "des",
        "ter",
        "af",
        "zu",
        "zur",
        "o",
        "mac",
        "mc",
        "san",
        "santa",
        "st",
        "abu",
        "abd",
        "ould",
    ]
)
# Family names of Spain, Portugal and America that stand before a second one.
IBERIAN = re.compile(
    r"\w{2,}[aeiou]z|garcia|silva|santos|pereira|flores|torres|castro|moreno|romero|ruiz|ortiz|munoz|reyes|morales|herrera|medina|aguilar|vargas|"
    r"guerrero|rojas|delgado|rios|vega|soto|navarro|costa|ferreira|oliveira|almeida|carvalho|ribeiro|rivera|ramos|blanco|molina|serrano|suarez|"
    r"salazar|mendoza|guzman|cabrera|campos|fuentes|contreras|espinoza|cardenas|acosta|figueroa|pacheco|nunez|escobar"
)


def plain(word: str) -> str:
    return sort_key(word, "en")[0]


def split_name(name: str) -> tuple[str, str]:
    """Given and family name: words in capitals are the family name; else the last word, with its particles."""
    mark = re.search(r"\s*\([^)]*\)$", name)
    bare, tail = (name[: mark.start()], mark[0].strip()) if mark else (name.strip(), "")
    words = bare.split()
    capitals = [word for word in words if len(word) > 2 and word.isupper() and "." not in word]
    if capitals and len(capitals) < len(words):
        first = words.index(capitals[0])
        family = words[first:] if first else capitals
        given = words[:first] if first else [word for word in words if word not in capitals]
    else:
        start = max(len(words) - 1, 0)
        while start > 1 and plain(words[start - 1]) in PARTICLES:
            start -= 1
        if start > 1 and IBERIAN.fullmatch(plain(words[start - 1])) and not words[start - 1].endswith("."):
            start -= 1
        given, family = words[:start], words[start:]
    return " ".join(given), " ".join([*family, tail] if tail else family)
