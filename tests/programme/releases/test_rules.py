"""What a release is called and what it keeps for calendars, without a database."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from tests import factories as make
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.models import Room, Session
from workshop.programme.releases import rules as releases_rules
from workshop.programme.releases.released import StoredSession


@pytest.fixture
def session() -> Session:
    session = make.session()
    session.id = 7
    return session


def published(session: Session, before: Sequence[StoredSession] = ()) -> Any:
    """As the database gives it back."""
    return json.loads(json.dumps(releases_rules.as_published([session], before)))


def test_the_number_for_calendars_starts_at_nought_and_counts_changes_of_what_they_show(session: Session) -> None:
    first = published(session)
    assert first[0]["sequence"] == 0
    session.note = Words(en="Bring a pen.")
    second = published(session, first)
    assert second[0]["sequence"] == 0
    session.starts_at = make.NOON
    third = published(session, second)
    session.room, session.title = Room(workshop=session.workshop, name="Room 4"), Words(en="Alliances")
    fourth = published(session, third)
    assert (third[0]["sequence"], fourth[0]["sequence"]) == (1, 2)
    assert published(session, fourth)[0]["sequence"] == 2


def test_an_early_release_without_the_number_counts_from_nought(session: Session) -> None:
    early = published(session)
    del early[0]["sequence"]
    assert releases_rules.same(early, published(session, early))
    session.title = Words(en="Alliances")
    assert not releases_rules.same(early, published(session, early))
    assert published(session, early)[0]["sequence"] == 1


def test_names_are_suggested_in_every_language_of_the_workshop(app: Flask) -> None:
    first = releases_rules.suggested_name(["en", "fr", "ar", "pt"], [])
    assert (first["en"], sorted(first)) == ("Provisional agenda", ["ar", "en", "fr"])
    assert releases_rules.suggested_name(["en", "es"], [first]) == {"en": "Rev.1", "es": "Rev.1"}
    assert releases_rules.suggested_name(["en"], [first, Words(en="Final")]) == {"en": "Rev.2"}
    assert releases_rules.suggested_name(["en"], [first, Words(en="REV.2")]) == {"en": "Rev.3"}


def test_no_two_releases_have_one_name() -> None:
    taken = [Words(en="Provisional agenda", fr="Ordre du jour provisoire")]
    releases_rules.refuse_taken_name(Words(en="Rev.1", fr="Rev.1"), taken)
    with pytest.raises(RuleBroken, match="“provisional AGENDA” already"):
        releases_rules.refuse_taken_name(Words(fr="provisional AGENDA"), taken)
