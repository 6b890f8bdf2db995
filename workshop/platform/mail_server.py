"""Handing a letter to the mail server, and what its answer means for the letter."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

SECONDS = 20  # for each answer
LONGEST_REASON = 300
# Answers of 5xx that are about us and not about the letter: the password is wrong, or one is wanted. Whoever runs the
# installation mends that, and the letter leaves then.
ABOUT_US = {530, 534, 535, 538}


class NotNow(Exception):
    """The letter was not taken, and may be at another time."""


class Unreachable(NotNow):
    """Nor would any other letter be: the server is away, or does not let us in."""


class Refused(Exception):
    """The letter will never be taken as it is."""


class InDoubt(Exception):
    """The connection broke after the last line of the letter: the server may have taken it."""


def address() -> SplitResult | None:
    """Where mails are handed over; None where nobody has said."""
    url = urlsplit(current_app.config["MAIL_URL"])
    return url if url.hostname else None


def hand_over(letter: EmailMessage, url: SplitResult, *, leaving: Callable[[], None]) -> None:
    """Returns once the server has taken the letter. `leaving` is called when all else is said and it is about to go; what
    it raises stops it. Raises NotNow, Refused or InDoubt, each with what the server said.
    """
    try:
        server = _connected(url)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_said(error)) from error
    server.leaving = leaving
    try:
        server.send_message(letter)
    except (smtplib.SMTPException, OSError) as error:
        raise _meaning(error) from error
    finally:
        _say_goodbye(server)


class _Session:
    """What is added to smtplib: it tells when the text of a letter is about to go, and knows whether all of it went."""

    leaving: Callable[[], None]
    lines_sent = 0

    def send(self, data: Any) -> None:
        super().send(data)  # type: ignore[misc]
        self.lines_sent += 1

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.leaving()
        before = self.lines_sent
        try:
            answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise
        except OSError as broken:
            if self.lines_sent - before < 2:  # "DATA", and the text as one
                raise
            raise InDoubt(_said(broken)) from broken
        return answer


class _Plain(_Session, smtplib.SMTP):
    pass


class _Encrypted(_Session, smtplib.SMTP_SSL):
    pass


def _connected(url: SplitResult) -> _Plain | _Encrypted:
    connect = _Encrypted if url.scheme == "smtps" else _Plain
    server = connect(url.hostname or "", url.port or 25, timeout=SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        if url.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _say_goodbye(server: smtplib.SMTP) -> None:
    """Whatever comes of it: the letter's fate is known by then."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _meaning(error: Exception) -> Exception:
    if isinstance(error, smtplib.SMTPNotSupportedError):  # an address in letters that this server cannot carry
        return Refused(_said(error))
    code = _answer(error)[0]
    if code in ABOUT_US or code in {0, 421}:  # no answer at all, or "not available"
        return Unreachable(_said(error))
    return Refused(_said(error)) if code >= 500 else NotNow(_said(error))


def _answer(error: Exception) -> tuple[int, bytes | str]:
    """The code and the words of the server; code 0 where it is no answer of a server."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer: tuple[int, bytes | str] = next(iter(error.recipients.values()))
        return answer
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return 0, ""


def _said(error: Exception) -> str:
    code, words = _answer(error)
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    said = f"{code} {text}" if code else str(error) or type(error).__name__
    return " ".join(said.split())[:LONGEST_REASON]
