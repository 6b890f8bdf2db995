"""The organisers' pages: bringing in a file, downloading, PDFs, texts that come back."""

import io
import json
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.consultation.questions.documents import asks, document
from tests.consultation.survey_files.test_translation_sheet import FR, edited
from tests.consultation.survey_files.xlsform.forms_of_others import HOUSEHOLD, xlsx
from tests.fetching import do_all, fetched, waited
from workshop.consultation.questionnaires.models import DraftChange, Questionnaire
from workshop.consultation.survey_files.models import Printing
from workshop.platform import tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db
from workshop.platform.import_steps import STEP

DESK = "/workshops/w/desk/questionnaires"


@pytest.fixture
def ana(as_: SignedIn) -> FlaskClient:
    return as_("ana")


@pytest.fixture
def published(company: Company) -> Questionnaire:
    questionnaire = make.questionnaire(workshop=company.workshop)
    db.session.add_all(
        [
            questionnaire,
            make.version(document(asks("A1", "one", options="yesno"), asks("A2", "text")), questionnaire=questionnaire),
        ]
    )
    db.session.commit()
    return questionnaire


def sent(client: FlaskClient, content: bytes, **more: str) -> TestResponse:
    return client.post(
        f"{DESK}/import", data={"file": (io.BytesIO(content), "form.xlsx")} | more, content_type="multipart/form-data"
    )


def fields(page: TestResponse) -> dict[str, str]:
    """The hidden fields of the form that keeps a file."""
    return dict(re.findall(r'name="(kept|slug|seen)"[^>]*value="([^"]*)"', page.text))


def test_a_file_is_shown_first_and_kept_when_confirmed(ana: FlaskClient) -> None:
    page = sent(ana, xlsx(HOUSEHOLD))
    assert page.status_code == 200
    for words in (
        "It would become a new questionnaire:",
        "Household survey",
        "Places on a map are not asked for here.",
        "16 questions",
    ):
        assert words in page.text
    assert db.session.scalars(db.select(Questionnaire)).all() == []
    answer = ana.post(f"{DESK}/import/keep", data=fields(page))
    assert answer.location == f"{DESK}/household-2026/files"
    [questionnaire] = db.session.scalars(db.select(Questionnaire)).all()
    assert (questionnaire.slug, questionnaire.title, questionnaire.open_to_all) == (
        "household-2026",
        {"en": "Household survey"},
        False,
    )
    assert [section["code"] for section in questionnaire.draft["sections"]] == ["A", "B", "C"]
    assert ana.get(answer.location).status_code == 200
    again = sent(ana, xlsx(HOUSEHOLD))
    assert "Nothing would change." in again.text


def test_what_comes_in_over_a_draft_can_be_undone(ana: FlaskClient, published: Questionnaire) -> None:
    page = sent(ana, xlsx(HOUSEHOLD), slug="q")
    assert "It would replace the draft of:" in page.text
    assert "A1, A2" in page.text  # no longer asked
    ana.post(f"{DESK}/import/keep", data=fields(page))
    db.session.refresh(published)
    assert published.draft["sections"][0]["questions"][0]["code"] == "welcome"
    [change] = db.session.scalars(db.select(DraftChange)).all()
    assert (change.verb, change.subject) == ("import questionnaire", "form.xlsx")
    assert [q["code"] for q in change.before["sections"][0]["questions"]] == ["A1", "A2"]


def test_who_edits_meanwhile_is_not_overwritten_unseen(ana: FlaskClient, published: Questionnaire) -> None:
    page = sent(ana, xlsx(HOUSEHOLD), slug="q")
    published.draft, published.revision = document(asks("A1", "text")), published.revision + 1
    db.session.commit()
    again = ana.post(f"{DESK}/import/keep", data=fields(page))
    assert (
        "Nothing was imported: the preview has changed since you opened it. Check it, then import again." in again.text
    )
    db.session.refresh(published)
    assert published.draft == document(asks("A1", "text"))


