"""A trial runs on the real pages, and nothing in it is ever listed or counted."""

import sqlalchemy as sa

from tests.cast import Company
from tests.conftest import SignedIn
from tests.consultation.answering.test_views import begin, send
from tests.consultation.designing.test_editor_views import DESK, DRAFT, desk, form  # fixtures too
from tests.looking import matched, there
from workshop.consultation.questionnaires import queries
from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.db import db
from workshop.secretariat.series.models import Visibility

__all__ = ["desk", "form"]


def the_trial() -> Questionnaire:
    db.session.expire_all()
    return there(db.session.scalars(sa.select(Questionnaire).where(Questionnaire.trial_of_id.is_not(None))).one())


def test_colleagues_try_the_draft_on_the_real_pages(as_: SignedIn, company: Company, form: Questionnaire) -> None:
    company.workshop.visibility = Visibility.PRIVATE
    db.session.commit()
    desk, where = as_("ana"), f"{DESK}/{form.slug}/trial"
    desk.post(where, data={"go": "begin"})
    address = matched(r'href="(/workshops/w/questionnaires/trial-[^"]+)"', desk.get(where).text)[1]
    tester = desk.application.test_client()
    assert "Nothing you answer here counts" in tester.get(address).text
    own = begin(tester, address)
    assert send(tester, f"{own}/A", A1="y", A2="seen").location.endswith("/B")
    send(tester, f"{own}/B", B1="because")
    tester.post(f"{own}/submit", data={"publication": "totals"})
    assert db.session.scalars(sa.select(Response)).one().state is ResponseState.SUBMITTED
    page = desk.get(where).text
    assert "1 set of answers submitted" in page
    assert db.session.scalars(queries.of_workshop(company.workshop)).all() == [form]
    assert the_trial().slug not in desk.get(DESK).text
    for place in ("edit", "received", "recipients", "settings"):
        assert desk.get(f"{DESK}/{the_trial().slug}/{place}").status_code == 404
    assert desk.get(f"/workshops/w/desk/results/{the_trial().slug}/take").status_code == 404
    assert "0 sets" not in desk.get("/workshops/w/desk").text


def test_sample_answers_go_down_every_path(as_: SignedIn, form: Questionnaire) -> None:
    desk, where = as_("ana"), f"{DESK}/{form.slug}/trial"
    desk.post(where, data={"go": "begin"})
    desk.post(where, data={"go": "fill"})
    rows = db.session.scalars(sa.select(Response)).all()
    assert len(rows) == 10
    assert all(row.is_synthetic for row in rows)
    assert {row.state for row in rows} == {ResponseState.SUBMITTED}
    assert any("B1" in row.answers for row in rows)
    assert "never asked" not in desk.get(where).text
    desk.post(where, data={"go": "fill"})
    answers = [row.answers for row in db.session.scalars(sa.select(Response))]
    assert len(answers) == 20
    assert answers[:10] != answers[10:]


def test_it_ends_with_publishing_and_by_hand(as_: SignedIn, form: Questionnaire) -> None:
    desk, where = as_("ana"), f"{DESK}/{form.slug}"
    for go in ("begin", "fill", "end"):
        desk.post(f"{where}/trial", data={"go": go})
    assert db.session.scalars(sa.select(Response)).all() == []
    desk.post(f"{where}/trial", data={"go": "begin"})
    desk.post(f"{where}/trial", data={"go": "fill"})
    seen = matched(r'name="seen"[^>]*value="([^"]*)"', desk.get(f"{where}/publish").text)[1]
    desk.post(f"{where}/publish", data={"comparable": "yes", "seen": seen})
    assert db.session.scalars(sa.select(Questionnaire)).all() == [form]
    assert db.session.scalars(sa.select(Response)).all() == []


def test_a_draft_with_problems_is_not_tried(as_: SignedIn, form: Questionnaire) -> None:
    desk, where = as_("ana"), f"{DESK}/{form.slug}/trial"
    form.draft = {**DRAFT, "title": {}}
    db.session.commit()
    page = desk.post(where, data={"go": "begin"}, follow_redirects=True).text
    assert "The draft has problems" in page
    assert "Begin a test" in page
    assert desk.post(where, data={"go": "fill"}).status_code == 404
