"""What a release is called, and what it keeps for calendars. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LOCALES
from workshop.programme.agenda.models import Appearance, Item, Session
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop

from .models import Release

Data = dict[str, Any]
IN_CALENDARS = ("title", "starts_at", "ends_at", "room")


def with_sequence(agenda: Sequence[Data], before: Sequence[Data]) -> list[Data]:
    """The sessions, each with `sequence`: in how many releases after its first it changed what a calendar shows.

    `before` is the agenda of the last release. Calendars take an entry for news when this number has grown.
    """
    known = {session["id"]: session for session in before}
    return [session | {"sequence": _sequence(session, known.get(session["id"]))} for session in agenda]


def _sequence(session: Data, before: Data | None) -> int:
    if before is None:
        return 0
    so_far: int = before.get("sequence", 0)
    return so_far + any(session[key] != before[key] for key in IN_CALENDARS)


def same(one: Sequence[Data], other: Sequence[Data]) -> bool:
    """Whether two agendas say the same; an early release may lack the number for calendars."""
    return _said(one) == _said(other)


def _said(agenda: Iterable[Data]) -> list[Data]:
    return [{key: value for key, value in session.items() if key != "sequence"} for session in agenda]


def suggested_name(languages: Sequence[str], taken: Sequence[Mapping[str, str]]) -> Words:
    """What the next release may be called: "Provisional agenda" in each language, then "Rev.1", "Rev.2"."""
    spoken = [code for code in languages if code in LOCALES] or ["en"]
    if not taken:
        return Words({code: _provisional(code) for code in spoken})
    used = {name.casefold() for names in taken for name in names.values()}
    free = next(number for number in count(len(taken)) if f"rev.{number}" not in used)
    return Words(dict.fromkeys(spoken, f"Rev.{free}"))


def _provisional(code: str) -> str:
    with force_locale(LOCALES[code]):
        return str(_("Provisional agenda"))


def refuse_taken_name(name: Mapping[str, str], taken: Sequence[Mapping[str, str]]) -> None:
    """Two releases of one name could not be told apart, in whichever language it stands. Raises RuleBroken."""
    used = {written.casefold() for names in taken for written in names.values()}
    for written in name.values():
        if written.casefold() in used:
            raise RuleBroken(_("There is a release called “%(name)s” already.", name=written), "name")


def publish(
    workshop: Workshop,
    sessions: Sequence[Session],
    *,
    previous: int,
    at: datetime,
    before: Sequence[dict[str, Any]] = (),
    name: Words | None = None,
    note: Words | None = None,
) -> Release:
    """The agenda as it stands, frozen for the public. `previous` is the number of the last release, 0 for none,
    and `before` its agenda.
    """
    workshop.changed_in_public()
    return Release(
        workshop=workshop,
        number=previous + 1,
        published_at=at,
        agenda=as_published(sessions, before),
        name=name or Words(),
        note=note or Words(),
    )


def as_published(sessions: Sequence[Session], before: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """The sessions as plain data, in the order of the programme: what a release keeps."""
    return with_sequence([_session(session) for session in sorted(sessions, key=lambda each: each.number)], before)


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "number": session.number,
        "title": session.title,
        "subtitle": session.subtitle,
        "note": session.note,
        "lens": session.lens,
        "format": session.format.value,
        "starts_at": _utc(session.starts_at),
        "ends_at": _utc(session.ends_at),
        "room": session.room.name if session.room else "",
        "mode": (session.mode or session.workshop.mode).value,
        "questions": [question.text for question in session.questions],
        "items": [_item(item, session.appearances) for item in session.items],
        "people": [_person(who) for who in session.appearances if who.item is None],
    }


def _item(item: Item, appearances: Sequence[Appearance]) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "perspective": item.perspective.value if item.perspective else None,
        "role_label": item.role_label,
        "minutes": item.minutes,
        "people": [_person(who) for who in appearances if who.item is item],
    }


def _person(who: Appearance) -> dict[str, Any]:
    """What is rarely there is left out where it is not, so that releases made before it was known equal later ones."""
    category = who.organisation.category if who.organisation else None
    rare = {
        "names": who.person.names,
        "role_label": who.role_label,
        "perspective": who.perspective.value if who.perspective else None,
        "category": category.value if category else None,
        "delivered_by": _deliverer(who.delivered_by, who.delivered_by_function) if who.delivered_by else None,
        "replaces": who.formerly,
    }
    return {
        "id": who.person.id,
        "name": who.person.display_name,
        "family_name": who.person.family_name,
        "part": who.part.value,
        "function": who.function,
        "organisation": who.organisation.name if who.organisation else {},
        "country": who.country,
        "country_inferred": who.country_inferred,
    } | {key: value for key, value in rare.items() if value}


def _deliverer(person: Person, function: Words) -> dict[str, Any]:
    """Who reads out a statement for somebody else."""
    said: dict[str, Any] = {"id": person.id, "name": person.display_name, "family_name": person.family_name}
    return said | {"function": function} | ({"names": person.names} if person.names else {})


def _utc(moment: datetime | None) -> str | None:
    """A moment as text, the same whichever zone it was given in."""
    return moment.astimezone(UTC).isoformat() if moment else None
