"""Mails that came back: which of ours it was, and why. The mail system pipes each returned mail into `workshop bounce`."""

from email import message_from_binary_file, policy
from email.message import EmailMessage
from typing import BinaryIO, NamedTuple

from workshop.platform.mail import number_in

REASON = 300  # characters


class Bounce(NamedTuple):
    message_id: int
    reason: str
    is_final: bool


def read(file: BinaryIO) -> Bounce | None:
    """What a delivery report (RFC 3464) says; None for any other mail, or when it is not about one of ours."""
    letter = message_from_binary_file(file, policy=policy.default)
    number, action, reason = None, "", ""
    for part in letter.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for fields in part.iter_parts():
                action = str(fields.get("Action", action)).strip().casefold()
                reason = str(fields.get("Diagnostic-Code") or fields.get("Status") or reason)
        elif kind == "text/rfc822-headers":
            number = number or _number_in_headers(part)
        elif part is not letter and part.get("Message-ID"):
            number = number or number_in(str(part["Message-ID"]))
    if number is None or not action:
        return None
    return Bounce(number, " ".join(reason.split())[:REASON] or action, action == "failed")


def _number_in_headers(part: EmailMessage) -> int | None:
    for line in str(part.get_content()).splitlines():
        name, _colon, value = line.partition(":")
        if name.casefold() == "message-id":
            return number_in(value)
    return None
