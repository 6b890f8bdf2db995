"""The token that proves that a form is one of ours, masked anew in each response, so that pages may be compressed.

The session holds twenty random bytes. A page shows them under a mask that is never used twice: what stands there is random
itself, and a guess beside it makes the compressed page neither longer nor shorter (see compression.py). All forms of one
page show the same, or the page would grow.
"""

import base64
import os

from flask import Flask, g, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import _FlaskFormCSRF, generate_csrf
from wtforms import Field
from wtforms.form import BaseForm as AnyForm
from wtforms.validators import ValidationError

from workshop.platform.links import is_same

NAME, LENGTH = "csrf_token", 20  # as the library has it: sessions begun before stay valid


def masked_token() -> str:
    """The token of this session as this response shows it."""
    if "masked_token" not in g:
        secret, mask = bytes.fromhex(session.setdefault(NAME, os.urandom(LENGTH).hex())), os.urandom(LENGTH)
        g.masked_token = base64.urlsafe_b64encode(mask + _xor(mask, secret)).decode()
    return str(g.masked_token)


def check_token(shown: object) -> None:
    """Raises ValidationError where it is not what a page of this session showed."""
    try:
        raw = base64.b64decode(str(shown), b"-_", validate=True)
        good = is_same(_xor(raw[:LENGTH], raw[LENGTH:]).hex(), session[NAME])
    except (ValueError, KeyError, TypeError):
        good = False
    if not good:
        raise ValidationError("The form token is missing, or not of this session.")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


class MaskedToken(_FlaskFormCSRF):  # type: ignore[misc]
    """For forms: what `FlaskForm` does, with a masked token."""

    def generate_csrf_token(self, csrf_token_field: object) -> str:
        return masked_token()

    def validate_csrf_token(self, form: AnyForm, field: Field) -> None:
        if not g.get("csrf_valid"):
            check_token(field.data)


class Protection(CSRFProtect):  # type: ignore[misc]
    """For requests: the library asks for its own token, which it gets where ours is right."""

    def _get_csrf_token(self) -> str | None:
        try:
            check_token(super()._get_csrf_token())
        except ValidationError:
            return None
        token: str = generate_csrf()
        return token


def init_app(app: Flask) -> None:
    Protection(app)
    app.jinja_env.globals["csrf_token"] = masked_token
    app.context_processor(lambda: {"csrf_token": masked_token})
