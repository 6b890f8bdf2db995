"""Plain functions that build one object each, with sensible values a test may override. Nothing is saved."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.consultation.questions.questionnaire_document import Document as QuestionnaireDocument
from workshop.deliberation.capture.models import Point, PointKind, SessionPoint
from workshop.deliberation.editions.models import Edition, EditionRelease, EditionState
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Practice, Recommendation, Strength
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import Paragraph
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Appearance, GuidingQuestion, Item, Room, Session
from workshop.programme.groups.models import Group, GroupQuestion, GroupRole
from workshop.programme.papers.models import Document, Kind
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.series.models import Series, Visibility, Workshop

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _with(but: dict[str, Any], **values: Any) -> dict[str, Any]:
    return values | but


def user(name: str, **but: Any) -> User:
    values: dict[str, Any] = {
        "email": f"{name}@example.org",
        "name": name.capitalize(),
        "password_hash": "-",
        "created_at": NOON,
    }
    return User(**(values | but))


def series(**but: Any) -> Series:
    return Series(**_with(but, slug="s", title=Words(en="A series")))


def workshop(**but: Any) -> Workshop:
    values: dict[str, Any] = {
        "slug": "w",
        "title": Words(en="A workshop on something"),
        "short_title": Words(en="A workshop"),
        "starts_on": date(2026, 3, 2),
        "ends_on": date(2026, 3, 3),
        "place": Words(en="Geneva"),
        "zone": "Europe/Zurich",
        "languages": ["en", "fr", "es"],
        "visibility": Visibility.PUBLIC,
        "version": 1,
    }
    return Workshop(**(values | ({} if "series" in but else {"series": series()}) | but))


def session(**but: Any) -> Session:
    values: dict[str, Any] = {"number": 1, "title": Words(en="Partnerships"), "format": Format.PLENARY}
    return Session(**(values | ({} if "workshop" in but else {"workshop": workshop()}) | but))


def room(**but: Any) -> Room:
    return Room(**_with(but, name="Room XIV"))


def question(text: str = "What works?", **but: Any) -> GuidingQuestion:
    return GuidingQuestion(**_with(but, position=1, text=Words(en=text)))


def item(**but: Any) -> Item:
    return Item(**_with(but, position=1, title=Words(en="A talk")))


def person(**but: Any) -> Person:
    return Person(**_with(but, given_name="Ines", family_name="Synthetic"))


def organisation(**but: Any) -> Organisation:
    return Organisation(**_with(but, name=Words(en="Office of Examples")))


def appearance(**but: Any) -> Appearance:
    return Appearance(**_with(but, part=Part.SPEAKER, person=person(), position=1))


def document(**but: Any) -> Document:
    return Document(**_with(but, kind=Kind.STATEMENT))


def group(**but: Any) -> Group:
    return Group(**_with(but, number=2, topic=Words(en="Partnerships")))


def group_question(text: str = "What works?", **but: Any) -> GroupQuestion:
    return GroupQuestion(**_with(but, position=1, text=Words(en=text)))


def servant(**but: Any) -> GroupRole:
    return GroupRole(**_with(but, role=Part.RAPPORTEUR))


def point(number: int = 1, **but: Any) -> Point:
    values: dict[str, Any] = {
        "number": number,
        "kind": PointKind.PRACTICE,
        "text": "Roles are written down before work starts.",
        "language": "en",
        "client_key": f"factory-{number}",
        "noted_by": None,
        "noted_at": NOON,
    }
    return Point(**(values | but))


def session_point(number: int = 1, **but: Any) -> SessionPoint:
    values: dict[str, Any] = {
        "number": number,
        "kind": PointKind.PRACTICE,
        "text": "Roles are written down before work starts.",
        "language": "en",
        "client_key": f"factory-{number}",
        "noted_by": None,
        "noted_at": NOON,
    }
    return SessionPoint(**(values | but))


def group_report(**but: Any) -> GroupReport:
    values: dict[str, Any] = {
        "lens_national": "One office answers.",
        "lens_multilateral": "Fund the registry.",
        "saved_at": NOON,
    }
    return GroupReport(**(values | but))


def key_point(text: str = "Written roles help.", **but: Any) -> KeyPoint:
    values: dict[str, Any] = {"position": 1, "text": text, "kind": PointKind.PRACTICE, "strength": Strength.ONE}
    return KeyPoint(**(values | but))


def recommendation(action: str = "Write down the roles.", **but: Any) -> Recommendation:
    return Recommendation(**_with(but, position=1, action=action, addressee="Labour ministries"))


def practice(title: str = "Joint desk", **but: Any) -> Practice:
    return Practice(**_with(but, position=1, title=title))


def questionnaire(**but: Any) -> Questionnaire:
    values: dict[str, Any] = {"slug": "q", "title": Words(en="A questionnaire", fr="Un questionnaire")}
    return Questionnaire(**(values | ({} if "workshop" in but else {"workshop": workshop()}) | but))


def version(definition: QuestionnaireDocument, **but: Any) -> QuestionnaireVersion:
    values: dict[str, Any] = {"number": 1, "definition": definition, "published_at": NOON}
    return QuestionnaireVersion(
        **(values | ({} if "questionnaire" in but else {"questionnaire": questionnaire()}) | but)
    )


def edition(
    *,
    workshop: Workshop,
    paragraphs: Sequence[Paragraph] = (),
    state: EditionState = EditionState.DRAFT,
    slug: str = "plenary",
) -> Edition:
    """The first edition of a report; where it is or was public, in English and French."""
    report = PlenaryReport(workshop=workshop, slug=slug, title=Words(en="Report"), compiled_at=NOON)
    made = Edition(
        report=report,
        number=1,
        title=report.title,
        content=[each.written() for each in paragraphs],
        manifest={},
        digest="0" * 64,
        made_at=NOON,
        state=state,
    )
    if state in (EditionState.RELEASED, EditionState.WITHDRAWN):
        made.releases = [EditionRelease(language=code, released_at=NOON) for code in ("en", "fr")]
    return made
