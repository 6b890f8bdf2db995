"""Asking whether a page of others still exists: politely, and never inside our own network."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from workshop.platform.outside_links import Unanswered, is_outside, status_of


class Answering(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        self.seen.append((self.command, self.path))
        status = {"/gone": 404, "/moved": 302, "/round": 302, "/inward": 302, "/by-get": 405}.get(self.path, 200)
        if self.path == "/by-get" and self.command == "GET":
            status = 200
        self.send_response(status)
        onward = {"/moved": "/here", "/round": "/round", "/inward": "http://10.0.0.1/"}.get(self.path)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def here() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(address: str) -> int:
    """As the product does, but that this very machine may be asked."""
    ports = range(1, 65536)
    return status_of(address, admits=lambda number: str(number) == "127.0.0.1", ports=ports)


def test_what_a_server_says_in_the_end(here: str) -> None:
    found = {path: ask(here + path) for path in ("/", "/gone", "/moved", "/by-get")}
    assert found == {"/": 200, "/gone": 404, "/moved": 200, "/by-get": 200}


def test_what_goes_round_or_inward_is_not_followed(here: str) -> None:
    for path in ("/round", "/inward"):
        with pytest.raises(Unanswered):
            ask(here + path)


def test_our_own_network_is_never_asked(here: str) -> None:
    Answering.seen.clear()
    for address in (here, here.replace("127.0.0.1", "localhost"), "http://[::1]/", "http://169.254.169.254/"):
        with pytest.raises(Unanswered):
            status_of(address, ports=range(1, 65536))
    assert Answering.seen == []


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.5.5",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "224.0.0.1",
        "ff02::1",
    ],
)
def test_numbers_that_are_somebodys_own(number: str) -> None:
    assert not is_outside(ip_address(number))


@pytest.mark.parametrize("number", ["8.8.8.8", "2001:4860:4860::8888"])
def test_numbers_of_the_open_network(number: str) -> None:
    assert is_outside(ip_address(number))


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example/", "http://", "http://a.example:22/", "http://u@a.example/", "file:///etc", "http://[x"],
)
def test_what_is_no_address_of_the_web(address: str) -> None:
    with pytest.raises(Unanswered):
        status_of(address)
