"""Our own sentences in every language of a workshop, with the words of others left as they are.

A sentence of ours is made once per language. What others wrote (a title, a name, a point) is never translated:
it is put aside as an original, and {0}, {1} … stand for it in the sentence until it is printed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from babel.lists import format_list
from babel.numbers import format_percent
from flask_babel import force_locale, get_locale
from markupsafe import Markup, escape

from workshop.platform.db import Words
from workshop.platform.i18n import LOCALES, direction, language

Sentence = Callable[[], str]  # our text in the language of the moment; gettext has no types
PLACE = re.compile(r"\{(\d+)\}")
NAME = ""  # the language of a proper name: none


@contextmanager
def spoken_in(code: str) -> Iterator[None]:
    """Everything inside is said in this language, whoever reads the page just now."""
    with force_locale(LOCALES.get(code, code)):
        yield


def in_each(languages: Sequence[str], sentence: Sentence) -> Words:
    """The same sentence in each language."""
    said = Words()
    for code in languages:
        with spoken_in(code):
            said = said.having(code, str(sentence()))
    return said


class Prose:
    """A paragraph being written: `text` in each language, and the originals it speaks of."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self.text = Words()
        self.originals: list[Words] = []

    def original(self, text: Words | dict[str, str] | str, language: str = NAME) -> str:
        """Put somebody's words aside; what stands for them in a sentence."""
        self.originals.append(Words({language: text}) if isinstance(text, str) else Words(text))
        return f"{{{len(self.originals) - 1}}}"

    def say(self, sentence: Sentence) -> "Prose":
        """Add a sentence of ours."""
        said = in_each(self.languages, sentence)
        self.text = Words({code: f"{self.text.get(code, '')} {said[code]}".strip() for code in said})
        return self

    def after(self, count: int) -> Words:
        """The text with its places moved on by `count`, to share one list of originals with another text."""
        moved = {code: PLACE.sub(lambda m: f"{{{int(m[1]) + count}}}", text) for code, text in self.text.items()}
        return Words(moved)


def join_list(things: Sequence[str]) -> str:
    """One, two and three, as the language of the moment joins them."""
    return format_list(list(things), locale=get_locale() or LOCALES["en"])


def enumerate_in_prose(things: Sequence[str], between: str) -> str:
    """(a) one; (b) two; (c) three."""
    return between.join(f"({chr(ord('a') + n % 26)}) {thing}" for n, thing in enumerate(things))


def percent(share: float) -> str:
    """71 per cent as the language of the page writes it. `share` is in per cent."""
    return format_percent(round(share) / 100, locale=get_locale() or LOCALES["en"])


def with_originals(text: Words, originals: Sequence[Words] = ()) -> Markup:
    """A text with its originals put in, each marked with its own language where that is another one."""
    written, code = Words(text).in_(language(), "en")
    if code == NAME:
        return Markup("<bdi>{}</bdi>").format(written)
    parts = PLACE.split(written)
    out = Markup("").join(
        escape(part) if n % 2 == 0 else _original(originals, int(part), code) for n, part in enumerate(parts)
    )
    return (
        out if code == language() else Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction(code), out)
    )


def _original(originals: Sequence[Words], number: int, around: str) -> Markup:
    if number >= len(originals):
        return Markup("")
    written, code = Words(originals[number]).in_(around, language(), "en")
    if code == NAME:
        return Markup("<bdi>{}</bdi>").format(written)
    if code == around:
        return escape(written)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction(code), written)
