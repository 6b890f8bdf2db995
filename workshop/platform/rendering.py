"""Templates at what they have to cost: a call in a page asks once, not each time, what kind of thing is called, a text of
ours is looked up without the library's way round, and an address or the attributes of a field are put together once.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from types import FunctionType
from typing import Any

from babel.support import NullTranslations
from flask import Flask, has_request_context, request
from flask_babel import Domain, gettext
from jinja2 import FileSystemBytecodeCache, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup, escape
from wtforms.widgets import core

from workshop.platform.forms import is_always_chosen
from workshop.platform.i18n import language

PLAIN = frozenset({str, int, type(None)})  # what an address is made of and is the same whenever it is equal


class QuickContext(Context):
    """The library's own; a plain function, which wants nothing of it, is called at once."""

    def call(self, thing: Any, /, *args: object, **kwargs: object) -> Any:
        if type(thing) is FunctionType and not hasattr(thing, "jinja_pass_arg"):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return thing(*args, **kwargs)
        return super().call(thing, *args, **kwargs)


@pass_context
def translated_text(context: Context, text: str, /, **values: object) -> str:
    """`_("…")` in a template: translated, with what its placeholders are given, escaped where it stands on a page."""
    is_page = bool(context.eval_ctx.autoescape)
    return _pattern(text, language(), is_page) % values if values else _finished(text, language(), is_page)


@lru_cache(maxsize=3000)
def _pattern(text: str, _language: str, is_page: bool) -> str:
    """The text in a language, its placeholders still in it."""
    return Markup(gettext(text)) if is_page else gettext(text)  # noqa: S704 - texts of our own catalogues


@lru_cache(maxsize=6000)
def _finished(text: str, _language: str, is_page: bool) -> str:
    """A text without placeholders, which does not change as long as the language does not."""
    return (Markup(gettext(text)) if is_page else gettext(text)) % {}  # noqa: S704 - texts of our own catalogues


class Catalogues(Domain):
    """The catalogues by language. The library looks its own up by the whole locale, at four times the cost."""

    def __init__(self, folder: str) -> None:
        super().__init__(translation_directories=[folder])
        self._loaded: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        code = language()
        if code not in self._loaded:
            self._loaded[code] = super().get_translations()
        return self._loaded[code]


def colon(what: object) -> Markup:
    """What the rest of a line is about: French has a space before the colon."""
    return Markup(_pattern("%(part)s:", language(), True)) % {"part": what}  # noqa: S704 - as above


def comma() -> str:
    """What stands between the parts of a list in the language of the page: Arabic has a comma of its own."""
    return gettext(", ")


def in_a_row(parts: Iterable[object]) -> Markup:
    """Parts in a row, for a page."""
    return Markup(comma()).join(map(escape, parts))  # noqa: S704 - as above


def attributes(**given: object) -> Markup:
    """The attributes of a field as the form library writes them, at a fifth of its cost."""
    written = []
    for name, value in sorted(given.items()):
        if value is True:
            written.append(core.clean_key(name))  # type: ignore[attr-defined]
        elif value is not False:
            text = str(escape(value)).replace('"', "&quot;")
            written.append(f'{core.clean_key(name)}="{text}"')  # type: ignore[attr-defined]
    return Markup(" ".join(written))  # noqa: S704 - escaped above


core.html_params = attributes
for widget in (core.Input, core.Button):  # type: ignore[attr-defined]
    widget.html_params = staticmethod(attributes)  # type: ignore[method-assign]


def address_writer(app: Flask) -> Callable[..., str]:
    """`url_for` for templates. Most addresses of a page are those of its frame and its rows, the same each time."""

    @lru_cache(maxsize=4000)
    def written(_root: str, _method: str, endpoint: str, values: tuple[tuple[str, object], ...]) -> str:
        return app.url_for(endpoint, **dict(values))  # type: ignore[arg-type]

    def url_for(endpoint: str, **values: object) -> str:
        if not has_request_context() or not PLAIN.issuperset(map(type, values.values())):
            return app.url_for(endpoint, **values)  # type: ignore[arg-type]
        asked = request
        if endpoint.startswith(".") and asked.blueprint:
            endpoint = f"{asked.blueprint}{endpoint}"
        return written(asked.script_root, asked.method, endpoint, tuple(values.items()))

    return url_for


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled once for all processes and later starts, in a folder that the library makes for this user alone."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a full disk costs time, not the page
            super().dump_bytecode(bucket)


def init_app(app: Flask) -> None:
    """After the languages: their library puts its own functions there."""
    with suppress(RuntimeError):  # where no folder is safe, each process compiles for itself
        app.jinja_env.bytecode_cache = CompiledTemplates()
    app.extensions["babel"].instance.domain_instance = Catalogues(app.config["BABEL_TRANSLATION_DIRECTORIES"])
    app.jinja_env.context_class = QuickContext
    app.jinja_env.filters.update(colon=colon, in_a_row=in_a_row)
    app.jinja_env.tests["always_chosen"] = is_always_chosen
    app.jinja_env.globals.update(_=translated_text, gettext=translated_text, url_for=address_writer(app))
