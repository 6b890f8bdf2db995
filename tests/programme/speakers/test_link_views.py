"""Every address under a speaker's personal link opens and closes together, whatever package answers there."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests import factories as make
from tests.cast import Company
from tests.looking import there
from tests.platform.foreign import samples
from tests.test_shape import views_of
from workshop.platform import files, links
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day
from workshop.programme.papers.models import Document, DocumentFile, State
from workshop.programme.speakers.models import Invitation, InvitationStatus, Profile

HERS = "/s/<token>"


@pytest.fixture
def document(company: Company) -> Document:
    """Expected from Ines, with a file of hers in English."""
    session = make.session(workshop=company.workshop, items=[make.item()])
    ines = make.appearance(item=session.items[0])
    session.appearances.append(ines)
    row: Document = make.document(workshop=session.workshop, session=session, person=ines.person, state=State.RECEIVED)
    row.files.append(
        DocumentFile(
            language="en",
            version=1,
            stored_as=files.put(samples.PDF),
            filename="a.pdf",
            media_type="application/pdf",
            size=len(samples.PDF),
            received_at=make.NOON,
        )
    )
    photo: dict[str, Any] = {"photo_key": "photo", "photo_stored_as": files.put(b"a photo")}
    db.session.add_all([session, row, Profile(workshop=session.workshop, person=ines.person, **photo)])
    db.session.commit()
    return row


@pytest.fixture
def invitation(document: Document) -> Invitation:
    row = Invitation(
        workshop=document.workshop,
        person=there(document.person),
        email="ines@example.org",
        language="en",
        token_hash=links.digest("her-secret"),
    )
    db.session.add(row)
    db.session.commit()
    return row


def addresses(app: Flask, document: Document, token: str) -> list[tuple[str, str]]:
    """Every address below the link with every method it takes."""
    values: dict[str, Any] = {"token": token, "key": document.key, "language": "en"}
    under = [rule for rule in views_of(app) if rule.rule == HERS or rule.rule.startswith(f"{HERS}/")]
    return [(method, built(rule, values)) for rule in under for method in (rule.methods or set()) & {"GET", "POST"}]


def built(rule: Rule, values: dict[str, Any]) -> str:
    address = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
    assert address is not None, rule
    return address[1]


CASES = [
    (standing, days, standing is not InvitationStatus.REPLACED and days <= 30)
    for standing in InvitationStatus
    for days in (-100, 30, 31)
]


@pytest.mark.parametrize(("standing", "days", "opens"), CASES)
def test_all_of_a_link_is_open_or_none(
    app: Flask,
    client: FlaskClient,
    document: Document,
    invitation: Invitation,
    standing: InvitationStatus,
    days: int,
    opens: bool,
) -> None:
    """`days` after the end of the workshop, negative before it."""
    workshop = document.workshop
    workshop.starts_on = workshop.ends_on = on_day(now(), workshop.zone) - timedelta(days=days)
    profile = db.session.scalars(db.select(Profile)).one()
    kept, found = (profile.photo_key, profile.photo_stored_as), {}
    for method, address in addresses(app, document, "her-secret"):
        invitation.standing = standing  # an address before this one may have accepted or declined
        profile.photo_key, profile.photo_stored_as = kept  # or removed it
        db.session.commit()
        status = client.open(address, method=method).status_code
        assert status in {200, 302, 404, 428}, (method, address)
        found[method, address] = status != 404
    assert len(found) >= 15
    assert found == dict.fromkeys(found, opens)


def test_a_guessed_and_a_revoked_link_open_nothing(
    app: Flask, client: FlaskClient, document: Document, invitation: Invitation
) -> None:
    invitation.token_hash = None
    db.session.commit()
    for token in ("her-secret", "guessed", "-"):
        found = {client.open(at, method=method).status_code for method, at in addresses(app, document, token)}
        assert found == {404}
