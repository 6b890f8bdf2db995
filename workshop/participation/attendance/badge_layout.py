"""How a badge is set: its name in the largest size that fits, its category as colour, letter and word.

No database, no request, no clock.
"""

import unicodedata
from dataclasses import dataclass

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import SUPPORT
from workshop.platform.i18n import direction
from workshop.platform.qr_codes import as_image
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.person_names import capitals

WIDTH = 78.0  # millimetres for the name
LARGEST, SMALLEST = 26, 11  # points
MILLIMETRE = 25.4 / 72
# The share of the size that a character is wide, on the safe side.
NARROW, CAPITAL, USUAL = 0.36, 0.76, 0.63
GROUPS = {
    "states": ("S", (Category.STATE_MEMBER, Category.STATE_OBSERVER, Category.PARLIAMENT, Category.LOCAL_AUTHORITY)),
    "bodies": ("I", (Category.UN, Category.IGO)),
    "civil": ("C", (Category.NGO, Category.DIASPORA, Category.TRADE_UNION, Category.PRIVATE_SECTOR, Category.ACADEMIA)),
    "experts": ("E", (Category.EXPERT,)),
    "media": ("M", (Category.MEDIA,)),
    "staff": ("T", (Category.STAFF,)),
}


@dataclass(frozen=True)
class Face:
    """What a badge shows. It has no courtesy title, no sex, no diet."""

    given: str
    family: str
    size: int
    body: str
    category: str
    colour: str
    letter: str
    number: int
    direction: str
    code: str


def face(who: Participant, body: str, address: str) -> Face:
    given, family = who.given_name, capitals(who.family_name)
    colour, letter = next((name, sign) for name, (sign, kinds) in GROUPS.items() if who.category in kinds)
    return Face(
        given=given,
        family=family,
        size=min(fitting_size(given), fitting_size(family)),
        body=body,
        category=str(who.part.label if who.part in SUPPORT else who.category.label),
        colour=colour,
        letter=letter,
        number=who.number or 0,
        direction=direction("ar") if is_right_to_left(family) else "ltr",
        code=as_image(address),
    )


def fitting_size(text: str) -> int:
    """The largest size, in points, in which it stands on one line of a badge."""
    ems = sum(width(character) for character in text)
    return max(SMALLEST, min(LARGEST, int(WIDTH / MILLIMETRE / ems))) if ems else LARGEST


def width(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if character in "iljtfrI.,'’- ":
        return NARROW
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    return CAPITAL if character.isupper() else USUAL


def is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
