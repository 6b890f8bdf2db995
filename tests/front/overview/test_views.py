import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.platform.db import Words, db
from workshop.programme.releases.models import Release
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


def test_desk_shows_a_rapporteur_the_groups_only(as_: SignedIn, company: Company) -> None:
    session = make.session(workshop=company.workshop)
    db.session.add_all([session, make.group(workshop=company.workshop, session=session)])
    page = as_("chi").get("/workshops/w/desk/").text
    assert "Report of group 2" in page
    assert "Chair of session 1" not in page


def test_desk_of_a_participant_is_calm(as_: SignedIn) -> None:
    page = as_("ben").get("/workshops/w/desk/").text
    assert "Nothing to do right now" in page


def test_desk_is_not_there_for_a_stranger(as_: SignedIn) -> None:
    assert as_("dov").get("/workshops/w/desk/").status_code == 404
    assert as_("oto").get("/workshops/w/desk/").status_code == 404
    assert as_("nobody").get("/workshops/w/desk/").status_code == 302


@pytest.mark.parametrize("length", [1, 3])
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
    assert len(statements) <= 16, statements  # one more while the workshop is being set up


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
