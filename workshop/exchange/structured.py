"""The workshop as search engines read it: schema.org/Event, in JSON-LD, on the public pages."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from workshop.db import Words
from workshop.mail import link_to

from .programme import Data, moment

compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
OFFLINE = "https://schema.org/OfflineEventAttendanceMode"


def json_ld(workshop: Any, release: Any, language: str) -> Markup:
    """The event as JSON in which nothing can end the script element around it. Without a release, no sessions."""
    agenda = release.agenda if release else ()
    return htmlsafe_json_dumps(_clean(_workshop(workshop, agenda, language)), dumps=compact)


def _workshop(workshop: Any, agenda: Any, language: str) -> Data:
    place = _text(workshop.place, language)
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": _text(workshop.title, language),
        "description": _text(workshop.introduction, language),
        "startDate": workshop.starts_on.isoformat(),
        "endDate": workshop.ends_on.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": OFFLINE,
        "inLanguage": workshop.languages,
        "url": link_to("public.workshop", slug=workshop.slug),
        "location": {"@type": "Place", "name": place, "address": place},
        "organizer": {"@type": "Organization", "name": _text(workshop.series_title, language),
                      "url": link_to("public.series", slug=workshop.series_slug)},
        "funder": [{"@type": "Organization", "name": name} for name in workshop.funders],
        "subEvent": list(_sessions(workshop, agenda, language, place)),
    }  # fmt: skip


def _sessions(workshop: Any, agenda: Any, language: str, place: str) -> Iterator[Data]:
    zone = ZoneInfo(workshop.zone)
    address = link_to("public.agenda", slug=workshop.slug)
    for session in agenda:
        starts_at, ends_at = moment(session["starts_at"]), moment(session["ends_at"])
        people = [*session["people"], *(who for item in session["items"] for who in item["people"])]
        yield {
            "@type": "Event",
            "name": _text(session["title"], language),
            "description": _text(session["subtitle"], language),
            "startDate": starts_at.astimezone(zone).isoformat() if starts_at else "",
            "endDate": ends_at.astimezone(zone).isoformat() if ends_at else "",
            "location": {"@type": "Place", "name": session["room"] or place, "address": place},
            "performer": [_person(who, language) for who in {who["id"]: who for who in people}.values()],
            "url": f"{address}#session-{session['number']}",
        }


def _person(who: Data, language: str) -> Data:
    organisation = _text(who["organisation"], language)
    return {
        "@type": "Person",
        "name": who["name"],
        "jobTitle": _text(who["function"], language),
        "affiliation": {"@type": "Organization", "name": organisation} if organisation else None,
    }


def _text(words: dict[str, str] | None, language: str) -> str:
    return Words(words or {}).in_(language, "en")[0]


def _clean(value: Any) -> Any:
    """Without what is empty."""
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items() if each}
    return [_clean(each) for each in value] if isinstance(value, list) else value
