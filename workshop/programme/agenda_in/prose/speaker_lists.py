"""Several people in one cell or after one label, and what of it is a function: decided over all cells of a column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from workshop.secretariat.register.name_parts import HONORIFIC

from ..reading.agenda_words import kind_named, part_named, plain, says_not_provided
from ..reading.country_words import country_named
from .speaker_names import BODIES, is_name, tells_function

SEMICOLONS = re.compile(r"\s*[;\n،؛|]\s*|\s+/\s+|\s*•\s*")
AND = re.compile(r"(?:,\s*|\s+)(?:and|et|y|e|und|&|و)\s+(?=\S)|\s+و(?=[\u0600-\u06ff])")
BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]{2,40})[)\]]\s*$")
DOCUMENT_WORDS = re.compile(
    r"(video|slides?|remarks?|presentation|statement|recording|audio|bio|online|remote(ly)?|virtual(ly)?|tbc|tbd|to be confirmed|a confirmer|"
    r"por confirmar|keynote|by video|via zoom|in person)( (of|message|link|the|session|address))*"
)


@dataclass
class People:
    """What a column of names showed: who stands alone in it somewhere, and whether commas set people apart."""

    alone: set[str] = field(default_factory=set)
    commas: bool = True
    family_first: bool = False


def without_remark(text: str) -> str:
    """A name without the "(Remarks)", "(Video of the session)" or "(tbc)" behind it."""
    while found := BRACKETED.search(text):
        said = plain(found[1])
        if not (DOCUMENT_WORDS.fullmatch(said) or kind_named(said) or part_named(said) or says_not_provided(said)):
            break
        text = text[: found.start()]
    return text.strip()


def is_person(text: str) -> bool:
    """Whether a piece between commas is somebody rather than a function, a body or a country."""
    text = without_remark(text)
    if country_named(text) or tells_function(text) or BODIES.search(plain(text)):
        return False
    return is_name(text) and len(HONORIFIC.sub("", text).split()) <= 5


def look_over(cells: Iterable[str]) -> People:
    """What the cells of a column have in common."""
    seen = People()
    persons = others = single = 0
    for cell in cells:
        for piece in (each for one in SEMICOLONS.split(cell) for each in AND.split(one)):
            first, *rest = [each.strip() for each in piece.split(",")]
            seen.alone.add(plain(without_remark(first)))
            if rest:
                persons += all(map(is_person, rest))
                others += not all(map(is_person, rest))
                single += (
                    len(rest) == 1 and len(first.split()) <= 2 and len(rest[0].split()) <= 2 and not is_person(first)
                )
    seen.commas = persons >= others
    seen.family_first = single > 0 and single >= (persons + others) / 2
    return seen


def split_people(text: str, seen: People | None = None) -> list[str]:
    """Each of those who are named, with what follows the name."""
    seen = seen or look_over([text])
    found: list[str] = []
    for one in filter(None, (each.strip(" ,•-") for each in SEMICOLONS.split(text))):
        found += _by_commas(one, seen)
    return found


def _by_commas(text: str, seen: People) -> list[str]:
    """A comma or "and" sets people apart where names stand on both sides; else it belongs to the function."""
    pieces = [each.strip() for each in AND.split(text) if each.strip()]
    if len(pieces) > 1 and not all(is_person(each.split(",")[0]) for each in pieces):
        pieces = [text]
    found: list[str] = []
    for piece in pieces:
        parts = [each.strip() for each in piece.split(",") if each.strip()]
        if len(parts) == 2 and seen.family_first and not is_person(parts[0]) and not tells_function(parts[1]):
            found.append(f"{parts[1]} {parts[0].upper()}" if len(parts[1].split()) < 3 else piece)
            continue
        run: list[str] = []
        for part in parts:
            known = plain(without_remark(part)) in seen.alone
            if run and is_person(part) and (known or seen.commas):
                found.append(", ".join(run))
                run = [part]
            else:
                run.append(part)
        found += [", ".join(run)] if run else []
    return [each for each in found if each]
