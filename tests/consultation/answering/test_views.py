"""The whole path without scripts, as a form sends it."""

import gzip
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import factories as make
from tests.conftest import count_statements
from tests.consultation.questions.documents import asks, document
from tests.looking import there
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions.questionnaire_document import Document
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform import sheets
from workshop.platform.db import db, now
from workshop.secretariat.series.models import Visibility

STATIC = Path(__file__).parents[3] / "static"
OPEN = "/workshops/w/questionnaires/q"


def published(data: Document, **questionnaire: Any) -> QuestionnaireVersion:
    version = make.version(data, questionnaire=make.questionnaire(**questionnaire))
    db.session.add(version)
    db.session.commit()
    return version


@pytest.fixture
def diaspora(app: Flask) -> QuestionnaireVersion:
    return published(read_document())


def begin(client: FlaskClient, address: str = OPEN) -> str:
    """Press Begin; the personal link's path."""
    answer = client.post(address)
    assert answer.status_code == 302
    return there(answer.location)


def the_response() -> Response:
    db.session.expire_all()
    return db.session.scalars(select(Response)).one()


class Form(HTMLParser):
    """What a browser would send of a page's form as it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.select = self.area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        name, value = a.get("name", ""), a.get("value", "")
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area = name
        elif tag == "option" and "selected" in a:
            self.fields.append((self.select, value))
        elif tag == "input" and name and (a.get("type") not in ("radio", "checkbox") or "checked" in a):
            self.fields.append((name, value))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields.append((self.area, data.removeprefix("\n")))
            self.area = ""


def opened(client: FlaskClient, address: str) -> dict[str, list[str]]:
    """The form of a page, as shown: name to values."""
    fields: dict[str, list[str]] = {}
    for name, value in Form(client.get(address).text).fields:
        fields.setdefault(name, []).append(value)
    return fields


def send(client: FlaskClient, address: str, go: str = "next", **typed: Any) -> TestResponse:
    """Open a page, change these fields (C1__com for C1.com) and press a button."""
    fields = opened(client, address) | {name.replace("__", "."): value for name, value in typed.items()}
    return client.post(address, data=fields | {"go": go})


SECTIONS: dict[str, dict[str, Any]] = {
    "A": {"A1": "yes", "A2": "anon", "A3": "org", "A4": "Secretary"},
    "B": {
        "B1": "Casa Abierta (synthetic)",
        "B2": "CHE",
        "B3__1": "TUN",
        "B3__2": "MAR",
        "B4": "1998",
        "B5__other": "Circle",
        "B6": ["home", "cult"],
        "B7": "1 200",
        "B8": "55",
        "B9__amount": "12 000,50",
        "B9__currency": "CHF",
    },
    "C": {"C1__com": "mon", "C1__gov": "nev", "C2": ["meet", "msg"], "C3": "y", "C4": ["temp"]},
    "D": {
        "D1": ["edu", "hea"],
        "D2__1": "ski",
        "D2__2": "rem",
        "D3": "y",
        "D4__amount": "500",
        "D4__currency": "EUR",
        "D5": "6,5",
        "D6": "One\r\ntwo",
        "D7__pov": "low",
    },
    "E": {"E1": "y", "E2": "4", "E3": ["o"], "E4__cost": "s2", "E5__1": "fee", "E6": "An example"},
    "F": {"F1": ["mon", "leg"], "F2": "Publish costs", "F3": "onsite", "F4": ["res"], "F4__email": "casa@example.org"},
}
ALL_34 = {
    "A1": True,
    "A2": "anon",
    "A3": "org",
    "A4": "Secretary",
    "B1": "Casa Abierta (synthetic)",
    "B2": "CHE",
    "B3": ["TUN", "MAR"],
    "B4": 1998,
    "B5": "other",
    "B5_other": "Circle",
    "B6": ["home", "cult"],
    "B7": 1200,
    "B8": 55,
    "B9": {"amount": "12000.50", "currency": "CHF"},
    "C1": {"com": "mon", "gov": "nev"},
    "C2": ["meet", "msg"],
    "C3": "y",
    "C4": ["temp"],
    "D1": ["edu", "hea"],
    "D2": ["ski", "rem"],
    "D3": "y",
    "D4": {"amount": "500", "currency": "EUR"},
    "D5": "6.5",
    "D6": "One\ntwo",
    "D7": {"pov": "low"},
    "E1": "y",
    "E2": 4,
    "E3": ["o"],
    "E4": {"cost": "s2"},
    "E5": ["fee"],
    "E6": "An example",
    "F1": ["mon", "leg"],
    "F2": "Publish costs",
    "F3": "onsite",
    "F4": ["res"],
    "F4_email": "casa@example.org",
}


def fill(client: FlaskClient, link: str, **but: dict[str, Any]) -> None:
    client.post(
        f"{link}/save", data={"question": "B3", "B3.1": "TUN", "B3.2": "MAR"}
    )  # two: the page then has all places
    for code, typed in SECTIONS.items():
        answer = send(client, f"{link}/{code}", **(typed | but.get(code, {})))
        assert answer.status_code == 302, (code, answer.text)


# introduction


def test_introduction_says_what_it_is_about_and_begins(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    page = client.get(OPEN).text
    assert "34 questions on 6 pages" in page
    assert begin(client).startswith("/q/")


@pytest.mark.parametrize(
    ("questionnaire", "address"),
    [({}, "/workshops/w/questionnaires/none"), ({"open_to_all": False}, OPEN), ({"workshop": "hidden"}, OPEN)],
)
def test_introduction_is_not_there(client: FlaskClient, questionnaire: dict[str, Any], address: str) -> None:
    if questionnaire.get("workshop"):
        questionnaire = {"workshop": make.workshop(visibility=Visibility.PRIVATE)}
    published(document(asks("A1", "text")), **questionnaire)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"closes_at": timedelta(minutes=-1)}, "This questionnaire closed on"),
        ({"opens_at": timedelta(days=1)}, "This questionnaire opens on"),
    ],
)
def test_introduction_outside_its_time(client: FlaskClient, when: dict[str, timedelta], words: str) -> None:
    published(document(asks("A1", "text")), **{key: now() + span for key, span in when.items()})
    page = client.post(OPEN)
    assert words in page.text
    assert "Begin</button>" not in page.text
    assert db.session.scalars(db.select(Response)).all() == []


def test_a_form_sent_twice_begins_once_and_never_leads_to_answers(
    client: FlaskClient, diaspora: QuestionnaireVersion
) -> None:
    first, second = (client.post(OPEN, data={"csrf_token": "of one form"}).location for _ in range(2))
    assert first == second
    client.post(f"{first}/save", data={"question": "A4", "A4": "Secretary"})
    assert client.post(OPEN, data={"csrf_token": "of one form"}).location != first, "somebody else at the same screen"
    assert client.post(OPEN, data={"csrf_token": "of another"}).location != first


def test_the_newest_version_is_answered(client: FlaskClient) -> None:
    version = published(document(asks("A1", "text")))
    db.session.add(make.version(document(asks("A1", "text")), questionnaire=version.questionnaire, number=2))
    begin(client)
    assert the_response().version.number == 2


# the whole path


def test_the_whole_path_without_scripts(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    assert client.get(link).location == f"{link}/A"
    fill(client, link)
    assert client.get(link).location == f"{link}/summary"
    summary = client.get(f"{link}/summary").text
    shown = ("Casa Abierta (synthetic)", "Tunisia", "1,200 persons", "12,000.50 CHF", "500 EUR", "casa@example.org")
    assert [text for text in shown if text not in summary] == []
    assert '<span class="quiet">Other: </span><bdi>Circle</bdi>' in summary
    assert '<span class="quiet">First: </span><bdi>Skills and knowledge</bdi>' in summary
    assert '<span class="quiet">Government of origin: </span><bdi>Never</bdi>' in summary
    assert client.post(f"{link}/submit").location == f"{link}/thanks"
    assert "your answers were submitted" in client.get(f"{link}/thanks").text
    response = the_response()
    assert (response.state, response.answers, response.drafts) == (ResponseState.SUBMITTED, ALL_34, {})
    assert response.consent.keys() == {"version", "language", "at"}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_every_page_in_another_language(client: FlaskClient, diaspora: QuestionnaireVersion, language: str) -> None:
    link = begin(client, f"{OPEN}?lang={language}")
    for code in SECTIONS:
        page = client.get(f"{link}/{code}")
        assert f'<html lang="{language}"' in page.text
        assert 'lang="en"' not in page.text.partition("<main")[2], "nothing falls back to English"
    send(client, f"{link}/A", **SECTIONS["A"])
    assert the_response().consent["language"] == language
    assert the_response().language == language


def test_unchanged_pages_change_nothing(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    """What is shown again is what was typed: sending every page as it stands leaves all answers as they are."""
    link = begin(client)
    fill(client, link)
    saved = dict(the_response().answers)
    for code in SECTIONS:
        fields = {name: value for name, value in opened(client, f"{link}/{code}").items() if not name.endswith(".was")}
        client.post(f"{link}/{code}", data=fields | {"go": "next"})
    assert the_response().answers == saved == ALL_34


def test_back_saves_without_checking(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    send(client, f"{link}/A", **SECTIONS["A"])
    assert send(client, f"{link}/B", go="back", B4="20005").location == f"{link}/A"
    assert the_response().drafts == {"B4": {"": ["20005"]}}
    assert client.get(link).location == f"{link}/B"


def test_changing_the_language_saves_and_stays(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    assert send(client, f"{link}/A", go="fr", A4="Secrétaire").location == f"{link}/A?lang=fr"
    assert the_response().answers == {"A4": "Secrétaire"}


def test_an_answer_can_be_taken_back_without_scripts(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    send(client, f"{link}/C", C3="y", C1__com="mon")
    assert send(client, f"{link}/C", go="clear:C3").location == f"{link}/C#C3"
    assert the_response().answers == {"C1": {"com": "mon"}}
    assert send(client, f"{link}/C", go="clear:B1").status_code == 302  # not a question of this page: nothing happens
    assert the_response().answers == {"C1": {"com": "mon"}}


def test_more_countries_are_asked_for_and_then_stay(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    assert "B3.2" not in client.get(f"{link}/B").text
    more = send(client, f"{link}/B", go="more:B3", B3__1="TUN").location
    assert more == f"{link}/B?more=B3#B3"
    send(client, more, go="back", B3__2="MAR")
    assert the_response().answers == {"B3": ["TUN", "MAR"]}
    assert opened(client, f"{link}/B")["B3.2"] == ["MAR"]


def test_from_the_summary_and_back(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fill(client, link)
    assert f"{link}/B?then=summary#B4" in client.get(f"{link}/summary").text
    assert send(client, f"{link}/B?then=summary", B4="1999").location == f"{link}/summary"
    assert the_response().answers["B4"] == 1999


# what is refused, and kept


def test_a_wrong_entry_is_repeated_kept_and_linked(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    send(client, f"{link}/A", **SECTIONS["A"])
    page = send(client, f"{link}/B", **(SECTIONS["B"] | {"B4": "20005"}))
    assert page.status_code == 200
    assert "<title>Error: Your organisation" in page.text
    assert '<a href="#B4">Year of creation – The year must be between 1850 and' in page.text
    control = 'id="B4" name="B4" value="20005" aria-describedby="B4-error" aria-invalid="true"'
    assert control in " ".join(page.text.split())
    assert 'value="20005"' in client.get(f"{link}/B").text, "it is still there when one comes back"
    assert the_response().done == ["A"]


def test_a_draft_cannot_be_sent(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fill(client, link)
    client.post(f"{link}/save", data={"question": "B4", "B4": "20005"})
    page = client.post(f"{link}/submit")
    assert "<title>Error: Your answers" in page.text
    assert "The year must be between 1850 and" in page.text
    assert the_response().state is ResponseState.BEGUN


@pytest.mark.parametrize(
    ("code", "typed", "message"),
    [
        ("D", {"D1": ["edu", "no"]}, "“None” cannot go together with anything else. You also chose: Education."),
        (
            "F",
            {"F1": ["mon", "mgt", "leg", "net"]},
            "Choose at most 3. You chose 4: Fundraising, Project management, Legal advice, Contacts and partners.",
        ),
        ("D", {"D1": ["edu"], "D2__1": "ski", "D2__2": "ski"}, "You chose “Skills and knowledge” more than once."),
        ("C", {"C1__com": "often"}, "“often” is not one of the choices. Please choose again."),
        ("D", {"D1": ["edu"], "D3": "y", "D5": "51"}, "The figure must be between 0 and 50. You wrote 51."),
        ("E", {"E6": "x" * 801}, "Shorten this to 800 characters. You wrote 801; all your text is kept here."),
    ],
)
def test_limits_are_enforced_on_the_server(
    client: FlaskClient, diaspora: QuestionnaireVersion, code: str, typed: dict[str, Any], message: str
) -> None:
    link = begin(client)
    assert message in send(client, f"{link}/{code}", **typed).text
    assert the_response().state is ResponseState.BEGUN


def test_hidden_answers_posted_are_not_sent(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fill(client, link, A={"A3": "ind"}, C={"C3": "n"}, D={"D1": ["no"], "D3": "n"}, E={"E1": "n"})
    client.post(f"{link}/save", data={"question": "B7", "B7": "40"})  # never shown to someone who answers alone
    assert "What you wrote there will not be submitted" in client.get(f"{link}/summary").text
    client.post(f"{link}/submit")
    gone = {"A4", "B1", "B4", "B5", "B5_other", "B6", "B7", "B8", "B9", "C4", "D2", "D4", "D5", "D6", "D7", "E2"}
    assert the_response().answers.keys() == ALL_34.keys() - gone


def test_without_scripts_every_question_that_may_be_asked_says_when(
    client: FlaskClient, diaspora: QuestionnaireVersion
) -> None:
    link = begin(client)
    page = client.get(f"{link}/D").text
    assert "Only if you answered “Yes” to “Did you send collective funds in the last 12 months?”." in page
    assert "Leave this blank if you answered “None” to “In which fields are you active?”." in page


def test_questions_of_other_pages_that_are_not_asked_are_not_shown(
    client: FlaskClient, diaspora: QuestionnaireVersion
) -> None:
    link = begin(client)
    send(client, f"{link}/A", **(SECTIONS["A"] | {"A3": "ind"}))
    page = client.get(f"{link}/B").text
    assert 'name="B2"' in page
    assert 'name="B1"' not in page


# saving as one goes


def test_save_only_what_is_named(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    send(client, f"{link}/F", F2="First", F3="onsite")
    answer = client.post(f"{link}/save", data={"question": "F2", "F2": "Second", "F3": "absent"})
    assert there(answer.json).keys() == {"saved_at", "was"}
    assert the_response().answers == {"F2": "Second", "F3": "onsite"}


def test_an_older_tab_does_not_overwrite_what_it_did_not_touch(
    client: FlaskClient, diaspora: QuestionnaireVersion
) -> None:
    link = begin(client)
    older = opened(client, f"{link}/F")
    client.post(f"{link}/save", data={"question": "F2", "F2": "Written in the newer tab"})
    client.post(f"{link}/F", data=older | {"F3": "remote", "go": "back"})
    assert the_response().answers == {"F2": "Written in the newer tab", "F3": "remote"}


def test_save_after_sending_is_refused(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fill(client, link)
    client.post(f"{link}/submit")
    answer = client.post(f"{link}/save", data={"question": "F2", "F2": "Too late"})
    assert (answer.status_code, answer.json) == (409, {"refused": "These answers can no longer be changed."})
    said = client.post(f"{link}/F", data={"F2": "Too late"}).text
    assert "Not saved: what you just wrote" in said
    assert "Too late" in said
    assert the_response().answers == ALL_34


# sending once


def test_pressing_send_again_changes_nothing(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fill(client, link)
    client.post(f"{link}/submit")
    first = the_response().submitted_at
    assert client.post(f"{link}/submit").location == f"{link}/thanks"
    assert the_response().submitted_at == first
    assert client.get(f"{link}/A").location == f"{link}/thanks"
    assert "Submit my answers" not in client.get(f"{link}/summary").text


def test_sending_after_the_close_keeps_what_was_typed(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fill(client, link)
    the_response().version.questionnaire.closes_at = now()
    page = client.post(f"{link}/submit")
    assert "This questionnaire closed on" in page.text
    assert client.get(link).location == f"{link}/summary"
    assert (the_response().state, the_response().answers) == (ResponseState.BEGUN, ALL_34)


# refusing and withdrawing


def test_refusing_consent_ends_at_once_and_keeps_nothing(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    assert send(client, f"{link}/A", A1="no", A4="Secretary").location == f"{link}/thanks"
    assert "none are kept" in client.get(f"{link}/thanks").text
    response = the_response()
    assert (response.state, response.answers, response.drafts) == (ResponseState.REFUSED, {}, {})
    assert client.get(f"{link}/A").location == f"{link}/thanks"


def test_refusing_consent_after_other_pages_asks_once(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fill(client, link)
    assert send(client, f"{link}/A", A1="no").location == f"{link}/withdraw"
    assert "You answered no to the use of your answers." in client.get(f"{link}/withdraw").text
    assert "You answered no." in client.post(f"{link}/submit").text
    client.post(f"{link}/withdraw")
    assert (the_response().state, the_response().answers) == (ResponseState.WITHDRAWN, {})


@pytest.mark.parametrize("sent", [True, False])
def test_withdraw_names_what_goes_and_erases_it(
    client: FlaskClient, diaspora: QuestionnaireVersion, sent: bool
) -> None:
    link = begin(client)
    fill(client, link)
    if sent:
        client.post(f"{link}/submit")
    page = client.get(f"{link}/withdraw").text
    assert "34 answers will be erased:" in page
    assert "<li>Name of the organisation</li>" in page
    assert the_response().answers == ALL_34
    assert client.post(f"{link}/withdraw").location == f"{link}/thanks"
    assert "Your answers were erased" in client.get(f"{link}/thanks").text
    response = the_response()
    assert (response.state, response.answers, response.consent) == (ResponseState.WITHDRAWN, {}, {})
    assert "were erased. There is nothing to submit." not in client.post(f"{link}/withdraw", follow_redirects=True).text


# links


PAGES = ("", "/A", "/summary", "/thanks", "/withdraw")


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_link_is_not_there(client: FlaskClient, diaspora: QuestionnaireVersion, page: str) -> None:
    begin(client)
    assert client.get(f"/q/guessed{page}").status_code == 404


@pytest.mark.parametrize("verb", ["A", "save", "submit", "withdraw"])
def test_an_unknown_link_changes_nothing(client: FlaskClient, diaspora: QuestionnaireVersion, verb: str) -> None:
    begin(client)
    assert client.post(f"/q/guessed/{verb}").status_code == 404
    assert client.get(f"/q/guessed/{verb}").status_code in (404, 405)


def test_an_unknown_section_is_not_there(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    assert client.get(f"{begin(client)}/Z").status_code == 404


def test_the_link_is_shown_to_be_kept_and_stored_nowhere(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    token = link.removeprefix("/q/")
    assert f'value="http://localhost{link}" readonly' in client.get(f"{link}/A").text
    row = db.session.execute(db.select(Response.__table__)).mappings().one()
    assert token not in str(dict(row))


def test_nothing_of_the_visitor_is_stored(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = client.post(
        OPEN, headers={"User-Agent": "Telltale/1.0"}, environ_base={"REMOTE_ADDR": "203.0.113.9"}
    ).location
    send(client, f"{link}/F", F2="Hello")
    row = str(dict(db.session.execute(db.select(Response.__table__)).mappings().one()))
    assert "Telltale" not in row
    assert "203.0.113.9" not in row


# cost


@pytest.mark.parametrize("address", [OPEN, "", "/A", "/B", "/F", "/summary", "/withdraw"])
def test_statements_of_a_page(client: FlaskClient, diaspora: QuestionnaireVersion, address: str) -> None:
    link = begin(client)
    send(client, f"{link}/A", **SECTIONS["A"])
    with count_statements() as statements:
        client.get(address if address == OPEN else link + address)
    assert len(statements) == 1, statements


def test_statements_of_saving(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    link = begin(client)
    fields = opened(client, f"{link}/A")
    with count_statements() as statements:
        client.post(f"{link}/A", data=fields | {"A2": "anon", "go": "next"})
    assert len(statements) == 3, "read, written, read for the way on"
    with count_statements() as statements:
        client.post(f"{link}/save", data={"question": "A2", "A2": "none"})
    assert len(statements) == 2, "read once, written once"


def test_a_page_weighs_little(client: FlaskClient, diaspora: QuestionnaireVersion) -> None:
    """Cold, with its stylesheet and script: at most 60 kB. Pages that hold a form token travel uncompressed."""
    link = begin(client)
    send(client, f"{link}/A", **SECTIONS["A"])
    styles = sheets.read(STATIC)
    loaded = (styles["css/site.css"], styles["css/answering.css"], (STATIC / "js/questionnaire.js").read_bytes())
    files = sum(len(gzip.compress(each)) for each in loaded)
    weights = {code: len(client.get(f"{link}/{code}").data) + files for code in SECTIONS}
    assert all(weight <= 60_000 for weight in weights.values()), weights
