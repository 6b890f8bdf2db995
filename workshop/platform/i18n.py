"""Languages: which one this reader wants, how dates read in it, and texts that fall back visibly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

import babel.dates
import flask_babel
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_app_context, has_request_context, request
from flask import Response as HttpResponse
from flask_babel import Babel, LazyString, force_locale, get_locale, gettext, refresh
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from workshop.platform.db import Words
from workshop.platform.labels import Labelled

# English dates follow the United Nations' day-month-year order.
LOCALES = {"en": Locale.parse("en_GB"), "fr": Locale.parse("fr"), "es": Locale.parse("es"), "ar": Locale.parse("ar")}
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
WEEKDAY = {"en": "EEEE d MMMM", "fr": "EEEE d MMMM", "es": "EEEE d 'de' MMMM"}
YEAR = 365 * 24 * 3600

babel_extension = Babel()


def _as_html(text: LazyString) -> str:
    """A text of ours is text, with whatever its placeholders were given; the library would have pages take it for HTML."""
    return str(escape(str(text)))


LazyString.__html__ = _as_html  # type: ignore[attr-defined]


def _page_context() -> SimpleNamespace | None:
    """What the library remembers of the page being written. Its own asks the proxy three times, for each of our texts."""
    page = g._get_current_object() if g else None
    return page.setdefault("_flask_babel", SimpleNamespace()) if page is not None else None


flask_babel._get_current_context = _page_context  # type: ignore[attr-defined]


def init_app(app: Flask, catalogs: Path) -> None:
    compile_catalogs(catalogs, Path(app.config["BABEL_TRANSLATION_DIRECTORIES"]))
    babel_extension.init_app(app, locale_selector=select_locale)
    app.after_request(_remember_language)
    # Asked for once a page: every text on it needs it.
    app.context_processor(lambda: {"reader_language": _reader()})
    app.jinja_env.filters.update(
        words=words,
        clock=clock,
        hours=hours,
        day=day,
        dates=dates,
        moment=moment,
        on_day=on_day,
        language_name=language_name,
    )
    app.jinja_env.globals.update(
        LANGUAGES=LANGUAGES,
        language=language,
        reading=reading,
        direction=direction,
        in_language=in_language,
        here=here,
        here_below=here_below,
    )


def compile_catalogs(source: Path, target: Path) -> None:
    """Make the machine form of every catalogue that is newer than its compiled copy."""
    for po in source.glob("*/LC_MESSAGES/*.po"):
        mo = target / po.relative_to(source).with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        mo.parent.mkdir(parents=True, exist_ok=True)
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parts[-3])
        unfinished = mo.with_suffix(f".{id(catalog)}.tmp")
        with unfinished.open("wb") as file:
            write_mo(file, catalog)
        unfinished.replace(mo)


def select_locale() -> Locale:
    """That of the questionnaire on a respondent's page; elsewhere, and where we have none of it, the reader's."""
    if not has_request_context():
        return LOCALES["en"]
    return g.get("frame") or _readers_locale()


def _readers_locale() -> Locale:
    """Asked for in the address, else remembered, else what the browser prefers, else English."""
    for wanted in (request.args.get("lang"), request.cookies.get("lang")):
        if wanted in LOCALES:
            return LOCALES[wanted]
    return LOCALES[preferred_language(request.headers.get("Accept-Language", ""))]


@lru_cache(maxsize=500)
def preferred_language(accepted: str) -> str:
    """The language of ours that a browser prefers, by what it says; else English."""
    return parse_accept_header(accepted, LanguageAccept).best_match(LOCALES) or "en"


def offer(names: Mapping[str, str], first: str = "") -> None:
    """From here on the texts of this page are in one of these languages (code to name), and our own words too if we can.

    It is the one the reader chose, else `first`, else what the browser prefers. Where the reader speaks none of them, our
    own words stay in the reader's language, and the texts fall back visibly.
    """
    chosen = (request.args.get("lang"), request.cookies.get("lang"), first)
    wanted = (*chosen, request.accept_languages.best_match(names), _readers_locale().language)
    spoken = next((code for code in wanted if code and code in names), "")
    g.offered, g.fell_back = names, not spoken
    g.reading = spoken or ("en" if "en" in names else next(iter(names)))
    g.frame = _own_locale(spoken)
    refresh()


def _own_locale(code: str) -> Locale | None:
    """The locale in which we can say our own words, whatever the region: French for "fr-CA"."""
    return LOCALES.get(code.partition("-")[0])


@contextmanager
def written_in(code: str) -> Iterator[None]:
    """Inside, texts are in this language, and our own words too if we can."""
    before, g.reading = g.get("reading"), code
    try:
        with force_locale(_own_locale(code) or _locale()):
            yield
    finally:
        g.reading = before


def reading() -> str:
    """The code of the language in which texts are shown: on a respondent's page it may be one that we do not speak."""
    return (g and g.get("reading")) or language()


def _reader() -> str:
    """The language that a text is looked for in first; nothing where it is not that of the page, and needs marking."""
    return language() if reading() == language() else ""


