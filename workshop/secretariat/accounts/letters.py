"""The mails of this package: plain text, no name in them that a person could have filled with a link."""

from datetime import datetime

from flask import render_template
from flask_babel import gettext as _

from workshop.platform.mail import Message

from .models import AddressChange, User


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


def sign_in_link(user: User, *, link: str, at: datetime) -> Message:
    """The link that signs in."""
    return Message(
        recipient=user.email,
        subject=_("Sign in"),
        text=render_template("secretariat/accounts/mail/sign_in_link.txt", link=link, email=user.email),
        written_at=at,
    )


def confirm_address(change: AddressChange, *, link: str, at: datetime) -> Message:
    """To the new address: the link that makes it the address of the account."""
    text = render_template("secretariat/accounts/mail/confirm_address.txt", link=link, old=change.old, new=change.new)
    return Message(recipient=change.new, subject=_("Confirm your new email address"), text=text, written_at=at)


def address_in_use(change: AddressChange, *, at: datetime) -> Message:
    """To the new address where another account has it: nothing happens, and only its owner is told so."""
    text = render_template("secretariat/accounts/mail/address_in_use.txt", new=change.new)
    return Message(recipient=change.new, subject=_("This address has an account already"), text=text, written_at=at)


def address_will_change(change: AddressChange, *, link: str, at: datetime) -> Message:
    """To the old address: what is about to happen, and the link that stops it."""
    text = render_template("secretariat/accounts/mail/address_will_change.txt", link=link, new=change.new)
    return Message(recipient=change.old, subject=_("Your email address here will change"), text=text, written_at=at)


def sign_in_changed(user: User, what: str, *, link: str, at: datetime) -> Message:
    """Tells the owner that something about signing in is another now; `what` is one whole sentence."""
    text = render_template("secretariat/accounts/mail/sign_in_changed.txt", what=what, link=link, email=user.email)
    return Message(recipient=user.email, subject=_("Your sign-in was changed"), text=text, written_at=at)


def account_erased(user: User, *, at: datetime) -> Message:
    """The last mail to this address."""
    text = render_template("secretariat/accounts/mail/account_erased.txt", email=user.email)
    return Message(recipient=user.email, subject=_("Your account was erased"), text=text, written_at=at)
