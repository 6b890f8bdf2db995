"""The letter that tells a respondent where to read what was heard, in her or his language."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Recipient
from workshop.platform.i18n import LOCALES
from workshop.platform.mail import LINK, Message
from workshop.secretariat.series.letters import signature


def write(recipient: Recipient, *, public: str, link: str, at: datetime) -> Message:
    """`link` is the personal one, "" where none may be sent; the page for everyone is named in any case."""
    asked = recipient.questionnaire
    title, workshop = asked.title.in_(recipient.language)[0], asked.workshop.title.in_(recipient.language)[0]
    with force_locale(LOCALES.get(recipient.language, LOCALES["en"])):
        told = _(
            "%(name)s\n\nDear Sir or Madam,\n\nYou answered the questionnaire “%(title)s” for the workshop "
            "“%(workshop)s”. Thank you. What was heard, what was done with it, and what was not and why, you can read "
            "here:\n\n%(public)s",
            name=recipient.name,
            title=title,
            workshop=workshop,
            public=public,
        )
        own = _("With your own link you also see which of it is about your answers:\n\n%(link)s", link=_own(link))
        subject = _("What we heard: %(title)s", title=title)
        text = "\n\n".join([told, *([own] if link else []), signature(asked.workshop, recipient.language)])
    return Message(
        workshop_id=asked.workshop_id,
        recipient=recipient.email,
        subject=" ".join(subject.split()),
        text=f"{text}\n",
        written_at=at,
        secret=link,
    )


def _own(link: str) -> str:
    return f"{LINK}/what-we-heard" if link else ""