def test_a_long_questionnaire_is_read_and_kept_by_a_worker(ana: FlaskClient, company: Company) -> None:
    definition = document(*[asks(f"A{n}", "text") for n in range(1, 121)])
    said = {"format": "intersession-questionnaire", "slug": "long", "title": {"en": "Long"}, "definition": definition}
    answer = sent(ana, json.dumps(said).encode())
    page = waited(ana, answer.headers["Location"])
    assert "120 questions" in page.text
    for _click in range(2):
        assert ana.post(f"{DESK}/import/keep", data=fields(page)).status_code == 302
    assert db.session.scalars(db.select(Questionnaire)).all() == []
    assert ana.get(answer.headers["Location"]).status_code == 202
    do_all(STEP)
    done = ana.get(answer.headers["Location"])
    assert done.location == f"{DESK}/long/files"
    [made] = db.session.scalars(db.select(Questionnaire)).all()
    assert len(made.draft["sections"][0]["questions"]) == 120
    refused = waited(ana, sent(ana, b"{" + b" " * 20_000).headers["Location"])
    assert "The file cannot be read" in refused.text


@pytest.mark.parametrize("kept", ["", "made up", "0" * 64])
def test_no_other_stored_file_can_be_asked_for(ana: FlaskClient, kept: str) -> None:
    answer = ana.post(f"{DESK}/import/keep", data={"kept": kept, "slug": "q", "seen": "new"})
    assert answer.location == f"{DESK}/import"
    assert db.session.scalars(db.select(Questionnaire)).all() == []


def test_a_file_that_cannot_be_read_is_refused_at_its_field(ana: FlaskClient) -> None:
    page = sent(ana, b"not a form")
    assert page.status_code == 422
    assert "This is not a file we can read." in page.text
    assert ana.post(f"{DESK}/import", data={}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "start", "name"),
    [
        ("xlsform", b"PK", "q-v1.xlsx"),
        ("texts", b"PK", "q-v1-texts.xlsx"),
        ("json", b"{", "q-v1.json"),
        ("docx", b"PK", "q-v1.docx"),
        ("docx?in=fr", b"PK", "q-v1-fr.docx"),
        ("docx?in=all", b"PK", "q-v1-all.docx"),
    ],
)
def test_downloads(ana: FlaskClient, published: Questionnaire, kind: str, start: bytes, name: str) -> None:
    answer = fetched(ana, f"{DESK}/q/files/{kind}")
    assert answer.data.startswith(start)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "address", ["q/files/poem", "nowhere/files", "q/files/docx?in=de", "q/files/paper/de", "nowhere/files/json"]
)
def test_what_is_not_there(ana: FlaskClient, published: Questionnaire, address: str) -> None:
    assert ana.get(f"{DESK}/{address}").status_code == 404


def test_a_pdf_is_made_once_and_again_when_the_questionnaire_changes(
    ana: FlaskClient, published: Questionnaire
) -> None:
    assert ana.get(f"{DESK}/q/files/paper/en").location == f"{DESK}/q/files"
    ana.post(f"{DESK}/q/files/paper/en")
    ana.post(f"{DESK}/q/files/paper/en")
    [printing] = db.session.scalars(db.select(Printing)).all()
    assert "Waiting in the queue." in ana.get(f"{DESK}/q/files").text
    tasks.run_due()
    assert ana.get(f"{DESK}/q/files/paper/en").data.startswith(b"%PDF-")
    first = printing.stored_as
    published.draft = document(asks("A1", "text", text={"en": "Another question"}))
    db.session.commit()
    assert ana.get(f"{DESK}/q/files/paper/en").status_code == 302
    ana.post(f"{DESK}/q/files/paper/en")
    tasks.run_due()
    [again] = db.session.scalars(db.select(Printing)).all()
    assert again.stored_as not in {"", first}


