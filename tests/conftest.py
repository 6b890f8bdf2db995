"""What every test shares: an application on a real database, clients that check each page, a browser."""

import contextvars
import fcntl
import gc
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import redis  # noqa: F401  # a test takes the queue to a server that is away, in a run without any
from click.testing import CliRunner, Result
from flask import Flask, has_app_context
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from app import create_app
from config import settings
from tests import cast, installations, pages
from tests.budget import examples
from tests.stored_rows import empty_tables
from workshop.cli import main
from workshop.front.search.views import indexes
from workshop.platform import pdf
from workshop.platform.caching import CACHEABLE
from workshop.platform.compression import KINDS
from workshop.platform.db import db
from workshop.platform.page_store import PageStore
from workshop.secretariat.accounts.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IN_CI = os.environ.get("CI") == "true"

hypothesis.settings.register_profile("tests", max_examples=examples(100), deadline=None)
hypothesis.settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on-database", action="store_true", help="only tests that touch TEST_DATABASE_URL or the queue")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches neither database nor queue says the same beside any of them: once is enough."""
    if config.getoption("--on-database"):
        config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
        items[:] = [item for item in items if touches_database(item)]


# Thousands of tests and all they import stay until the end: looking through them for garbage took a fifth of a run.
def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def touches_database(item: pytest.Item) -> bool:
    """Whether a test uses the application on the database of this run, or says that it reads its address itself; unless
    it says why any database is as good. In a browser it is the page and its script that are looked at: what they send
    is sent by other tests too, and those in which the database decides say so."""
    fixtures = getattr(item, "fixturenames", ())
    if mark := item.get_closest_marker("on_one_database"):
        (_why,) = mark.args
        return False
    if item.get_closest_marker("own_database") or item.get_closest_marker("on_both_databases"):
        return True
    return "built_app" in fixtures and "browser" not in fixtures


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def built_app(instance: Path, worker_id: str) -> Iterator[Flask]:
    """One application for the whole run; TEST_DATABASE_URL chooses the database (SQLite by default),
    WORKSHOP_REDIS_URL the queue (a SQLite file by default)."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if url and worker_id != "master":
        url = _database_of_this_worker(url, worker_id)
    values = settings(
        {
            "WORKSHOP_MODE": "test",
            "WORKSHOP_INSTANCE": str(instance),
            "WORKSHOP_DATABASE_URL": url,
            "WORKSHOP_REDIS_URL": redis_of_this_worker(worker_id),
        }
    )
    app = create_app(
        values
        | {
            "TESTING": True,
            "PROPAGATE_EXCEPTIONS": False,
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": False,
            "LOG_LEVEL": 50,
            "PUBLIC_URL": "https://meeting.example",
        }
    )
    app.config["TRUSTED_HOSTS"] = None
    app.test_client_class = CheckedClient
    with app.app_context():
        db.drop_all()
        db.create_all()
    yield app
    with app.app_context():
        db.drop_all()
        db.engine.dispose()


def _database_of_this_worker(url: str, worker_id: str) -> str:
    """Each parallel worker has a PostgreSQL database of its own."""
    from sqlalchemy import create_engine

    server, _, name = url.rpartition("/")
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}_{worker_id}"'))
        connection.execute(text(f'CREATE DATABASE "{name}_{worker_id}"'))
    engine.dispose()
    return f"{server}/{name}_{worker_id}"


def redis_of_this_worker(worker_id: str) -> str:
    """Each parallel worker has a queue of its own: one of Redis' sixteen numbered databases."""
    server = os.environ.get("WORKSHOP_REDIS_URL", "").rpartition("/")[0]
    return f"{server}/{int(worker_id.removeprefix('gw')) % 15 + 1 if worker_id != 'master' else 0}" if server else ""


@pytest.fixture
def app(built_app: Flask) -> Iterator[Flask]:
    """The application with an empty database, inside its context, so that a test may use db.session."""
    built_app.extensions["pages"].clear()
    indexes.clear()
    with built_app.app_context():
        yield built_app
        db.session.remove()
        empty_tables()


