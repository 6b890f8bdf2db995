"""The editor by plain forms: everything it does without a script, and that nothing typed is lost."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.consultation.questions.documents import asks, document
from tests.looking import matched, there
from workshop.consultation.questionnaires.models import DraftChange, Questionnaire, QuestionnaireVersion
from workshop.consultation.questions import draft_editing
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform.db import Words, db
from workshop.secretariat.series.models import Membership, Role

DESK = "/workshops/w/desk/questionnaires"
DRAFT = document(
    A=[asks("A1", "one", options="yesno"), asks("A2", "text")], B=[asks("B1", "text", condition="${A1} = 'y'")]
) | {"title": {"en": "Survey"}, "introduction": {}}


@pytest.fixture
def form(company: Company) -> Questionnaire:
    form = make.questionnaire(workshop=company.workshop, title=Words(en="Survey"), draft=DRAFT)
    db.session.add(form)
    db.session.commit()
    return form


@pytest.fixture
def desk(as_: SignedIn, form: Questionnaire) -> FlaskClient:
    return as_("ana")


def seen(page: str) -> str:
    return matched(r'name="seen"[^>]*value="([^"]*)"', page)[1]


def held() -> Document:
    db.session.expire_all()
    return there(db.session.scalars(sa.select(Questionnaire)).first()).draft


def test_the_outline_says_in_words_who_is_asked_what(desk: FlaskClient) -> None:
    page = desk.get(f"{DESK}/q/edit").text
    assert re.search("Asked only if you answered “[^”]+” to question A1", page)
    assert "${A1}" not in page


def test_from_nothing_to_a_first_version(as_: SignedIn, company: Company) -> None:
    desk = as_("ana")
    desk.post(f"{DESK}/new", data={"title-en": "Reply per State", "source": ""})
    where = f"{DESK}/reply-per-state"
    assert "Begin with the first section" in desk.get(f"{where}/edit").text
    desk.post(f"{where}/sections/new", data={"title-en": "Data", "seen": ""})
    for kind in Kind:
        address = f"{where}/sections/A/questions/new?type={kind.value}"
        page = desk.get(address).text
        code = re.search(r'name="code"[^>]*value="([^"]*)"', page)
        typed = {
            "text-en": f"Asked as {kind.value}",
            "code": code[1] if code else "",
            "new_options": "Yes\nNo\nPerhaps",
        }
        typed |= {"min": "1", "max": "5"} if kind is Kind.SCALE else {}
        typed |= {"calculation": "${A6} + 1"} if kind is Kind.CALCULATION else {}
        if kind is Kind.MATRIX:
            typed |= {"rows": "", "new_rows": "Banks\nPost offices", "columns": "", "new_columns": "Used\nNot used"}
        assert desk.post(address, data=typed | {"options": "", "unit": "", "currency": ""}).status_code == 302
    assert [each["type"] for each in draft_editing.questions(held())] == [kind.value for kind in Kind]
    repeat = held()["sections"][0]["questions"][-1]["code"]
    inner = {"text-en": "Of each entry", "code": f"{repeat}1", "required_if": "${A6} > 1"}
    assert desk.post(f"{where}/sections/{repeat}/questions/new?type=text", data=inner).status_code == 302
    assert "Of each entry" in desk.get(f"{where}/questions/{repeat}").text
    assert [len(options) for name, options in held()["lists"].items() if name.startswith("a4")] == [2, 2]
    page = desk.get(f"{where}/publish").text
    assert "Fix one problem first" not in page
    desk.post(f"{where}/publish", data={"seen": seen(page), "comparable": "yes"})
    version = db.session.scalars(sa.select(QuestionnaireVersion)).one()
    assert len(version.definition["sections"][0]["questions"]) == len(Kind)
    assert "Reply per State" in desk.get(DESK).text


def test_a_question_for_a_file_says_which_kinds_it_takes(desk: FlaskClient) -> None:
    address = f"{DESK}/q/sections/A/questions/new?type=file"
    page = desk.get(address).text
    code = matched(r'name="code"[^>]*value="([^"]*)"', page)[1]
    assert 'value="pdf"' in page
    typed = {"text-en": "Your strategy", "code": code, "kinds": ["pdf", "docx"], "max_size": "5"}
    assert desk.post(address, data=typed).status_code == 302
    assert there(draft_editing.question(held(), code))["kinds"] == ["pdf", "docx"]
    assert re.search(r'value="docx"[^>]*checked|checked[^>]*value="docx"', desk.get(f"{DESK}/q/questions/{code}").text)


def test_lines_for_a_new_list_are_not_dropped_where_another_is_chosen(desk: FlaskClient) -> None:
    typed = {"text-en": "Which?", "code": "B2", "options": "yesno", "new_options": "One\nTwo"}
    page = desk.post(f"{DESK}/q/sections/B/questions/new?type=one", data=typed).text
    assert "These lines are for a new list" in page
    assert "One\nTwo" in page, "what was typed is still there"


def test_the_condition_of_a_section_is_chosen_too(desk: FlaskClient) -> None:
    chosen = {"helper-question": "A1", "helper-sign": "is", "helper-value": "y", "go": "compose"}
    page = desk.post(
        f"{DESK}/q/sections/B",
        data={"title-en": "B", "condition": "", "seen": seen(desk.get(f"{DESK}/q/sections/B").text), **chosen},
    ).text
    assert "${A1} = &#39;y&#39;</textarea>" in page
    assert "condition" not in there(draft_editing.section(held(), "B")), "nothing is kept before saving"


def test_buttons_move_remove_and_undo(desk: FlaskClient) -> None:
    desk.post(f"{DESK}/q/arrange", data={"go": "down:A2"})
    assert there(draft_editing.section_of(held(), "A2"))["code"] == "B"
    desk.post(f"{DESK}/q/arrange", data={"go": "put", "what": "A2", "where": "A/A1"})
    assert draft_editing.codes(held()) == ["A2", "A1", "B1"]
    page = desk.post(f"{DESK}/q/arrange", data={"go": "remove:A1"}, follow_redirects=True).text
    assert "A1 is removed. “Undo” restores it." in page
    assert "There is no question “A1”." in page, "what looked at it is told"
    assert draft_editing.codes(held()) == ["A2", "B1"]
    for after in (["A2", "A1", "B1"], ["A1", "B1", "A2"], ["A1", "A2", "B1"]):
        number = matched(r'name="change" value="(\d+)"', desk.get(f"{DESK}/q/edit").text)[1]
        desk.post(f"{DESK}/q/undo", data={"change": number})
        assert sorted(draft_editing.codes(held())) == sorted(after)
    assert held() == DRAFT


def test_somebody_elses_later_change_is_not_undone(desk: FlaskClient) -> None:
    desk.post(f"{DESK}/q/arrange", data={"go": "remove:A2"})
    number = matched(r'name="change" value="(\d+)"', desk.get(f"{DESK}/q/edit").text)[1]
    desk.post(f"{DESK}/q/arrange", data={"go": "remove:B1"})
    page = desk.post(f"{DESK}/q/undo", data={"change": number}, follow_redirects=True).text
    assert "Something else was changed in the meantime." in page
    assert draft_editing.codes(held()) == ["A1"]


def test_two_at_the_same_question_see_both_texts(desk: FlaskClient, as_: SignedIn) -> None:
    address = f"{DESK}/q/questions/A2"
    opened = seen(desk.get(address).text)
    desk.post(address, data={"seen": opened, "code": "A2", "text-en": "First writer"})
    answer = desk.post(address, data={"seen": opened, "code": "A2", "text-en": "Second writer"})
    assert answer.status_code == 409
    assert "First writer" in answer.text
    assert "Second writer" in answer.text
    assert there(draft_editing.question(held(), "A2"))["text"] == {"en": "First writer"}
    desk.post(address, data={"seen": seen(answer.text), "code": "A2", "text-en": "Second writer"})
    assert there(draft_editing.question(held(), "A2"))["text"] == {"en": "Second writer"}


def test_two_at_different_questions_do_not_disturb_each_other(desk: FlaskClient) -> None:
    one, other = (f"{DESK}/q/questions/{code}" for code in ("A2", "B1"))
    marks = [seen(desk.get(address).text) for address in (one, other)]
    for address, mark, code in ((one, marks[0], "A2"), (other, marks[1], "B1")):
        assert desk.post(address, data={"seen": mark, "code": code, "text-en": f"New {code}"}).status_code == 302
    assert [each["text"]["en"] for each in draft_editing.questions(held())] == ["Question A1", "New A2", "New B1"]


def test_a_refused_form_keeps_what_was_typed(desk: FlaskClient) -> None:
    address = f"{DESK}/q/questions/A2"
    page = desk.post(
        address, data={"seen": seen(desk.get(address).text), "code": "A1", "text-en": "Typed at length"}
    ).text
    assert "This code is in use or not allowed" in page
    assert "Typed at length" in page


def test_conditions_are_checked_while_they_are_typed(desk: FlaskClient) -> None:
    given = {"kind": "question", "code": "A2", "key": "condition", "section": "A", "type": "text"}

    def check(text: str, **but: str) -> Any:
        return desk.post(f"{DESK}/q/check", data=given | but | {"text": text}).get_json()["faults"]

    assert check("${A1} = 'y'") == []
    assert check("${A1} = 'z'") == [{"message": "“z” is not among the answers to A1.", "error": True}]
    assert check("${B1} = 'z'")[0]["message"].startswith("B1 comes later")
    assert check(". > 3", key="limit")[0]["message"] == ". is answered in words; only figures among them are compared."
    assert check("${A2} = 'x'", code="B9", section="B") == [], "a question that was never saved stands at the end"
    assert check("${A1} = 'y'", kind="nonsense")[0]["message"] == "This cannot be checked."
    assert held() == DRAFT


@pytest.mark.parametrize(
    ("chosen", "written"),
    [
        (("A1", "is", "Y"), "${A1} = 'y'"),
        (("A1", "is-not", "n"), "${A1} != 'n'"),
        (("A2", "answered", ""), "${A2} != ''"),
    ],
)
def test_the_helper_writes_the_condition_and_saves_nothing(
    desk: FlaskClient, chosen: tuple[str, str, str], written: str
) -> None:
    address = f"{DESK}/q/questions/B1"
    page = desk.get(address).text
    typed = {"seen": seen(page), "code": "B1", "text-en": "Kept", "condition": "${A2} = 'x'", "go": "compose"}
    typed |= dict(zip(("helper-question", "helper-sign", "helper-value"), chosen, strict=True))
    page = desk.post(address, data=typed).text
    assert f"${{A2}} = 'x' and {written}".replace("'", "&#39;") in page
    assert "Kept" in page
    assert held() == DRAFT


def test_a_list_is_edited_once_for_all_its_questions(desk: FlaskClient) -> None:
    address = f"{DESK}/q/lists/yesno"
    page = desk.get(address).text
    assert "Used by A1" in page
    typed = {
        "seen": seen(page),
        "options-0-was": "y",
        "options-0-code": "yes",
        "options-0-label-en": "Yes",
        "options-0-place": "2",
        "options-1-was": "n",
        "options-1-code": "n",
        "options-1-label-en": "No",
        "options-1-place": "1",
        "more": "Perhaps",
    }
    desk.post(address, data=typed)
    assert [(o["code"], o["label"]["en"]) for o in held()["lists"]["yesno"]] == [
        ("n", "No"),
        ("yes", "Yes"),
        ("perhaps", "Perhaps"),
    ]
    assert there(draft_editing.question(held(), "B1"))["condition"] == "${A1} = 'yes'", "conditions follow the new code"


def test_published_codes_stay(as_: SignedIn, company: Company) -> None:
    db.session.add(make.version(DRAFT, questionnaire=make.questionnaire(workshop=company.workshop)))
    db.session.commit()
    desk = as_("ana")
    assert 'name="code"' not in desk.get(f"{DESK}/q/questions/A1").text
    address = f"{DESK}/q/lists/yesno"
    typed = {
        "seen": seen(desk.get(address).text),
        "options-0-was": "y",
        "options-0-code": "yes",
        "options-0-label-en": "Yes",
    }
    assert "is published and cannot be changed" in desk.post(address, data=typed).text
    desk.post(f"{DESK}/q/arrange", data={"go": "remove:A2"})
    page = desk.get(f"{DESK}/q/sections/A/questions/new?type=text").text
    assert re.search(r'name="code"[^>]*value="A3"', page), "the code of a removed question does not come back"


def test_copies_and_the_library_reach_across_workshops_one_organises(
    as_: SignedIn, company: Company, form: Questionnaire
) -> None:
    theirs, mine = (make.workshop(slug=slug, series=company.workshop.series) for slug in ("theirs", "mine"))
    for each in (theirs, mine):
        db.session.add(make.questionnaire(workshop=each, title=Words(en=f"Of {each.slug}"), draft=DRAFT))
    db.session.add(Membership(user=company.ana, workshop=mine, role=Role.ORGANISER))
    db.session.commit()
    desk = as_("ana")
    page = desk.get(f"{DESK}/new").text
    assert "Of mine" in page
    assert "Of theirs" not in page
    source = (
        db.session.scalars(sa.select(Questionnaire).where(Questionnaire.title == Words(en="Of mine"))).one()
        if False
        else next(q for q in db.session.scalars(sa.select(Questionnaire)) if q.title == {"en": "Of mine"})
    )
    desk.post(f"{DESK}/new", data={"title-en": "A copy", "source": str(source.id)})
    copy = next(q for q in db.session.scalars(sa.select(Questionnaire)) if q.slug == "a-copy")
    assert copy.draft["sections"] == DRAFT["sections"]
    assert copy.draft["title"] == {"en": "A copy"}
    shelf = desk.get(f"{DESK}/q/sections/B/library?q=question+A1").text
    assert "Of mine" in shelf
    assert "Of theirs" not in shelf
    desk.post(f"{DESK}/q/sections/B/library", data={"take": f"{source.id}/A1"})
    db.session.expire_all()
    assert there(draft_editing.question(form.draft, "B2"))["type"] == "one"


def test_settings(desk: FlaskClient, form: Questionnaire) -> None:
    address = f"{DESK}/q/settings"
    typed = {"seen": seen(desk.get(address).text), "opens_at": "2026-02-01T09:00", "closes_at": "2026-01-01T09:00"}
    assert "It closes before it opens." in desk.post(address, data=typed).text
    desk.post(address, data=typed | {"closes_at": "2026-02-20T18:00", "needs_all_texts": "y"})
    db.session.expire_all()
    assert there(form.closes_at).isoformat() == "2026-02-20T17:00:00+00:00", "local times at Geneva"
    assert (form.open_to_all, form.needs_all_texts) == (False, True)


def test_moments_are_typed_on_24_hours_whatever_the_browser(desk: FlaskClient, form: Questionnaire) -> None:
    address = f"{DESK}/q/settings"
    typed = {"seen": seen(desk.get(address).text), "opens_at": "tomorrow at 9"}
    assert "Write the day and the time like this: 2026-11-24 18:00" in desk.post(address, data=typed).text
    desk.post(address, data=typed | {"opens_at": "24.11.2026 18:05"})
    page = desk.get(address).text
    assert "datetime-local" not in page
    assert 'value="2026-11-24 18:05"' in page


def test_old_changes_are_forgotten(desk: FlaskClient, form: Questionnaire) -> None:
    for number in range(53):
        desk.post(f"{DESK}/q/arrange", data={"go": f"{'up' if number % 2 else 'down'}:A1"})
    assert there(db.session.scalar(sa.select(sa.func.count(DraftChange.id)))) <= 50


def test_forty_questions_take_few_statements(as_: SignedIn, company: Company) -> None:
    long = read_document()
    for number in range(1, 7):
        long["sections"][5]["questions"].append(asks(f"F{number + 4}", "text"))
    db.session.add(make.version(long, questionnaire=make.questionnaire(workshop=company.workshop)))
    db.session.commit()
    desk = as_("ana")
    for page in ("edit", "questions/D1", "languages/fr", "preview", "publish", "versions"):
        with count_statements() as seen_statements:
            assert desk.get(f"{DESK}/q/{page}").status_code == 200
        assert len(seen_statements) <= 10, page


@pytest.mark.parametrize("copies", [1, 3])
def test_the_list_of_questionnaires_takes_the_same_statements_however_many(
    as_: SignedIn, company: Company, copies: int
) -> None:
    for number in range(copies):
        form = make.questionnaire(workshop=company.workshop, slug=f"q{number}")
        db.session.add(make.version(DRAFT, questionnaire=form))
    db.session.commit()
    desk = as_("ana")
    with count_statements() as seen_statements:
        desk.get(DESK)
    assert len(seen_statements) == 4


def test_a_condition_is_said_in_words_and_added_with_brackets(desk: FlaskClient) -> None:
    address = f"{DESK}/q/questions/B1"
    assert "In words: you answered “Y” to question A1" in desk.get(address).text
    chosen = {"helper-question": "A2", "helper-sign": "is", "helper-value": "x", "go": "compose"}
    typed = {
        "seen": seen(desk.get(address).text),
        "code": "B1",
        "text-en": "B1",
        "condition": "${A1} = 'y' or ${A1} = 'n'",
    }
    page = desk.post(address, data=typed | chosen).text
    assert "(${A1} = &#39;y&#39; or ${A1} = &#39;n&#39;) and ${A2} = &#39;x&#39;</textarea>" in page
    page = desk.post(address, data=typed | chosen | {"helper-joint": "or", "helper-into": "required_if"}).text
    assert re.search(r'name="required_if"[^>]*>\s*\$\{A2\} = &#39;x&#39;</textarea>', page)
    assert "condition" in there(draft_editing.question(held(), "B1")), "nothing is kept before saving"


def test_what_is_typed_is_said_in_words_at_once(desk: FlaskClient) -> None:
    typed = {"kind": "question", "code": "B1", "key": "condition", "text": "not(${A1} = 'y')"}
    reply = there(desk.post(f"{DESK}/q/check", data=typed).json)
    assert reply["words"] == "In words: you did not answer “Y” to question A1"
    reply = there(desk.post(f"{DESK}/q/check", data=typed | {"text": "not("}).json)
    assert (reply["words"], len(reply["faults"])) == ("", 1)
