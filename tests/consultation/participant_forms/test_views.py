"""Questionnaires as forms of the registration: who is offered which, a registration completed by one, and erasing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.conftest import CheckedClient, SignedIn
from tests.consultation.sending.test_views import FORM as QUESTIONS
from tests.participation.registration.conftest import DESK, KEY, Invited, invited, somebody
from tests.participation.registration.test_open_views import FORM as REGISTRATION
from workshop.consultation.participant_forms.models import ParticipantForm, ParticipantRecipient
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.participation.delegations.models import FormerHolder, Participant
from workshop.participation.delegations.statuses import ParticipantStatus, RegistrationMode
from workshop.platform.db import Words, db, now
from workshop.platform.mail import Message

__all__ = ["invited"]
FORMS = f"{DESK}/forms"
OFFER = {"moment": "approved", "audience": "everyone"}


@pytest.fixture
def dinner(invited: Invited) -> Questionnaire:
    row = make.questionnaire(workshop=invited.workshop, slug="dinner", title=Words(en="Dinner on Monday"))
    row.asks_publication, row.closes_at = False, now() + timedelta(days=9)
    db.session.add(make.version(QUESTIONS, questionnaire=row))
    db.session.commit()
    return row


def registered(invited: Invited, **but: Any) -> tuple[Participant, str]:
    who = somebody(invited.workshop, **({"standing": ParticipantStatus.APPROVED, "number": 1} | but))
    token = who.renew_link(KEY)
    db.session.add(who)
    db.session.commit()
    return who, f"/r/{token}"


def answer(client: CheckedClient, form: str) -> None:
    """From the registration to the thanks."""
    begin = client.get(form).location
    resumed = client.post(begin).location
    link = re.search(r"/q/[\w-]+", resumed)
    assert link is not None
    client.post(f"{link[0]}/A", data={"A1": "CANARYFISH", "go": "next"})
    assert client.post(f"{link[0]}/submit").status_code == 302
    assert db.session.scalars(select(Response)).one().state is ResponseState.SUBMITTED


def form_on(page: str) -> str:
    found = re.search(r"/r/[\w-]+/forms/\d+", page)
    assert found is not None
    return found[0]


def test_a_form_is_offered_once_approved_and_answered_behind_the_own_link(
    invited: Invited, dinner: Questionnaire, as_: SignedIn, client: CheckedClient
) -> None:
    ana = as_("ana")
    assert "Dinner on Monday" in ana.get(FORMS).text
    assert ana.post(FORMS, data=OFFER | {"questionnaire": dinner.id}).status_code == 302
    assert as_("ben").get(FORMS).status_code == 403
    _waiting, waits = registered(invited, standing=ParticipantStatus.SUBMITTED, number=None, email="b@example.org")
    assert "Dinner" not in client.get(waits).text
    _who, home = registered(invited)
    form = form_on(client.get(home).text)
    assert client.get(form.replace(home, waits)).status_code == 404
    answer(client, form)
    client.get(form)
    assert len(db.session.scalars(select(ParticipantRecipient)).all()) == 1
    assert "submitted" in client.get(home).text
    assert re.findall(r'class="num" data-name="[^"]+">(\d)<', ana.get(FORMS).text) == ["1", "1"]
    assert client.get("/workshops/w/questionnaires/dinner").status_code == 404  # no longer open to all
    kept = db.session.scalars(select(ParticipantForm)).one()
    ana.post(f"{FORMS}/{kept.id}/remove")
    assert "Dinner" not in client.get(home).text
    assert db.session.scalars(select(Response)).one().answers == {"A1": "CANARYFISH"}


def test_no_questionnaire_becomes_a_form_without_being_chosen(dinner: Questionnaire, as_: SignedIn) -> None:
    """It would no longer be answered by everyone: the first of the list is not taken by itself."""
    ana = as_("ana")
    assert '<option selected value="">Choose…</option>' in ana.get(FORMS).text
    assert "This field is required" in ana.post(FORMS, data=OFFER | {"questionnaire": ""}).text
    assert db.session.scalars(select(ParticipantForm)).all() == []


def test_who_takes_a_seat_over_does_not_see_what_the_other_answered(
    invited: Invited, dinner: Questionnaire, as_: SignedIn, client: CheckedClient
) -> None:
    as_("ana").post(FORMS, data=OFFER | {"questionnaire": dinner.id})
    who, home = registered(invited)
    answer(client, form_on(client.get(home).text))
    db.session.add(FormerHolder(participant=who, name="x", function=Words(), reason="", replaced_at=now()))
    who.email = "next@example.org"
    db.session.commit()
    page = client.get(home).text
    assert "submitted" not in page
    begin = client.get(form_on(page)).location
    assert "CANARYFISH" not in client.get(begin).text
    assert sorted(db.session.scalars(select(Recipient.email))) == ["ada@example.org", "next@example.org"]


def test_a_registration_is_a_draft_until_what_is_required_is_answered(
    invited: Invited, dinner: Questionnaire, as_: SignedIn, client: CheckedClient
) -> None:
    invited.plan.mode, invited.plan.approves_by_hand = RegistrationMode.OPEN, False
    db.session.commit()
    data = {"questionnaire": dinner.id, "moment": "registration", "audience": "everyone", "required": "y"}
    as_("ana").post(FORMS, data=data)
    client.fill("/workshops/w/register", REGISTRATION | {"language": "en"})
    assert db.session.scalars(select(Participant.standing)).one() is ParticipantStatus.DRAFT
    mail = db.session.scalars(select(Message)).one()
    assert "is not complete yet" in mail.text
    link = re.search(r"/r/[\w-]+", mail.text)
    assert link is not None
    page = client.get(link[0]).text
    assert "Your registration is not complete yet" in page
    answer(client, form_on(page))
    assert (
        db.session.scalars(select(Participant.standing)).one() is ParticipantStatus.APPROVED
    )  # nobody decides by hand
    assert "You have a seat" in client.get(link[0]).text


def test_what_cannot_be_a_form_is_refused_and_says_why(invited: Invited, dinner: Questionnaire, as_: SignedIn) -> None:
    dinner.anonymity = Anonymity.ANONYMOUS
    db.session.commit()
    page = as_("ana").post(FORMS, data=OFFER | {"questionnaire": dinner.id})
    assert "a form belongs to one person" in page.text
    assert db.session.scalars(select(ParticipantForm)).all() == []


def test_erasing_a_participant_erases_the_answers(
    invited: Invited, dinner: Questionnaire, as_: SignedIn, client: CheckedClient
) -> None:
    ana = as_("ana")
    ana.post(FORMS, data=OFFER | {"questionnaire": dinner.id})
    who, home = registered(invited)
    answer(client, form_on(client.get(home).text))
    ana.post(f"{DESK}/{who.id}/erase")
    db.session.expire_all()
    kept = db.session.scalars(select(Response)).one()
    assert (kept.answers, kept.state) == ({}, ResponseState.WITHDRAWN)
    assert db.session.scalars(select(Recipient)).all() == []
