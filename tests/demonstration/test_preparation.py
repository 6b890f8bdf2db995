"""The second workshop of the demonstration: weeks ahead whenever it is loaded, with something waiting on every screen."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import CheckedClient, checked
from tests.stored_rows import Rows, put_rows, rows_after
from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.demonstration.loader import load_all
from workshop.demonstration.preparation import SLUG, first_day
from workshop.platform.db import db, now
from workshop.platform.i18n import on_day
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Visibility, Workshop

DESK = f"/workshops/{SLUG}/desk"


@pytest.fixture(scope="module")
def rows(built_app: Flask) -> Rows:
    return rows_after(built_app, load_all)


@pytest.fixture
def workshop(app: Flask, rows: Rows) -> Workshop:
    put_rows(rows)
    return db.session.scalars(select(Workshop).where(Workshop.slug == SLUG)).one()


@pytest.fixture
def organiser(app: Flask, workshop: Workshop) -> CheckedClient:
    user = db.session.scalars(select(User).where(User.email == "organiser@example.org")).one()
    return checked(app).sign_in_as(user)


@pytest.mark.parametrize("today", [date(2026, 11, 29), date(2027, 1, 1), date(2028, 2, 29)])
def test_it_is_a_tuesday_about_seven_weeks_ahead(today: date) -> None:
    day = first_day(today)
    assert day.weekday() == 1
    assert timedelta(days=40) < day - today < timedelta(days=58)


def test_it_waits_for_answers_papers_and_rapporteurs(workshop: Workshop) -> None:
    assert workshop.visibility is Visibility.PUBLIC
    assert workshop.starts_on > on_day(now(), workshop.zone)
    assert workshop.series.slug == db.session.scalars(select(Workshop).where(Workshop.slug != SLUG)).one().series.slug
    standings = set(db.session.scalars(select(Invitation.standing).where(Invitation.workshop_id == workshop.id)))
    assert {standing.value for standing in standings} == {"accepted", "invited", "declined"}
    late = select(func.count(Document.id)).where(
        Document.workshop_id == workshop.id, Document.due_on < on_day(now(), workshop.zone)
    )
    assert db.session.scalar(late)
    assert db.session.scalar(select(func.count(Group.id)).where(Group.workshop_id == workshop.id)) == 3
    forms = {
        each.slug: each
        for each in db.session.scalars(select(Questionnaire).where(Questionnaire.workshop_id == workshop.id))
    }
    assert set(forms) == {"diasporas", "members-and-projects", "governments"}
    form = forms["diasporas"]
    assert form.closes_at is not None
    assert form.closes_at > now()
    asked = select(func.count(Recipient.id)).where(Recipient.questionnaire_id == form.id)
    assert db.session.scalar(asked)
    first = db.session.scalars(select(Session).where(Session.workshop_id == workshop.id, Session.number == 1)).one()
    assert first.starts_at is not None
    assert first.starts_at > datetime.now(UTC)


def test_its_screens_open_and_its_public_pages_too(
    organiser: CheckedClient, client: CheckedClient, workshop: Workshop
) -> None:
    for part in ("", "agenda", "speakers", "papers", "questionnaires", "breakouts", "settings", "settings/visibility"):
        assert organiser.get(f"{DESK}/{part}").status_code == 200, part
    for page in ("", "agenda", "speakers", "questionnaires/diasporas"):
        assert client.get(f"/workshops/{SLUG}/{page}").status_code == 200, page
    overview = organiser.get(f"{DESK}/").text
    assert "Report to the plenary" not in overview  # the meeting is to come
    assert "Report of group" not in overview
    assert "Rapporteur of group 2" in overview


def test_registered_people_have_places_papers_and_badges(organiser: CheckedClient, workshop: Workshop) -> None:
    """Something is full and something is missing, so that every page of participants shows what it is for."""
    participants = f"{DESK}/participants"
    full = organiser.get(f"{participants}/sessions/5").text
    assert "on the waiting list" in full
    assert "Copy of the visa" in organiser.get(f"{participants}/travel").text
    assert "Replace" in organiser.get(f"{DESK}/badges").text
    groups = organiser.get("/workshops/migration-and-development-2005/desk/attendance").text
    assert len(re.findall(r'class="num"[^>]*>[1-9]', groups)) >= 4, "a session and its three groups"


def test_everybody_in_it_is_visibly_sample_data(workshop: Workshop) -> None:
    people = {who.person for each in db.session.scalars(select(Session)) for who in each.appearances}
    in_it = {
        who.person.family_name
        for each in db.session.scalars(select(Session).where(Session.workshop_id == workshop.id))
        for who in each.appearances
    }
    assert in_it
    assert all(name.startswith(("Sample-", "Example-")) for name in in_it)
    assert len(people) > len(in_it)
