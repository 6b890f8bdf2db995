"""Handing in documents without an account."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.platform.foreign import samples
from tests.programme.papers.test_views import at, sent
from workshop.platform import files, links
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import Session
from workshop.programme.papers.models import Document, DocumentFile, State
from workshop.programme.speakers.models import Invitation, InvitationStatus

HERS = "/s/her-secret/documents"


@pytest.fixture
def invitation(session: Session, clock: Callable[[datetime], None]) -> Invitation:
    """Ines holds the personal link /s/her-secret; it is a month before the workshop, so that the link opens."""
    clock(datetime(2026, 2, 1, 12, 0, tzinfo=UTC))
    person = session.appearances[0].person
    row = Invitation(
        workshop=session.workshop,
        person=person,
        email="ines@example.org",
        language="en",
        token_hash=links.digest("her-secret"),
    )
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def statement(session: Session) -> Document:
    row = make.document(workshop=session.workshop, session=session, item=session.items[0])
    db.session.add(row)
    db.session.commit()
    return row


def test_she_finds_what_is_expected_from_her_and_nothing_else(
    client: FlaskClient, invitation: Invitation, statement: Document, session: Session, company: Company
) -> None:
    other = make.item(position=2, title=Words(en="Somebody else's talk"))
    session.items.append(other)
    session.appearances.append(make.appearance(item=other, person=make.person(family_name="Other")))
    foreign = make.session(workshop=company.other_workshop, title=Words(en="Another workshop"))
    db.session.add_all(
        [
            make.document(workshop=session.workshop, session=session, item=other),
            make.document(
                workshop=session.workshop, session=session, title=Words(en="Named after her"), person=invitation.person
            ),
            make.document(
                workshop=session.workshop,
                session=session,
                item=session.items[0],
                title=Words(en="Given away"),
                person=session.appearances[1].person,
            ),
            make.document(workshop=company.other_workshop, session=foreign, person=invitation.person),
        ]
    )
    page = client.get(HERS).text
    assert "Ines Synthetic" in page
    assert page.count("<section") == 2
    assert "A talk" in page
    assert "Named after her" in page
    for hidden in ("Somebody else", "Given away", "Another workshop"):
        assert hidden not in page


def test_she_sends_each_language_and_a_new_version_never_deletes(
    client: FlaskClient, invitation: Invitation, statement: Document
) -> None:
    address = f"{HERS}/{statement.key}"
    for content, language in ((samples.PDF, "en"), (samples.PDF + b"%%EOF 2", "en"), (samples.office(), "fr")):
        assert client.post(address, **sent(content, language=language)).location == HERS
    rows = [(file.language, file.version, file.received_from) for file in statement.files]
    assert rows == [("en", 1, None), ("en", 2, None), ("fr", 1, None)]
    assert files.get(statement.files[0].stored_as) == samples.PDF
    assert statement.state is State.RECEIVED
    page = client.get(HERS).text
    assert "version 2" in page
    assert "Submit a new version" in page


def test_organisers_see_that_it_came_by_link(
    as_: SignedIn, client: FlaskClient, invitation: Invitation, statement: Document
) -> None:
    client.post(f"{HERS}/{statement.key}", **sent())
    assert "by link" in as_("ana").get(at(statement)).text


def test_a_refused_file_is_told_at_its_own_form(
    client: FlaskClient, invitation: Invitation, statement: Document, session: Session
) -> None:
    second = make.document(workshop=session.workshop, session=session, person=invitation.person)
    db.session.add(second)
    page = client.post(f"{HERS}/{second.key}", **sent(samples.HTML)).text
    assert "<title>Error:" in page
    assert "not a document we can accept" in page
    assert page.count('aria-invalid="true"') == 1
    assert client.post(f"{HERS}/{second.key}", data={"language": "en"}).text.count("Choose a file first") == 2
    assert db.session.scalars(db.select(DocumentFile)).all() == []


def test_what_comes_for_a_published_document_is_held_until_an_organiser_shows_it(
    as_: SignedIn, client: FlaskClient, invitation: Invitation, statement: Document, clock: Callable[[datetime], None]
) -> None:
    ana = as_("ana")
    ana.post(at(statement, "files"), **sent(samples.PDF))
    ana.post(at(statement, "publish"))
    version = statement.workshop.version
    newer = samples.PDF + b"%%EOF newer"
    client.post(f"{HERS}/{statement.key}", **sent(newer))
    client.post(f"{HERS}/{statement.key}", **sent(newer, language="fr"))
    assert statement.workshop.version == version
    assert client.get(f"/papers/{statement.key}/en").data == samples.PDF
    assert client.get(f"/papers/{statement.key}/fr").status_code == 404
    ana.fill("/workshops/w/desk/agenda/publish")
    assert f"/papers/{statement.key}/fr" not in client.get("/workshops/w/papers").text
    assert "before it replaces the published file" in client.get(HERS).text
    assert "One document needs action" in ana.get("/workshops/w/desk/papers").text
    page = ana.get(at(statement)).text
    assert "hidden, not public yet" in page
    assert "Show the hidden file" in page
    ana.post(at(statement, "publish"))
    assert client.get(f"/papers/{statement.key}/en").data == newer
    assert client.get(f"/papers/{statement.key}/fr").data == newer
    assert f"/papers/{statement.key}/fr" in client.get("/workshops/w/papers").text
    assert "Show the hidden file" not in ana.get(at(statement)).text


def test_a_withdrawn_document_takes_nothing(client: FlaskClient, invitation: Invitation, statement: Document) -> None:
    statement.state = State.WITHDRAWN
    assert "was withdrawn" in client.get(HERS).text
    assert "was withdrawn" in client.post(f"{HERS}/{statement.key}", **sent()).text
    assert statement.files == []


def test_a_document_of_somebody_else_cannot_be_reached(
    client: FlaskClient, invitation: Invitation, statement: Document, session: Session
) -> None:
    foreign = make.document(workshop=session.workshop, session=session, person=make.person(family_name="Other"))
    db.session.add(foreign)
    assert client.post(f"{HERS}/{foreign.key}", **sent()).status_code == 404
    assert client.post(f"{HERS}/{foreign.key}/en/clean").status_code == 404
    assert client.get("/s/guessed/documents").status_code == 404
    assert client.post(f"/s/guessed/documents/{statement.key}", **sent()).status_code == 404


def test_who_has_declined_is_told_so_and_hands_in_nothing(
    client: FlaskClient, invitation: Invitation, statement: Document
) -> None:
    invitation.standing = InvitationStatus.DECLINED
    page = client.get(HERS).text
    assert "You have declined" in page
    assert 'type="file"' not in page
    assert "You have declined" in client.post(f"{HERS}/{statement.key}", **sent()).text
    assert statement.files == []


def test_the_link_of_somebody_replaced_takes_nothing(
    client: FlaskClient, invitation: Invitation, statement: Document
) -> None:
    invitation.standing = InvitationStatus.REPLACED
    assert client.get(HERS).status_code == 404
    assert client.post(f"{HERS}/{statement.key}", **sent()).status_code == 404
    assert statement.files == []


def test_who_is_expected_to_send_nothing_is_told_so(client: FlaskClient, invitation: Invitation) -> None:
    assert "No document is requested from you" in client.get(HERS).text


def test_an_organiser_chooses_who_hands_it_in(
    as_: SignedIn, client: FlaskClient, invitation: Invitation, statement: Document, session: Session
) -> None:
    other = make.person(family_name="Other")
    session.appearances.append(make.appearance(person=other))
    db.session.commit()
    ana = as_("ana")
    seen = ana.get(at(statement, "edit")).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    chosen = {"kind": "statement", "seen": seen, "person_id": str(other.id)}
    assert ana.post(at(statement, "edit"), data=chosen).status_code == 302
    assert statement.person is other
    assert "No document is requested from you" in client.get(HERS).text
    assert "Ines Other" in ana.get(at(statement)).text


def test_a_scripted_name_is_printed_as_text(client: FlaskClient, invitation: Invitation, statement: Document) -> None:
    client.post(f"{HERS}/{statement.key}", **sent(name="<img src=x onerror=alert(1)>.pdf"))
    assert "<img src=x" not in client.get(HERS).text
