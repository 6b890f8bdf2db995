"""The organisers' screens of papers and the download, on a real database and a real store of files."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import obstore.store
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.platform.foreign import samples
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.agenda.models import Item, Session
from workshop.programme.papers.models import Document, DocumentFile, Kind, State
from workshop.secretariat.series.models import Membership, Role, Visibility

DESK = "/workshops/w/desk/papers"
ITEMS = "/workshops/w/desk/agenda/sessions/1/items/new"
EVIL = '<script>alert("x")</script>'


@pytest.fixture
def document(session: Session) -> Document:
    row = make.document(workshop=session.workshop, session=session, item=session.items[0])
    db.session.add(row)
    db.session.commit()
    return row


def sent(content: bytes = samples.PDF, name: str = "paper.pdf", language: str = "en") -> dict[str, Any]:
    return {"data": {"language": language, "file": (io.BytesIO(content), name)}, "content_type": "multipart/form-data"}


def at(document: Document, verb: str = "") -> str:
    return f"{DESK}/{document.key}" + (f"/{verb}" if verb else "")


# the whole way of an organiser


def test_an_organiser_adds_an_item_with_a_speaker_and_a_document_and_the_public_reads_it(
    as_: SignedIn, client: FlaskClient, session: Session
) -> None:
    ana = as_("ana")
    answer = ana.post(
        ITEMS,
        data={
            "title-en": "Managing risks together",
            "title-fr": "Gérer les risques ensemble",
            "minutes": "15",
            "perspective": "partner",
            "family_name": "Santos (synthetic)",
            "given_name": "Lia",
            "organisation": "House of Work",
            "function-en": "President",
            "country": "PHL",
            "part": "speaker",
            "document": "presentation",
            "languages": ["en", "fr"],
            "due_on": "2026-02-20",
        },
    )
    assert answer.location == "/workshops/w/desk/agenda/sessions/1/items"
    item = session.items[1]
    assert (item.title["fr"], item.minutes, item.perspective) == ("Gérer les risques ensemble", 15, Perspective.PARTNER)
    who = session.appearances[1]
    assert (who.item, who.part, who.person.display_name) == (item, Part.SPEAKER, "Lia Santos (synthetic)")
    paper = db.session.scalars(db.select(Document)).one()
    assert (paper.item, paper.kind, paper.languages) == (item, Kind.PRESENTATION, ["en", "fr"])
    assert (paper.due_on, paper.state) == (date(2026, 2, 20), State.EXPECTED)

    assert "Upload the file when it arrives" in ana.get(at(paper)).text
    assert ana.post(at(paper, "files"), **sent(name="Santos slides.pdf", language="fr")).location == at(paper)
    ana.fill("/workshops/w/desk/agenda/publish")
    assert "Managing risks together" in client.get("/workshops/w/agenda").text
    assert f"/papers/{paper.key}/fr" not in client.get("/workshops/w/agenda").text
    ana.post(at(paper, "publish"))
    for page in ("/workshops/w/agenda", "/workshops/w/papers"):
        assert f'href="/papers/{paper.key}/fr"' in client.get(page).text
    download = client.get(f"/papers/{paper.key}/fr")
    assert (download.status_code, download.data) == (200, samples.PDF)


# add_item


def test_an_item_needs_neither_speaker_nor_document(as_: SignedIn, session: Session) -> None:
    as_("ana").post(ITEMS, data={"title-en": "A film"})
    assert session.items[1].title == {"en": "A film"}
    assert len(session.appearances) == 1
    assert db.session.scalars(db.select(Document)).all() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Give the item a title, a role or a speaker"),
        ({"given_name": "Lia", "organisation": "House of Work"}, "Give the family name"),
        ({"title-en": "A film", "minutes": "9999"}, "Number must be between 1 and 600"),
        ({"title-en": "A film", "document": "presentation", "due_on": "soon"}, "Not a valid date value"),
        ({"title-en": "A film", "document": "presentation", "languages": ["tlh"]}, "not a valid choice"),
    ],
)
def test_a_refused_item_keeps_what_was_typed_and_saves_nothing(
    as_: SignedIn, session: Session, typed: dict[str, Any], said: str
) -> None:
    page = as_("ana").post(ITEMS, data=typed | {"role_label-es": "Anfitriona"} if typed else typed).text
    assert "<title>Error:" in page
    assert said in page
    for value in typed.values():
        if isinstance(value, str) and value not in {"presentation", "soon"}:
            assert value in page
    assert len(db.session.scalars(db.select(Item)).all()) == 1
    assert len(db.session.scalars(db.select(Document)).all()) == 0


# expect, edit_document


def test_expect_a_document_of_the_session(as_: SignedIn, session: Session) -> None:
    address = "/workshops/w/desk/agenda/sessions/1/documents/new"
    ana = as_("ana")
    assert "For the session as a whole" in ana.get(address).text
    ana.post(address, data={"kind": "background_paper", "title-en": "Facts", "author": "A secretariat"})
    paper = db.session.scalars(db.select(Document)).one()
    assert (paper.session, paper.item, paper.kind, paper.author) == (
        session,
        None,
        Kind.BACKGROUND_PAPER,
        "A secretariat",
    )


def test_expect_a_document_of_an_item(as_: SignedIn, session: Session) -> None:
    address = f"/workshops/w/desk/agenda/sessions/1/documents/new?item={session.items[0].id}"
    ana = as_("ana")
    assert "A talk" in ana.get(address).text
    ana.post(address, data={"kind": "statement"})
    assert db.session.scalars(db.select(Document)).one().item is session.items[0]
    assert ana.get("/workshops/w/desk/agenda/sessions/1/documents/new?item=99").status_code == 404


def test_two_organisers_change_what_is_expected(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    seen = ana.get(at(document, "edit")).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    first = {"kind": "statement", "due_on": "2026-02-20", "languages": ["en", "es"], "seen": seen}
    assert ana.post(at(document, "edit"), data=first).location == at(document)
    assert (document.due_on, document.languages) == (date(2026, 2, 20), ["en", "es"])
    answer = ana.post(at(document, "edit"), data=first | {"due_on": "2026-02-25", "author": EVIL})
    assert answer.status_code == 409
    assert "20 February 2026" in answer.text
    assert EVIL not in answer.text
    assert document.due_on == date(2026, 2, 20)


# desk


def test_an_empty_desk_says_where_to_begin(as_: SignedIn, company: Company) -> None:
    assert "Go to the agenda" in as_("ana").get(DESK).text


def test_desk_shows_what_needs_somebody_first(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    assert "Nothing is overdue" in ana.get(DESK).text
    document.due_on = (now() - timedelta(days=2)).date()
    page = ana.get(DESK).text
    assert "One document needs action" in page
    assert page.count('<span class="state bad">overdue</span>') == 1
    assert page.count("Ines Synthetic") == 1


def test_desk_shows_which_languages_are_there_and_which_are_missing(as_: SignedIn, document: Document) -> None:
    document.languages = ["fr", "es"]
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(language="fr"))
    page = ana.get(DESK).text
    assert f'<a href="/papers/{document.key}/fr" hreflang="fr">' in page
    assert '<abbr title="Español">ES</abbr> <span aria-hidden="true">–</span>' in " ".join(page.split())
    assert 'title="English"' not in page


@pytest.mark.parametrize("length", [1, 3])
def test_desk_takes_a_fixed_number_of_statements(as_: SignedIn, company: Company, length: int) -> None:
    for number in range(1, length + 1):
        row = make.session(workshop=company.workshop, number=number, items=[make.item()])
        row.appearances = [make.appearance(item=row.items[0]) for _ in range(length)]
        paper = make.document(workshop=company.workshop, session=row, item=row.items[0], due_on=date(2025, 1, 1))
        paper.files = [a_file(version) for version in range(1, length + 1)]
        db.session.add_all([row, paper])
    ana = as_("ana")
    with count_statements() as statements:
        ana.get(DESK)
    assert len(statements) == 4


def a_file(version: int = 1) -> DocumentFile:
    return DocumentFile(
        language="en",
        version=version,
        stored_as="0" * 64,
        filename="paper.pdf",
        media_type="application/pdf",
        size=10,
        received_at=make.NOON,
    )


# upload


def test_each_language_counts_its_versions_and_old_ones_are_kept(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    for content, language in ((samples.PDF, "en"), (samples.office(), "en"), (samples.PDF, "fr")):
        ana.post(at(document, "files"), **sent(content, "Déclaration.pdf", language))
    assert [(file.language, file.version, file.media_type) for file in document.files] == [
        ("en", 1, "application/pdf"),
        ("en", 2, samples.WORD),
        ("fr", 1, "application/pdf"),
    ]
    assert (document.state, document.files[0].size) == (State.RECEIVED, len(samples.PDF))
    assert document.files[0].stored_as == hashlib.sha256(samples.PDF).hexdigest()
    page = ana.get(at(document)).text
    assert "(replaced)" in page
    assert ana.get(at(document, "en/1")).data == samples.PDF
    assert ana.get(at(document, "en/2")).data == samples.office()
    assert ana.get(at(document, "en/3")).status_code == 404


def test_uploads_at_the_same_moment_all_count(as_: SignedIn, app: Flask, document: Document) -> None:
    def upload(number: int) -> int:
        with app.app_context():
            return anas[number].post(at(document, "files"), **sent(samples.PDF + b"%%EOF %d" % number)).status_code

    anas = [as_("ana") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(upload, range(4))) == [302] * 4
    db.session.refresh(document)
    assert [file.version for file in document.files] == [1, 2, 3, 4]


def test_what_was_not_provided_is_received_when_it_comes_with_its_date(
    as_: SignedIn, client: FlaskClient, document: Document
) -> None:
    ana = as_("ana")
    ana.fill("/workshops/w/desk/agenda/publish")
    ana.post(at(document, "mark-not-provided"))
    assert "No document provided" in client.get("/workshops/w/agenda").text
    ana.post(at(document, "files"), **sent())
    assert document.state is State.RECEIVED
    assert document.state_since == document.files[0].received_at
    assert "No document provided" not in client.get("/workshops/w/agenda").text


@pytest.fixture
def own_store(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that no other test has put the same file into."""
    monkeypatch.setitem(app.extensions, "files", obstore.store.LocalStore(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.SVG, "picture.svg"),
        (samples.HTML, "paper.pdf"),
        (samples.EXE, "paper.docx"),
        (samples.bomb(), "paper.docx"),
        (samples.HTML, "../../../static/css/site.css"),
        (samples.HTML, f"{EVIL}.pdf"),
        (b"", "paper.pdf"),
    ],
    ids=["svg", "html", "exe", "bomb", "traversal", "script-name", "empty"],
)
def test_a_refused_file_leaves_nothing_behind(
    as_: SignedIn, document: Document, own_store: Path, content: bytes, name: str
) -> None:
    page = as_("ana").post(at(document, "files"), **sent(content, name)).text
    assert "<title>Error:" in page
    assert '<a href="#file">File: “' in page
    assert EVIL not in page
    assert (document.state, document.files) == (State.EXPECTED, [])
    assert [path for path in own_store.rglob("*") if path.is_file()] == []


