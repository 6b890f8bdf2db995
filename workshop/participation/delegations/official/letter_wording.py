"""What a note verbale or a letter says, paragraph by paragraph, in the language of correspondence.

No database, no request, no clock.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LOCALES, dates, day
from workshop.secretariat.register.formal_names import genitive
from workshop.secretariat.series.models import Workshop

from ..models import Delegation, ParticipationPlan
from ..statuses import Addressee, LetterForm, Purpose

PLACEHOLDERS = ("recipient", "title", "place", "dates", "deadline", "seats")
IN_BRACES = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Wording:
    """A letter without its number: to whom, its paragraphs, and the information note that goes with it."""

    form: LetterForm
    addressee: list[str]
    text: list[str]
    annex: str = ""


@dataclass(frozen=True)
class Reference:
    """The note that a reminder recalls."""

    number: str
    on: date


def compose(
    purpose: Purpose, delegation: Delegation, plan: ParticipationPlan, earlier: Reference | None, quota: int | None
) -> Wording:
    """The whole letter. Raises RuleBroken where the plan does not say who writes."""
    language = delegation.language
    if not plan.sender.in_(language, "en")[0]:
        raise RuleBroken(_("Say who sends the letters first."), "sender")
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        facts = facts_of(delegation, plan, language)
        note = delegation.form is LetterForm.NOTE_VERBALE
        body = (
            _reminder(facts, plan, earlier, note=note)
            if purpose is Purpose.REMINDER and earlier
            else _invitation(delegation, facts, plan, note=note)
        )
        body += _nomination(plan, quota, note=note)
        own = fill(plan.letter_text.get(language, ""), facts | replied_by(plan, quota))
        body += own.split("\n\n") if own and purpose is not Purpose.REMINDER else []
        annex = plan.information_note.in_(language, "en")[0] if purpose is Purpose.INVITATION else ""
        if annex:
            body.append(_("An information note on practical matters is annexed."))
            annex = _("Annex: information note") + "\n\n" + annex
        whole = _as_note(body, facts, plan) if note else _as_letter(body, delegation, plan, facts)
        return Wording(delegation.form, address_of(delegation, language), [each for each in whole if each], annex)


def fill(text: str, facts: dict[str, str]) -> str:
    """Each placeholder replaced once; what stands in a fact is never read as a placeholder."""
    return IN_BRACES.sub(lambda found: facts[found[1]] if found[1] in PLACEHOLDERS else found[0], text)


def replied_by(plan: ParticipationPlan, quota: int | None) -> dict[str, str]:
    """What else an own paragraph may name."""
    return {
        "deadline": day(plan.nominate_by, "long") if plan.nominate_by else "",
        "seats": str(quota) if quota is not None else "",
    }


def refuse_unusable(texts: Iterable[str], *, dated: bool, limited: bool) -> None:
    """Raise RuleBroken for a placeholder that does not exist, or that nothing is known for."""
    used = {name for text in texts for name in IN_BRACES.findall(text)}
    if unknown := sorted(used - {*PLACEHOLDERS}):
        raise RuleBroken(_("There is no placeholder {%(name)s}.", name=unknown[0]), "letter_text")
    if "deadline" in used and not dated:
        raise RuleBroken(_("{deadline} needs the day until which names are asked for."), "letter_text")
    if "seats" in used and not limited:
        raise RuleBroken(_("{seats} needs a number of seats for each delegation. Set it under “Seats”."), "letter_text")


def facts_of(delegation: Delegation, plan: ParticipationPlan, language: str) -> dict[str, str]:
    workshop = delegation.workshop
    return {
        "sender": plan.sender.in_(language, "en")[0],
        "title": workshop.title.in_(language, "en")[0],
        "place": workshop.place.in_(language, "en")[0] or "–",
        "dates": dates(workshop.starts_on, workshop.ends_on),
        "of_state": genitive(delegation.country, language) if delegation.is_state else "",
        "to_office": office_addressed(delegation, language) if delegation.is_state else "",
        "body": delegation.name_in(language),
        "recipient": delegation.name_in(language),
    }


def office_addressed(delegation: Delegation, language: str) -> str:
    """ "to the Permanent Mission of …", with the preposition that the office takes."""
    state = genitive(delegation.country, language)
    if delegation.addressee is Addressee.EMBASSY:
        return _("to the Embassy %(of_state)s", of_state=state)
    if delegation.addressee is Addressee.MINISTRY:
        return _("to the Ministry of Foreign Affairs %(of_state)s", of_state=state)
    return _("to the Permanent Mission %(of_state)s", of_state=state)


def address_of(delegation: Delegation, language: str) -> list[str]:
    """The lines of the address, as they stand on the first page."""
    if delegation.is_state:
        state = genitive(delegation.country, language)
        office = {
            Addressee.MISSION: _("Permanent Mission %(of_state)s", of_state=state),
            Addressee.EMBASSY: _("Embassy %(of_state)s", of_state=state),
            Addressee.MINISTRY: _("Ministry of Foreign Affairs %(of_state)s", of_state=state),
        }[delegation.addressee]
        return [office, delegation.body] if delegation.body else [office]
    return [each for each in (delegation.contact_name, delegation.name_in(language), delegation.body) if each]


def _number(plan: ParticipationPlan) -> int:
    """Which form of a verb the sender takes."""
    return 2 if plan.sender_is_plural else 1


def _as_note(body: list[str], facts: dict[str, str], plan: ParticipationPlan) -> list[str]:
    closing = ngettext(
        "%(sender)s avails itself of this opportunity to renew %(to_office)s the assurances of its highest consideration.",
        "%(sender)s avail themselves of this opportunity to renew %(to_office)s the assurances of their highest consideration.",
        _number(plan),
        sender=facts["sender"],
        to_office=facts["to_office"],
    )
    return [*map(_begin, body), _begin(closing)]


def _as_letter(body: list[str], delegation: Delegation, plan: ParticipationPlan, facts: dict[str, str]) -> list[str]:
    signed = [delegation.workshop.contact_name, facts["sender"]]
    return [greeting(delegation), *map(_begin, body), _("Yours sincerely,"), "\n".join(each for each in signed if each)]


def greeting(delegation: Delegation) -> str:
    name = delegation.contact_name
    return _("Dear %(name)s,", name=name) if name else _("Dear Sir or Madam,")


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _invitation(delegation: Delegation, facts: dict[str, str], plan: ParticipationPlan, *, note: bool) -> list[str]:
    if note:
        return [
            ngettext(
                "%(sender)s presents its compliments %(to_office)s and has the honour to invite the Government %(of_state)s to be represented at the workshop “%(title)s”, to be held in %(place)s, %(dates)s.",
                "%(sender)s present their compliments %(to_office)s and have the honour to invite the Government %(of_state)s to be represented at the workshop “%(title)s”, to be held in %(place)s, %(dates)s.",
                _number(plan),
                **facts,
            )
        ]
    if delegation.invitee:
        return [_("We have the honour to invite you to the workshop “%(title)s” (%(place)s, %(dates)s).", **facts)]
    return [
        _(
            "We have the honour to invite %(body)s to be represented at the workshop “%(title)s” (%(place)s, %(dates)s).",
            **facts,
        )
    ]


def _reminder(facts: dict[str, str], plan: ParticipationPlan, earlier: Reference, *, note: bool) -> list[str]:
    facts = facts | {"number": earlier.number, "date": day(earlier.on, "long")}
    if note:
        return [
            ngettext(
                "%(sender)s presents its compliments %(to_office)s and has the honour to recall its note %(number)s of %(date)s on the workshop “%(title)s” (%(place)s, %(dates)s), to which it has not yet had the honour of receiving a reply.",
                "%(sender)s present their compliments %(to_office)s and have the honour to recall their note %(number)s of %(date)s on the workshop “%(title)s” (%(place)s, %(dates)s), to which they have not yet had the honour of receiving a reply.",
                _number(plan),
                **facts,
            )
        ]
    return [
        _(
            "On %(date)s we wrote to you about the workshop “%(title)s” (%(place)s, %(dates)s; our letter %(number)s). We have not received your reply yet.",
            **facts,
        )
    ]


def _nomination(plan: ParticipationPlan, quota: int | None, *, note: bool) -> list[str]:
    found = []
    if plan.nominate_by:
        by = day(plan.nominate_by, "long")
        if note:
            found.append(
                _(
                    "It would be appreciated if the names and functions of the members of the delegation, and of its head, could be communicated by %(date)s.",
                    date=by,
                )
            )
        else:
            found.append(_("Please let us have the names and functions of those who take part by %(date)s.", date=by))
    if quota is not None:
        counted = ngettext(
            "Delegations are limited to one member. Assistants and interpreters are counted.",
            "Delegations are limited to %(num)s members. Assistants and interpreters are counted.",
            quota,
        )
        not_counted = ngettext(
            "Delegations are limited to one member. Assistants and interpreters are not counted.",
            "Delegations are limited to %(num)s members. Assistants and interpreters are not counted.",
            quota,
        )
        found.append(counted if plan.counts_support else not_counted)
    found.append(_("Names are entered on a page whose address is sent by email, or communicated to the secretariat."))
    return found


def default_sender(workshop: Workshop) -> Words:
    """Who writes, as long as nobody has said otherwise."""
    found = {}
    for code in workshop.languages:
        with force_locale(LOCALES.get(code, LOCALES["en"])):
            title = workshop.title.in_(code, "en")[0]
            found[code] = _("the secretariat of the workshop “%(title)s”", title=title)
    return Words(found)
