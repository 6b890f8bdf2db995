"""The workshop as search engines read it: schema.org/Event, in JSON-LD, on the public pages."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from workshop.platform.mail import link_to
from workshop.programme.releases.released import ReleasedPerson, ReleasedSession

Data = dict[str, object]


class WorkshopEvent(Protocol):
    """A workshop with its series, as plain columns."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> dict[str, str]: ...
    @property
    def introduction(self) -> dict[str, str]: ...
    @property
    def place(self) -> dict[str, str]: ...
    @property
    def zone(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def languages(self) -> list[str]: ...
    @property
    def funders(self) -> list[str]: ...
    @property
    def series_slug(self) -> str: ...
    @property
    def series_title(self) -> dict[str, str]: ...


compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def json_ld(workshop: WorkshopEvent, agenda: Sequence[ReleasedSession], language: str) -> Markup:
    """The event, with what may be shown of its agenda, as JSON in which nothing can end the script element around it."""
    return htmlsafe_json_dumps(_workshop(workshop, agenda, language), dumps=compact)


def _workshop(workshop: WorkshopEvent, agenda: Sequence[ReleasedSession], language: str) -> Data:
    place = _text(workshop.place, language)
    organizer = {
        "@type": "Organization",
        "name": _text(workshop.series_title, language),
        "url": link_to("public.series", slug=workshop.series_slug),
    }
    event: Data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": _text(workshop.title, language),
        "startDate": workshop.starts_on.isoformat(),
        "endDate": workshop.ends_on.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": workshop.languages,
        "url": link_to("public.workshop", slug=workshop.slug),
        "location": {"@type": "Place", "name": place, "address": place},
        "organizer": organizer,
    }
    if introduction := _text(workshop.introduction, language):
        event["description"] = introduction
    if workshop.funders:
        event["funder"] = [{"@type": "Organization", "name": name} for name in workshop.funders]
    address, zone = link_to("public.agenda", slug=workshop.slug), ZoneInfo(workshop.zone)
    sessions = [
        _session(each, each.starts_at.astimezone(zone), each.ends_at.astimezone(zone), language, place)
        | {"url": f"{address}#session-{each.number}"}
        for each in agenda
        if each.starts_at and each.ends_at
    ]
    if sessions:
        event["subEvent"] = sessions
    return event


def _session(session: ReleasedSession, starts_at: datetime, ends_at: datetime, language: str, place: str) -> Data:
    event: Data = {
        "@type": "Event",
        "name": _text(session.title, language),
        "startDate": starts_at.isoformat(),
        "endDate": ends_at.isoformat(),
        "location": {"@type": "Place", "name": session.room or place, "address": place},
    }
    if subtitle := _text(session.subtitle, language):
        event["description"] = subtitle
    if people := {who.id: who for who in session.everyone}:
        event["performer"] = [_person(who, language) for who in people.values()]
    return event


def _person(who: ReleasedPerson, language: str) -> Data:
    person: Data = {"@type": "Person", "name": who.name}
    if function := _text(who.function, language):
        person["jobTitle"] = function
    if organisation := _text(who.organisation, language):
        person["affiliation"] = {"@type": "Organization", "name": organisation}
    return person


def _text(words: dict[str, str], language: str) -> str:
    return words.get(language) or words.get("en") or next(filter(None, words.values()), "")