def language() -> str:
    """The two-letter code of the language this page is written in.

    Every text on a page asks. Where the library has found out before, it is not asked again, at four times the cost.
    """
    if has_app_context() and (known := getattr(g.get("_flask_babel"), "babel_locale", None)):
        return str(known.language)
    locale = get_locale()
    return locale.language if locale else "en"


def direction(code: str | None = None) -> str:
    """ "ltr" or "rtl"."""
    return _direction(code or language())


@cache
def _direction(code: str) -> str:
    try:
        return Locale.parse(code.replace("-", "_")).text_direction
    except (ValueError, UnknownLocaleError):  # a questionnaire may be written in a language that Babel does not know
        return "ltr"


def in_language(code: str) -> str:
    """This page's address in another language."""
    return f"{request.path}?{urlencode({**request.args.to_dict(), 'lang': code})}"


def here(endpoint: str) -> Markup:
    """Marks the entry of a navigation that the reader is on."""
    return Markup(' aria-current="page"') if request.endpoint == endpoint else Markup("")


def here_below(address: str) -> Markup:
    """Marks an entry for its own page and for every page below it; those of a group belong to its desk."""
    path = request.path.replace("/breakouts/", "/desk/breakouts/", 1)
    return Markup(' aria-current="page"') if f"{path}/".startswith(f"{address}/") else Markup("")


def _remember_language(response: HttpResponse) -> HttpResponse:
    wanted = request.args.get("lang")
    known = wanted in LOCALES or wanted in g.get("offered", ())
    if wanted and known and request.cookies.get("lang") != wanted:
        response.set_cookie("lang", wanted, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


@pass_context
def words(context: Context, text: Words | dict[str, str] | None) -> Markup:
    """A text in the reader's language; in another one it says so with `lang`, and the page says so once."""
    if not text:
        return Markup("")
    reader = context.get("reader_language")
    written = text.get(_reader() if reader is None else reader)
    if written:
        return escape(written)
    written, code = Words(text).in_(reading(), language(), "en")
    if has_request_context() and code != reading():
        g.fell_back = True
    if code == language():
        return escape(written)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction(code), written)


def clock(moment: datetime, zone: str, since: datetime | None = None) -> str:
    """The time of day in the workshop's zone, 24 hours; with its day where that is another than the day of `since`."""
    said = moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
    when = on_day(moment, zone)
    if since is None or on_day(since, zone) == when:
        return said
    return f"{said} ({babel.dates.format_skeleton('MMMd', when, locale=_locale())})"


def hours(starts: datetime, ends: datetime | None, zone: str) -> Markup:
    """From when to when: 09:00–10:30, or 09:00 alone where the end is not known.

    Set apart and from left to right, as the digits on both sides of the dash would change places on an Arabic page.
    """
    return Markup('<bdi dir="ltr">{}{}</bdi>').format(
        clock(starts, zone), f"–{clock(ends, zone, starts)}" if ends else ""
    )


def on_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def day(when: date, length: str = "weekday") -> str:
    """A day as one writes it: "weekday" gives Wednesday 2 February, "medium" 2 Feb 2005, "long" 2 February 2005."""
    locale = _locale()
    pattern = WEEKDAY.get(locale.language, "EEEE d MMMM") if length == "weekday" else length
    return written_date(when, pattern, locale)


def written_date(when: date, pattern: str, locale: Locale) -> str:
    """French writes the first of a month as an ordinal, and the library does not."""
    written = babel.dates.format_date(when, pattern, locale=locale)
    return re.sub(r"\b1 (?=\D)", "1er ", written, count=1) if locale.language == "fr" and when.day == 1 else written


def dates(first: date, last: date) -> str:
    """A span of days as one writes it: 2–3 February 2005."""
    written = written_date(last, "long", _locale())
    if first == last:
        return written
    if (first.year, first.month) == (last.year, last.month):
        return f"{'1er' if first.day == 1 and language() == 'fr' else first.day}–{written}"
    return f"{written_date(first, 'long', _locale())} – {written}"


def moment(when: datetime, zone: str = "UTC") -> str:
    """A day and a time: 28 January 2005, 18:00."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{written_date(local.date(), 'long', _locale())}{gettext(', ')}{local:%H:%M}"


def _locale() -> Locale:
    return get_locale() or LOCALES["en"]


def choices(kind: Iterable[Labelled]) -> list[tuple[str, str]]:
    """The members of a labelled enum as (value, label), for a form to wrap."""
    return [(member.value, member.label) for member in kind]


def language_name(code: str) -> str:
    """A language as the language of the page calls it; its code where nobody knows it."""
    return _locale().languages.get(code) or _locale().languages.get(code.partition("-")[0]) or code


@cache
def zones() -> tuple[str, ...]:
    """Time zones by place, each once."""
    aliases = get_global("zone_aliases")
    named = (zone for zone in available_timezones() if "/" in zone and zone not in aliases)
    return ("UTC", *sorted(zone for zone in named if not zone.startswith(("Etc/", "SystemV/", "US/"))))
