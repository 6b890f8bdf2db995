"""Agendas as a reader finds them: drafts, published at stated moments."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests import factories as make
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Room, Session
from workshop.programme.agenda.queries import sessions
from workshop.programme.groups.models import Group
from workshop.programme.groups.queries import groups
from workshop.programme.papers.models import Document, DocumentFile, Kind, State
from workshop.programme.releases import rules as releases_rules
from workshop.programme.releases.models import Release
from workshop.programme.releases.released_names import naming_speakers
from workshop.secretariat.series.models import Workshop

FIRST = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # nine o'clock in Geneva


def publish(workshop: Workshop, number: int = 1, *, names: bool = False, **but: Any) -> Release:
    """The draft as it stands, as release of that number, a day after the one before; `names` under any mode."""
    db.session.flush()
    db.session.expire_all()
    draft = db.session.scalars(sessions(workshop)).all()
    at = FIRST + timedelta(days=number - 1)
    workshop.changed_in_public()
    agenda = releases_rules.as_published(draft, groups=db.session.scalars(groups(workshop.id)))
    agenda = list(naming_speakers(agenda)) if names else agenda
    values: dict[str, Any] = {"number": number, "published_at": at, "agenda": agenda}
    release = Release(workshop=workshop, **(values | but))
    db.session.add(release)
    db.session.commit()
    return release


def session(workshop: Workshop, number: int = 1, **but: Any) -> Session:
    """An hour from nine o'clock on, with a chair and one item of 20 minutes that has a speaker and a paper."""
    starts_at = but.pop("starts_at", NINE + timedelta(hours=number - 1))
    values: dict[str, Any] = {
        "number": number,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "title": Words(en=f"Partnerships {number}", fr=f"Partenariats {number}"),
    }
    row = make.session(workshop=workshop, **(values | but))
    row.questions.append(make.question("What works?"))
    item = make.item(minutes=20, title=Words(en="A talk", fr="Un exposé"))
    row.items.append(item)
    chair = make.person(family_name=f"Chair {number} (synthetic)", honorific="H.E.")
    speaker = make.person(given_name="Zoë", family_name=f"Ñandú {number} (synthetic)")
    office = make.organisation(name=Words(en="Office of Examples", fr="Bureau des exemples"))
    row.appearances += [
        make.appearance(person=chair, part=Part.CHAIR),
        make.appearance(person=speaker, item=item, organisation=office, country="TUN", function=Words(fr="Directrice")),
    ]
    db.session.add(row)
    return row


def papers(workshop: Workshop, row: Session) -> Document:
    """A statement that can be read in two languages, a paper nobody provided, and one still expected."""
    held = make.document(workshop=workshop, session=row, item=row.items[0], kind=Kind.STATEMENT, state=State.PUBLISHED)
    for code in ("en", "fr"):
        held.files.append(
            DocumentFile(
                language=code,
                version=1,
                stored_as="0" * 64,
                filename="a.pdf",
                media_type="application/pdf",
                size=1,
                received_at=make.NOON,
            )
        )
    missing = make.document(workshop=workshop, session=row, kind=Kind.OTHER, state=State.NOT_PROVIDED)
    secret = make.document(workshop=workshop, session=row, title=Words(en="Not yet for anybody"), state=State.RECEIVED)
    db.session.add_all([held, missing, secret])
    return held


def group(workshop: Workshop, row: Session, number: int = 1) -> None:
    db.session.add(
        Group(
            workshop=workshop,
            session=row,
            number=number,
            topic=Words(en="A topic"),
            questions=[make.group_question("Why?")],
        )
    )


def room(workshop: Workshop, name: str) -> Room:
    return Room(workshop=workshop, name=name)


def large(workshop: Workshop, count: int = 120, rooms: int = 12) -> None:
    """Parallel sessions over three days, each with papers and a group."""
    halls = [room(workshop, f"Room {n}") for n in range(1, rooms + 1)]
    for n in range(count):
        day, slot = divmod(n // rooms, 4)
        starts_at = NINE + timedelta(days=day, minutes=90 * slot)
        row = session(workshop, n + 1, starts_at=starts_at, room=halls[n % rooms])
        papers(workshop, row)
        group(workshop, row, n + 1)
