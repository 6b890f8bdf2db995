"""Guiding questions and what they said when."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import GuidingQuestion, QuestionWording
from workshop.programme.agenda.question_wordings import QuestionText, in_force, in_order, is_another, reword
from workshop.programme.groups.models import GroupQuestion

ONE = "/workshops/w/desk/agenda/sessions/1/questions"


def said(question: GuidingQuestion | GroupQuestion) -> list[tuple[int, Words]]:
    return [(wording.number, wording.text) for wording in question.wordings]


@pytest.mark.parametrize("make_one", [make.question, make.group_question])
def test_a_question_begins_with_its_first_wording_and_keeps_every_other(
    make_one: Callable[[str], GuidingQuestion | GroupQuestion],
) -> None:
    question = make_one("Why?")
    reword(question, Words(en="Why not?"))
    reword(question, Words(en="Why not?"))
    assert said(question) == [(1, {"en": "Why?"}), (2, {"en": "Why not?"})]


def test_a_translation_makes_no_new_wording_and_joins_the_one_in_force() -> None:
    question = make.question("Why?")
    reword(question, Words(en="Why?", fr="Pourquoi ?"))
    assert said(question) == [(1, {"en": "Why?", "fr": "Pourquoi ?"})]
    reword(question, Words(fr="Pourquoi ?"))
    assert question.text == {"fr": "Pourquoi ?"}
    assert len(question.wordings) == 1
    reword(question, Words(fr="Pour quoi ?"))
    assert said(question)[1:] == [(2, {"fr": "Pour quoi ?"})]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ({"en": "A"}, {"en": "A"}, False),
        ({"en": "A"}, {"en": "A", "fr": "B"}, False),
        ({"en": "A", "fr": "B"}, {"en": "A"}, False),
        ({"en": "A"}, {"en": "B"}, True),
        ({"en": "A", "fr": "B"}, {"en": "A", "fr": "C"}, True),
    ],
)
def test_what_counts_as_another_wording(earlier: dict[str, str], later: dict[str, str], expected: bool) -> None:
    assert is_another(Words(earlier), Words(later)) is expected


def test_the_wording_of_a_moment() -> None:
    wordings = [
        QuestionWording(number=n, text=Words(en=str(n)), since=make.NOON + timedelta(hours=n)) for n in (1, 2, 3)
    ]
    asked = [in_force(wordings, make.NOON + timedelta(hours=hours)).number for hours in (0, 1, 2.5, 9)]
    assert asked == [1, 1, 2, 3]


def test_questions_are_put_in_order_and_reworded() -> None:
    rows = [make.question("One?"), make.question("Two?", position=2)]
    rows[0].id, rows[1].id = 11, 12
    typed = [QuestionText(Words(en="Two, then?"), id=12, place=1), QuestionText(Words(en="Three?"))]
    asked = in_order(rows, typed, type(rows[0]))
    assert [(each.position, each.text["en"], len(each.wordings)) for each in asked] == [
        (1, "Two, then?", 2),
        (2, "One?", 1),
        (3, "Three?", 1),
    ]


def test_organisers_see_the_history_on_the_page_of_its_questions(as_: SignedIn, company: Company) -> None:
    session = make.session(workshop=company.workshop, questions=[make.question("Why?"), make.question("How?")])
    db.session.add(session)
    db.session.commit()
    ana = as_("ana")
    page = ana.get(ONE).text
    assert "Earlier wordings" not in page
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    sent = {
        "seen": seen,
        "questions-0-id": session.questions[0].id,
        "questions-0-text-en": "Why not?",
        "questions-1-id": session.questions[1].id,
        "questions-1-text-en": "How?",
        "questions-1-text-fr": "Comment ?",
    }
    assert ana.post(ONE, data=sent).status_code == 302
    history = ana.get(ONE).text.split("Earlier wordings")[1].split("</table>")[0]
    assert "Why?" in history
    assert "1, wording 2" in history
    assert "How?" not in history
    assert db.session.scalars(db.select(QuestionWording.number).order_by(QuestionWording.number)).all() == [1, 1, 2]
