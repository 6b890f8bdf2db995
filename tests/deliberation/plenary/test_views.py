"""The report on the page, on the desk and as PDF, from compiling it to serving it from storage."""

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.cast import Company
from tests.conftest import Press, SignedIn, count_statements
from tests.deliberation.plenary.meeting import Met, saved
from tests.factories import NOON
from tests.looking import there
from workshop.deliberation.plenary.models import PlenaryReport, Rendering, Source
from workshop.platform import files, pdf, tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db
from workshop.platform.pdf import PdfFailed, PdfUnavailable
from workshop.platform.prints import Trouble
from workshop.platform.tasks import Task, TaskState
from workshop.secretariat.series.models import Visibility

REPORT = "/workshops/w/reports/plenary"
DESK = "/workshops/w/desk/reports"


@pytest.fixture
def met(company: Company) -> Met:
    return saved(company.workshop)


@pytest.fixture
def compiled(met: Met, as_: SignedIn) -> PlenaryReport:
    """The report, compiled by Ana and not published."""
    assert as_("ana").post(f"{DESK}/compile", data={"after": 0}).status_code == 302
    return db.session.scalars(select(PlenaryReport)).one()


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    press = Press()
    monkeypatch.setattr(pdf, "Renderer", press)
    return press


@pytest.fixture
def rendered(press: Press) -> list[str]:
    """The pages that were made into PDFs."""
    return press.pages


def publish(as_: SignedIn) -> None:
    assert as_("ana").post(f"{DESK}/plenary/publish").status_code == 302


# Compiling


def test_compiling_writes_the_report_and_asks_for_a_pdf_in_each_language(compiled: PlenaryReport) -> None:
    assert compiled.edition == 1
    assert len(compiled.paragraphs) > 20
    asked = db.session.scalars(db.select(Rendering).order_by(Rendering.id)).all()
    assert [(r.language, r.stored_as, r.task.kind, r.task.subject_id) for r in asked] == [
        (code, "", "reports.render", r.id) for code, r in zip(("en", "fr", "es"), asked, strict=True)
    ]
    assert [e.verb for e in db.session.scalars(db.select(AuditEntry))] == ["compile report"]


def test_compiling_without_signatures_is_refused_until_it_is_meant(met: Met, as_: SignedIn) -> None:
    met.reports[1].signed_at = None
    page = as_("ana").post(f"{DESK}/compile", data={"after": 0})
    assert page.status_code == 422
    assert "The report of these groups is not signed: 2." in page.text
    assert db.session.scalar(db.select(PlenaryReport)) is None
    assert as_("ana").post(f"{DESK}/compile", data={"after": 0, "partly": "y"}).status_code == 302


def test_compiling_again_replaces_the_paragraphs(compiled: PlenaryReport, as_: SignedIn) -> None:
    before = {p.id for p in compiled.paragraphs}
    assert as_("eva").post(f"{DESK}/compile", data={"after": 1}).status_code == 302
    db.session.expire_all()
    assert compiled.edition == 2
    assert not before & {p.id for p in compiled.paragraphs}
    orphans = db.session.scalars(db.select(Source).where(Source.paragraph_id.in_(before))).all()
    assert orphans == []
    assert db.session.scalar(db.select(db.func.count()).select_from(Rendering)) == 3


def test_pressing_twice_compiles_once(compiled: PlenaryReport, as_: SignedIn) -> None:
    page = as_("ana").post(f"{DESK}/compile", data={"after": 0})
    assert page.status_code == 422
    assert "Edition 1 has been compiled in the meantime." in page.text


# Who may read it


def test_a_draft_is_there_for_those_who_work_on_it_only(compiled: PlenaryReport, as_: SignedIn) -> None:
    for name, status in {"nobody": 404, "ben": 404, "dov": 404, "oto": 404, "ana": 200, "chi": 200, "eva": 200}.items():
        assert as_(name).get(REPORT).status_code == status, name
        assert as_(name).get(f"{REPORT}/pdf").status_code == status, name
        assert as_(name).get(f"{REPORT}.pdf").status_code == (302 if status == 200 else 404), name
        assert as_(name).post(f"{REPORT}/pdf").status_code == (302 if status == 200 else 404), name


def test_published_everyone_reads_it_and_withdrawn_nobody(
    compiled: PlenaryReport, as_: SignedIn, client: FlaskClient
) -> None:
    publish(as_)
    assert client.get(REPORT).status_code == 200
    assert as_("ana").post(f"{DESK}/plenary/withdraw").status_code == 302
    assert client.get(REPORT).status_code == 404
    assert [e.verb for e in db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id))] == [
        "compile report",
        "publish report",
        "withdraw report",
    ]


