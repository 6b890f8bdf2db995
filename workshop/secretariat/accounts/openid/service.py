"""The other service, as the settings name it: where it sends people, and what it says of them when they come back.

The library checks state, nonce, issuer, audience, signature and time. It is imported where it is needed: it would cost
every start a third of a second.
"""

from typing import Any

from flask import current_app
from structlog import get_logger
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.mail import link_to

from .rules import Claims

log = get_logger()
PATIENCE = 5  # seconds for each question that we ask it
SCOPE = "openid email profile"


class ServiceFailed(Exception):
    """It did not answer, or said something that cannot be believed. Logged; the person is told to try again."""


def is_set_up() -> bool:
    return bool(current_app.config["OIDC_ISSUER"] and current_app.config["OIDC_CLIENT_ID"])


def send_there() -> HttpResponse:
    """Raises ServiceFailed."""
    answer: HttpResponse = asking(lambda client: client.authorize_redirect(link_to("accounts.openid_back")))
    return answer


def read_claims() -> Claims:
    """Who has come back. Raises ServiceFailed."""
    found: Claims = asking(_claims)
    return found


def asking(question: Any) -> Any:
    """Ask it something. Raises ServiceFailed, whatever went wrong."""
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import JoseError
    from requests import RequestException

    try:
        return question(_client())
    except (OAuthError, JoseError, RequestException, ValueError, KeyError, TypeError, RuntimeError) as error:
        log.warning("openid.failed", kind=type(error).__name__)
        raise ServiceFailed from error


def _client() -> Any:
    """The library's client, made once: it keeps what the service says of itself and its keys."""
    made = current_app.extensions.get("openid")
    if made is None:
        from authlib.integrations.flask_client import OAuth

        settings = current_app.config
        made = OAuth(current_app._get_current_object())  # type: ignore[attr-defined]
        made.register(
            "house",
            client_id=settings["OIDC_CLIENT_ID"],
            client_secret=settings["OIDC_CLIENT_SECRET"],
            server_metadata_url=f"{settings['OIDC_ISSUER']}/.well-known/openid-configuration",
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256", "timeout": PATIENCE},
        )
        current_app.extensions["openid"] = made
    return made.house


def _claims(client: Any) -> Claims:
    if client.load_server_metadata()["issuer"].rstrip("/") != current_app.config["OIDC_ISSUER"]:
        raise ValueError("the service calls itself by another name")
    token = client.authorize_access_token()
    said = dict(token["userinfo"])
    if "email" not in said:
        more = dict(client.userinfo(token=token))
        if more.get("sub") != said["sub"]:
            raise ValueError("it speaks of somebody else")
        said = more | said
    email = str(said.get("email") or "").strip().lower()
    return Claims(
        issuer=str(said["iss"]).rstrip("/"),
        subject=str(said["sub"]),
        email=email,
        is_verified=said.get("email_verified") is True and "@" in email,
        name=str(said.get("name") or email.partition("@")[0])[:200],
    )
