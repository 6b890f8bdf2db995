"""Links for translators, and the languages they are for. No database, no request, no clock."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from workshop.accounts import tokens
from workshop.errors import RuleBroken
from workshop.forms import LANGUAGE_CODE

from . import languages
from .models import Questionnaire, TranslatorLink


def make(
    questionnaire: Questionnaire, *, language: str, name: str, days: int, at: datetime
) -> tuple[TranslatorLink, str]:
    """A link to one language, and its secret (256 bit), which is not kept anywhere."""
    token = tokens.new()
    link = TranslatorLink(
        questionnaire=questionnaire, language=language, name=name, token_hash=tokens.digest(token), made_at=at,
        expires_at=at + timedelta(days=days),
    )  # fmt: skip
    return link, token


def codes_of(typed: str) -> list[str]:
    """The language codes in "en, fr es". Raises RuleBroken for what is none."""
    codes = typed.replace(",", " ").split()
    for code in codes:
        if not LANGUAGE_CODE.fullmatch(code) or not languages.is_known(code):
            raise RuleBroken(_("“%(code)s” is not the code of a language, such as fr or ar.", code=code), "languages")
    return codes