def test_a_draft_that_does_not_hold_together_says_why(ana: FlaskClient, published: Questionnaire) -> None:
    published.draft = document(asks("A1", "one"))
    db.session.commit()
    page = ana.get(f"{DESK}/q/files")
    assert "The draft is not consistent yet: question A1: a question of type one needs options." in page.text


def test_texts_go_out_and_come_back(ana: FlaskClient, published: Questionnaire) -> None:
    content = fetched(ana, f"{DESK}/q/files/texts").data
    changed = edited(content, **{f"question__A2__text__{FR}": "Question A2 en français"})
    page = ana.post(
        f"{DESK}/q/files/texts", data={"file": (io.BytesIO(changed), "texts.xlsx")}, content_type="multipart/form-data"
    )
    assert "question/A2/text" in page.text
    assert "1 changed" in page.text
    db.session.refresh(published)
    assert published.draft["sections"][0]["questions"][1]["text"]["fr"] == "Question A2 en français"
    refused = ana.post(
        f"{DESK}/q/files/texts",
        data={"file": (io.BytesIO(xlsx(HOUSEHOLD)), "x.xlsx")},
        content_type="multipart/form-data",
    )
    assert refused.status_code == 422


def test_a_long_sheet_of_texts_is_taken_by_a_worker_and_told_in_parts(
    ana: FlaskClient, published: Questionnaire, company: Company
) -> None:
    """Three hundred questions and a sheet without marks: the request stores it, a worker takes it once, and two acts do
    what one does.
    """
    published.draft = document(*(asks(f"A{number}", "text") for number in range(300)))
    db.session.commit()
    content = fetched(ana, f"{DESK}/q/files/texts").data
    changed = edited(content, **{f"question__A{number}__text__{FR}": f"Question {number} ?" for number in range(250)})

    def send() -> TestResponse:
        files = {"file": (io.BytesIO(changed), "texts.xlsx")}
        return ana.post(f"{DESK}/q/files/texts", data=files, content_type="multipart/form-data")

    address = send().headers["Location"]
    waiting = ana.get(address)
    assert waiting.status_code == 202
    assert published.draft["sections"][0]["questions"][0]["text"].get("fr") is None
    page = waited(ana, address)
    assert "250 changed" in page.text
    assert "question/A0/text" in page.text
    assert "question/A249/text" not in page.text
    assert "question/A249/text" in ana.get(f"{address}?text=2").text
    db.session.refresh(published)
    assert published.draft["sections"][0]["questions"][249]["text"]["fr"] == "Question 249 ?"
    [entry] = db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == "import texts")).all()
    assert (entry.subject, entry.who) == ("w/q 250", company.ana.id)
    assert "0 changed" in waited(ana, send().headers["Location"]).text


def test_a_long_file_that_is_no_sheet_of_texts_is_refused_with_the_reason(
    ana: FlaskClient, published: Questionnaire
) -> None:
    other = xlsx({"survey": [["type", "name"], *([f"text {n * 7919}", f"q{n * 104729}"] for n in range(400))]})
    sent = ana.post(
        f"{DESK}/q/files/texts", data={"file": (io.BytesIO(other), "x.xlsx")}, content_type="multipart/form-data"
    )
    page = waited(ana, sent.headers["Location"])
    assert "This is not a sheet of texts that was written here" in page.text
    assert ana.get(f"{DESK}/q/files/texts/nothing").status_code == 404


def test_the_page_of_files_asks_the_database_as_often_for_three_pdfs_as_for_one(
    ana: FlaskClient, published: Questionnaire
) -> None:
    def statements() -> int:
        with count_statements() as seen:
            ana.get(f"{DESK}/q/files")
        return len(seen)

    statements()
    ana.post(f"{DESK}/q/files/paper/en")
    one = statements()
    ana.post(f"{DESK}/q/files/paper/fr")
    assert statements() == one
