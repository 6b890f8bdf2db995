"""Kept pages are handed out at the door: whoever asks for what was made before wakes nothing but the one statement that says
whether it is still so.

A page gets here by having been answered inside first, with all its headers (see caching.py). Only the plainest requests are
answered: a GET without a query, a session or credentials. All others go inside, and so does a page that has changed.
"""

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import parse_etags

from workshop.platform.compression import best_coding
from workshop.platform.i18n import preferred_language
from workshop.platform.operations import note_request
from workshop.platform.page_store import PageStore

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RECIPE = "workshop.recipe"
OF_THIS_ANSWER = {"x-request-id", "etag", "content-length"}
OF_THE_BODY = {"content-type", "content-disposition", "content-language", "content-encoding"}
REMEMBERED = {f"lang={code}": code for code in ("en", "fr", "es", "ar")}
State = tuple[object, ...]
Headers = list[tuple[str, str]]


class Recipe(NamedTuple):
    """What a kept page was made of: `tag` names the version of it that a state gives, if it is to be kept."""

    endpoint: str
    state: Callable[[], State | None]
    tag: Callable[[State], str]


class Address(NamedTuple):
    """What tells two kept pages apart from outside."""

    host: str
    path: str
    language: str
    coding: str


@dataclass(frozen=True)
class KnownPage:
    """A page answered before, and the headers it went out with: whole, if it ever did, and where the reader had it."""

    recipe: Recipe
    whole: Headers | None
    unchanged: Headers


class Doorstep:
    """The application behind a door that knows its kept pages."""

    def __init__(self, app: Flask, inside: "WSGIApplication") -> None:
        self._app, self._inside = app, inside

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        address = plain_address(environ)
        if address is None:
            return self._inside(environ, start)
        known: KnownPage | None = self._pages.known(address)
        if known and (answer := self._answer(known, address, environ, start)) is not None:
            return answer
        return self._inside(environ, self._watching(address, environ, start))

    def _answer(
        self, known: KnownPage, address: Address, environ: "WSGIEnvironment", start: "StartResponse"
    ) -> list[bytes] | None:
        began = time.perf_counter()
        try:
            with self._app.app_context():
                state = known.recipe.state()
        except SQLAlchemyError:  # the page inside says it better
            return None
        if state is None:
            return None
        tag = known.recipe.tag(state)
        request_id = secrets.token_hex(8)
        own = [("ETag", f'W/"{tag}"'), ("X-Request-Id", request_id)]
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(tag):
            status, body = 304, b""
            start("304 NOT MODIFIED", known.unchanged + own)
        elif known.whole and (page := self._pages.get(tag + address.coding)):
            status, body = 200, page.body
            start("200 OK", [*known.whole, *own, ("Content-Length", str(len(body)))])
        else:
            return None
        note_request(request_id, "GET", known.recipe.endpoint, status, time.perf_counter() - began)
        return [body]

    @property
    def _pages(self) -> PageStore:
        store: PageStore = self._app.extensions["pages"]
        return store

    def _watching(self, address: Address, environ: "WSGIEnvironment", start: "StartResponse") -> "StartResponse":
        """Remember the headers of a page that the inside has kept."""

        def watch(status: str, headers: Headers, *error: Any) -> Callable[[bytes], object]:
            recipe = environ.get(RECIPE)
            if recipe and status[:3] in ("200", "304"):
                self._remember(address, recipe, headers, is_whole=status.startswith("200"))
            return start(status, headers, *error)

        return watch

    def _remember(self, address: Address, recipe: Recipe, headers: Headers, *, is_whole: bool) -> None:
        lasting = [(name, value) for name, value in headers if name.lower() not in OF_THIS_ANSWER]
        if any(name.lower() == "set-cookie" for name, _value in lasting):
            return
        unchanged = [(name, value) for name, value in lasting if name.lower() not in OF_THE_BODY]
        before = self._pages.known(address)
        self._pages.know(address, KnownPage(recipe, lasting if is_whole else before and before.whole, unchanged))


def plain_address(environ: "WSGIEnvironment") -> Address | None:
    """What is asked for, where it is asked by nobody in particular."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING") or "HTTP_AUTHORIZATION" in environ:
        return None
    cookie = environ.get("HTTP_COOKIE", "")
    if cookie and cookie not in REMEMBERED:
        return None
    language = REMEMBERED.get(cookie) or preferred_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return Address(environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), language, coding)


def init_app(app: Flask) -> None:
    """Called last: nothing stands before it."""
    app.wsgi_app = Doorstep(app, app.wsgi_app)  # type: ignore[method-assign, assignment]
