"""The PDF says all that the page says, is tagged, and its renderer can reach nothing and cannot be worn out."""

import os
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, gettext

from tests.cast import Company
from tests.conftest import IN_CI
from tests.deliberation.plenary.meeting import Met, material, meeting, numbered, saved, snapshot, tabulation
from tests.factories import NOON
from tests.looking import there
from workshop.deliberation.editions.edition_print import page_html
from workshop.deliberation.editions.models import Edition, EditionRelease, EditionState
from workshop.deliberation.editions.rules import make_edition
from workshop.deliberation.plenary.paragraphs import numbered as numbered_through
from workshop.deliberation.plenary.rules import compile_report
from workshop.platform import pdf
from workshop.platform.db import db

if TYPE_CHECKING:
    import pypdf

pytestmark = [
    pytest.mark.usefixtures("engine"),
    pytest.mark.on_one_database("paper made of a page that is tried beside both"),
]
PAGE = (
    '<!doctype html><html lang="en"><head><title>A page</title>{head}</head><body><h1>A page</h1>{body}</body></html>'
)
SECRET = "canary-in-a-file"


Read = Callable[[bytes], "pypdf.PdfReader"]


@pytest.fixture(scope="module")
def read() -> Read:
    """A PDF made of bytes, opened."""
    pypdf = pytest.importorskip("pypdf") if not IN_CI else __import__("pypdf")
    return lambda content: pypdf.PdfReader(BytesIO(content))


@pytest.fixture
def report(company: Company) -> Edition:
    """A released report with results, saved."""
    met = saved(company.workshop)
    edition = edition_of(met, snapshot=snapshot(), tables=[tabulation()])
    edition.releases = [EditionRelease(language=code, released_at=NOON) for code in ("en", "fr", "es")]
    edition.state = EditionState.RELEASED
    db.session.add(edition)
    db.session.commit()
    return edition


def edition_of(met: Met, **results: object) -> Edition:
    """What is compiled from a meeting, frozen."""
    report = compile_report(None, material(met, **results), after=0, partly=False, at=NOON)
    text = numbered_through([block.as_paragraph for block in report.standing_blocks])
    report.blocks.clear()  # they rest on results that were never saved
    report.results = None
    return make_edition(report, text, {}, last=None, by=None, at=NOON)


def made(edition: Edition, language: str) -> pdf.Pdf:
    return pdf.render(page_html(edition, language))


# Every word


class Text(HTMLParser):
    """The words of the report on its page, without the buttons around it; apart, what became of its sources since."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.flags: list[str] = []
        self.inside = self.buttons = 0
        self.flagged = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.inside += 1
        if tag == "p" and ("class", "actions") in attrs:
            self.buttons += 1
        if tag == "p" and ("class", "flag") in attrs:
            self.flagged = True
            self.flags.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside -= 1
        if tag == "p" and self.buttons:
            self.buttons -= 1
        if tag == "p":
            self.flagged = False

    def handle_data(self, data: str) -> None:
        if self.flagged:
            self.flags[-1] += data
        elif self.inside and not self.buttons:
            self.words += re.findall(r"\w+", data)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_word_of_the_page_is_in_the_pdf(
    report: Edition, app: Flask, client: FlaskClient, read: Read, language: str
) -> None:
    page = client.get(f"/workshops/w/reports/plenary?lang={language}")
    seen = Text(page.text)
    on_page = Counter(seen.words)
    with app.test_request_context(f"/?lang={language}"), force_locale(language):
        flag = gettext("A source of this paragraph was withdrawn or has changed since.")
    assert set(seen.flags) == {flag}, "the one thing that paper leaves out: it cannot know"
    text = "\n".join(sheet.extract_text() for sheet in read(made(report, language).content).pages)
    in_pdf = Counter(re.findall(r"\w+", re.sub("\u2010\\s*", "", text)))
    assert on_page.total() > 500
    assert on_page - in_pdf == Counter()


def test_a_long_report_loses_nothing(app: Flask, read: Read) -> None:
    met = numbered(meeting())
    met.reports[1].lessons = [f"lesson{n} " + "Words to fill a line with. " * 12 for n in range(80)]
    content = made(edition_of(met), "en")
    text = "\n".join(sheet.extract_text() for sheet in read(content.content).pages)
    assert [n for n in range(80) if f"lesson{n} " not in text] == []
    assert content.pages > 10


# Structure


def test_it_is_tagged_titled_and_says_its_language(report: Edition, read: Read) -> None:
    content = made(report, "fr")
    document = read(content.content)
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert there(document.metadata).title == "Compte rendu à la plénière – A workshop on something"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", xmp)
    assert len(document.pages) == content.pages
    tags = Counter(structure(root["/StructTreeRoot"]))
    assert tags["/H1"] == 1
    assert tags["/H2"] == 10  # the contents and nine chapters
    for tag in ("/H3", "/H4", "/P", "/Table", "/TR", "/TH", "/TD", "/Caption", "/L", "/LI", "/Link"):
        assert tags[tag], tag
    assert tags["/Figure"] == 0  # a bar is decoration: its figure stands beside it


def structure(node: Any) -> Iterator[str]:
    """The names of all structure elements below this one."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            yield kid["/S"]
            yield from structure(kid)


