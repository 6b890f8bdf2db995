"""Letters on paper: one PDF of one letter or of many, each beginning on a page of its own; and those kept nowhere."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import flash, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform import files, prints
from workshop.platform.i18n import LOCALES, day, language, on_day
from workshop.platform.pdf import Pdf, PdfBusy, PdfFailed, PdfUnavailable, Renderer, WaitedFor

from ..models import DelegationLetter
from ..statuses import LetterForm

STYLESHEET = "css/official-letter.css"
PAGE = "participation/delegations/pdf/letters.html"
MADE_BY = ("templates/participation/delegations/pdf/*.html", f"static/{STYLESHEET}")


def fingerprint(letters: Sequence[DelegationLetter]) -> str:
    """Of which letters, in which looks: what a letter says never changes."""
    logos = sorted({each.workshop.logo for each in letters})
    said = f"{prints.layout(MADE_BY, language())}|{','.join(str(each.id) for each in letters)}|{logos}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def make_pdf(letters: Sequence[DelegationLetter]) -> Pdf:
    """The PDF. Raises PdfUnavailable without Pango, PdfFailed when it passes a limit."""
    with Renderer(STYLESHEET) as renderer:
        dates = [written_on(each) for each in letters]
        return renderer.render(render_template(PAGE, letters=letters, dates=dates, logo=logo_of(letters)))


def logo_of(letters: Sequence[DelegationLetter]) -> str:
    """The logo of the workshop as a picture within the page; without one the paper has a head of its own."""
    name = letters[0].workshop.logo if letters else ""
    return f"data:image/png;base64,{base64.b64encode(files.get(name)).decode()}" if name else ""


def written_on(letter: DelegationLetter) -> str:
    """Its date, in the language of the letter."""
    with force_locale(LOCALES.get(letter.language, LOCALES["en"])):
        return day(on_day(letter.written_at, letter.workshop.zone), "long")


@dataclass(frozen=True)
class PersonalLetter:
    """A letter about one person, made for whoever waits for it and kept nowhere: it may say what a passport says."""

    reference: str
    text: Sequence[str]
    language: str
    on: date
    addressee: Sequence[str] = field(default_factory=list)
    form: LetterForm = LetterForm.LETTER
    annex: str = ""

    @property
    def dated(self) -> str:
        with force_locale(LOCALES.get(self.language, LOCALES["en"])):
            return day(self.on, "long")


def make_personal(letter: PersonalLetter) -> bytes | None:
    """The PDF; where none can be made now, nothing, and the next page says why."""
    try:
        with WaitedFor(STYLESHEET) as renderer, force_locale(LOCALES.get(letter.language, LOCALES["en"])):
            return renderer.render(render_template(PAGE, letters=[letter], dates=[letter.dated], logo="")).content
    except PdfBusy:
        flash(_("Several people are downloading a copy at this moment. Please try again in a few seconds."))
    except (PdfUnavailable, PdfFailed):
        flash(_("No PDF can be created on this machine at the moment. The Word file can be downloaded."))
    return None
