"""What an organiser says about a snapshot when taking it."""

from collections.abc import Callable, Iterable
from datetime import date

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, Regexp

from workshop.platform.db import Words
from workshop.platform.forms import BaseForm, WordsField
from workshop.platform.i18n import LOCALES, dates

_: Callable[..., str] = gettext  # the library ships no types


class SnapshotForm(BaseForm):
    """`number` is the one the snapshot will have, so that a button pressed twice takes one snapshot."""

    number = HiddenField(validators=[Regexp(r"[0-9]{1,6}\Z")])
    title = WordsField(_l("Title"), [DataRequired(_l("Give the snapshot a title in at least one language."))])
    caveat = WordsField(
        _l("How to read it"),
        [DataRequired(_l("Say in at least one language how the results may be read."))],
        lines=6,
        at_most=1000,
        description=_l("Printed wherever a figure of this snapshot is."),
    )
    interim = BooleanField(_l("Only answers submitted by the cut-off for interim results"))


def usual_words(languages: Iterable[str], today: date) -> dict[str, Words]:
    """What a snapshot is called and the caution printed with it, in each language of the workshop."""
    titles, caveats = Words(), Words()
    for code in languages:
        with force_locale(str(LOCALES.get(code, code))):
            titles = titles.having(code, _("Results on %(day)s", day=dates(today, today)))
            caveats = caveats.having(
                code,
                _(
                    "Respondents chose to answer (self-selected): the results are not representative of all "
                    "organisations, and speak only of those that answered."
                ),
            )
    return {"title": titles, "caveat": caveats}