def test_a_file_must_be_chosen_and_its_language_be_one_of_the_workshop(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    assert "Choose a file first" in ana.post(at(document, "files"), data={"language": "en"}).text
    assert "Not a valid choice" in ana.post(at(document, "files"), **sent(language="tlh")).text
    assert document.files == []


def test_a_hostile_name_is_kept_as_data_and_printed_as_text(
    as_: SignedIn, client: FlaskClient, document: Document
) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(name="../static/<b onmouseover=alert(1)>.html"))
    assert document.files[0].filename == "<b onmouseover=alert(1)>.html"
    ana.post(at(document, "files"), **sent(name="<img src=x onerror=alert(1)>.exe"))
    page = ana.get(at(document)).text
    assert "<img" not in page
    assert "<b onmouseover" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    answer = ana.get(f"/papers/{document.key}/en")
    assert answer.headers["Content-Disposition"] == "attachment; filename=img_srcx_onerroralert1.pdf"


def test_when_the_store_fails_no_row_is_left(as_: SignedIn, app: Flask, document: Document) -> None:
    folder = Path(app.config["INSTANCE"]) / "files"
    content = samples.PDF + b"%a file of its own\n%%EOF"
    shelf = folder / hashlib.sha256(content).hexdigest()[:2]
    assert not shelf.exists()
    shelf.write_text("in the way")
    try:
        assert as_("ana").post(at(document, "files"), **sent(content)).status_code == 500
    finally:
        shelf.unlink()
    assert (document.state, db.session.scalars(db.select(DocumentFile)).all()) == (State.EXPECTED, [])
    assert as_("ana").post(at(document, "files"), **sent(content)).status_code == 302


