"""The directory: by consent with an end, on no page and in no export without; addresses only for who asks."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import CheckedClient, SignedIn
from workshop.follow_up.contacts import rules
from workshop.follow_up.contacts.models import ContactCard
from workshop.follow_up.contacts.pasted_addresses import email_in, phone_in, plain_line
from workshop.follow_up.contacts.tasks import ask_to_renew
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken
from workshop.platform.mail import Message

DESK = "/workshops/w/desk/directory"
CARD = {
    "name": "Ines Synthetic",
    "function": "Officer",
    "organisation": "Office of Examples",
    "country": "CHE",
    "topics": "remittances",
    "email": '"mailto:ines@example.org">ines@example.org',
    "phone": "Tel: +41 00 000 0000",
}
CANARIES = ("ines@example.org", "000 0000", "mailto:", "ines&#64;", "ines%40")


def today() -> date:
    """The day of the directory, which belongs to no workshop: that of Greenwich."""
    return datetime.now(UTC).date()


@pytest.fixture
def card(as_: SignedIn) -> ContactCard:
    answer = as_("ana").post(f"{DESK}/new", data=CARD)
    assert answer.status_code == 302, answer.text
    return db.session.scalars(select(ContactCard)).one()


def link_to_her(about: str) -> str:
    letters = db.session.scalars(select(Message).where(Message.recipient == "ines@example.org").order_by(Message.id))
    letter = letters.all()[-1]
    assert about in letter.text
    assert letter.secret
    return letter.secret.removeprefix("https://meeting.example")


def places_that_name_her(client: FlaskClient, ana: CheckedClient, card: ContactCard) -> list[str]:
    """Every page and export on which somebody of the directory may be found."""
    places = ("/", "/contacts", "/contacts?q=synthetic", f"/contacts/{card.key}", "/series/s/")
    found = [place for place in places if "Synthetic" in client.get(place).text]
    return found + [place for place in (f"{DESK}.csv",) if "Synthetic" in ana.get(place).text]


def test_she_is_listed_by_consent_and_decision_and_nowhere_without(
    as_: SignedIn, client: FlaskClient, card: ContactCard
) -> None:
    ana, one = as_("ana"), f"{DESK}/{card.id}"
    ana.post(f"{one}/list")
    assert places_that_name_her(client, ana, card) == [], "not ticked"
    ana.post(f"{one}/ask-for-consent")
    own = link_to_her("would like to list you")
    assert "ines@example.org" in client.get(own).text
    client.post(f"{own}/agree", data={"months": "999"})
    client.post(f"{own}/agree", data={"months": "12"})
    assert places_that_name_her(client, ana, card) == [], "nobody has decided"
    ana.post(f"{one}/list")
    listed = ["/contacts", "/contacts?q=synthetic", f"/contacts/{card.key}", f"{DESK}.csv"]
    assert places_that_name_her(client, ana, card) == listed
    assert 'href="/contacts"' in client.get("/").text
    db.session.refresh(card)
    assert card.expires_on == rules.months_later(today(), 12)
    card.expires_on = today() - timedelta(days=1)
    db.session.commit()
    assert places_that_name_her(client, ana, card) == [], "expired"
    assert 'href="/contacts"' not in client.get("/").text
    assert client.post(f"/contacts/{card.key}/address").status_code == 404
    client.post(f"{own}/agree", data={"months": "6"})
    assert places_that_name_her(client, ana, card) == listed
    client.post(f"{own}/withdraw")
    assert places_that_name_her(client, ana, card) == [], "withdrawn"
    client.post(f"{own}/remove")
    assert db.session.scalars(select(ContactCard)).all() == []


def recorded(ana: CheckedClient, card: ContactCard, until: date) -> None:
    consent = {"consented_on": today().isoformat(), "expires_on": until.isoformat(), "consent_note": "In the room"}
    assert ana.fill(f"{DESK}/{card.id}/consent", data=consent).status_code == 302
    ana.post(f"{DESK}/{card.id}/list")


def test_addresses_are_in_no_source_until_somebody_asks(as_: SignedIn, client: FlaskClient, card: ContactCard) -> None:
    recorded(as_("ana"), card, today() + timedelta(days=300))
    page = f"/contacts/{card.key}"
    for place in ("/contacts", page, "/", "/workshops/w/search?q=synthetic"):
        html = client.get(place).text
        assert [each for each in CANARIES if each in html] == [], place
    assert client.get(f"{page}/address").status_code == 405
    shown = client.post(f"{page}/address")
    assert "ines@example.org" in shown.text
    assert "+41 00 000 0000" in shown.text
    assert "mailto:" not in shown.text
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown.headers["Cache-Control"]


def test_a_consent_is_recorded_with_date_and_way_for_two_years_at_most(as_: SignedIn, card: ContactCard) -> None:
    ana, address = as_("ana"), f"{DESK}/{card.id}/consent"
    good = {"consented_on": "2026-01-05", "expires_on": "2027-01-05", "consent_note": "By letter"}
    for wrong, said in (
        ({"consented_on": "2999-01-01"}, "in the future"),
        ({"expires_on": "2999-01-01"}, "two years"),
        ({"expires_on": "2000-01-01"}, "two years"),
        ({"consent_note": ""}, "required"),
    ):
        assert said in ana.fill(address, data=good | wrong).text
    db.session.refresh(card)
    assert card.consented_on is None
    recorded(ana, card, today() + timedelta(days=10))
    ana.fill(f"{DESK}/{card.id}/edit", data=CARD | {"topics": "remittances, data"})
    db.session.refresh(card)
    assert card.is_listed(today()), "a subject is the secretariat's"
    ana.fill(f"{DESK}/{card.id}/edit", data=CARD | {"email": "another@example.org"})
    db.session.refresh(card)
    assert not card.has_consent(today()), "another address has agreed to nothing"


def test_a_renewal_is_asked_for_once_a_month_before_the_end(
    as_: SignedIn, client: FlaskClient, card: ContactCard
) -> None:
    recorded(as_("ana"), card, today() + timedelta(days=31))
    ask_to_renew()
    assert db.session.scalars(select(Message)).all() == []
    card.expires_on = today() + timedelta(days=30)
    db.session.commit()
    ask_to_renew()
    ask_to_renew()
    own = link_to_her("ends on")
    assert len(db.session.scalars(select(Message)).all()) == 1
    client.post(f"{own}/agree", data={"months": "24"})
    db.session.refresh(card)
    assert card.expires_on == rules.months_later(today(), 24)
    assert card.is_listed(today())


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ('"mailto:press@example.org">press@example.org', "press@example.org"),
        ("E-mail:\n Press@Example.org.", "press@example.org"),
        ("<a href='mailto:press@example.org?subject=x'>write</a>", "press@example.org"),
        ("press [at] example.org", "press@example.org"),
        ("press%40example.org", "press@example.org"),
        ("\u200bpress@example.org\u00a0", "press@example.org"),
    ],
)
def test_what_is_pasted_around_an_address_is_removed(pasted: str, clean: str) -> None:
    assert email_in(pasted) == clean


@pytest.mark.parametrize("pasted", ["", "nobody", "a@example.org or b@example.org"])
def test_none_or_two_addresses_are_refused(pasted: str) -> None:
    with pytest.raises(RuleBroken):
        email_in(pasted)


def test_numbers_and_names_are_cleaned_too() -> None:
    assert [phone_in(each) for each in ("Tel: 41 00 000 0000", "tel:+41-00-000-0000", "")] == [
        "41 00 000 0000",
        "+41-00-000-0000",
        "",
    ]
    with pytest.raises(RuleBroken):
        phone_in("ask at the desk")
    assert plain_line("  <b>Ines</b>\u00a0Synthetic \n") == "Ines Synthetic"
    assert re.sub(r"\s", "", plain_line('Office of Examples "mailto:press@example.org">')) == "OfficeofExamples"
    assert rules.months_later(date(2024, 8, 31), 6) == date(2025, 2, 28)
