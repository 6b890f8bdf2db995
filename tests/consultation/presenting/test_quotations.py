"""Quotes: word for word, by consent, masked, and gone with the answer."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import factories as make
from tests.consultation.findings.test_tabulation import tabulated
from workshop.consultation.answering.rules import withdraw
from workshop.consultation.presenting.models import Finding, FindingState, Quote
from workshop.consultation.presenting.quotations import may_quote, quote, quotes_shown
from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import Publication, ResponseState
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

TEXT = "Ask Amina Diallo (amina@example.org, +41 22 555 01 99): transfers to Kayes cost too much."
YN = {"type": "one", "options": "yn", "other": True}
OPEN = tabulated(YN, {"y": 30, "n": 12, "other": 9, None: 9})[0]
SMALL = tabulated(YN, {"y": 30, "n": 3, "other": 9, None: 9})[0]


@pytest.fixture(autouse=True)
def in_english(built_app: Flask) -> Iterator[None]:
    with built_app.test_request_context():
        yield


def response(**but: object) -> Response:
    made = Response(version=make.version(nothing()), token_hash="t", language="fr", begun_at=make.NOON)
    made.state, made.publication, made.answers = ResponseState.SUBMITTED, Publication.ANONYMOUS, {"F2": TEXT}
    for name, value in but.items():
        setattr(made, name, value)
    return made


def finding(**but: object) -> Finding:
    made = Finding(table="Q", statement=Words(en="Most said yes."), made_at=make.NOON)
    for name, value in but.items():
        setattr(made, name, value)
    return made


def quoted(of: Finding, answer: Response, excerpt: str = TEXT, *names: str) -> Quote:
    return quote(of, OPEN, answer, "F2", excerpt=excerpt, names=names)


def test_names_addresses_and_telephones_are_masked() -> None:
    of, answer = finding(), response()
    quoted(of, answer, TEXT, "Amina Diallo", "kayes")
    (shown,) = quotes_shown(of, OPEN)
    assert shown.text == "Ask […] ([…], […]): transfers to […] cost too much."
    assert shown.language == "fr"


def test_an_excerpt_is_word_for_word() -> None:
    of, answer = finding(), response()
    quoted(of, answer, "transfers to Kayes cost too much.", "Amina", "Kayes")
    assert [each.text for each in quotes_shown(of, OPEN)] == ["transfers to […] cost too much."]
    with pytest.raises(RuleBroken, match="word for word"):
        quoted(finding(), answer, "transfers cost too much.")


@pytest.mark.parametrize(
    ("of", "answer"),
    [
        ({}, {"publication": Publication.TOTALS}),
        ({}, {"state": ResponseState.BEGUN}),
        ({"state": FindingState.PUBLISHED}, {}),
    ],
)
def test_nothing_is_quoted_without_consent_or_after_publishing(
    of: dict[str, object], answer: dict[str, object]
) -> None:
    with pytest.raises(RuleBroken):
        quoted(finding(**of), response(**answer))


def test_no_words_stand_beside_small_figures() -> None:
    with pytest.raises(RuleBroken, match="hidden figures"):
        quote(finding(), SMALL, response(), "F2", excerpt=TEXT, names=())
    of = finding()
    quoted(of, response())
    assert quotes_shown(of, SMALL) == [], "also where the table came to be withheld later"


@pytest.mark.parametrize("change", ["withdrawn", "reworded", "no longer wished"])
def test_a_quote_goes_with_its_answer_its_wording_and_the_consent(change: str) -> None:
    of, answer = finding(), response()
    quoted(of, answer)
    assert len(quotes_shown(of, OPEN)) == 1
    match change:
        case "withdrawn":
            withdraw(answer, at=make.NOON)
        case "reworded":
            answer.answers = {"F2": "Another text."}
        case _:
            answer.publication = Publication.TOTALS
    assert quotes_shown(of, OPEN) == []


@pytest.mark.parametrize(("choice", "may"), [("named", True), ("anonymous", True), ("totals", False)])
def test_quotes_follow_the_choice_of_the_respondent(choice: str, may: bool) -> None:
    assert may_quote(Publication(choice)) is may
