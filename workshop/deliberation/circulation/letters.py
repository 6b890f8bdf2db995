"""The letters of a review: the edition by personal link, and one reminder at half time."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.i18n import LOCALES, moment
from workshop.platform.mail import Message, harmless, link_to
from workshop.secretariat.series.letters import signature

from .models import ReviewCopy


def write(copy: ReviewCopy, *, key: str, reminds: bool, at: datetime) -> Message:
    """The letter, not yet saved. `key` is the secret of this installation."""
    edition, who = copy.edition, copy.participant
    workshop, language = edition.report.workshop, who.language
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        title = edition.title.in_(language, "en")[0]
        until = moment(edition.review_until or at, workshop.zone)
        subject = _("Reminder: please review “%(title)s”") if reminds else _("Please review “%(title)s”")
        parts = [
            _("Dear %(name)s,", name=harmless(who.names.get(language, who.display_name))),
            _(
                "Edition %(number)s of “%(title)s” is under review. You can read it and send remarks until %(when)s "
                "(%(zone)s):",
                number=edition.number,
                title=title,
                when=until,
                zone=workshop.zone,
            ),
            link_to("circulation.copy", token=copy.current_link(key)),
            _("If you say nothing by then, this counts as no objection. It is not recorded as approval."),
            _("The link is for you only and needs no account. Please do not pass it on."),
            signature(workshop, language),
        ]
    return Message(
        workshop_id=workshop.id,
        recipient=who.email,
        subject=" ".join((subject % {"title": title}).split()),
        text="\n\n".join(part for part in parts if part),
        written_at=at,
    )
