"""What every answer says to the browser, and what is refused before any view sees it."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import MEGABYTE, settings
from tests import cast
from tests.conftest import SignedIn
from workshop.platform import headers

PAGES = ["/", "/help", "/sign-in", "/workshops/w/", "/workshops/w/desk/", "/no-such-page", "/healthz"]


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("name", ["nobody", "ana"])
def test_every_page_carries_the_security_headers(as_: SignedIn, name: str, place: str) -> None:
    answer = as_(name).get(place)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"  # the tests' public address is https
    assert "Server" not in answer.headers


@pytest.mark.parametrize("place", ["/account", "/workshops/w/desk/"])
def test_a_page_for_one_reader_is_never_kept(as_: SignedIn, place: str) -> None:
    answer = as_("ana").get(place)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_static_files_are_inert_and_kept_for_a_year_only_under_their_hash(
    client: FlaskClient, built_app: Flask
) -> None:
    with built_app.test_request_context():
        address = built_app.url_for("static", filename="css/site.css")
    hashed, bare = client.get(address), client.get("/static/css/site.css")
    assert "max-age=31536000" in hashed.headers["Cache-Control"]
    assert "max-age=60" in bare.headers["Cache-Control"]
    for answer in (hashed, bare):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
        answer.close()


@pytest.fixture
def with_tokens(built_app: Flask) -> Iterator[None]:
    """Forms carry their token, as they do outside tests."""
    built_app.config["WTF_CSRF_ENABLED"] = True
    yield
    built_app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.usefixtures("with_tokens")
def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = SimpleCookie(client.get("/sign-in").headers["Set-Cookie"])["intersession"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_behind_https_cookies_are_sent_over_https_only_and_browsers_remember_https() -> None:
    values = settings({"WORKSHOP_SECRET_KEY": "x", "WORKSHOP_PUBLIC_URL": "https://meeting.example"})
    assert values["SESSION_COOKIE_SECURE"]
    assert values["TRUSTED_HOSTS"] == ["meeting.example"]


def test_an_upload_beyond_the_limit_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data=b"x" * (46 * MEGABYTE), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "upload is too large" in answer.text


def test_a_form_of_endless_parts_is_refused(client: FlaskClient) -> None:
    part = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n'
    answer = client.post("/sign-in", data=part * 2001 + "--b--", content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Host", "Forwarded"])
@pytest.mark.parametrize("place", ["/", "/sign-in", "/account", "/workshops/w/"])
def test_a_false_host_never_comes_back(client: FlaskClient, company: cast.Company, header: str, place: str) -> None:
    false = "host=evil.example" if header == "Forwarded" else "evil.example"
    answer = client.get(place, headers={header: false})
    assert "evil.example" not in answer.text
    assert "evil.example" not in str(answer.headers)


def test_a_host_that_is_not_ours_is_refused(client: FlaskClient, built_app: Flask) -> None:
    built_app.config["TRUSTED_HOSTS"] = ["meeting.example"]
    try:
        assert client.get("/help", headers={"Host": "evil.example"}).status_code == 400
        assert client.get("/help", headers={"Host": "meeting.example"}).status_code == 200
    finally:
        built_app.config["TRUSTED_HOSTS"] = None


def test_the_policy_names_no_foreign_place() -> None:
    assert "http" not in headers.POLICY
    assert "*" not in headers.POLICY


def test_metrics_are_for_the_machine_itself(client: FlaskClient, built_app: Flask) -> None:
    assert "request_seconds" in client.get("/metrics").text
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404
    built_app.config["METRICS_TOKEN"] = "a secret"
    try:
        far = {"REMOTE_ADDR": "192.0.2.1"}
        assert client.get("/metrics", environ_base=far, headers={"Authorization": "Bearer wrong"}).status_code == 404
        good = {"Authorization": "Bearer a secret"}
        assert client.get("/metrics", environ_base=far, headers=good).status_code == 200
        assert client.get("/metrics").status_code == 404
    finally:
        built_app.config["METRICS_TOKEN"] = ""


def test_security_contact_is_where_researchers_look(
    client: FlaskClient, built_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    monkeypatch.setitem(built_app.config, "SECURITY_CONTACT", "mailto:security@meeting.example")
    answer = client.get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    assert "Contact: mailto:security@meeting.example\nExpires: 20" in answer.text
