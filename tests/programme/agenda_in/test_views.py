"""The organisers' way: paste or upload, look at the import report, take it. Without JavaScript."""

import io
import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from tests.browsing import axe_faults
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from tests.fetching import waited
from tests.programme.agenda_in import imports
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.platform.foreign.limits import AGENDA
from workshop.programme.agenda.models import Session
from workshop.programme.agenda_in import views
from workshop.programme.agenda_in.models import AgendaImport, ImportedColumns
from workshop.programme.agenda_in.reading import recognition
from workshop.programme.releases.models import Release
from workshop.secretariat.activity.models import Change

BRING = "/workshops/w/desk/agenda/import"
TEXT = "2 March 2026\n09:00–10:00 Welcome\n10:00–11:00 Partnerships that work\n- Paying for registries (Discussion Paper)\n"


def upload(client: FlaskClient, content: bytes, name: str = "agenda.bin") -> TestResponse:
    return client.post(
        BRING, data={"file": (io.BytesIO(content), name), "language": "en"}, content_type="multipart/form-data"
    )


def paste(client: FlaskClient, text: str) -> TestResponse:
    return client.post(BRING, data={"text": text, "language": "en"})


def take(client: FlaskClient, address: str, page: TestResponse) -> TestResponse:
    """Press the button of a preview: everything its form holds."""
    form = page.text.split('/take"', 1)[1].split("</form>", 1)[0]
    fields = dict(re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"', form))
    return client.post(f"{address}/take", data=fields)


def titles() -> list[str]:
    return [session.title["en"] for session in db.session.scalars(db.select(Session).order_by(Session.number))]


def test_paste_look_and_take(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    assert "Import an agenda" in ana.get("/workshops/w/desk/agenda").text
    address = paste(ana, TEXT).headers["Location"]
    page = ana.get(address)
    assert "3 rows in the file" in page.text
    assert "Session “Partnerships that work” is added" in page.text
    assert titles() == []
    answer = take(ana, address, page)
    assert answer.headers["Location"] == address
    assert titles() == ["Welcome", "Partnerships that work"]
    after = ana.get(address).text
    assert "What was imported" in after
    assert "Import into the draft" not in after
    assert db.session.scalars(db.select(Release)).all() == []
    assert [each.verb for each in db.session.scalars(db.select(AuditEntry))] == ["import agenda"]


def test_taking_twice_takes_once(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    address = paste(ana, TEXT).headers["Location"]
    page = ana.get(address)
    assert [take(ana, address, page).status_code for _time in range(2)] == [302, 302]
    assert len(titles()) == 2
    again = ana.get(paste(ana, TEXT).headers["Location"]).text
    assert "nothing would change" in again
    assert "Import into the draft" not in again


def test_a_long_agenda_is_read_and_taken_by_a_worker(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    lines = "\n".join(
        f"{8 + n // 4:02}:{n % 4 * 15:02}–{8 + n // 4:02}:{n % 4 * 15 + 10:02} Session {n + 1}: Matter {n}"
        f"\n- Talk {n} (Statement)\nRoom {n}: " + "a long word about what is to be said " * 8
        for n in range(40)
    )
    address = paste(ana, f"2 March 2026\n{lines}").headers["Location"]
    page = waited(ana, address)
    assert "Session “Matter 39” is added" in page.text
    assert [take(ana, address, page).headers["Location"] for _click in range(2)] == [address] * 2
    assert titles() == []
    after = waited(ana, address).text
    assert "What was imported" in after
    assert len(titles()) == 40
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.verb, entry.who) == ("import agenda", company.ana.id)
    assert {each.who_id for each in db.session.scalars(db.select(Change).where(Change.kind == "session"))} == {
        entry.who
    }


def test_when_the_agenda_changed_meanwhile_nothing_is_taken_unseen(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    address = paste(ana, TEXT).headers["Location"]
    seen = ana.get(address)
    other = paste(ana, TEXT.replace("Partnerships that work", "Diasporas")).headers["Location"]
    take(ana, other, ana.get(other))
    answer = take(ana, address, seen)
    assert answer.status_code == 409
    assert "Nothing was imported: the preview has changed" in answer.text
    assert titles() == ["Welcome", "Diasporas"]
    assert take(ana, address, answer).status_code == 302


def test_an_unreadable_text_is_told_and_kept(as_: SignedIn, company: Company) -> None:
    page = paste(as_("ana"), "Dear colleague, <script>alert(1)</script> thank you.")
    assert "No session was found" in page.text
    assert "Dear colleague, &lt;script&gt;" in page.text
    assert db.session.scalars(db.select(AgendaImport)).all() == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"10:00-11:00 Welcome\n" * 100], ids=["empty", "pdf", "large"])
def test_an_unreadable_file_is_told(
    as_: SignedIn, company: Company, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(views, "LARGEST", 1000)
    monkeypatch.setattr(recognition, "AGENDA", AGENDA._replace(sent=1000))
    page = upload(as_("ana"), content)
    assert page.status_code == 200
    assert "One entry needs checking" in page.text


def test_nothing_of_a_pasted_page_runs(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    hostile = imports.HTML.replace("Welcome<ul>", "Welcome &lt;script&gt;alert(2)&lt;/script&gt;<ul>")
    page = ana.get(paste(ana, hostile).headers["Location"]).text
    assert "<script>alert" not in page
    assert "onerror" not in page
    assert "Welcome &lt;script&gt;alert(2)" in page


def test_what_is_said_about_columns_is_remembered_for_the_workshop(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    table = b"Block title;Who is on;When does it begin\nPartnerships;Ana Example (synthetic);10:00\n"
    address = upload(ana, table, "a.csv").headers["Location"]
    page = ana.get(address)
    assert "Content of the columns" in page.text
    assert "the columns were guessed" in page.text
    assert "Import into the draft" not in page.text
    said = {
        "heading": ["Block title", "Who is on", "When does it begin"],
        "field": ["session", "person", "not a field"],
    }
    ana.post(f"{address}/columns", data=said)
    page = ana.get(address)
    assert "Session “Partnerships” is added" in page.text
    assert "Ana Example (synthetic) (Speaker) is added" in page.text
    kept = db.session.scalars(db.select(ImportedColumns)).one().fields
    assert kept == {"block title": "session", "who is on": "person"}
    later = ana.get(upload(ana, table.replace(b"Partnerships", b"Diasporas"), "b.csv").headers["Location"])
    assert "Session “Diasporas” is added" in later.text


def test_a_date_that_can_be_two_is_asked_before_anything_is_imported(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    table = b"Session;Date;Start;End\nDebate;2/3/2026;10:00;11:00\n"
    address = upload(ana, table, "a.csv").headers["Location"]
    page = ana.get(address)
    assert "2 March 2026" in page.text
    assert "3 February 2026" in page.text
    assert "Import into the draft" not in page.text
    ana.post(f"{address}/take", data={"seen": "x"})
    assert db.session.scalars(db.select(Session)).all() == []
    ana.post(f"{address}/dates", data={"order": "day"})
    take(ana, address, ana.get(address))
    row = db.session.scalars(db.select(Session)).one()
    assert row.starts_at is not None
    assert row.starts_at.date().isoformat() == "2026-03-02"


def test_the_file_may_win_when_asked(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    address = paste(ana, TEXT).headers["Location"]
    take(ana, address, ana.get(address))
    row = db.session.scalars(db.select(Session).where(Session.number == 1)).one()
    row.title = Words(en="Reworded here")
    db.session.commit()
    address = paste(ana, TEXT).headers["Location"]
    page = ana.get(address)
    assert "“Reworded here” was changed here since the last import and is kept" in page.text
    assert f"{address}?overwrite=y" in page.text
    page = ana.get(f"{address}?overwrite=y")
    assert "“Reworded here” becomes “Partnerships that work”" in page.text
    take(ana, address, page)
    assert titles() == ["Welcome", "Partnerships that work"]


def test_the_import_of_another_workshop_is_not_found(as_: SignedIn, company: Company) -> None:
    address = paste(as_("ana"), TEXT).headers["Location"]
    assert as_("oto").get(address.replace("/w/", "/other/")).status_code == 404


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_preview_takes_as_many_statements_whatever_the_size(as_: SignedIn, company: Company, sessions: int) -> None:
    ana = as_("ana")
    lines = "\n".join(
        f"{9 + n}:00–{9 + n}:45 Session {n + 1}: Matter {n}\n- Talk {n} (Statement)" for n in range(sessions)
    )
    address = paste(ana, f"2 March 2026\n{lines}").headers["Location"]
    take(ana, address, ana.get(address))
    address = paste(ana, f"2 March 2026\n{lines}").headers["Location"]
    with count_statements() as seen:
        ana.get(address)
    assert len(seen) <= 21, seen


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_pass_axe(page: Page, sign_in_browser: SignInBrowser, company: Company, width: int) -> None:

    page.set_viewport_size({"width": width, "height": 900})
    sign_in_browser(page, "ana")
    page.goto(BRING)
    found = [axe_faults(page)]
    page.set_input_files("input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": imports.CSV.encode()})
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="What this would do").wait_for()
    page.locator("summary").click()
    found.append(axe_faults(page))
    assert found == [[], []]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Import into the draft").click()
    page.get_by_role("heading", name="What was imported").wait_for()
    assert len(titles()) == 2
