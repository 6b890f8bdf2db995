"""The mails to speakers: the organisers' own words where they wrote some, ours otherwise, with the facts filled in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LOCALES, clock, dates, day, on_day
from workshop.platform.mail import Message, harmless, link_to
from workshop.programme.agenda.models import Appearance
from workshop.secretariat.register.models import Person
from workshop.secretariat.register.person_names import named
from workshop.secretariat.series.letters import signature
from workshop.secretariat.series.models import Workshop

from .models import Invitation, InvitationMail, InvitationPlan, Letter

PLACEHOLDERS = ("name", "workshop", "dates", "place", "programme", "link", "answer_by", "signature")
IN_BRACES = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Wording:
    subject: str
    text: str


def usual(kind: Letter, *, dated: bool) -> Wording:
    """Our own words in the language of the moment. `dated` when there is a day to answer by."""
    greeting, closing = _("Dear {name},"), "{signature}"
    until = _("Please reply by {answer_by}.") if dated else _("Please reply as soon as you can.")
    private = _("The link is for you only and needs no account. Please do not pass it on.")
    if kind is Letter.REMINDER:
        subject = _("Reminder: your invitation to {workshop}")
        asked = _(
            "Some time ago we invited you to “{workshop}” ({dates}, {place}), and we have not received your reply yet."
        )
        body = [asked, "{programme}", _("Please tell us here whether you can come:"), "{link}", until, private]
    elif kind is Letter.LINK:
        subject = _("Your new personal link: {workshop}")
        asked = _(
            "Here is a new personal link to your part in “{workshop}”, {dates}. The one you had before no longer works."
        )
        body = [asked, "{link}", private]
    else:
        subject = _("Invitation: {workshop}")
        asked = _("We have the honour to invite you to “{workshop}” ({dates}, {place}). This is your part in it:")
        body = [
            asked,
            "{programme}",
            _(
                "Please accept or decline here. On the same page you can check your name and title as they will be printed, and give us a short biography and a photo:"
            ),
            "{link}",
            until,
            private,
        ]
    return Wording(subject, "\n\n".join([greeting, *body, closing]))


def wording(kind: Letter, plan: InvitationPlan | None, language: str) -> Wording:
    """What this workshop writes in this language: its own words for each part it has words of its own for."""
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        ours = usual(kind, dated=plan is not None and plan.answer_by is not None)
    if plan is None or kind is Letter.LINK:
        return ours
    own = (plan.subject, plan.text) if kind is Letter.INVITATION else (plan.reminder_subject, plan.reminder_text)
    return Wording(own[0].get(language) or ours.subject, own[1].get(language) or ours.text)


def compose(kind: Letter, plan: InvitationPlan | None, facts: dict[str, str], language: str) -> Wording:
    words = wording(kind, plan, language)
    return Wording(" ".join(fill(words.subject, facts).split()), fill(words.text, facts))


def fill(text: str, facts: dict[str, str]) -> str:
    """Each placeholder replaced once; what stands in a fact is never read as a placeholder."""
    return IN_BRACES.sub(lambda found: facts.get(found[1], found[0]), text)


def facts_of(
    person: Person,
    workshop: Workshop,
    slots: Iterable[Appearance],
    plan: InvitationPlan | None,
    *,
    link: str,
    language: str,
) -> dict[str, str]:
    """What the placeholders stand for in a mail to this person, in the language of the mail."""
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        return {
            "name": harmless(named(person, language)),
            "workshop": workshop.title.in_(language, "en")[0],
            "dates": dates(workshop.starts_on, workshop.ends_on),
            "place": workshop.place.in_(language, "en")[0],
            "programme": "\n".join(line(each, person, language) for each in slots),
            "link": link,
            "signature": signature(workshop, language),
            "answer_by": day(plan.answer_by, "long") if plan and plan.answer_by else "",
        }


def line(slot: Appearance, person: Person, language: str) -> str:
    """One appearance in a mail: what, when, as what."""
    session, title = slot.session, slot.session.title.in_(language, "en")[0]
    said = [title]
    if slot.item and slot.item.title:
        said.append(slot.item.title.in_(language, "en")[0])
    if session.starts_at:
        zone = session.workshop.zone
        until = f"–{clock(session.ends_at, zone)}" if session.ends_at else ""
        said.append(f"{day(on_day(session.starts_at, zone))}, {clock(session.starts_at, zone)}{until} ({zone})")
    said.append(str(part_of(slot, person, language)))
    return "- " + " · ".join(said)


def part_of(slot: Appearance, person: Person, language: str) -> str:
    """As what somebody appears: the role as printed, else the part; or whose statement they read."""
    if slot.delivered_by is person:
        return _("delivers the statement of %(person)s", person=harmless(named(slot.person, language)))
    return slot.role_label.in_(language, "en")[0] or slot.part.label


def refuse_unusable(texts: Sequence[str], *, field: str, needs_link: bool, dated: bool) -> None:
    """Raise RuleBroken for a placeholder that does not exist, or a text without the link."""
    for text in texts:
        unknown = [found for found in IN_BRACES.findall(text) if found not in PLACEHOLDERS]
        if unknown:
            raise RuleBroken(_("There is no placeholder {%(name)s}.", name=unknown[0]), field)
        if needs_link and "{link}" not in text:
            raise RuleBroken(_("Without {link} no one could reply."), field)
        if "{answer_by}" in text and not dated:
            raise RuleBroken(_("{answer_by} needs a day to reply by, below."), field)


def write(
    kind: Letter,
    invitation: Invitation,
    plan: InvitationPlan | None,
    slots: Iterable[Appearance],
    *,
    key: str,
    at: datetime,
    step: date | None = None,
) -> InvitationMail:
    """The mail, not yet saved. `key` is the secret of this installation; a new link ends the one before."""
    token = invitation.renew_link(key) if kind is Letter.LINK else invitation.current_link(key)
    facts = facts_of(
        invitation.person,
        invitation.workshop,
        slots,
        plan,
        link=link_to("speakers.invitation", token=token),
        language=invitation.language,
    )
    words = compose(kind, plan, facts, invitation.language)
    message = Message(
        workshop_id=invitation.workshop_id,
        recipient=invitation.email,
        subject=words.subject,
        text=words.text,
        written_at=at,
    )
    return InvitationMail(invitation=invitation, kind=kind, written_at=at, step=step, message=message)
