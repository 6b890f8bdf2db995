"""Sixteen browsers that save answers as fast as they are told "saved": one light process, raw connections.

Reads what to do from standard input, prints what was acknowledged. Each connection keeps to some links and to one
server; before the limit of one address is reached it comes from another address of this machine.
"""

import json
import re
import selectors
import socket
import sys
import time
from typing import Any
from urllib.parse import urlencode

CONNECTIONS = 16
ALLOWED = 590  # requests from one address; the program takes 600 in a minute


class Browser:
    def __init__(self, number: int, port: int, links: list[str], size: int) -> None:
        self.port, self.links, self.size = port, links, size
        self.address, self.sent, self.saved = [size, number, 0], 0, 0  # no two runs share an address
        self.last: dict[str, dict[str, str]] = {}
        self.connect()
        self.cookie, self.csrf = self.enter()

    def connect(self) -> None:
        self.address[2] += 1
        source = "127." + ".".join(map(str, self.address))
        self.line = socket.create_connection(("127.0.0.1", self.port), source_address=(source, 0))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def enter(self) -> tuple[str, str]:
        """Open a page as a person does: its cookie and its form token."""
        self.line.sendall(f"GET /q/{self.links[0]}/A HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head, body = self.answer()
        cookie = re.search(rb"Set-Cookie: (intersession=[^;]+)", head)
        token = re.search(rb'name="csrf_token" value="([^"]+)"', body)
        assert cookie
        assert token
        return cookie[1].decode(), token[1].decode()

    def answer(self) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.line.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
        while len(body) < length:
            body += self.line.recv(65536)
        return head, body

    def send(self) -> None:
        if self.sent and self.sent % ALLOWED == 0:
            self.line.close()
            self.connect()
        self.token = self.links[self.sent % len(self.links)]
        self.typed = {f"Q{n}": f"Answer {self.sent} to question {n}" for n in range(1, self.size + 1)}
        body = urlencode([("csrf_token", self.csrf), *(("question", code) for code in self.typed), *self.typed.items()])
        self.line.sendall(
            f"POST /q/{self.token}/save HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        self.sent += 1

    def hear(self) -> None:
        head, body = self.answer()
        assert head.startswith(b"HTTP/1.1 200"), head + body
        assert b"saved_at" in body
        self.saved += 1
        self.last[self.token] = self.typed


def run(ports: list[int], links: list[str], size: int, seconds: float) -> dict[str, Any]:
    browsers = [Browser(n, ports[n % len(ports)], links[n::CONNECTIONS], size) for n in range(CONNECTIONS)]
    ready = selectors.DefaultSelector()
    begun = time.monotonic()
    for browser in browsers:
        browser.send()
        ready.register(browser.line, selectors.EVENT_READ, browser)
    while ready.get_map():
        for key, _mask in ready.select(30) or sys.exit("no answer within 30 s"):
            browser = key.data
            browser.hear()
            ready.unregister(key.fileobj)
            if time.monotonic() < begun + seconds:
                browser.send()
                ready.register(browser.line, selectors.EVENT_READ, browser)
    took = time.monotonic() - begun
    return {
        "saved": sum(browser.saved for browser in browsers),
        "seconds": took,
        "last": {token: typed for browser in browsers for token, typed in browser.last.items()},
    }


if __name__ == "__main__":
    print(json.dumps(run(**json.load(sys.stdin))))