def test_more_than_a_request_may_hold_is_told_in_words(as_: SignedIn, document: Document) -> None:
    length = {"CONTENT_LENGTH": str(46 * 1024 * 1024)}
    answer = as_("ana").post(at(document, "files"), **sent(), environ_overrides=length)
    assert answer.status_code == 413
    assert "A file may be at most 40 MB" in answer.text


# the verbs


def test_the_life_of_a_document(as_: SignedIn, client: FlaskClient, document: Document) -> None:
    ana, address = as_("ana"), f"/papers/{document.key}/en"
    ana.post(at(document, "files"), **sent())
    for verb, state, status in (
        ("clear", State.IN_CLEARANCE, 404),
        ("publish", State.PUBLISHED, 200),
        ("withdraw", State.WITHDRAWN, 404),
        ("expect-again", State.EXPECTED, 404),
        ("mark-not-provided", State.NOT_PROVIDED, 404),
    ):
        assert ana.post(at(document, verb)).location == at(document)
        assert document.state is state
        assert client.get(address).status_code == status
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.verb for entry in entries] == ["publish document", "withdraw document", "mark document not provided"]
    assert {entry.subject for entry in entries} == {f"w {document.key}"}


def test_a_verb_that_is_not_possible_says_why_and_does_nothing(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "publish"))
    page = ana.get(at(document)).text
    assert "There is no file to publish yet" in page
    assert "Publish</button>" not in page
    assert document.state is State.EXPECTED
    assert db.session.scalars(db.select(AuditEntry)).all() == []


