"""The workshop as search engines read it: schema.org/Event, in JSON-LD, on the public pages."""

import json
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from workshop.platform.mail import link_to

from ..published_programme import Data

compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def json_ld(workshop: Any, release: Any, language: str) -> Markup:
    """The event as JSON in which nothing can end the script element around it. Without a release, no sessions."""
    return htmlsafe_json_dumps(_workshop(workshop, release.agenda if release else (), language), dumps=compact)


def _workshop(workshop: Any, agenda: Any, language: str) -> Data:
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
    if sessions := [each for each in agenda if each["starts_at"] and each["ends_at"]]:
        address, zone = link_to("public.agenda", slug=workshop.slug), ZoneInfo(workshop.zone)
        event["subEvent"] = [
            _session(each, language, zone, place) | {"url": f"{address}#session-{each['number']}"} for each in sessions
        ]
    return event


def _session(session: Data, language: str, zone: ZoneInfo, place: str) -> Data:
    event: Data = {
        "@type": "Event",
        "name": _text(session["title"], language),
        "startDate": datetime.fromisoformat(session["starts_at"]).astimezone(zone).isoformat(),
        "endDate": datetime.fromisoformat(session["ends_at"]).astimezone(zone).isoformat(),
        "location": {"@type": "Place", "name": session["room"] or place, "address": place},
    }
    if subtitle := _text(session["subtitle"], language):
        event["description"] = subtitle
    people = [*session["people"], *(who for item in session["items"] for who in item["people"])]
    if people:
        event["performer"] = [_person(who, language) for who in {who["id"]: who for who in people}.values()]
    return event


def _person(who: Data, language: str) -> Data:
    person: Data = {"@type": "Person", "name": who["name"]}
    if function := _text(who["function"], language):
        person["jobTitle"] = function
    if organisation := _text(who["organisation"], language):
        person["affiliation"] = {"@type": "Organization", "name": organisation}
    return person


def _text(words: dict[str, str], language: str) -> str:
    return words.get(language) or words.get("en") or next(filter(None, words.values()), "")