def test_of_a_workshop_that_is_not_public_no_report_is(
    compiled: PlenaryReport, company: Company, as_: SignedIn, client: FlaskClient
) -> None:
    publish(as_)
    company.workshop.visibility = Visibility.PRIVATE
    assert client.get(REPORT).status_code == 404
    assert as_("ana").get(REPORT).status_code == 200


def test_only_organisers_publish_and_others_keep_out_of_the_desk(compiled: PlenaryReport, as_: SignedIn) -> None:
    for name, status in {"nobody": 302, "dov": 404, "oto": 404, "ben": 403, "chi": 403, "eva": 403}.items():
        assert as_(name).post(f"{DESK}/plenary/publish").status_code == status, name
    for name, status in {"nobody": 302, "dov": 404, "ben": 403, "chi": 200, "eva": 200}.items():
        assert as_(name).get(DESK).status_code == status, name
    assert there(db.session.get(PlenaryReport, compiled.id, populate_existing=True)).published_at is None


def test_the_public_is_not_given_addresses_of_notes(
    compiled: PlenaryReport, as_: SignedIn, client: FlaskClient
) -> None:
    publish(as_)
    assert "/breakouts/" not in client.get(REPORT).text
    assert "/workshops/w/breakouts/1/notes#point-1" in as_("chi").get(REPORT).text


# The page


def test_the_page_numbers_its_paragraphs_and_keeps_foreign_words(compiled: PlenaryReport, as_: SignedIn) -> None:
    page = as_("ana").get(REPORT).text
    assert '<p class="para" id="p1">' in page
    assert '<span lang="fr" dir="ltr">Le codéveloppement</span>' in page
    assert "Les transferts coûtent {0} trop cher &lt;b&gt;" in page
    french = as_("ana").get(f"{REPORT}?lang=fr").text
    assert '<html lang="fr"' in french
    assert "Le codéveloppement" in french
    assert '<span lang="fr" dir="ltr">Le codéveloppement</span>' not in french


def test_a_struck_point_is_explained_to_those_inside_and_noted_for_the_public(
    compiled: PlenaryReport, met: Met, as_: SignedIn, client: FlaskClient
) -> None:
    publish(as_)
    assert "after this report was compiled" not in client.get(REPORT).text
    met.point.struck_at = NOON
    assert "Based on: point 1.1, which was struck out on 2 March 2026." in as_("ana").get(REPORT).text
    page = client.get(REPORT).text
    assert "struck" not in page
    assert page.count("A source of this paragraph has changed or was withdrawn after this report was compiled.") == 1
    assert "1 paragraph flagged" in as_("ana").get(DESK).text


def test_an_unchanged_page_is_not_sent_again(
    compiled: PlenaryReport, met: Met, as_: SignedIn, client: FlaskClient
) -> None:
    publish(as_)
    tag = client.get(REPORT).headers["ETag"]
    assert client.get(REPORT, headers={"If-None-Match": tag}).status_code == 304
    met.point.struck_at = NOON
    assert client.get(REPORT, headers={"If-None-Match": tag}).status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_report(
    compiled: PlenaryReport, met: Met, as_: SignedIn
) -> None:
    ana = as_("ana")
    with count_statements() as few:
        ana.get(REPORT)
    for paragraph in list(compiled.paragraphs):
        if paragraph.position > 3:
            db.session.delete(paragraph)
    db.session.commit()
    with count_statements() as fewer:
        ana.get(REPORT)
    assert len(few) == len(fewer)


# The PDF


