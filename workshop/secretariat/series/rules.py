"""What membership means, and how series and workshops begin. No database, no request, no clock."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from unicodedata import normalize
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts.models import User

from .languages import chosen_languages
from .models import Membership, Role, Series, Workshop

PROTOCOL = list(Role)
RESERVED = {"mine", "new", "removed"}  # addresses beside those of the workshops
LONGEST = 31  # days


@dataclass(frozen=True)
class WorkshopText:
    """What is typed to begin a workshop. `title` is in the working language; an empty `slug` is made from it."""

    title: str
    starts_on: date
    ends_on: date
    slug: str = ""
    place: str = ""
    zone: str = "Europe/Zurich"
    languages: list[str] = field(default_factory=lambda: ["en", "fr", "es"])


def roles_by_workshop(memberships: Iterable[Membership]) -> dict[Workshop, list[Role]]:
    """Each workshop once, in the order given, with the person's roles in it in the order of protocol."""
    found: dict[Workshop, list[Role]] = {}
    for membership in memberships:
        found.setdefault(membership.workshop, []).append(membership.role)
    return {workshop: sorted(roles, key=PROTOCOL.index) for workshop, roles in found.items()}


def first_organiser(workshop: Workshop, *, email: str, name: str, password_hash: str, at: datetime) -> Membership:
    """The account of who set the installation up, and its standing; `email` in lower case."""
    user = User(email=email, name=name, password_hash=password_hash, created_at=at, is_administrator=True)
    return Membership(user=user, workshop=workshop, role=Role.ORGANISER)


def first_workshop(text: WorkshopText) -> Workshop:
    """A private workshop in a series of its own. Raises RuleBroken."""
    series = new_series(Words({text.languages[0]: text.title}), Words(), slug=text.slug, taken=())
    return new_workshop(series, text, taken=())


def new_series(title: Words, description: Words, *, slug: str, taken: Collection[str]) -> Series:
    """A series without workshops yet. Raises RuleBroken."""
    if not title:
        raise RuleBroken(_("Give the series a title."), "title")
    name = short_name(slug or next(iter(title.values())), taken=taken, chosen=bool(slug))
    return Series(slug=name, title=title, description=description)


def new_workshop(series: Series, text: WorkshopText, *, taken: Collection[str]) -> Workshop:
    """A private workshop in that series. Raises RuleBroken."""
    refuse_archived(series)
    if not text.title:
        raise RuleBroken(_("Give the workshop a title."), "title")
    refuse_impossible_days(text.starts_on, text.ends_on)
    refuse_unknown_zone(text.zone)
    languages = chosen_languages(text.languages[0], text.languages)
    title = Words({languages[0]: text.title})
    return Workshop(
        slug=short_name(text.slug or text.title, taken=taken, chosen=bool(text.slug)),
        series=series,
        title=title,
        short_title=title,
        starts_on=text.starts_on,
        ends_on=text.ends_on,
        place=Words({languages[0]: text.place} if text.place else {}),
        zone=text.zone,
        languages=languages,
    )


def give_administration(user: User) -> None:
    """The right to look after the installation. Raises RuleBroken."""
    if user.is_administrator:
        raise RuleBroken(_("%(name)s is an administrator already.", name=user.name))
    if user.is_demo:
        raise RuleBroken(_("Demonstration accounts cannot be administrators: their password is public."))
    user.is_administrator = True


def take_administration(user: User, administrators: Collection[User]) -> None:
    """`administrators` are all there are: the last one stays. Raises RuleBroken."""
    if not any(each is not user for each in administrators):
        raise RuleBroken(
            _("%(name)s is the only administrator. Make another person administrator first.", name=user.name)
        )
    user.is_administrator = False


def organised_by(user: User, workshop: Workshop) -> Membership:
    """Who begins a workshop organises it."""
    return Membership(user=user, workshop=workshop, role=Role.ORGANISER)


def short_name(text: str, *, taken: Collection[str], chosen: bool) -> str:
    """The name in addresses. A `chosen` one is refused where it does not fit; one made from a title is made to fit."""
    if chosen:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
            message = _("The short name may contain small letters, digits and single hyphens only.")
            raise RuleBroken(message, "slug")
        if text in taken or text in RESERVED:
            raise RuleBroken(_("“%(name)s” is taken. Choose another short name.", name=text), "slug")
        return text
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = "-".join(re.findall(r"[a-z0-9]+", plain)[:8]) or "workshop"
    count, found = 1, made
    while found in taken or found in RESERVED:
        count += 1
        found = f"{made}-{count}"
    return found


def refuse_archived(series: Series) -> None:
    if series.archived_at or series.removed_at:
        raise RuleBroken(_("This series is archived. Choose another, or have an administrator reopen it."), "series")


def refuse_impossible_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RuleBroken(_("The last day is before the first."), "ends_on")
    if (ends_on - starts_on).days >= LONGEST:
        raise RuleBroken(_("A workshop lasts at most %(days)s days. Check the year.", days=LONGEST), "ends_on")


def refuse_unknown_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        message = _("No time zone has this name; write it as Europe/Zurich.")
        raise RuleBroken(message, "zone") from error
