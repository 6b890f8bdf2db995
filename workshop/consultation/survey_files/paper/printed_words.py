"""What a questionnaire on paper says in our own words, in the language of the paper.

English, French and Spanish come from the catalogues; Arabic, whose catalogue holds what respondents meet on the screen,
from a table of its own.
Other languages get English, marked as such.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from flask_babel import force_locale, gettext

from workshop.platform.i18n import LOCALES

_spoken: ContextVar[str] = ContextVar("language of the paper", default="")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Our own words inside are said in this language, or in English."""
    token = _spoken.set(code)
    try:
        with force_locale(LOCALES.get(code, LOCALES["en"])):
            yield
    finally:
        _spoken.reset(token)


def in_language_of_paper(text: str, **values: object) -> str:
    """A sentence of ours in the language of the paper."""
    own = _table(_spoken.get()).get(text)
    return (own % values if values else own) if own else str(gettext(text, **values))


def own_language(code: str) -> str:
    """The language that our own words are in on paper of this language."""
    return code if code in LOCALES else "en"


@cache
def _table(code: str) -> dict[str, str]:
    path = Path(__file__).with_name(f"paper-{code}.json")
    return dict(json.loads(path.read_text(encoding="utf-8"))) if code.isalpha() and path.exists() else {}
