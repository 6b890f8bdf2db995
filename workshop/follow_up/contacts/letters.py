"""The letters that ask for a consent, and for its renewal before it ends."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.i18n import LOCALES, day
from workshop.platform.mail import LINK, Message
from workshop.secretariat.series.letters import signature
from workshop.secretariat.series.models import Workshop

from .models import ContactCard


def ask_for_consent(card: ContactCard, workshop: Workshop, *, link: str, at: datetime) -> Message:
    """In the working language of the workshop whose organiser asks."""
    code = workshop.languages[0]
    with force_locale(LOCALES.get(code, LOCALES["en"])):
        asked = _(
            "We would like to list you in our directory of contacts. Please read what it would say and tell us whether you "
            "agree, and for how long:\n\n%(link)s\n\nWithout your consent you are not listed. With the same link you can "
            "withdraw it at any time.",
            link=LINK,
        )
        return _letter(card, workshop, _("May we list you in our directory of contacts?"), asked, link=link, at=at)


def ask_to_renew(card: ContactCard, workshop: Workshop, *, link: str, at: datetime) -> Message:
    """A month before the consent ends."""
    code = workshop.languages[0]
    with force_locale(LOCALES.get(code, LOCALES["en"])):
        asked = _(
            "Your consent to be listed in our directory of contacts ends on %(day)s. Please say whether you renew it:\n\n"
            "%(link)s\n\nIf you do nothing, you are no longer listed after that day.",
            day=day(card.expires_on, "long") if card.expires_on else "",
            link=LINK,
        )
        return _letter(card, workshop, _("Your entry in our directory of contacts"), asked, link=link, at=at)


def _letter(card: ContactCard, workshop: Workshop, subject: str, asked: str, *, link: str, at: datetime) -> Message:
    text = "\n\n".join([card.name, _("Dear Sir or Madam,"), asked, signature(workshop, workshop.languages[0])])
    return Message(
        workshop_id=workshop.id,
        recipient=card.email,
        subject=" ".join(subject.split()),
        text=f"{text}\n",
        written_at=at,
        secret=link,
    )
