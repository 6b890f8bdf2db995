"""What is typed to sign in and to change how one signs in."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, PasswordField
from wtforms.fields import EmailField, StringField
from wtforms.validators import DataRequired, Email, Length

from workshop.platform.forms import BaseForm

TYPED_AS_IS = {"autocapitalize": "none", "spellcheck": "false"}
LONGEST = Length(max=1000)


def lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def email_field(*more: Callable[..., object]) -> Field:
    return EmailField(
        _l("Email address"),
        validators=[DataRequired(_l("Please type your email address.")), Length(max=254), *more],
        filters=(lower,),
        render_kw={"autocomplete": "username", **TYPED_AS_IS},
    )


def password_field(label: str, autocomplete: str, description: str = "") -> Field:
    return PasswordField(
        label,
        description=description,
        validators=[DataRequired(_l("Please type a password.")), LONGEST],
        render_kw={"autocomplete": autocomplete, **TYPED_AS_IS},
    )


def new_password_field() -> Field:
    hint = _l("At least 12 characters. A few words in a row are easy to remember.")
    return password_field(_l("New password"), "new-password", hint)


class SignInForm(BaseForm):
    email = email_field()
    password = password_field(_l("Password"), "current-password")
    next = HiddenField()


def whole_email_field() -> Field:
    return email_field(Email(_l("This is not an email address, such as name@example.org.")))


class ForgottenForm(BaseForm):
    email = whole_email_field()


class ByMailForm(BaseForm):
    email = whole_email_field()
    next = HiddenField()


class NewPasswordForm(BaseForm):
    password = new_password_field()


class ChangePasswordForm(BaseForm):
    current = password_field(_l("Current password"), "current-password")
    password = new_password_field()


class ProfileForm(BaseForm):
    name = StringField(
        _l("Your name"),
        description=_l("As colleagues see it. Reports that you have signed keep the name printed on them."),
        validators=[DataRequired(_l("Please type your name.")), Length(max=200)],
        render_kw={"autocomplete": "name"},
    )


class AddressForm(BaseForm):
    email = EmailField(
        _l("New email address"),
        validators=[
            DataRequired(_l("Please type your email address.")),
            Length(max=254),
            Email(_l("This is not an email address, such as name@example.org.")),
        ],
        filters=(lower,),
        render_kw={"autocomplete": "email", **TYPED_AS_IS},
    )
    current = password_field(_l("Your password"), "current-password")


class PasswordForm(BaseForm):
    """Something that a browser left open must not be enough for."""

    current = password_field(_l("Your password"), "current-password")


class PressForm(BaseForm):
    """A button on the page of a mailed link: programs that look at mails open links, and press nothing."""
