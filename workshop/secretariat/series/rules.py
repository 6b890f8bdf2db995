"""What membership means. No database, no request, no clock."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts.models import User

from .models import Membership, Role, Series, Workshop

PROTOCOL = list(Role)


def roles_by_workshop(memberships: Iterable[Membership]) -> dict[Workshop, list[Role]]:
    """Each workshop once, in the order given, with the person's roles in it in the order of protocol."""
    found: dict[Workshop, list[Role]] = {}
    for membership in memberships:
        found.setdefault(membership.workshop, []).append(membership.role)
    return {workshop: sorted(roles, key=PROTOCOL.index) for workshop, roles in found.items()}


def first_organiser(workshop: Workshop, *, email: str, name: str, password_hash: str, at: datetime) -> Membership:
    """The account and its standing; `email` in lower case."""
    user = User(email=email, name=name, password_hash=password_hash, created_at=at)
    return Membership(user=user, workshop=workshop, role=Role.ORGANISER)


def first_workshop(*, title: str, slug: str, place: str, zone: str, starts_on: date, ends_on: date) -> Workshop:
    """An unpublished workshop in a series of its own, its texts in English. Raises RuleBroken."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise RuleBroken(_("The short name may contain small letters, digits and single hyphens only."), field="slug")
    if ends_on < starts_on:
        raise RuleBroken(_("The last day is before the first."), field="ends_on")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        message = _("No time zone has this name; write it as Europe/Zurich.")
        raise RuleBroken(message, field="zone") from error
    words = Words(en=title)
    return Workshop(
        slug=slug,
        title=words,
        short_title=words,
        series=Series(slug=slug, title=words),
        starts_on=starts_on,
        ends_on=ends_on,
        place=Words(en=place),
        zone=zone,
        languages=["en", "fr", "es"],
        published=False,
    )
