"""The mails of this package: plain text, in the language of whoever is asked."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.i18n import LOCALES
from workshop.platform.mail import Message, link_to
from workshop.secretariat.series.letters import signature
from workshop.secretariat.series.models import Workshop

from .models import Document

Asked = Sequence[tuple[Document, str]]  # documents, each with the secret of its link


def reminder(workshop: Workshop, asked: Asked, *, to: str, language: str, at: datetime) -> Message:
    """Which documents are still to come, and where to hand each in."""
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        return _letter(
            "programme/papers/mail/reminder.txt",
            _("Documents not yet received"),
            workshop,
            asked,
            to=to,
            language=language,
            at=at,
        )


def own_link(workshop: Workshop, asked: Asked, *, to: str, language: str, at: datetime) -> Message:
    """The link by which somebody hands in one document."""
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        return _letter(
            "programme/papers/mail/own_link.txt",
            _("Please send us your document"),
            workshop,
            asked,
            to=to,
            language=language,
            at=at,
        )


def _letter(
    template: str, subject: str, workshop: Workshop, asked: Asked, *, to: str, language: str, at: datetime
) -> Message:
    entries = [(document, link_to("papers.own_document", token=token)) for document, token in asked]
    return Message(
        workshop_id=workshop.id,
        recipient=to,
        subject=subject,
        text=render_template(template, workshop=workshop, entries=entries, signature=signature(workshop, language)),
        written_at=at,
    )