def test_publishing_reminds_of_the_agenda_that_does_not_list_it(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent())
    ana.post(at(document, "publish"))
    assert "Publish the agenda too" in ana.get(at(document)).text
    ana.fill("/workshops/w/desk/agenda/publish")
    ana.post(at(document, "withdraw"))
    ana.post(at(document, "publish"))
    assert "Publish the agenda too" not in ana.get(at(document)).text


def test_a_document_that_was_never_promised_is_removed(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    assert ana.post(at(document, "remove")).location == DESK
    assert db.session.scalars(db.select(Document)).all() == []


def test_a_document_with_files_is_never_removed(as_: SignedIn, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent())
    ana.post(at(document, "remove"))
    assert db.session.scalars(db.select(Document)).all() == [document]


# download


def test_a_download_is_an_attachment_in_a_sandbox(as_: SignedIn, client: FlaskClient, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent(samples.PNG, "Photo.jpg"))
    ana.post(at(document, "publish"))
    headers = client.get(f"/papers/{document.key}/en").headers
    assert headers["Content-Disposition"] == "attachment; filename=Photo.png"
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_public_exists_for_organisers_alone(as_: SignedIn, document: Document) -> None:
    address = f"/papers/{document.key}/en"
    ana = as_("ana")
    ana.post(at(document, "files"), **sent())
    assert ana.get(address).status_code == 200
    for name in ("ben", "chi", "eva", "dov", "oto", "nobody"):
        assert as_(name).get(address).status_code == 404


def test_of_an_unpublished_workshop_nothing_is_public(as_: SignedIn, client: FlaskClient, document: Document) -> None:
    ana = as_("ana")
    ana.post(at(document, "files"), **sent())
    ana.post(at(document, "publish"))
    document.workshop.visibility = Visibility.PRIVATE
    assert client.get(f"/papers/{document.key}/en").status_code == 404
    assert ana.get(f"/papers/{document.key}/en").status_code == 200


@pytest.mark.parametrize(
    "address", ["/papers/x/en", "/papers/../en", "/papers/%2e%2e%2f/en", "/papers/x/..%2f..%2fetc"]
)
def test_paths_never_come_from_the_request(client: FlaskClient, company: Company, address: str) -> None:
    assert client.get(address, follow_redirects=True).status_code == 404


# who may


def test_only_organisers_of_the_workshop_may(as_: SignedIn, document: Document) -> None:
    pages = [DESK, ITEMS, at(document), at(document, "edit"), "/workshops/w/desk/agenda/sessions/1/documents/new"]
    for address in pages:
        assert as_("ana").get(address).status_code == 200
        assert as_("ben").get(address).status_code == 403
        assert as_("dov").get(address).status_code == 404
        assert as_("oto").get(address).status_code == 404
        assert as_("nobody").get(address).location.startswith("/sign-in?next=")


def test_a_document_of_another_workshop_is_not_found(as_: SignedIn, document: Document) -> None:
    oto = as_("oto")
    assert oto.get(f"/workshops/other/desk/papers/{document.key}").status_code == 404
    assert oto.post(f"/workshops/other/desk/papers/{document.key}/publish").status_code == 404
    assert oto.post(f"/workshops/other/desk/papers/{document.key}/files", **sent()).status_code == 404


def test_a_script_as_a_name_is_printed_as_text(as_: SignedIn, session: Session, document: Document) -> None:
    session.title, document.title, document.author = Words(en=EVIL), Words(en=EVIL), EVIL
    document.due_on = date(2025, 1, 1)
    for address in (DESK, at(document), at(document, "edit"), ITEMS):
        page = as_("ana").get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_list_is_searched_narrowed_and_sorted_by_its_address(as_: SignedIn, company: Company) -> None:
    session = make.session(workshop=company.workshop)
    late = make.document(workshop=company.workshop, session=session, author="Ana Late", due_on=date(2020, 1, 1))
    later = make.document(workshop=company.workshop, session=session, author="Bo Later", due_on=date(2126, 1, 1))
    db.session.add_all([late, later])
    ana = as_("ana")
    assert "Bo Later" not in ana.get(f"{DESK}?status=overdue").text
    assert "Ana Late" not in ana.get(f"{DESK}?q=bo").text
    page = ana.get(f"{DESK}?sort=-due").text
    assert page.index("Bo Later") < page.index("Ana Late")


def test_several_are_changed_at_once_and_those_that_cannot_be_are_named(as_: SignedIn, company: Company) -> None:
    session = make.session(workshop=company.workshop)
    received, expected = (
        make.document(workshop=company.workshop, session=session, state=state)
        for state in (State.RECEIVED, State.EXPECTED)
    )
    db.session.add_all([received, expected])
    db.session.commit()
    ticked = {"verb": "clear", "key": [received.key, expected.key]}
    page = as_("ana").post(f"{DESK}/together", data=ticked, follow_redirects=True).text
    assert "1 document changed." in page
    assert "Statement, session 1: This cannot be done while the document is expected." in page
    assert (received.state, expected.state) == (State.IN_CLEARANCE, State.EXPECTED)


def test_who_works_on_papers_publishes_none_at_once(as_: SignedIn, company: Company) -> None:
    db.session.add(Membership(user=company.dov, workshop=company.workshop, role=Role.DOCUMENTS))
    dov = as_("dov")
    assert 'value="publish"' not in dov.get(DESK).text
    assert dov.post(f"{DESK}/together", data={"verb": "publish"}).status_code == 403
