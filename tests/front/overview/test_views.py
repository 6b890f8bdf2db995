import re

import pytest
from flask import current_app

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.consultation.questionnaires.models import Recipient
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Part
from workshop.programme.releases.models import Release
from workshop.programme.session_roles.models import SessionRole
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.series.models import Milestone, Stage


def test_desk_shows_an_organiser_what_is_due(as_: SignedIn, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop))
    page = as_("ana").get("/workshops/w/desk/").text
    assert "To do" in page
    assert "Chair of session 1" in page
    assert "Changes to the agenda: 1" in page


def test_what_a_calendar_counts_is_no_change_of_the_agenda(as_: SignedIn, company: Company) -> None:
    ana, session = as_("ana"), make.session(workshop=company.workshop)
    db.session.add(session)
    db.session.commit()
    ana.fill("/workshops/w/desk/agenda/publish")
    session.title = Words(en="Alliances")
    db.session.commit()
    assert "Changes to the agenda: 1" in ana.get("/workshops/w/desk/").text
    ana.fill("/workshops/w/desk/agenda/publish")
    assert db.session.scalars(db.select(Release).order_by(Release.number)).all()[-1].agenda[0]["sequence"] == 1
    assert "Changes to the agenda" not in ana.get("/workshops/w/desk/").text


def test_a_rapporteur_finds_her_group_and_no_demand_on_others(as_: SignedIn, company: Company) -> None:
    session = make.session(workshop=company.workshop)
    own, other = (make.group(workshop=company.workshop, session=session, number=number) for number in (2, 3))
    db.session.add_all([session, own, other, make.servant(group=own, user=company.chi)])
    page = as_("chi").get("/workshops/w/desk/").text
    assert "Report of group 2" in page
    assert "Group 2: Partnerships" in page
    assert "Report of group 3" not in page
    assert "Chair of session 1" not in page


def test_a_chair_is_asked_for_nothing_she_cannot_do(as_: SignedIn, company: Company) -> None:
    session = make.session(workshop=company.workshop)
    db.session.add_all([session, make.group(workshop=company.workshop, session=session)])
    db.session.add(SessionRole(session=session, user=company.eva, role=Part.CHAIR))
    page = as_("eva").get("/workshops/w/desk/").text
    assert "Report of group" not in page
    assert '<a href="/workshops/w/desk/programme/1">Partnerships</a>' in page


def test_a_participant_finds_invitation_sessions_papers_and_questionnaires(as_: SignedIn, company: Company) -> None:
    workshop = company.workshop
    workshop.starts_on = workshop.ends_on = workshop.ends_on.replace(year=2126)  # links to speakers close after it
    session, item = make.session(workshop=workshop), make.item()
    session.items.append(item)
    who = make.appearance(item=item)
    session.appearances.append(who)
    invitation = Invitation(workshop=workshop, person=who.person, email="Ben@Example.org", language="en")
    paper = make.document(workshop=workshop, session=session, item=item, due_on=make.NOON.date())
    form = make.questionnaire(workshop=workshop)
    asked = Recipient(questionnaire=form, name="Ben’s office", email="ben@example.org", language="en")
    db.session.add_all(
        [
            session,
            invitation,
            paper,
            form,
            make.version({"languages": ["en"], "lists": {}, "sections": []}, questionnaire=form),
            asked,
        ]
    )
    db.session.commit()
    secret = current_app.config["SECRET_KEY"]
    own, answers = invitation.current_link(secret), asked.current_link(secret)
    page = as_("ben").get("/workshops/w/desk/").text
    for address in (f"/s/{own}", f"/s/{own}/documents", f"/q/{answers}", "/workshops/w/desk/my-calendar"):
        assert f'href="{address}"' in page
    assert "Statement, session 1" in page
    assert "Speaker" in page
    assert f"/s/{own}" not in as_("chi").get("/workshops/w/desk/").text


def test_her_own_calendar_is_made_by_herself_and_shown_once(as_: SignedIn, company: Company) -> None:
    address = "/workshops/w/desk/my-calendar"
    assert as_("eva").get(address).location == "/workshops/w/desk/"
    person = make.person()
    db.session.add(Invitation(workshop=company.workshop, person=person, email="ben@example.org", language="en"))
    page = as_("ben").post(address).text
    assert re.search(r'value="https?://[^"]+/c/[^"]+\.ics"', page)
    assert "/c/" not in as_("ben").get(address).text


def test_desk_of_a_participant_is_calm(as_: SignedIn) -> None:
    page = as_("ben").get("/workshops/w/desk/").text
    assert "Nothing to do right now" in page
    assert "Set dates and what is done" not in page


def test_desk_is_not_there_for_a_stranger(as_: SignedIn) -> None:
    assert as_("dov").get("/workshops/w/desk/").status_code == 404
    assert as_("oto").get("/workshops/w/desk/").status_code == 404
    assert as_("nobody").get("/workshops/w/desk/").status_code == 302


@pytest.mark.parametrize("length", [1, 12])
def test_desk_takes_a_fixed_number_of_statements(as_: SignedIn, company: Company, length: int) -> None:
    for number in range(1, length + 1):
        session = make.session(workshop=company.workshop, number=number)
        session.appearances.append(make.appearance())
        paper = make.document(workshop=company.workshop, session=session)
        db.session.add_all([session, paper, make.group(workshop=company.workshop, session=session, number=number)])
    client = as_("ana")
    client.get("/workshops/w/desk/")
    with count_statements() as statements:
        client.get("/workshops/w/desk/")
    assert len(statements) <= 10, statements


def test_stages_are_saved(as_: SignedIn, company: Company) -> None:
    page = as_("ana").fill(
        "/workshops/w/desk/stages", data={"concept_done": "y", "report_due": "2026-04-01"}, follow_redirects=True
    )
    assert "The stages are saved." in page.text
    kept = {each.stage: each for each in db.session.scalars(db.select(Milestone))}
    assert kept[Stage.CONCEPT].done_at is not None
    assert str(kept[Stage.REPORT].due_on) == "2026-04-01"
    assert kept[Stage.REPORT].done_at is None


def test_stages_refuse_a_date_that_is_none(as_: SignedIn) -> None:
    page = as_("ana").fill("/workshops/w/desk/stages", data={"report_due": "soon"})
    assert "<title>Error:" in page.text
    assert 'value="soon"' in page.text


def test_stages_are_for_organisers(as_: SignedIn) -> None:
    assert as_("chi").get("/workshops/w/desk/stages").status_code == 403