def test_chapters_are_bookmarks_and_the_contents_give_their_pages(report: Edition, read: Read) -> None:
    document = read(made(report, "en").content)
    top = document.outline[1]  # below the title
    assert [entry.title for entry in top if not isinstance(entry, list)][1:3] == [
        "1. Opening and attendance",
        "2. Purpose and guiding questions",
    ]
    contents = document.pages[1].extract_text()
    place = next(n for n, sheet in enumerate(document.pages, 1) if n > 2 and "9. Annexes" in sheet.extract_text())
    assert re.search(rf"9\. Annexes[ .]*{place}\b", contents)
    third = document.pages[2].extract_text()
    assert "Report to the plenary 1. Opening and attendance" in third  # the running header: what the page begins with
    assert f"3 / {len(document.pages)}" in third


# What it can reach


class Canary(ThreadingHTTPServer):
    """Knows who called."""

    def __init__(self, place: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(place, handler)
        self.calls: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A server that counts who calls, and sends some of them elsewhere."""

    class Caller(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name http.server asks for
            server.calls.append(self.path)
            self.send_response(302 if "redirect" in self.path else 200)
            self.send_header("Location", "/redirected")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = Canary(("127.0.0.1", 0), Caller)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
BODIES = [
    '<img src="{}" alt="x">',
    '<object data="{}">x</object>',
    '<embed src="{}">',
    '<iframe src="{}"></iframe>',
    '<a rel="attachment" href="{}">x</a>',
    '<p style="background: url({})">x</p>',
    '<p style="list-style: url({}); display: list-item">x</p>',
    '<p style="content: url({})">x</p>',
    "<style>p::before {{ content: url({}) }}</style><p>x</p>",
    SVG.format('<image href="{0}" xlink:href="{0}" width="9" height="9"/>'),
    SVG.format('<use href="{0}#x" xlink:href="{0}#x"/>'),
    SVG.format("<style>@import url({});</style><rect/>"),
    SVG.format('<rect fill="url({}#x)" width="9" height="9"/>'),
    '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22><image href=%22{}%22/></svg>" alt="x">',
    '<img src="data:text/html,<img src={}>" alt="x">',
]
HEADS = [
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    "<style>@import url({});</style>",
    '<style>@import "{}";</style>',
    "<style>@font-face {{ font-family: F; src: url({}) }} p {{ font-family: F }}</style>",
    "<style>@page {{ background: url({}) }}</style>",
    '<base href="{}"><link rel="stylesheet" href="x.css">',
    '<meta http-equiv="refresh" content="0; url={}">',
]


def everything_in(document: "pypdf.PdfReader") -> str:
    """All that lies in a PDF, taken apart: attachments, streams, text."""
    parts = [sheet.extract_text() for sheet in document.pages]
    for number in range(1, int(str(document.trailer["/Size"]))):
        thing = document.get_object(number)
        parts.append(str(thing))
        if hasattr(thing, "get_data"):
            parts.append(there(thing).get_data().decode("latin-1"))
    return "\n".join(parts)


def test_the_canary_sings_for_an_open_renderer(engine: Any, canary: Canary, secret: Path, read: Read) -> None:
    """The proof that the next tests can fail: the engine as it comes calls the server and takes the file along."""
    body = f'<img src="{canary.address}/x.png" alt="x"><a rel="attachment" href="{secret.as_uri()}">x</a>'
    content = engine.HTML(string=PAGE.format(head="", body=body)).write_pdf()
    assert canary.calls
    assert SECRET in everything_in(read(content))


@pytest.mark.parametrize("scheme", ["http", "redirect", "file", "relative", "slashes", "climb"])
def test_nothing_outside_own_files_can_be_fetched(canary: Canary, secret: Path, read: Read, scheme: str) -> None:
    """Every payload on one page, so that one run of the renderer tries them all."""
    url = {
        "http": f"{canary.address}/x.png",
        "redirect": f"{canary.address}/redirect.png",
        "file": secret.as_uri(),
        "relative": str(secret),
        "slashes": canary.address.removeprefix("http:") + "/x.png",
        "climb": "static:/" + "../" * 12 + str(secret).lstrip("/"),
    }[scheme]
    head = "".join(payload.format(url) for payload in HEADS)
    body = "".join(f"<div>{payload.format(url)}</div>" for payload in BODIES)
    content = pdf.render(PAGE.format(head=head, body=body)).content
    assert canary.calls == []
    assert SECRET not in everything_in(read(content))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "static:../config.py",
        "static:/../app.py",
        "data:text/html,x",
        "data:text/css,x",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1/",
        "jar:file:///x",
        "/etc/passwd",
        "css/site.css",
        "static:/css",
        "static:",
        "",
        "http://[::1]/",
        "data:,x",
        "static:%2e%2e/app.py",
    ],
)
def test_the_fetcher_refuses(engine: Any, url: str) -> None:
    with pytest.raises(ValueError, match="refused"):
        pdf.fetcher(engine).fetch(url)


def test_the_fetcher_opens_own_files(engine: Any) -> None:
    assert pdf.fetcher(engine).fetch("static:/css/report.css").read() == (pdf.STATIC / "css/report.css").read_bytes()


def test_the_child_is_not_told_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_SECRET_KEY", SECRET)
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    told = pdf.surroundings()
    assert SECRET not in told.values()
    assert "PYTHONPATH" not in told
    assert told["PATH"] == os.environ["PATH"]


# Monsters


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<table><tr><td colspan=99999999>x</td></tr></table>", "colspan"),
        ("<table><tr><td rowspan=99999999>x</td></tr></table>", "rowspan"),
        ("<table><colgroup><col span=99999999></colgroup><tr><td>x</td></tr></table>", "span"),
        ("<div>" * 3000 + "x" + "</div>" * 3000, "deep"),
        ("<b>" * 500 + "x", "deep"),
        ("x" * (pdf.LONGEST_PAGE + 1), "characters"),
    ],
    ids=["colspan", "rowspan", "span", "divs", "unclosed", "long"],
)
def test_a_monster_is_refused_before_it_is_laid_out(body: str, words: str) -> None:
    begun = time.monotonic()
    with pytest.raises(pdf.PdfFailed, match=words):
        pdf.render(PAGE.format(head="", body=body), seconds=60)
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process by address space")
def test_a_page_that_eats_memory_ends_at_its_limit_and_the_next_one_is_made() -> None:
    feast = PAGE.format(head="", body="<p>some words</p>" * 60_000)
    with pytest.raises(pdf.PdfFailed):
        pdf.render(feast, memory=300 * 1024**2, seconds=60)
    assert pdf.render(PAGE.format(head="", body="<p>fine</p>")).pages == 1


def test_a_page_that_takes_for_ever_ends_at_its_time() -> None:
    begun = time.monotonic()
    with pytest.raises(pdf.PdfFailed, match="within 4 seconds"):
        pdf.render(PAGE.format(head="", body="<p>some words</p>" * 60_000), seconds=4)
    assert time.monotonic() - begun < 15
