"""The steps that greet the organiser of an empty workshop, until they are done or put away."""

import re

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import Words, db
from workshop.secretariat.series.models import Membership, Role, Visibility

DESK = "/workshops/w/desk/"


def shown(page: str) -> dict[str, str]:
    """Each step with its state."""
    part = page.partition('id="setting-up"')[2].partition("</ol>")[0]
    names = re.findall(r"<a href=\"[^\"]+\">\d (.*?)</a>", part)
    return dict(zip(names, re.findall(r'class="state[^"]*">([\w ]+)<', part), strict=True))


def test_an_empty_workshop_shows_what_to_do_first_and_never_a_report_before_the_meeting(
    as_: SignedIn, company: Company
) -> None:
    company.workshop.visibility = Visibility.PRIVATE
    page = as_("ana").get(DESK).text
    assert shown(page) == {
        "Title and purpose": "next",
        "Dates and place": "done",
        "Languages": "to do",
        "Colleagues": "done",
        "Rooms": "to do",
        "Agenda": "to do",
        "Speakers": "to do",
        "Questionnaire": "to do",
        "Going public": "to do",
    }
    assert "Report to the plenary" in page  # the meeting of March 2026 is over


def test_the_report_is_nothing_to_do_before_the_last_day(as_: SignedIn, company: Company) -> None:
    company.workshop.starts_on = company.workshop.ends_on = company.workshop.ends_on.replace(year=2126)
    assert "Report to the plenary" not in as_("ana").get(DESK).text


def test_every_step_leads_to_a_page(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    part = ana.get(DESK).text.partition('id="setting-up"')[2].partition("</ol>")[0]
    addresses = re.findall(r'href="([^"]+)"', part)
    assert [ana.get(address).status_code for address in addresses] == [200] * 9


def test_steps_are_done_as_things_are_there_and_gone_when_all_are(as_: SignedIn, company: Company) -> None:
    workshop = company.workshop
    workshop.introduction = Words(en="What it is about")
    workshop.title = Words(en="A", fr="B", es="C")
    session = make.session(workshop=workshop)
    db.session.add_all([make.room(workshop=workshop), session, make.questionnaire(workshop=workshop)])
    states = shown(as_("ana").get(DESK).text)
    assert [name for name, state in states.items() if state != "done"] == ["Speakers"]


def test_colleagues_are_found_once_somebody_else_is_a_member_or_invited(as_: SignedIn, company: Company) -> None:
    workshop = company.other_workshop
    address = f"/workshops/{workshop.slug}/desk/"
    assert shown(as_("oto").get(address).text)["Colleagues"] == "to do"
    invited = {"email": "mia@example.org", "roles": ["analyst"], "language": "en"}
    as_("oto").post(f"{address}members/invite", data=invited)
    assert shown(as_("oto").get(address).text)["Colleagues"] == "done"


def test_put_away_they_are_gone_and_can_come_back(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    ana.post(f"{DESK}steps")
    assert "setting-up" not in ana.get(DESK).text
    ana.post(f"{DESK}steps")
    assert "setting-up" in ana.get(DESK).text


def test_others_do_not_see_them(as_: SignedIn, company: Company) -> None:
    assert "setting-up" not in as_("ben").get(DESK).text


@pytest.mark.parametrize(
    ("role", "steps"), [(Role.PROGRAMME, ["Rooms", "Agenda", "Speakers"]), (Role.DOCUMENTS, []), (Role.ANALYST, [])]
)
def test_colleagues_are_shown_the_steps_that_they_can_take(
    as_: SignedIn, company: Company, role: Role, steps: list[str]
) -> None:
    db.session.add(Membership(user=company.dov, workshop=company.workshop, role=role))
    db.session.commit()
    page = as_("dov").get(DESK).text
    assert list(shown(page)) == steps
    assert "No one else sees the workshop" not in page
    assert "Hide these steps" not in page
    assert "Help for your role" in page


def test_who_writes_the_report_finds_it_when_its_time_has_come(as_: SignedIn, company: Company) -> None:
    db.session.add(Membership(user=company.dov, workshop=company.workshop, role=Role.RAPPORTEUR))
    last = company.workshop.ends_on
    company.workshop.starts_on = company.workshop.ends_on = last.replace(year=2126)
    db.session.commit()
    assert "Report to the plenary" not in as_("dov").get(DESK).text
    company.workshop.starts_on = company.workshop.ends_on = last
    db.session.commit()
    page = as_("dov").get(DESK).text
    assert "Report to the plenary" in page
    assert "not compiled" in page
