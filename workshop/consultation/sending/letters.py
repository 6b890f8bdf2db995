"""The words of invitations and reminders: usual ones in each language, the organisers' own, and what is put into them."""

import re
from collections.abc import Mapping
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LANGUAGES, LOCALES, day, moment
from workshop.platform.mail import LINK, Message
from workshop.secretariat.series.letters import signature

from .models import Kind, LetterText

# What an organiser may write in a letter, and nothing else; each is replaced by plain text.
PLACEHOLDERS = ("name", "title", "workshop", "closes", "link", "signature")
PLACE = re.compile(r"\{(\w+)\}")
LONGEST = 4000


def usual(kind: Kind, language: str) -> tuple[str, str]:
    """Subject and text where the organisers wrote none of their own."""
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        if kind is Kind.INVITATION:
            return _("Invitation to respond: {title}"), signed(
                _(
                    "{name}\n\nDear Sir or Madam,\n\nBefore the workshop “{workshop}” we ask for your answers to the "
                    "questionnaire “{title}”. Please reply by {closes}.\n\nThis link is for you only; with it you can "
                    "stop and continue as often as you like:\n\n{link}\n\nThank you for your time."
                )
            )
        return _("Reminder: {title}"), signed(
            _(
                "{name}\n\nDear Sir or Madam,\n\nThe questionnaire “{title}” for the workshop “{workshop}” is open "
                "until {closes}, and we have not received your answers yet. Anything you have begun is saved. Your "
                "link:\n\n{link}\n\nThank you."
            )
        )


def signed(text: str) -> str:
    return f"{text}\n\n{{signature}}"


def words_of(text: LetterText | None, kind: Kind, language: str) -> tuple[str, str]:
    """Subject and text in a language: the organisers' own where they wrote them, else the usual ones."""
    subject, body = usual(kind, language)
    if text is None:
        return subject, body
    return text.subject.get(language) or subject, text.text.get(language) or body


def check(subject: Words, text: Words) -> None:
    """Raise RuleBroken for a word in braces that means nothing, or a letter without its link."""
    for field, words in (("subject", subject), ("text", text)):
        for language, written in words.items():
            unknown = [name for name in PLACE.findall(written) if name not in PLACEHOLDERS]
            if unknown:
                raise RuleBroken(
                    _(
                        "%(language)s: {%(word)s} has no meaning here. You may write %(known)s.",
                        language=LANGUAGES.get(language, language),
                        word=unknown[0],
                        known=", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
                    ),
                    field,
                )
            if field == "text" and "{link}" not in written:
                raise RuleBroken(
                    _(
                        "%(language)s: write {link} where the personal link comes.",
                        language=LANGUAGES.get(language, language),
                    ),
                    field,
                )
            if field == "subject" and "{link}" in written:
                raise RuleBroken(_("A subject cannot contain the link: others would see it."), field)


def write(recipient: Recipient, text: LetterText | None, kind: Kind, *, link: str, at: datetime) -> Message:
    """The mail to one recipient. The link travels beside the text and is forgotten once the mail has gone."""
    subject, body = words_of(text, kind, recipient.language)
    with force_locale(LOCALES.get(recipient.language, LOCALES["en"])):
        said = _said(recipient.questionnaire, recipient.name, recipient.language)
        farewell = _("If you do not wish to answer, or wish to withdraw your answers, say so here:")
    filled = f"{_filled(body, said)}\n\n-- \n{farewell}\n{LINK}/decline\n"
    return Message(
        workshop_id=recipient.questionnaire.workshop_id,
        recipient=recipient.email,
        subject=" ".join(_filled(subject, said).split()),
        text=filled,
        written_at=at,
        secret=link,
    )


def preview(questionnaire: Questionnaire, text: LetterText | None, kind: Kind, language: str) -> tuple[str, str]:
    """How a letter reads, to somebody made up."""
    subject, body = words_of(text, kind, language)
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        said = _said(questionnaire, _("Ministry of Example"), language)
        said["link"] = "https://…/q/…"
    return _filled(subject, said), _filled(body, said)


def _said(questionnaire: Questionnaire, name: str, language: str) -> dict[str, str]:
    closes, workshop = questionnaire.closes_at, questionnaire.workshop
    zone, begins = workshop.zone, day(workshop.starts_on, "long")
    return {
        "name": name,
        "title": questionnaire.title.in_(language)[0],
        "workshop": questionnaire.workshop.title.in_(language)[0],
        "closes": f"{moment(closes, zone)} ({zone})"
        if closes
        else _("the beginning of the workshop on %(day)s", day=begins),
        "link": LINK,
        "signature": signature(questionnaire.workshop, language),
    }


def _filled(text: str, said: Mapping[str, object]) -> str:
    """Each placeholder by what it stands for, once: what is put in is not looked at again."""
    return PLACE.sub(lambda found: str(said.get(found[1], found[0])), text)
