"""Plain functions that build one object each, with sensible values a test may override. Nothing is saved."""

from datetime import UTC, date, datetime
from typing import Any

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Practice, Recommendation, Strength
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Appearance, GuidingQuestion, Item, Room, Session
from workshop.programme.groups.models import Group, GroupQuestion, GroupRole
from workshop.programme.papers.models import Document, Kind
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.series.models import Series, Workshop

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def user(name: str, **but: Any) -> User:
    values = {"email": f"{name}@example.org", "name": name.capitalize(), "password_hash": "-", "created_at": NOON}
    return User(**(values | but))


def series(**but: Any) -> Series:
    return Series(**({"slug": "s", "title": Words(en="A series")} | but))


def workshop(**but: Any) -> Workshop:
    values = {
        "slug": "w",
        "title": Words(en="A workshop on something"),
        "short_title": Words(en="A workshop"),
        "starts_on": date(2026, 3, 2),
        "ends_on": date(2026, 3, 3),
        "place": Words(en="Geneva"),
        "zone": "Europe/Zurich",
        "languages": ["en", "fr", "es"],
        "published": True,
    }
    return Workshop(**(values | ({} if "series" in but else {"series": series()}) | but))


def session(**but: Any) -> Session:
    values = {"number": 1, "title": Words(en="Partnerships"), "format": Format.PLENARY}
    return Session(**(values | ({} if "workshop" in but else {"workshop": workshop()}) | but))


def room(**but: Any) -> Room:
    return Room(**({"name": "Room XIV"} | but))


def question(text: str = "What works?", **but: Any) -> GuidingQuestion:
    return GuidingQuestion(**({"position": 1, "text": Words(en=text)} | but))


def item(**but: Any) -> Item:
    return Item(**({"position": 1, "title": Words(en="A talk")} | but))


def person(**but: Any) -> Person:
    return Person(**({"given_name": "Ines", "family_name": "Synthetic"} | but))


def organisation(**but: Any) -> Organisation:
    return Organisation(**({"name": Words(en="Office of Examples")} | but))


def appearance(**but: Any) -> Appearance:
    return Appearance(**({"part": Part.SPEAKER, "person": person(), "position": 1} | but))


def document(**but: Any) -> Document:
    return Document(**({"kind": Kind.STATEMENT} | but))


def group(**but: Any) -> Group:
    return Group(**({"number": 2, "topic": Words(en="Partnerships")} | but))


def group_question(text: str = "What works?", **but: Any) -> GroupQuestion:
    return GroupQuestion(**({"position": 1, "text": Words(en=text)} | but))


def servant(**but: Any) -> GroupRole:
    return GroupRole(**({"role": Part.RAPPORTEUR} | but))


def point(number: int = 1, **but: Any) -> Point:
    values = {
        "number": number,
        "kind": PointKind.PRACTICE,
        "text": "Roles are written down before work starts.",
        "language": "en",
        "client_key": f"factory-{number}",
        "noted_by": None,
        "noted_at": NOON,
    }
    return Point(**(values | but))


def group_report(**but: Any) -> GroupReport:
    values = {"lens_national": "One office answers.", "lens_multilateral": "Fund the registry.", "saved_at": NOON}
    return GroupReport(**(values | but))


def key_point(text: str = "Written roles help.", **but: Any) -> KeyPoint:
    values = {"position": 1, "text": text, "kind": PointKind.PRACTICE, "strength": Strength.ONE}
    return KeyPoint(**(values | but))


def recommendation(action: str = "Write down the roles.", **but: Any) -> Recommendation:
    return Recommendation(**({"position": 1, "action": action, "addressee": "Labour ministries"} | but))


def practice(title: str = "Joint desk", **but: Any) -> Practice:
    return Practice(**({"position": 1, "title": title} | but))


def questionnaire(**but: Any) -> Questionnaire:
    values = {"slug": "q", "title": Words(en="A questionnaire", fr="Un questionnaire")}
    return Questionnaire(**(values | ({} if "workshop" in but else {"workshop": workshop()}) | but))


def version(definition: dict[str, Any], **but: Any) -> QuestionnaireVersion:
    values = {"number": 1, "definition": definition, "published_at": NOON}
    return QuestionnaireVersion(
        **(values | ({} if "questionnaire" in but else {"questionnaire": questionnaire()}) | but)
    )
