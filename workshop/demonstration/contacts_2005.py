"""The directory of the demonstration. The press release of 2008 names two persons to ask: here they stand without their
names, telephone and email masked as in the source; the others are invented. One is listed, of one the consent has expired,
one has not been asked.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from workshop.follow_up.contacts import rules
from workshop.follow_up.contacts.models import ContactCard
from workshop.platform.db import db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Series

PASTED = '"mailto:press@example.org">press@example.org'  # as the page of the release has it
CARDS = (
    rules.Card(
        name="First contact of the press release (masked)",
        email=PASTED,
        organisation="IOM Geneva",
        country="CHE",
        phone="Tel: +41 00 000 0000",
        topics="policy coherence, research",
        languages=["en"],
    ),
    rules.Card(
        name="Second contact of the press release (masked)",
        email=PASTED,
        organisation="IOM Geneva",
        country="CHE",
        phone="Tel: 41 00 000 0000",
        topics="policy coherence",
        languages=["en"],
    ),
    rules.Card(
        name="Sample Desk for Associations",
        email="E-mail: associations@example.org",
        function="Sample office",
        organisation="Sample network of associations",
        country="FRA",
        topics="diaspora, remittances",
        languages=["fr", "en"],
    ),
    rules.Card(
        name="Noor Sample",
        email="noor.contact@example.org",
        function="Analyst (sample)",
        organisation="Sample institute of statistics",
        topics="data",
        languages=["en", "ar"],
    ),
)
NOTE = "Sample data: no person is meant."


def load(series: Series, people: Mapping[str, User], *, at: datetime) -> None:
    """Two are listed, of one the consent ended last month, one has not agreed."""
    today, by = at.date(), people["organiser"].id
    for number, text in enumerate(CARDS):
        card = ContactCard(series=series, name="", email="")
        rules.write(card, text)
        if number < 3:
            until = today + timedelta(days=300)
            rules.record_consent(card, on=today - timedelta(days=60), until=until, today=today, note=NOTE)
            rules.list_card(card, by=by, at=at, today=today)
        if number == 1:
            card.expires_on = today - timedelta(days=30)
        db.session.add(card)
    db.session.flush()
