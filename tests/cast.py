"""A small cast with stated standings. Ana organises, Ben takes part, Chi reports for group 2, Eva chairs;
Dov has an account and nothing to do with the workshop; Oto organises another workshop; Ida looks after the installation."""

from dataclasses import dataclass
from datetime import timedelta

from tests import factories as make
from workshop.platform.db import db, now
from workshop.secretariat.accounts.models import SignIn, User
from workshop.secretariat.series.models import Membership, Role, Workshop


@dataclass
class Company:
    workshop: Workshop
    other_workshop: Workshop
    ana: User
    ben: User
    chi: User
    eva: User
    dov: User
    oto: User
    ida: User


def assemble() -> Company:
    """The cast around a published workshop "w" in series "s", all committed."""
    series = make.series()
    workshop = make.workshop(series=series, slug="w")
    other = make.workshop(series=series, slug="other")
    people = {name: make.user(name) for name in ("ana", "ben", "chi", "eva", "dov", "oto", "ida")}
    people["ida"].is_administrator = True
    db.session.add_all([series, workshop, other, *people.values()])
    for name, role, place in (
        ("ana", Role.ORGANISER, workshop),
        ("ben", Role.PARTICIPANT, workshop),
        ("chi", Role.RAPPORTEUR, workshop),
        ("eva", Role.CHAIR, workshop),
        ("oto", Role.ORGANISER, other),
    ):
        db.session.add(Membership(user=people[name], workshop=place, role=role))
    db.session.commit()
    return Company(workshop=workshop, other_workshop=other, **people)


def signed_in(user: User) -> str:
    """A running sign-in of this person; the token their browser holds."""
    at = now()
    row = SignIn(user=user, device="a test", started_at=at, expires_at=at + timedelta(days=1))
    token = row.issue_link()
    db.session.add(row)
    return token
