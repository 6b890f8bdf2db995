from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.consultation.questions.documents import asks, diaspora, document
from tests.looking import there
from workshop.consultation.answering import rules, section_paging
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions import entries
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import links
from workshop.platform.errors import RuleBroken

AT = datetime(2026, 2, 1, 12, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def begun(data: Document, **questionnaire: datetime) -> tuple[Response, Definition]:
    """A response just begun, and the definition it answers."""
    version = make.version(data, questionnaire=make.questionnaire(**questionnaire))
    response, _token = questionnaires_rules.begin(version, language="en", at=AT)
    return response, Definition.read(data)


def save(response: Response, definition: Definition, at: datetime = AT, language: str = "en", **typed: Any) -> None:
    """Save one entry per question: a text, a list of choices, or parts by name."""
    given = {code: e if isinstance(e, dict) else {"": e if isinstance(e, list) else [e]} for code, e in typed.items()}
    rules.save(response, definition, given, language=language, at=at)


YEAR = asks("Q1", "integer", unit="year", min=1850, max="current_year")
TWO = asks("Q2", "text", required=True)


def test_begin_keeps_only_the_hash_of_the_secret() -> None:
    response, token = questionnaires_rules.begin(make.version(document(YEAR)), language="fr", at=AT)
    assert len(token) >= 32
    assert response.token_hash == links.digest(token) != token
    assert (response.state, response.answers, response.language) == (ResponseState.BEGUN, {}, "fr")


def test_two_links_are_never_the_same() -> None:
    version = make.version(document(YEAR))
    assert (
        questionnaires_rules.begin(version, language="en", at=AT)[1]
        != questionnaires_rules.begin(version, language="en", at=AT)[1]
    )


@pytest.mark.parametrize(
    ("opens", "closes", "is_open"),
    [(None, None, True), (AT, None, True), (LATER, None, False), (None, AT, False), (None, LATER, True)],
)
def test_is_open(opens: datetime | None, closes: datetime | None, is_open: bool) -> None:
    questionnaire = make.questionnaire(opens_at=opens, closes_at=closes)
    assert questionnaires_rules.is_open(questionnaire, AT) is is_open
    assert bool(questionnaires_rules.closed_reason(questionnaire, AT)) is not is_open


def test_begin_is_refused_when_closed() -> None:
    with pytest.raises(RuleBroken, match="is not accepting answers"):
        questionnaires_rules.begin(
            make.version(document(YEAR), questionnaire=make.questionnaire(closes_at=AT)), language="en", at=AT
        )


def test_save_touches_only_the_questions_it_is_given() -> None:
    response, definition = begun(document(YEAR, TWO))
    save(response, definition, Q1="1999")
    save(response, definition, Q2="Casa")
    assert response.answers == {"Q1": 1999, "Q2": "Casa"}
    save(response, definition, Q1={})
    assert response.answers == {"Q2": "Casa"}


def test_what_cannot_be_taken_is_kept_as_typed_and_blocks() -> None:
    response, definition = begun(document(YEAR))
    save(response, definition, Q1="1999")
    save(response, definition, Q1="20005")
    assert (response.answers, response.drafts) == ({}, {"Q1": {"": ["20005"]}})
    assert entries.entry_to_show(definition.questions[0], response.answers, response.drafts) == {"": ["20005"]}
    assert rules.problems(definition, response, at=AT) == {
        "Q1": "The year must be between 1850 and 2026. You wrote 20005."
    }
    with pytest.raises(RuleBroken, match="One answer needs checking first"):
        rules.submit(response, definition, at=AT)
    save(response, definition, Q1="2005")
    assert (response.answers, response.drafts) == ({"Q1": 2005}, {})


def test_a_draft_that_time_has_made_right_is_sent() -> None:
    response, definition = begun(document(YEAR))
    save(response, definition, Q1="2027")
    rules.submit(response, definition, at=AT + timedelta(days=365))
    assert (response.answers, response.drafts) == ({"Q1": 2027}, {})


def test_saving_replaces_the_answers_so_that_the_database_sees_it() -> None:
    response, definition = begun(document(TWO))
    before = response.answers
    save(response, definition, Q2="Casa")
    assert before == {}
    assert response.answers is not before


def test_required() -> None:
    response, definition = begun(document(YEAR, TWO, asks("Q3", "one", options="yesno", required=True)))
    assert rules.problems(definition, response, at=AT) == {
        "Q2": "Please write an answer.",
        "Q3": "Please choose an answer.",
    }


SECTIONS = document(
    A=[asks("A1", "one", options="yesno"), asks("A2", "text", required=True, condition="${A1} = 'y'")],
    B=[asks("B1", "text", condition="${A1} = 'y'"), asks("B2", "text", condition="${B1} = 'x'")],
    C=[asks("C1", "text", required=True)],
)


def test_questions_not_asked_have_no_problems_and_are_not_sent() -> None:
    response, definition = begun(SECTIONS)
    save(response, definition, A1="y", A2="kept", B1="x", B2="kept too", C1="done")
    save(response, definition, A1="n")
    assert [question.code for question in rules.left_out(definition, response)] == ["A2", "B1", "B2"]
    assert rules.problems(definition, response, at=AT) == {}
    rules.submit(response, definition, at=AT)
    assert response.answers == {"A1": "n", "C1": "done"}


def test_answers_left_out_come_back_when_they_are_asked_again() -> None:
    response, definition = begun(SECTIONS)
    save(response, definition, A1="y", A2="kept")
    save(response, definition, A1="n")
    save(response, definition, A1="y", C1="done")
    rules.submit(response, definition, at=AT)
    assert response.answers == {"A1": "y", "A2": "kept", "C1": "done"}


def test_on_page_leaves_nothing_off_that_may_be_needed() -> None:
    definition = Definition.read(SECTIONS)
    a, b, _c = definition.sections
    assert [q.code for q in section_paging.on_page(a, {"A1": "n"})] == ["A1", "A2"]
    assert [q.code for q in section_paging.on_page(b, {"A1": "y"})] == ["B1", "B2"]
    assert [q.code for q in section_paging.on_page(b, {"A1": "n"})] == []
    assert [section.code for section in section_paging.pages(definition, {"A1": "y"})] == ["A", "B", "C"]
    assert [section.code for section in section_paging.pages(definition, {"A1": "n"})] == ["A", "C"]


def test_next_stop_is_the_first_page_not_done_or_with_a_problem() -> None:
    response, definition = begun(document(A=[YEAR], B=[asks("B1", "text")]))
    a, b = definition.sections
    assert section_paging.next_stop(definition, response, at=AT) is a
    assert section_paging.finish(response, definition, there(a), at=AT) == {}
    assert section_paging.next_stop(definition, response, at=AT) is b
    save(response, definition, Q1="20005")
    assert section_paging.next_stop(definition, response, at=AT) is a
    save(response, definition, Q1="1999")
    section_paging.finish(response, definition, there(b), at=AT)
    assert section_paging.next_stop(definition, response, at=AT) is None


def test_a_section_with_a_problem_is_not_done() -> None:
    response, definition = begun(document(TWO))
    assert section_paging.finish(response, definition, definition.sections[0], at=AT) == {
        "Q2": "Please write an answer."
    }
    assert response.done == []


CONSENT = asks("A1", "consent", required=True, on_no="end")


def test_consent_is_stored_with_version_language_and_time() -> None:
    response, definition = begun(document(CONSENT))
    save(response, definition, language="fr", A1="yes")
    assert response.consent == {"version": 1, "language": "fr", "at": AT.isoformat()}
    save(response, definition, language="en", at=LATER, A1="yes")
    assert response.consent == {"version": 1, "language": "fr", "at": AT.isoformat()}
    save(response, definition, A1="no")
    assert response.consent == {}


def test_a_refused_consent_cannot_be_sent_and_leaves_nothing() -> None:
    response, definition = begun(document(A=[CONSENT, asks("A2", "text")], B=[asks("B1", "text")]))
    a = definition.sections[0]
    save(response, definition, A1="no", A2="typed")
    assert section_paging.is_refused(a, response)
    assert section_paging.is_all(a, response)
    with pytest.raises(RuleBroken):
        rules.submit(response, definition, at=AT)
    rules.refuse(response, at=AT)
    assert (response.state, response.answers, response.drafts, response.consent) == (ResponseState.REFUSED, {}, {}, {})


def test_a_refusal_after_other_pages_is_not_all() -> None:
    response, definition = begun(document(A=[CONSENT], B=[YEAR]))
    save(response, definition, A1="no", Q1="20005")  # a draft counts as written, too
    assert not section_paging.is_all(definition.sections[0], response)


def test_submit_counts_once() -> None:
    response, definition = begun(document(TWO))
    save(response, definition, Q2="Casa")
    rules.submit(response, definition, at=AT)
    rules.submit(response, definition, at=LATER)
    assert (response.state, response.submitted_at) == (ResponseState.SUBMITTED, AT)


def test_after_sending_nothing_can_be_changed() -> None:
    response, definition = begun(document(TWO))
    save(response, definition, Q2="Casa")
    rules.submit(response, definition, at=AT)
    with pytest.raises(RuleBroken, match="can no longer be changed"):
        save(response, definition, Q2="Other")
    assert response.answers == {"Q2": "Casa"}


def test_when_closed_typing_is_kept_and_sending_refused() -> None:
    response, definition = begun(document(TWO), closes_at=LATER)
    save(response, definition, at=LATER, Q2="typed over midnight")
    with pytest.raises(RuleBroken, match="closed on 1 February 2026, 14:00"):
        rules.submit(response, definition, at=LATER)
    assert response.answers == {"Q2": "typed over midnight"}


@pytest.mark.parametrize("sent", [True, False])
def test_withdraw_erases_everything(sent: bool) -> None:
    response, definition = begun(document(A=[CONSENT, TWO, YEAR]))
    wrong: dict[str, Any] = {} if sent else {"Q1": "20005"}
    save(response, definition, A1="yes", Q2="Casa", **wrong)
    if sent:
        rules.submit(response, definition, at=AT)
    rules.withdraw(response, at=LATER)
    rules.withdraw(response, at=LATER)
    assert (response.answers, response.drafts, response.consent, response.done) == ({}, {}, {}, [])
    taken_back = LATER if sent else None  # that they had been sent stays known, for results to say how many withdrew
    assert (response.state, response.submitted_at) == (ResponseState.WITHDRAWN, taken_back)
    with pytest.raises(RuleBroken, match="erased"):
        rules.submit(response, definition, at=LATER)


def test_a_refusal_stays_a_refusal() -> None:
    response, _definition = begun(document(CONSENT))
    rules.refuse(response, at=AT)
    rules.withdraw(response, at=AT)
    assert response.state is ResponseState.REFUSED


def test_someone_who_answers_alone_is_asked_nothing_about_an_organisation() -> None:
    asked = diaspora().asked({"A3": "ind"})
    assert {"A4", "B1", "B4", "B5", "B6", "B7", "B8", "B9"} & asked == set()
    assert "B8" in diaspora().asked({"A3": "org", "B7": 3})
    assert "B8" not in diaspora().asked({"A3": "org", "B7": 0})
