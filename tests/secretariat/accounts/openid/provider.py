"""A small OpenID Connect service on a port of this machine, which says what a test tells it to say."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT_ID, CLIENT_SECRET = "intersession", "secret-of-the-client"


class Provider:
    """Whoever comes is `claims`, without being asked. `wrong` replaces what the signed answer says; `keys` signs it."""

    def __init__(self) -> None:
        self.issuer = ""
        self.claims: dict[str, Any] = {"sub": "42", "email": "ana@example.org", "email_verified": True, "name": "Ana"}
        self.wrong: dict[str, Any] = {}
        self.only_in_userinfo: set[str] = set()
        self.userinfo_subject = ""
        self.published = RSAKey.generate_key(2048, {"kid": "one"})
        self.keys = self.published
        self.is_down = False
        self.codes: dict[str, dict[str, str]] = {}

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        name = request.path.rpartition("/")[2].replace("-", "_")
        if self.is_down:
            return Response("away", 503)(environ, start_response)
        return getattr(self, name)(request)(environ, start_response)

    def openid_configuration(self, _request: Request) -> Response:
        return said(
            issuer=self.wrong.get("issuer of the metadata", self.issuer),
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            userinfo_endpoint=f"{self.issuer}/userinfo",
            jwks_uri=f"{self.issuer}/jwks",
            id_token_signing_alg_values_supported=["RS256"],
        )

    def jwks(self, _request: Request) -> Response:
        return said(keys=[self.published.as_dict(private=False)])

    def authorize(self, request: Request) -> Response:
        assert (request.args["client_id"], request.args["response_type"]) == (CLIENT_ID, "code")
        code = f"code{len(self.codes)}"
        self.codes[code] = dict(request.args)
        back = urlencode({"code": code, "state": request.args["state"]})
        return Response("", 302, {"Location": f"{request.args['redirect_uri']}?{back}"})

    def token(self, request: Request) -> Response:
        asked = self.codes.pop(request.form["code"], None)
        if asked is None:
            return said(400, error="invalid_grant")
        given = base64.b64decode(request.headers["Authorization"].split()[1]).decode()
        assert given == f"{CLIENT_ID}:{CLIENT_SECRET}"
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        own = {name: value for name, value in self.claims.items() if name not in self.only_in_userinfo}
        claims = {name: value for name, value in (told | own | self.wrong).items() if value is not None}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.keys)
        return said(access_token="a token", token_type="Bearer", id_token=token)

    def userinfo(self, request: Request) -> Response:
        assert request.headers["Authorization"] == "Bearer a token"
        return said(**self.claims | ({"sub": self.userinfo_subject} if self.userinfo_subject else {}))


def said(status: int = 200, **content: Any) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    http = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.issuer = f"http://127.0.0.1:{http.port}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield provider
    http.shutdown()
    http.server_close()
    thread.join()


def visit(address: str) -> str:
    """Where the service sends a browser that comes to this address: path and query on our side."""
    from urllib.request import HTTPErrorProcessor, build_opener

    class NotFollowed(HTTPErrorProcessor):
        def http_response(self, request: Any, response: Any) -> Any:
            return response

        https_response = http_response

    with build_opener(NotFollowed).open(address) as answer:
        back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "https://meeting.example"
    assert parse_qs(back.query)["state"]
    return f"{back.path}?{back.query}"
