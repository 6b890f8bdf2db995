"""What every letter of a workshop ends with."""

from email.utils import parseaddr

from flask import current_app
from flask_babel import gettext as _

from .models import Workshop


def signature(workshop: Workshop, language: str) -> str:
    """Who writes, and where to ask, in the language of the moment; `language` is that of the workshop's own words."""
    title = " ".join(workshop.title.in_(language, "en")[0].split())
    return "\n".join([_("Yours faithfully,"), "", _("The secretariat of the workshop"), title, *contact(workshop)])


def contact(workshop: Workshop) -> list[str]:
    """Whom to ask, as the workshop says; else where the letters of this installation come from, if that has been set."""
    own = [each for each in (workshop.contact_name, workshop.contact_email, workshop.contact_phone) if each]
    sender = parseaddr(current_app.config["MAIL_FROM"])[1]
    said = ", ".join(own) if own else "" if sender.endswith("@localhost") else sender
    return [_("Contact: %(address)s", address=said)] if said else []
