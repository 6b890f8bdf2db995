"""The mails of this package: plain text, no name in them that a person could have filled with a link."""

from datetime import datetime

from flask import render_template
from flask_babel import gettext as _

from workshop.platform.mail import Message

from .models import User


def new_password(user: User, *, link: str, at: datetime) -> Message:
    """The link with which somebody who forgot their password sets another."""
    return Message(
        recipient=user.email,
        subject=_("Set a new password"),
        text=render_template("secretariat/accounts/mail/new_password.txt", link=link, email=user.email),
        written_at=at,
    )


def password_changed(user: User, *, link: str, at: datetime) -> Message:
    """Tells the owner that the password is another now; `link` is where to act if it was not them."""
    return Message(
        recipient=user.email,
        subject=_("Your password was changed"),
        text=render_template("secretariat/accounts/mail/password_changed.txt", link=link, email=user.email),
        written_at=at,
    )
