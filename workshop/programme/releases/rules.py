"""What a release is called, and what it keeps for calendars. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LOCALES
from workshop.programme.agenda.models import Appearance, Item, Session
from workshop.programme.groups.models import Group
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.models import Workshop

from .models import Release
from .released import StoredDeliverer, StoredGroup, StoredItem, StoredPerson, StoredSession, sessions_of
from .released_names import is_closed, naming_speakers

UNCOMPARED = {"sequence": 0, "named": False}  # what a release keeps beside what it says


def with_sequence(agenda: Sequence[StoredSession], before: Sequence[StoredSession]) -> list[StoredSession]:
    """The sessions, each with `sequence`: in how many releases after its first it changed what a calendar shows.

    `before` is the agenda of the last release. Calendars take an entry for news when this number has grown.
    """
    known = {session["id"]: session for session in before}
    return [{**session, "sequence": _sequence(session, known.get(session["id"]))} for session in agenda]


def _sequence(session: StoredSession, before: StoredSession | None) -> int:
    if before is None:
        return 0
    return before.get("sequence", 0) + (_in_calendars(session) != _in_calendars(before))


def _in_calendars(session: StoredSession) -> tuple[object, ...]:
    return session["title"], session["starts_at"], session["ends_at"], session["room"]


def same(one: Sequence[StoredSession], other: Sequence[StoredSession]) -> bool:
    """Whether two agendas say the same; an early release may lack the number for calendars."""
    return sessions_of(one) == sessions_of(other)


def differing(
    before: Sequence[StoredSession], after: Sequence[StoredSession]
) -> tuple[list[StoredSession], list[StoredSession]]:
    """Two agendas without the sessions that are stored alike in both: in most of them nothing has changed."""
    told = [{each["id"]: {**each, **UNCOMPARED} for each in agenda} for agenda in (before, after)]
    alike = {id for id, session in told[0].items() if told[1].get(id) == session}
    return [each for each in before if each["id"] not in alike], [each for each in after if each["id"] not in alike]


def is_needless(before: Sequence[StoredSession], after: Sequence[StoredSession]) -> bool:
    """Whether a release would change nothing for the public: names under the Chatham House Rule stay to be decided about."""
    return same(before, after) and not any(map(is_closed, after))


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
    before: Sequence[StoredSession] = (),
    groups: Iterable[Group] = (),
    name: Words | None = None,
    note: Words | None = None,
    names: bool = False,
) -> Release:
    """The agenda as it stands, frozen for the public. `previous` is the number of the last release, 0 for none,
    and `before` its agenda. With `names` it names the speakers of sessions under the Chatham House Rule too.
    """
    workshop.changed_in_public()
    agenda = as_published(sessions, before, groups)
    return Release(
        workshop=workshop,
        number=previous + 1,
        published_at=at,
        agenda=list(naming_speakers(agenda)) if names else agenda,
        name=name or Words(),
        note=note or Words(),
    )


def as_published(
    sessions: Sequence[Session], before: Sequence[StoredSession] = (), groups: Iterable[Group] = ()
) -> list[StoredSession]:
    """The sessions with their groups as plain data, in the order of the programme: what a release keeps."""
    in_groups = list(groups)
    stored = [
        _session(session, [group for group in in_groups if group.session is session])
        for session in sorted(sessions, key=lambda each: each.number)
    ]
    return with_sequence(stored, before)


def _session(session: Session, groups: Sequence[Group]) -> StoredSession:
    stored: StoredSession = {
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
    if groups:
        stored["groups"] = [_group(group) for group in groups]
    if session.room and session.room.names:
        stored["room_names"] = session.room.words
    return stored


def _group(group: Group) -> StoredGroup:
    return {
        "number": group.number,
        "topic": group.topic,
        "questions": [question.text for question in group.questions],
    }


def _item(item: Item, appearances: Sequence[Appearance]) -> StoredItem:
    return {
        "id": item.id,
        "title": item.title,
        "perspective": item.perspective.value if item.perspective else None,
        "role_label": item.role_label,
        "minutes": item.minutes,
        "people": [_person(who) for who in appearances if who.item is item],
    }


def _person(who: Appearance) -> StoredPerson:
    """What is rarely there is left out where it is not, so that releases made before it was known equal later ones."""
    person: StoredPerson = {
        "id": who.person.id,
        "name": who.person.display_name,
        "family_name": who.person.family_name,
        "part": who.part.value,
        "function": who.function,
        "organisation": who.organisation.name if who.organisation else {},
        "country": who.country,
        "country_inferred": who.country_inferred,
    }
    if who.person.names:
        person["names"] = who.person.names
    if who.role_label:
        person["role_label"] = who.role_label
    if who.perspective:
        person["perspective"] = who.perspective.value
    if who.organisation and who.organisation.category:
        person["category"] = who.organisation.category.value
    if who.delivered_by:
        person["delivered_by"] = _deliverer(who.delivered_by, who.delivered_by_function)
    if who.formerly:
        person["replaces"] = who.formerly
    return person


def _deliverer(person: Person, function: Words) -> StoredDeliverer:
    """Who reads out a statement for somebody else."""
    said: StoredDeliverer = {
        "id": person.id,
        "name": person.display_name,
        "family_name": person.family_name,
        "function": function,
    }
    if person.names:
        said["names"] = person.names
    return said


def _utc(moment: datetime | None) -> str | None:
    """A moment as text, the same whichever zone it was given in."""
    return moment.astimezone(UTC).isoformat() if moment else None