@event.listens_for(Engine, "connect")
def write_lazily(connection: Any, _record: Any) -> None:
    """No test cuts the power, so that SQLite need not wait for the disk."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA synchronous=OFF")


class CheckedClient(FlaskClient):
    """A client whose every HTML answer is checked as a page. Requests run apart from the test's own context;
    what the test has added is committed first, and what it holds is read anew afterwards. A kept page is compared with
    one made anew: a change that its view was not told of fails the test that made it."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if not has_app_context():  # following a redirect: already apart
            return super().open(*args, **kwargs)
        db.session.commit()
        response = contextvars.Context().run(super().open, *args, **kwargs)
        readable = response.mimetype == "text/html" and "Content-Encoding" not in response.headers
        whole = "X-Part" not in (kwargs.get("headers") or {})  # a script may ask for a part of a page
        if readable and whole and response.status_code not in (301, 302, 303, 304):
            pages.check(response.text)
        public = response.headers.get("Cache-Control") == CACHEABLE and response.mimetype in KINDS
        if public and response.status_code == 200 and not counting:
            self._compare_with_one_made_anew(response, *args, **kwargs)
        return response

    def _compare_with_one_made_anew(self, kept: TestResponse, *args: Any, **kwargs: Any) -> None:
        application: Any = self.application
        pages, application.extensions["pages"] = application.extensions["pages"], PageStore(room=0)
        try:
            anew = contextvars.Context().run(super().open, *args, **kwargs)
        finally:
            application.extensions["pages"] = pages
        assert (anew.status_code, anew.data) == (kept.status_code, kept.data), "a kept page has not seen a change"

    def fill(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Open a page and send its form, as a person does: with the mark of what was there when it was opened."""
        html = self.get(path).text
        marks = dict(re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', html))
        return self.post(path, data=marks | (data or {}), **kwargs)

    def sign_in_as(self, user: User) -> "CheckedClient":
        token = cast.signed_in(user)
        db.session.commit()
        return self.hold(token)

    def hold(self, token: str) -> "CheckedClient":
        """Go on with a running sign-in."""
        with self.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return self


def checked(app: Flask) -> CheckedClient:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


# Fixtures that are functions: by name of a member of the cast, and the command line on an instance folder.
SignedIn = Callable[[str], CheckedClient]
SignInBrowser = Callable[["Page", str], None]
Here = Callable[..., Result]


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """Nobody in particular."""
    return checked(app)


@pytest.fixture
def company(app: Flask) -> cast.Company:
    """A published workshop and its people; see tests/cast.py."""
    return cast.assemble()


@pytest.fixture
def as_(app: Flask, company: cast.Company) -> SignedIn:
    """`as_("ana")` is a client signed in as that member of the cast; `as_("nobody")` is not signed in."""

    def sign_in(name: str) -> CheckedClient:
        client = checked(app)
        return client if name == "nobody" else client.sign_in_as(getattr(company, name))

    return sign_in


counting: list[list[str]] = []  # the counts under way


@contextmanager
def count_statements() -> Iterator[list[str]]:
    """The SQL statements sent while it is open (transaction control left out)."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    counting.append(seen)
    try:
        yield seen
    finally:
        counting.remove(seen)
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The application served on a port of this machine; its address."""
    http = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    contextvars.Context().run(thread.start)
    yield f"http://127.0.0.1:{http.port}"
    http.shutdown()
    thread.join()


# The shell is the same engine without windows of its own: a tab in it takes a fifth of the time to open.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for path in map("/usr/bin/{}".format, BROWSERS) if Path(path).exists()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real Chromium. Where there is none the test is skipped and says so; in CI that is a failure."""
    if CHROMIUM is None:
        if IN_CI:
            pytest.fail("no Chromium: install the system package 'chromium-headless-shell' or 'chromium'")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=60_000)  # five seconds are sometimes too few where other tests keep both cores
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser", server: str) -> Iterator["Page"]:
    """A browser tab on the served application; a script error or a blocked resource fails the test."""
    context = browser.new_context(base_url=server, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    yield tab
    context.close()
    assert complaints == []


@pytest.fixture
def sign_in_browser(company: cast.Company, app: Flask, server: str) -> SignInBrowser:
    """`sign_in_browser(page, "ana")` gives a browser tab the session cookie of that member of the cast."""

    def sign_in(tab: "Page", name: str) -> None:
        session = {"_user_id": cast.signed_in(getattr(company, name)), "_fresh": True}
        db.session.commit()
        assert isinstance(app.session_interface, SecureCookieSessionInterface)
        serializer = app.session_interface.get_signing_serializer(app)
        assert serializer is not None
        tab.context.add_cookies([{"name": "intersession", "value": serializer.dumps(session), "url": server}])

    return sign_in


@pytest.fixture(scope="session")
def loaded_instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An instance folder with the demonstration, loaded by the program itself, once for all processes of a run. Whoever
    changes it takes a copy."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "loaded"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            being_filled = folder.with_suffix(".part")
            done = installations.workshop("demo", "--no-serve", env=installations.environment(being_filled))
            assert done.returncode == 0, done.stderr
            being_filled.rename(folder)
    return folder


@pytest.fixture
def own_instance(loaded_instance: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(loaded_instance, tmp_path / "instance")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    """`here(folder, "export", …)` runs the command line in this process on that instance folder, told nothing else but
    the settings named. A process for each sentence would spend its time on starting."""
    for name in [name for name in os.environ if name.startswith("WORKSHOP_")]:
        monkeypatch.delenv(name)

    def invoke(instance: Path, *words: str, **settings: str) -> Result:
        return CliRunner(env={"WORKSHOP_INSTANCE": str(instance)} | settings).invoke(main, words)

    return invoke


@pytest.fixture(scope="session")
def engine() -> Any:
    """WeasyPrint itself. Where it is missing the tests are skipped and say so; in CI that is a failure."""
    try:
        return pdf.engine()
    except pdf.PdfUnavailable as missing:
        if IN_CI:
            pytest.fail(str(missing))
        pytest.skip(str(missing))


class Press:
    """In place of the PDF renderer, which has tests of its own: counts the pages it is given, or fails."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.failure: Exception | None = None

    def __call__(self, *_stylesheet: str, **_limits: object) -> "Press":
        return self

    def __enter__(self) -> "Press":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def render(self, html: str) -> pdf.Pdf:
        if self.failure:
            raise self.failure
        self.pages.append(html)
        return pdf.Pdf(f"%PDF-1.7 number {len(self.pages)}".encode(), 3)
