"""What a group is asked: organisers change it, and what was noted keeps the wording of then."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.deliberation.capture.models import Point
from workshop.platform.db import db
from workshop.programme.groups.models import Group, GroupQuestion

DESK = "/workshops/w/desk/breakouts/2/questions"
NOTES = "/workshops/w/breakouts/2/notes"
REPORT = "/workshops/w/breakouts/2/report"


@pytest.fixture
def group(company: Company) -> Group:
    session = make.session(workshop=company.workshop)
    group = make.group(
        workshop=company.workshop,
        session=session,
        questions=[make.group_question("Why?"), make.group_question("How?", position=2)],
    )
    db.session.add(group)
    db.session.commit()
    return group


def sent(page: str, *texts: str, **more: str) -> dict[str, str]:
    """The form with these questions, as a browser sends it."""
    data = {"seen": page.split('name="seen"')[1].split('value="')[1].split('"')[0]}
    ids = [part.split('value="')[1].split('"')[0] for part in page.split('type="hidden"') if "questions-" in part[:80]]
    for place, text in enumerate(texts):
        data |= {f"questions-{place}-id": ids[place] if place < len(ids) else "", f"questions-{place}-text-en": text}
    return data | more


def save(ana: FlaskClient, *texts: str, **more: str) -> TestResponse:
    return ana.post(DESK, data=sent(ana.get(DESK).text, *texts, **more))


def asked() -> list[tuple[int, str]]:
    rows = db.session.scalars(db.select(GroupQuestion).order_by(GroupQuestion.position)).all()
    return [(row.position, row.text.get("en", "")) for row in rows]


def note(ana: FlaskClient, question: int, text: str = "A point") -> None:
    sent = {
        "question": question,
        "kind": "issue",
        "text": text,
        "voices": 1,
        "language": "en",
        "perspective": "",
        "client_key": text,
    }
    assert ana.post(NOTES, data=sent).status_code == 302


def test_questions_are_added_removed_and_put_in_order(as_: SignedIn, company: Company, group: Group) -> None:
    ana = as_("ana")
    version = company.workshop.version
    assert (
        save(ana, "Why?", "How?", "When?", **{"questions-1-place": "1", "questions-2-text-fr": "Quand ?"}).status_code
        == 302
    )
    assert asked() == [(1, "How?"), (2, "Why?"), (3, "When?")]
    assert company.workshop.version == version + 1
    save(ana, "How?", "Why?", "When?", **{"questions-1-remove": "y"})
    assert asked() == [(1, "How?"), (2, "When?")]


def test_a_point_keeps_the_wording_it_was_noted_under(as_: SignedIn, group: Group) -> None:
    ana = as_("ana")
    note(ana, 1, "Before")
    save(ana, "Why not?", "How?")
    note(ana, 1, "After")
    points = db.session.scalars(db.select(Point).order_by(Point.number)).all()
    assert [point.wording.text["en"] for point in points] == ["Why?", "Why not?"]
    page = ana.get(NOTES).text
    assert page.count("Noted when the question read:") == 1
    assert "1, wording 2" in ana.get(DESK).text


def test_a_translation_does_not_age_what_was_noted(as_: SignedIn, group: Group) -> None:
    ana = as_("ana")
    note(ana, 1)
    save(ana, "Why?", "How?", **{"questions-0-text-fr": "Pourquoi ?"})
    assert "Noted when the question read:" not in ana.get(NOTES).text


def test_a_question_with_points_stays(as_: SignedIn, group: Group) -> None:
    ana = as_("ana")
    note(ana, 2)
    answer = save(ana, "Why?", "")
    assert answer.status_code == 200
    assert "Question 2 cannot be removed: something was noted under it." in answer.text
    assert asked() == [(1, "Why?"), (2, "How?")]


def test_numbers_stay_once_anything_was_noted(as_: SignedIn, group: Group) -> None:
    """Note-takers' pages, also those waiting without a line, send the number of the question."""
    ana = as_("ana")
    note(ana, 2)
    save(ana, "", "How?", "When?", **{"questions-2-place": "1"})
    assert asked() == [(2, "How?"), (3, "When?")]
    note(ana, 3, "Under the new one")
    assert db.session.scalars(db.select(Point).where(Point.number == 2)).one().question.text == {"en": "When?"}


def test_a_point_and_a_key_point_rest_on_a_question(as_: SignedIn, group: Group) -> None:
    point = make.point(group=group, question=group.questions[0])
    key = make.key_point(question=group.questions[0], points=[point])
    db.session.add(make.group_report(group=group, key_points=[key]))
    assert "2 points and parts of reports depend on it." in as_("ana").get(DESK).text


def test_two_organisers_see_both_texts(as_: SignedIn, group: Group) -> None:
    ana, mine = as_("ana"), None
    mine = sent(ana.get(DESK).text, "Mine?", "How?")
    save(ana, "Theirs?", "How?")
    answer = ana.post(DESK, data=mine)
    assert answer.status_code == 409
    assert "Mine?" in answer.text
    assert "Theirs?" in answer.text
    assert asked()[0] == (1, "Theirs?")


def test_a_signed_report_prints_the_wording_of_its_day_and_says_that_it_changed(
    as_: SignedIn, company: Company, group: Group
) -> None:
    point = make.point(group=group, question=group.questions[0])
    key = make.key_point(question=group.questions[0], points=[point])
    report = make.group_report(group=group, key_points=[key], signed_at=make.NOON, signed_by=company.chi.id)
    db.session.add(report)
    ana = as_("ana")
    before = ana.get(REPORT).text
    assert "It has since been reworded:" not in before
    save(ana, "Why not?", "How?")
    page = ana.get(REPORT).text
    assert "<h2>Why?</h2>" in page
    assert "It has since been reworded: Why not?" in page
    assert page.count("reworded") == 1


def test_the_public_sees_new_words_with_the_next_release(
    as_: SignedIn, client: FlaskClient, company: Company, group: Group
) -> None:
    as_("ana").fill("/workshops/w/desk/agenda/publish")
    tag = client.get("/workshops/w/agenda").headers["ETag"]
    save(as_("ana"), "Why not?", "How?")
    assert "Why not?" not in client.get("/workshops/w/agenda").text
    as_("ana").fill("/workshops/w/desk/agenda/publish")
    page = client.get("/workshops/w/agenda", headers={"If-None-Match": tag})
    assert page.status_code == 200
    assert "Why not?" in page.text


def test_a_group_that_is_not_there(as_: SignedIn, company: Company) -> None:
    assert as_("ana").get(DESK).status_code == 404
    assert db.session.scalars(db.select(Group)).all() == []
