"""The letter that asks who gave a practice whether it may be public."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.i18n import LOCALES
from workshop.platform.mail import LINK, Message
from workshop.secretariat.series.letters import signature
from workshop.secretariat.series.models import Workshop

from .models import SharedPractice


def ask_for_consent(practice: SharedPractice, workshop: Workshop, *, link: str, at: datetime) -> Message:
    """In the working language of the workshop whose organiser asks."""
    code = workshop.languages[0]
    title = practice.title.in_(code)[0]
    with force_locale(LOCALES.get(code, LOCALES["en"])):
        asked = _(
            "You told us about the practice “%(title)s”. We would like to show it in our public list of practices. Please "
            "read it and say whether you agree:\n\n%(link)s\n\nWithout your consent it stays unpublished. With the same "
            "link you can withdraw your consent at any time.",
            title=title,
            link=LINK,
        )
        subject = _("May we publish this practice? %(title)s", title=title)
        text = "\n\n".join([*filter(None, [practice.giver]), _("Dear Sir or Madam,"), asked, signature(workshop, code)])
    return Message(
        workshop_id=workshop.id,
        recipient=practice.giver_email,
        subject=" ".join(subject.split()),
        text=f"{text}\n",
        written_at=at,
        secret=link,
    )
