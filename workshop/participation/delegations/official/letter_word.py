"""Letters in Word: those of delegations, which a worker writes, and those about one person, written by a child for whoever
waits for them and kept nowhere.
"""

from datetime import datetime

from flask import flash
from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform import files
from workshop.platform.i18n import LOCALES, day, direction, on_day
from workshop.platform.pdf import PdfBusy, PdfFailed, WaitedFor

from ..models import DelegationLetter
from ..statuses import LetterForm
from .letter_docx import Paper, write
from .letter_print import PersonalLetter

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECONDS = 20
WRITER = "workshop.participation.delegations.official.letter_docx"


def as_docx(letter: DelegationLetter) -> bytes:
    """The letter of a delegation."""
    note = letter.form is LetterForm.NOTE_VERBALE
    paper = Paper(
        letter.reference,
        letter.addressee,
        letter.text,
        on=day(on_day(letter.written_at, letter.workshop.zone), "long"),
        made_at=letter.written_at.replace(tzinfo=None).isoformat(),
        from_right=direction(letter.language) == "rtl",
        initials=_("(initials and stamp)") if note else "",
        annex=letter.annex,
    )
    return write(paper, files.get(letter.workshop.logo) if letter.workshop.logo else b"")


def personal_docx(letter: PersonalLetter, *, at: datetime) -> bytes | None:
    """A letter about one person; where none can be made now, nothing, and the next page says why."""
    with force_locale(LOCALES.get(letter.language, LOCALES["en"])):
        paper = Paper(
            letter.reference,
            letter.addressee,
            letter.text,
            on=letter.dated,
            made_at=at.replace(tzinfo=None).isoformat(),
            from_right=direction(letter.language) == "rtl",
        )
    try:
        with WaitedFor(seconds=SECONDS, module=WRITER) as child:
            return child.answer_to(paper.as_json())
    except PdfBusy:
        flash(_("Several people are downloading a copy at this moment. Please try again in a few seconds."))
    except PdfFailed:
        flash(_("The file could not be created."))
    return None
