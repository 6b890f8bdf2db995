"""Who sits in the groups of the workshop in preparation, and what was said in a session of 2005: all of it sample data."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from workshop.deliberation.allocation.models import Grouping, SeatedPerson, SeatingRun, Sex
from workshop.deliberation.allocation.rules import allocate, wanted
from workshop.deliberation.capture import rules as capture_rules
from workshop.deliberation.capture.models import PointKind, SessionPoint, Turn
from workshop.deliberation.capture.places import Place
from workshop.programme.agenda.formats import Perspective
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Category

SEED = 2005
NAMES = [
    "Ada",
    "Ben",
    "Chi",
    "Dov",
    "Eva",
    "Fay",
    "Gus",
    "Hua",
    "Ida",
    "Jon",
    "Kim",
    "Lea",
    "Max",
    "Noor",
    "Oto",
    "Pia",
    "Quim",
    "Rosa",
    "Sami",
    "Tom",
    "Uma",
    "Vera",
    "Wim",
    "Yara",
]
REGIONS = ("Africa", "Asia", "Europe", "Latin America")
CATEGORIES = (Category.STATE_MEMBER, Category.NGO, Category.DIASPORA, Category.UN)
SAID = (
    (Turn.PRESENTATION, PointKind.PRACTICE, Perspective.ORIGIN, 1, "Consulates keep a register of associations."),
    (Turn.DISCUSSANT, PointKind.OPEN_QUESTION, None, 1, "Who checks what becomes of the money raised together?"),
    (Turn.FLOOR, PointKind.OBSTACLE, Perspective.DIASPORA, 4, "Associations learn of a programme when it has ended."),
    (Turn.ANSWER, PointKind.PROPOSAL, Perspective.ORIGIN, 1, "Announce each programme to associations beforehand."),
)


def people_for(session: Session, groups: Sequence[Group]) -> list[SeatedPerson]:
    """A list of people, two a delegation, some with wishes; the last has come late and has no seat yet."""
    return [
        SeatedPerson(
            session=session,
            name=f"{name} Sample",
            delegation=f"Sample delegation {place // 2 + 1}",
            category=CATEGORIES[place // 2 % len(CATEGORIES)],
            region=REGIONS[place // 3 % len(REGIONS)],
            languages=["en"],
            sex=(Sex.WOMAN, Sex.MAN)[place % 2],
            wishes=[groups[place % len(groups)].number] if place % 3 == 0 else [],
        )
        for place, name in enumerate(NAMES)
    ]


def seat(session: Session, people: Sequence[SeatedPerson], groups: Sequence[Group], *, at: datetime) -> SeatingRun:
    """Seat all but the last of them; they need their ids, so they must have been flushed."""
    here = people[:-1]
    allocate(here, groups, wanted(here, groups, Grouping.SPLIT), seed=SEED)
    return SeatingRun(session=session, seed=SEED, grouping=Grouping.SPLIT, made_at=at)


def notes_of(session: Session, by: User, *, at: datetime) -> list[SessionPoint]:
    place, began = Place(session), session.starts_at or at
    points = []
    for number, (turn, kind, perspective, voices, text) in enumerate(SAID, 1):
        said: dict[str, Any] = {
            "kind": kind,
            "text": text,
            "language": "en",
            "perspective": perspective,
            "voices": voices,
            "turn": turn,
        }
        key = f"demonstration-{session.number}-{number}"
        when = began + timedelta(minutes=10 * number)
        question = place.question_at(1)
        points.append(capture_rules.note(place, question, number=number, by=by, at=when, client_key=key, **said))
    return [point for point in points if isinstance(point, SessionPoint)]
