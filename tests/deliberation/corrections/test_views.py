"""The members of a group correct its report by link, until it is presented."""

import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests import factories as make
from tests.browsing import axe_faults, sticks_out_of
from tests.cast import Company
from tests.conftest import SignedIn
from tests.deliberation.capture.test_views import add_group
from workshop.deliberation.corrections.models import Correction, CorrectionState
from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.db import db
from workshop.secretariat.series.models import MeetingMode

CORRECTIONS = "/workshops/w/breakouts/2/report/corrections"
SENT = {"part": "key_points", "text": "Several said the opposite."}


@pytest.fixture
def report(company: Company) -> GroupReport:
    group = add_group(company, 2, servant=company.chi)
    point = make.point(1, group=group, question=group.questions[0])
    key = make.key_point(question=group.questions[0], points=[point])
    report = make.group_report(group=group, key_points=[key])
    db.session.add_all([point, report])
    db.session.commit()
    return report


def link_made_by(chi: FlaskClient) -> str:
    page = chi.post(f"{CORRECTIONS}/link").text
    found = re.search(r"/group-report/[\w-]+", page)
    assert found, page
    return found[0]


def corrections() -> list[Correction]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Correction).order_by(Correction.id)))


def test_a_member_corrects_and_sees_what_became_of_it(as_: SignedIn, client: FlaskClient, report: GroupReport) -> None:
    chi = as_("chi")
    link = link_made_by(chi)
    page = client.get(link).text
    assert "Written roles help." in page
    assert "/notes#" not in page, "points are named, and lead nowhere"
    assert client.post(link, data=SENT).status_code == 302
    assert "Several said the opposite." in chi.get(CORRECTIONS).text
    (sent,) = corrections()
    chi.post(f"{CORRECTIONS}/{sent.id}", data={"state": "declined", "answer": " "})
    assert corrections()[0].state is CorrectionState.OPEN, "not without a word"
    chi.post(f"{CORRECTIONS}/{sent.id}", data={"state": "declined", "answer": "Two said so, see 2.4."})
    assert "Two said so, see 2.4." in client.get(link).text


def test_once_it_is_presented_nothing_is_corrected_any_more(
    as_: SignedIn, client: FlaskClient, company: Company, report: GroupReport
) -> None:
    chi = as_("chi")
    link = link_made_by(chi)
    client.post(link, data=SENT)
    answer = chi.post("/workshops/w/breakouts/2/report/presented", follow_redirects=True)
    assert "sign the report first" in answer.text
    report.signed_at = report.moderator_signed_at = make.NOON
    db.session.commit()
    answer = chi.post("/workshops/w/breakouts/2/report/presented", follow_redirects=True)
    assert "Decide about every correction first." in answer.text
    chi.post(f"{CORRECTIONS}/{corrections()[0].id}", data={"state": "used", "answer": ""})
    chi.post("/workshops/w/breakouts/2/report/presented")
    assert "no more corrections" in client.post(link, data=SENT).text
    assert len(corrections()) == 1
    assert "<textarea" not in client.get(link).text


def test_a_new_link_ends_the_one_before_and_a_closed_one_opens_nothing(
    as_: SignedIn, client: FlaskClient, report: GroupReport
) -> None:
    chi = as_("chi")
    first, second = link_made_by(chi), link_made_by(chi)
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    chi.post(f"{CORRECTIONS}/close")
    assert client.get(second).status_code == 404


def test_who_reads_and_who_decides(as_: SignedIn, report: GroupReport) -> None:
    assert as_("eva").get(CORRECTIONS).status_code == 200
    assert as_("eva").post(f"{CORRECTIONS}/link").status_code == 403
    assert as_("ben").get(CORRECTIONS).status_code == 403


def test_the_page_behind_the_link_can_be_used_by_everyone(
    page: Page, as_: SignedIn, company: Company, report: GroupReport
) -> None:
    company.workshop.mode = MeetingMode.CHATHAM_HOUSE
    db.session.commit()
    page.goto(link_made_by(as_("chi")))
    assert "No names" in page.locator("main").inner_text()
    assert axe_faults(page) == []
    assert not sticks_out_of(page)