def test_it_is_made_once_and_then_served_from_storage(
    compiled: PlenaryReport, as_: SignedIn, client: FlaskClient, rendered: list[str]
) -> None:
    publish(as_)
    assert client.get(f"{REPORT}.pdf?lang=fr").headers["Location"] == f"{REPORT}/pdf?lang=fr"
    assert tasks.run_due() == 3
    first = client.get(f"{REPORT}.pdf?lang=fr")
    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.headers["Content-Disposition"] == "inline; filename=w-plenary-fr.pdf"
    assert client.get(f"{REPORT}.pdf?lang=fr").data == first.data
    assert client.get(f"{REPORT}.pdf?lang=en", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert client.get(f"{REPORT}.pdf?lang=fr", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert len(rendered) == 3
    assert '<html lang="fr"' in rendered[1]
    assert "3 pages" in as_("ana").get(DESK).text


def test_what_it_rests_on_changes_and_it_is_made_anew(
    compiled: PlenaryReport, met: Met, as_: SignedIn, client: FlaskClient, rendered: list[str]
) -> None:
    publish(as_)
    tasks.run_due()
    met.point.struck_at = NOON
    assert client.get(f"{REPORT}.pdf").headers["Location"] == f"{REPORT}/pdf?lang=en"
    assert "Create the PDF" in client.get(f"{REPORT}/pdf").text
    assert client.post(f"{REPORT}/pdf").headers["Location"] == f"{REPORT}/pdf?lang=en"
    assert client.post(f"{REPORT}/pdf").status_code == 302  # asked for already
    assert 'data-poll="2"' in client.get(f"{REPORT}/pdf").text
    assert tasks.run_due() == 1
    assert "The PDF is ready." in client.get(f"{REPORT}/pdf").text
    assert len(rendered) == 4
    assert "A source of this paragraph has changed" in rendered[3]
    met.point.struck_at = None
    assert client.get(f"{REPORT}.pdf").status_code == 200  # as it was before, still in storage
    assert len(rendered) == 4


def test_a_task_that_runs_twice_renders_once(compiled: PlenaryReport, rendered: list[str]) -> None:
    first = there(db.session.scalars(db.select(Task)).first())
    tasks.run_task(first.id)
    first.state, first.taken_until = TaskState.READY, None
    db.session.commit()
    tasks.run_task(first.id)
    assert len(rendered) == 1
    [made] = db.session.scalars(db.select(Rendering).where(Rendering.stored_as != ""))
    assert files.get(made.stored_as) == b"%PDF-1.7 number 1"


def test_after_compiling_again_only_the_new_edition_is_made(
    compiled: PlenaryReport, as_: SignedIn, rendered: list[str]
) -> None:
    as_("ana").post(f"{DESK}/compile", data={"after": 1})
    assert tasks.run_due() == 3
    assert len(rendered) == 3
    assert "Edition 2, compiled on" in rendered[0]
    assert as_("ana").get(f"{REPORT}.pdf").status_code == 200


def test_a_pdf_forgotten_while_it_waits_is_not_made(compiled: PlenaryReport, rendered: list[str]) -> None:
    db.session.execute(db.delete(Rendering))
    db.session.commit()
    assert tasks.run_due() == 3
    assert rendered == []


def test_what_was_asked_for_and_has_changed_since_is_made_as_it_stands(
    compiled: PlenaryReport, met: Met, rendered: list[str], as_: SignedIn
) -> None:
    met.point.struck_at = NOON
    db.session.commit()
    tasks.run_due()
    assert [html.count('class="flag"') for html in rendered] == [1, 1, 1]
    assert as_("ana").get(f"{REPORT}.pdf").status_code == 200


@pytest.mark.parametrize(
    ("failure", "problem", "words"),
    [
        (pdf.PdfUnavailable(pdf.MISSING), Trouble.UNAVAILABLE, "sudo apt install libpango-1.0-0"),
        (pdf.PdfFailed("too long"), Trouble.FAILED, "The PDF could not be created."),
    ],
)
def test_where_it_cannot_be_made_the_page_says_so_and_it_can_be_tried_again(
    compiled: PlenaryReport,
    as_: SignedIn,
    client: FlaskClient,
    press: Press,
    failure: PdfFailed | PdfUnavailable,
    problem: Trouble,
    words: str,
) -> None:
    publish(as_)
    press.failure = failure
    tasks.run_due()
    assert {r.problem for r in db.session.scalars(db.select(Rendering))} == {problem}
    assert {t.state for t in db.session.scalars(db.select(Task))} == {TaskState.DONE}
    page = client.get(f"{REPORT}/pdf").text
    assert words in page
    assert "Try again" in page
    assert client.get(f"{REPORT}.pdf").status_code == 302
    press.failure = None
    client.post(f"{REPORT}/pdf")
    assert tasks.run_due() == 1
    assert client.get(f"{REPORT}.pdf").status_code == 200


def test_in_a_browser_the_page_says_by_itself_when_the_pdf_is_ready(
    compiled: PlenaryReport, as_: SignedIn, page: Page, rendered: list[str]
) -> None:
    publish(as_)
    page.goto(f"{REPORT}/pdf?lang=en")
    assert page.get_by_role("status").inner_text().startswith("Waiting in the queue.")
    expect(page.get_by_role("link", name="Check again")).to_be_visible()
    tasks.run_due()
    page.get_by_role("link", name="Open the PDF").wait_for(timeout=10_000)
    assert page.get_by_role("link", name="Check again").count() == 0
    assert len(rendered) == 3
