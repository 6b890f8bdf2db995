"""Pages that are the same for every stranger are made once per version of what they show, and language.

A view says with `keep_page` what its page depends on. A reader who has that very version gets a 304, another one the
finished, compressed body; a change is another version, and is seen at once. Nothing personal gets in: whoever comes with
a session is answered by the view.
"""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from hashlib import blake2b
from typing import ParamSpec, TypeVarTuple

from flask import Response as HttpResponse
from flask import current_app, make_response, request, session
from sqlalchemy import Row, Select
from werkzeug.wrappers import Response as PlainResponse

from workshop.platform.compression import KINDS, ONCE, WORTH_IT, accepted_coding, pack
from workshop.platform.db import db
from workshop.platform.doorstep import RECIPE, Recipe, State
from workshop.platform.i18n import LOCALES, language
from workshop.platform.page_store import Page, PageStore

CACHEABLE = "public, no-cache"  # may be kept, must be checked
BELONGING = ("Content-Type", "Content-Disposition", "Content-Language", "X-Robots-Tag")
P = ParamSpec("P")
Columns = TypeVarTuple("Columns")
Answer = str | PlainResponse


def keep_page(
    state: Callable[..., State | None], *arguments: str
) -> Callable[[Callable[P, Answer]], Callable[P, Answer]]:
    """Keep what the view makes for strangers as long as `state` stays the same; below the mark of access.

    `state` is given what the view is, and gives all the page depends on beside its address, its language and the program;
    nothing where the page is not to be kept. `arguments` of the query are part of the address; with others a page is made
    anew, so that nobody fills the store with pages that differ in nothing.
    """

    def decorate(view: Callable[P, Answer]) -> Callable[P, Answer]:
        @wraps(view)
        def answer(*args: P.args, **values: P.kwargs) -> Answer:
            if not _is_anonymous() or not _asks_for(arguments) or (now := state(**values)) is None:
                return view(*args, **values)
            recipe = _recipe(partial(state, **values))
            return _answer(recipe, now, lambda: view(*args, **values))

        return answer

    return decorate


def read_state(statement: Select[*Columns], values: Mapping[str, object]) -> Row[*Columns] | None:
    """The one row that says what a page depends on, without the cost of a transaction: SQLite begins none to read."""
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.execution_options(isolation_level="AUTOCOMMIT")
        return connection.execute(statement, values).one_or_none()


def _is_anonymous() -> bool:
    """Decided before a session is opened: somebody without the cookie has none."""
    return "intersession" not in request.cookies and "Authorization" not in request.headers


def _asks_for(arguments: tuple[str, ...]) -> bool:
    asked = request.args
    return not asked or (
        all(name == "lang" or name in arguments for name in asked) and asked.get("lang", "en") in LOCALES
    )


def _recipe(state: Callable[[], State | None]) -> Recipe:
    """What the page of this request is made of, told also to the door (doorstep.py)."""
    address = request.full_path if request.args else request.path
    fixed = "|".join(map(str, (request.endpoint, address, language(), current_app.config["BUILD"])))
    recipe = request.environ[RECIPE] = Recipe(str(request.endpoint), state, partial(_tag, fixed))
    return recipe


def _tag(fixed: str, state: State) -> str:
    return blake2b("|".join((fixed, *map(str, state))).encode(), digest_size=12).hexdigest()


def _answer(recipe: Recipe, state: State, make: Callable[[], Answer]) -> HttpResponse:
    tag = recipe.tag(state)
    if request.if_none_match.contains_weak(tag):
        return _tagged(HttpResponse(status=304), tag)
    store: PageStore = current_app.extensions["pages"]
    coding = accepted_coding()
    page = store.get(tag + coding)
    if page is None:
        made = make_response(make())
        if made.status_code != 200 or "Set-Cookie" in made.headers or session.modified or made.is_streamed:
            del request.environ[RECIPE]
            return made
        page = _page(made, coding)
        store.put(tag + coding, page)
    response = HttpResponse(page.body)
    for name, value in page.headers:
        response.headers[name] = value
    return _tagged(response, tag)


def _page(made: HttpResponse, coding: str) -> Page:
    """The finished body and its headers."""
    body, headers = made.get_data(), [(name, made.headers[name]) for name in BELONGING if name in made.headers]
    if coding and made.mimetype in KINDS and len(body) >= WORTH_IT:
        body = pack(body, coding, ONCE)
        headers.append(("Content-Encoding", coding))
    return Page(body, tuple(headers))


def _tagged(response: HttpResponse, tag: str) -> HttpResponse:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = CACHEABLE
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    return response
