"""What somebody is told about a seat: a letter, and an entry for the calendar."""

from datetime import UTC, datetime

from flask import render_template
from flask_babel import gettext as _

from workshop.platform.i18n import written_in
from workshop.platform.mail import Message, harmless
from workshop.programme.groups.models import Group
from workshop.secretariat.series.letters import signature

from .models import SeatedPerson


def letter(person: SeatedPerson, *, link: str, may_choose: bool, at: datetime) -> Message:
    """In the working language of the workshop; `link` opens that person's page."""
    workshop = person.session.workshop
    code = workshop.languages[0]
    title, topic = workshop.title.in_(code, "en")[0], person.group.topic.in_(code, "en")[0] if person.group else ""
    with written_in(code):
        return Message(
            workshop_id=workshop.id,
            recipient=person.email,
            subject=_("Your group: %(workshop)s", workshop=" ".join(title.split())),
            text=render_template(
                "deliberation/allocation/mail/seat.txt",
                person=harmless(person.name),
                workshop=title,
                group=person.group,
                topic=" ".join(topic.split()),
                may_choose=may_choose,
                link=link,
                signature=signature(workshop, code),
            ),
            written_at=at,
        )


def calendar_entry(group: Group, *, key: str, summary: str, url: str, at: datetime) -> bytes:
    """The meeting of the group as an iCalendar file; nothing about the person stands in it."""
    from icalendar import Calendar, Event  # here because few requests need it

    calendar, event = Calendar(), Event()
    calendar.add("PRODID", "-//Intersession//Seats//EN")
    calendar.add("VERSION", "2.0")
    event.add("UID", key)
    event.add("DTSTAMP", at.astimezone(UTC))
    starts_at, ends_at = group.starts_at or group.session.starts_at, group.ends_at or group.session.ends_at
    for name, moment in (("DTSTART", starts_at), ("DTEND", ends_at)):
        if moment:
            event.add(name, moment.astimezone(UTC))
    event.add("SUMMARY", summary)
    event.add("LOCATION", group.room)
    event.add("URL", url)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
