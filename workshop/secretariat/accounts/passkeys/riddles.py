"""What a browser is asked to answer with a passkey, and how its answer is judged by the library.

The library is imported where it is needed: it would cost every start a fifth of a second.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, session

from workshop.platform import links
from workshop.platform.db import now
from workshop.secretariat.accounts.models import User

from .models import Passkey

CHALLENGE = "passkey"  # where the browser's session keeps what is to be answered, and when it was asked
GOOD_FOR = timedelta(minutes=10)


def place() -> tuple[str, str]:
    """The host that passkeys belong to, and the origin that answers come from: of the public address, never of a header."""
    address = urlsplit(current_app.config["PUBLIC_URL"])
    return address.hostname or "", f"{address.scheme}://{address.netloc}"


def can_be_used() -> bool:
    """Browsers know passkeys over HTTPS only, or on this machine by its name, and nowhere by a number."""
    host, origin = place()
    return host == "localhost" or (
        origin.startswith("https:") and not host.replace(".", "").isdigit() and ":" not in host
    )


def challenge() -> str:
    """What is to be answered in this browser. Tabs opened within a few minutes ask the same."""
    asked, at = session.get(CHALLENGE) or ("", 0)
    if not asked or now() - datetime.fromtimestamp(at, UTC) > GOOD_FOR / 2:
        asked = links.new()
        session[CHALLENGE] = [asked, int(now().timestamp())]
    return str(asked)


def asked_challenge() -> str:
    """What this browser was asked and may still answer; "" when it was asked nothing, or too long ago. Asked once."""
    asked, at = session.pop(CHALLENGE, None) or ("", 0)
    return str(asked) if now() - datetime.fromtimestamp(at, UTC) < GOOD_FOR else ""


def to_sign_in() -> str:
    """The options of `navigator.credentials.get`, as JSON."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=place()[0], challenge=challenge().encode(), user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options)


def to_add(user: User, present: list[Passkey]) -> str:
    """The options of `navigator.credentials.create`, as JSON. A device that has one for this account makes no second."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers import structs as kinds

    key = current_app.config["SECRET_KEY"]
    options = webauthn.generate_registration_options(
        rp_id=place()[0],
        rp_name="Intersession",
        user_id=links.derived(f"passkeys of {user.id}", key, octets=32).encode(),
        user_name=user.email,
        user_display_name=user.name,
        challenge=challenge().encode(),
        authenticator_selection=kinds.AuthenticatorSelectionCriteria(
            resident_key=kinds.ResidentKeyRequirement.REQUIRED,
            user_verification=kinds.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            kinds.PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in present
        ],
    )
    return webauthn.options_to_json(options)


def judge_new(answer: str, asked: str) -> Any | None:
    """What the library makes of the answer to `to_add`; None where it is wrong."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    host, origin = place()
    try:
        return webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=asked.encode(),
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):  # a stranger's JSON may hold anything
        return None


def judge_known(answer: str, asked: str, passkey: Passkey) -> Any | None:
    """What the library makes of the answer to `to_sign_in`; None where it is wrong."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    host, origin = place()
    try:
        return webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=asked.encode(),
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
