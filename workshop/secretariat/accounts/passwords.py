"""Passwords as argon2id hashes. Each takes 64 MiB and a seventh of a second, so only two are made at a time."""

import threading
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

TWO_AT_A_TIME = threading.BoundedSemaphore(2)


def hash(password: str) -> str:
    with TWO_AT_A_TIME:
        return _hasher().hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was stored; with nothing stored it takes as long and is False."""
    hasher = _hasher()
    known = stored is not None and stored.startswith("$argon2")
    dummy = _dummy(hasher)  # made at the first attempt of any kind, or the first stranger would wait longer
    with TWO_AT_A_TIME:
        try:
            hasher.verify(stored if stored and known else dummy, password)
        except (VerificationError, InvalidHashError):
            return False
    return known


def is_outdated(stored: str) -> bool:
    """Whether it was made with weaker settings than today's."""
    return _hasher().check_needs_rehash(stored)


def _hasher() -> PasswordHasher:
    return _made(**current_app.config["ARGON2"])


@cache
def _made(**cost: Any) -> PasswordHasher:
    return PasswordHasher(**cost)


@cache
def _dummy(hasher: PasswordHasher) -> str:
    """What a stranger's password is compared with, so that the answer for no account takes as long."""
    return hasher.hash("nobody's password")
