"""The token in forms: right ones pass, others do not, and its length when compressed tells nothing."""

import re
import statistics
from collections.abc import Iterator
from hashlib import sha256

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import CheckedClient, SignedIn

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture(autouse=True)
def with_tokens(built_app: Flask) -> Iterator[None]:
    """Forms carry their token, as they do outside tests."""
    built_app.config["WTF_CSRF_ENABLED"] = True
    yield
    built_app.config["WTF_CSRF_ENABLED"] = False


def shown(client: FlaskClient, address: str = "/account") -> list[str]:
    return TOKEN.findall(client.get(address).text)


def sign_out(client: CheckedClient, token: str) -> int:
    return int(client.post("/sign-out", data={"csrf_token": token}).status_code)


def test_a_token_is_another_in_each_response_and_the_same_within_one(as_: SignedIn) -> None:
    ana = as_("ana")
    first, second = shown(ana), shown(ana)
    assert len(first) > 1
    assert len(set(first)) == len(set(second)) == 1
    assert first[0] != second[0]


def test_every_token_that_a_session_was_shown_passes(as_: SignedIn) -> None:
    ana = as_("ana")
    old, _newer = shown(ana)[0], shown(ana)[0]
    assert sign_out(ana, old) == 302


@pytest.mark.parametrize(
    "wrong", ["", "x", "é" * 56, "A" * 56, "A" * 1_000_000, "of another session", "one letter changed"]
)
def test_no_other_does(as_: SignedIn, wrong: str) -> None:
    ana = as_("ana")
    right = shown(ana)[0]
    if wrong == "of another session":
        wrong = shown(as_("ana"))[0]
    elif wrong == "one letter changed":
        wrong = ("B" if right[0] == "A" else "A") + right[1:]
    assert sign_out(ana, wrong) == 400
    assert sign_out(ana, right) == 302


def lengths(client: FlaskClient, guess: str) -> float:
    """The mean length of a page that repeats what its address asks for, beside its token."""
    sent = [client.get(f"/account?x={guess}", headers={"Accept-Encoding": "br"}).data for _ in range(25)]
    assert guess.encode() in brotli.decompress(sent[0])
    return statistics.mean(map(len, sent))


def gain(client: FlaskClient) -> float:
    """By how many bytes the page is shorter where the guess is the beginning of what the last one showed."""
    secret = shown(client)[0]
    wrong = statistics.mean(lengths(client, f"csrf_token{each}") for each in (secret[12:24][::-1], LETTERS[7:19]))
    return wrong - lengths(client, f"csrf_token{secret[:12]}")


def test_a_guess_beside_the_token_tells_nothing_by_the_length_of_the_page(
    as_: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The BREACH attack: the page is asked for with guesses in its address, and a right one would make it shorter."""
    ana = as_("ana")
    assert gain(ana) < 3
    monkeypatch.setattr("workshop.platform.form_tokens.os.urandom", lambda length: sha256(b"always").digest()[:length])
    assert gain(ana) > 5, "the attack works where the token stands still"
