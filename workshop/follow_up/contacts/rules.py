"""Writing a card, consent with its end, and the decision to list it. No database, no request, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from workshop.follow_up.practices.models import ConsentKind
from workshop.follow_up.practices.rules import split_themes
from workshop.platform.errors import RuleBroken
from workshop.platform.search_normalise import words
from workshop.secretariat.register.countries import countries

from . import pasted_addresses
from .models import ContactCard

MONTHS = (6, 12, 24)  # for how long a person may agree by her link
LONGEST = timedelta(days=2 * 366)
RENEWAL_BEFORE = timedelta(days=30)


@dataclass
class Card:
    """A card as it is typed, or pasted."""

    name: str
    email: str
    function: str = ""
    organisation: str = ""
    country: str = ""
    phone: str = ""
    topics: str = ""
    languages: Sequence[str] = ()


def write(card: ContactCard, text: Card) -> None:
    """What was pasted is cleaned. Another address belongs to somebody who has agreed to nothing yet."""
    name, email = pasted_addresses.plain_line(text.name), pasted_addresses.email_in(text.email)
    phone = pasted_addresses.phone_in(text.phone)
    if not name:
        raise RuleBroken(_("Give the name of a person or of an office."), "name")
    agreed_to = (card.name, card.email, card.phone, card.function, card.organisation)
    card.name, card.email, card.phone = name, email, phone
    card.function = pasted_addresses.plain_line(text.function)
    card.organisation = pasted_addresses.plain_line(text.organisation)
    if card.consented_on and agreed_to != (card.name, card.email, card.phone, card.function, card.organisation):
        withdraw_consent(card)
    card.country = text.country if text.country in countries() else ""
    card.topics, card.languages = split_themes(text.topics), list(text.languages)
    refold(card)


def refold(card: ContactCard) -> None:
    """What a search looks through; never the address."""
    names = countries()[card.country].names.values() if card.country else ()
    said = [card.name, card.function, card.organisation, *card.topics, *names]
    card.folded = " " + " ".join(words(" ".join(said)))


def record_consent(card: ContactCard, *, on: date, until: date, today: date, note: str) -> None:
    """An organiser writes down when, how and until when she agreed. Raises RuleBroken."""
    if not note.strip():
        raise RuleBroken(_("Say how the consent was given: by letter, by email, in the room."), "consent_note")
    if on > today:
        raise RuleBroken(_("The date of the consent is in the future."), "consented_on")
    if not today <= until <= on + LONGEST:
        raise RuleBroken(_("Consent ends between today and two years after it was given."), "expires_on")
    card.consented_on, card.expires_on, card.consent_note = on, until, note.strip()
    card.consent_kind, card.reminded_on = ConsentKind.RECORDED, None


def consent_by_link(card: ContactCard, months: int, *, today: date) -> None:
    """From now on, for so many months; the same renews it."""
    if months not in MONTHS:
        raise RuleBroken(_("Choose for how long you agree."))
    card.consented_on, card.expires_on = today, months_later(today, months)
    card.consent_kind, card.consent_note, card.reminded_on = ConsentKind.LINK, "", None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def withdraw_consent(card: ContactCard) -> None:
    """From now on it is nowhere; an organiser lists it anew once there is consent again."""
    card.consented_on = card.expires_on = card.consent_kind = card.listed_at = card.listed_by = None
    card.consent_note = ""


def list_card(card: ContactCard, *, by: int, at: datetime, today: date) -> None:
    if not card.has_consent(today):
        raise RuleBroken(
            _("This person has not agreed, or the consent has expired. Ask for consent, or record it, first.")
        )
    card.listed_at, card.listed_by = card.listed_at or at, by


def take_off(card: ContactCard) -> None:
    card.listed_at = card.listed_by = None


def needs_renewal(card: ContactCard, today: date) -> bool:
    """Whether she is to be asked now: once, a month before the end."""
    ends = card.expires_on
    return card.has_consent(today) and ends is not None and ends <= today + RENEWAL_BEFORE and card.reminded_on is None
