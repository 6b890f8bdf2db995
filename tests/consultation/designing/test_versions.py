"""Versions: what changed, told in sentences; what was published never changes; running answers keep theirs."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DatabaseError
from sqlalchemy.sql.dml import Update
from sqlalchemy.sql.elements import TextClause

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.consultation.questions.documents import asks, document
from tests.looking import matched
from workshop.consultation.designing import versions
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Response
from workshop.consultation.questionnaires.version_lock import VersionIsPublished
from workshop.consultation.questions import draft_editing, question
from workshop.consultation.questions.drafts import draft_lists
from workshop.consultation.questions.questionnaire_document import Document, nothing
from workshop.platform.db import Words, db

ONE = document(asks("A1", "one", options="yesno"), asks("A2", "text"), asks("A3", "integer", max=10))
ONE["title"] = {"en": "T"}


def changed(draft: Document, *edits: Callable[[Document], Document]) -> list[tuple[str, bool]]:
    for edit in edits:
        draft = edit(draft)
    return [(each.sentence, each.breaks) for each in versions.differences(ONE, draft)]


@pytest.mark.parametrize(
    ("edit", "sentence", "breaks"),
    [
        (
            lambda d: draft_editing.edit_question(d, "A2", text={"en": "Why?"}),
            "A2 is worded differently (en): “Why?” in place of “Question A2”.",
            True,
        ),
        (
            lambda d: draft_editing.edit_question(d, "A2", text={"en": "Question A2", "fr": "Question"}),
            "A2: the question was translated (fr).",
            False,
        ),
        (lambda d: draft_editing.edit_question(d, "A2", hint={"en": "Short"}), "A2: the hint was added.", False),
        (
            lambda d: draft_editing.edit_question(d, "A2", condition="${A1} = 'y'"),
            "A2 was asked of all and is now asked only if ${A1} = 'y'.",
            True,
        ),
        (
            lambda d: draft_editing.edit_question(d, "A2", required=True),
            "A2: “Must be answered” is now yes; before: no.",
            False,
        ),
        (lambda d: draft_editing.edit_question(d, "A3", max=20), "A3: “Highest” is now 20; before: 10.", True),
        (
            lambda d: draft_editing.change_type(d, "A2", question.Kind.LONGTEXT, {"code", "text", "type"}),
            "A2 is answered differently: short text before, long text now.",
            True,
        ),
        (lambda d: draft_editing.remove(d, "A2"), "A2 is no longer asked: “Question A2”.", False),
        (lambda d: draft_editing.add_question(d, "A", asks("A4", "text")), "A4 is new: “Question A4”.", False),
        (lambda d: draft_editing.shift(d, "A2", -1), "The questions are in another order.", False),
        (
            lambda d: draft_lists.set_list(d, "yesno", [*d["lists"]["yesno"], {"code": "z", "label": {"en": "Zed"}}]),
            "The answer “Zed” is new in the list yesno (A1).",
            True,
        ),
        (
            lambda d: draft_lists.set_list(d, "yesno", [d["lists"]["yesno"][0]]),
            "The answer “N” was removed from the list yesno (A1).",
            True,
        ),
        (lambda d: draft_editing.set_languages(d, ["en", "fr", "es"]), "It can now be answered in es.", False),
        (lambda d: {**d, "title": {"en": "U"}}, "The title changed.", False),
    ],
)
def test_what_changed_in_sentences(
    app: Flask, edit: Callable[[Document], Document], sentence: str, breaks: bool
) -> None:
    with app.test_request_context():
        assert changed(ONE, edit) == [(sentence, breaks)]
        assert versions.stay_comparable(versions.differences(ONE, edit(ONE))) is not breaks


def test_the_same_document_has_no_differences(app: Flask) -> None:
    with app.test_request_context():
        assert changed(ONE) == []


@pytest.fixture
def published(company: Company) -> QuestionnaireVersion:
    version = make.version(ONE, questionnaire=make.questionnaire(workshop=company.workshop))
    db.session.add(version)
    db.session.commit()
    return version


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("definition", {}),
        ("number", 7),
        ("note", Words(en="Other")),
        ("comparable", False),
        ("published_at", make.NOON.replace(year=2020)),
    ],
)
def test_a_published_version_cannot_be_changed_by_its_model(
    published: QuestionnaireVersion, name: str, value: Any
) -> None:
    setattr(published, name, value)
    with pytest.raises(VersionIsPublished):
        db.session.commit()
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(QuestionnaireVersion).values(definition={}),
        sa.update(sa.table("questionnaire_version", sa.column("number"))).values(number=9),
        sa.text("UPDATE questionnaire_version SET definition = '{}'"),
    ],
)
def test_nor_by_any_statement(published: QuestionnaireVersion, statement: Update | TextClause) -> None:
    with pytest.raises(DatabaseError, match="a published version never changes"):
        db.session.execute(statement)
    db.session.rollback()
    db.session.expire_all()
    assert db.session.scalars(sa.select(QuestionnaireVersion)).one().definition == ONE


def test_publishing_leaves_running_answers_with_their_version(
    as_: SignedIn, published: QuestionnaireVersion, client: FlaskClient
) -> None:
    client.post("/workshops/w/questionnaires/q")
    begun = db.session.scalars(sa.select(Response)).one()
    desk = as_("ana")
    desk.post(
        "/workshops/w/desk/questionnaires/q/questions/A2",
        data={"seen": seen(desk, "q/questions/A2"), "text-en": "Reworded"},
    )
    page = desk.get("/workshops/w/desk/questionnaires/q/publish").text
    assert "A2 is worded differently (en): “Reworded” in place of “Question A2”." in page
    assert '<option selected value="no">' in page, "another meaning: it suggests to keep them apart"
    sent = {"seen": seen(desk, "q/publish"), "comparable": "no", "note-en": "Clearer words", "note-fr": "Plus clair"}
    desk.post("/workshops/w/desk/questionnaires/q/publish", data=sent)
    db.session.expire_all()
    first, second = db.session.scalars(sa.select(QuestionnaireVersion).order_by(QuestionnaireVersion.number))
    assert (second.number, second.comparable, second.note) == (2, False, {"en": "Clearer words", "fr": "Plus clair"})
    assert first.definition == ONE
    assert begun.version_id == first.id
    client.post("/workshops/w/questionnaires/q")
    assert {r.version_id for r in db.session.scalars(sa.select(Response))} == {first.id, second.id}
    history = desk.get("/workshops/w/desk/questionnaires/q/versions").text
    assert "Answers are counted separately from those to the previous version." in history
    assert "A2 is worded differently" in history
    assert second.questionnaire.draft == nothing()


def seen(desk: FlaskClient, path: str) -> str:
    """The hidden mark of the form at that address."""

    page = desk.get(f"/workshops/w/desk/questionnaires/{path}").text
    return matched(r'name="seen"[^>]*value="([^"]*)"', page)[1]


def test_a_draft_with_faults_or_missing_texts_is_not_published(as_: SignedIn, company: Company) -> None:
    draft = ONE | {
        "sections": [{"code": "A", "title": {"en": "A"}, "questions": [asks("A1", "text", condition="${A7} = 1")]}]
    }
    form = make.questionnaire(workshop=company.workshop, draft=draft, needs_all_texts=True)
    db.session.add(form)
    db.session.commit()
    desk, address = as_("ana"), "/workshops/w/desk/questionnaires/q/publish"
    assert "Fix one problem first" in desk.get(address).text
    assert (
        "The draft has problems: There is no question “A7”."
        in desk.post(address, data={"seen": "1", "comparable": "yes"}).text
    )
    form.draft = ONE
    db.session.commit()
    assert "The settings allow publishing only when no text is missing" in desk.get(address).text
    assert "Some texts are missing in a language" in desk.post(address, data={"seen": "1", "comparable": "yes"}).text
    form.needs_all_texts = False
    db.session.commit()
    assert desk.post(address, data={"seen": "1", "comparable": "yes"}).status_code == 302
    assert desk.post(address, data={"seen": "1", "comparable": "yes"}).status_code == 200, (
        "pressed twice, published once"
    )
    assert db.session.scalar(sa.select(sa.func.count(QuestionnaireVersion.id))) == 1
