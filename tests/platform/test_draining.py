"""The server is told to stop while people are sending: a real process, real connections."""

import http.client
import signal
import socket
from pathlib import Path

import pytest

from tests.installations import environment, free_port, wait_until_it_answers
from tests.test_start import eventually, running

BUSY = 12
BODY = b"email=someone%40example.org&password=wrong&more=" + b"x" * 4000


def begun(port: int) -> socket.socket:
    """A connection on which half of a form has been sent."""
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    line.sendall(f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:2000])
    return line


def answered(line: socket.socket) -> int:
    """The status of the answer, once the rest has been sent."""
    line.sendall(BODY[2000:])
    answer = http.client.HTTPResponse(line)
    answer.begin()
    assert len(answer.read()) > 500, "the whole page came"
    return answer.status


@pytest.mark.on_one_database("no page of it reads the database")
def test_what_is_under_way_is_finished_and_what_comes_after_told_to_come_again(own_instance: Path) -> None:
    port = free_port()
    with running("demo", "--port", str(port), env=environment(own_instance)) as server:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", server)
        lines = [begun(port) for _ in range(BUSY)]
        late = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        late.request("GET", "/healthz")
        assert late.getresponse().read()
        server.send_signal(signal.SIGTERM)
        statuses = [answered(lines[0])]
        said: list[tuple[int, str, bytes]] = []

        def is_refused() -> bool:
            late.request("GET", "/healthz")
            answer = late.getresponse()
            said.append((answer.status, answer.headers["Retry-After"] or "", answer.read()))
            return answer.status == 503

        assert eventually(is_refused)
        assert said[-1][1] == "5"
        assert b"Nothing is lost" in said[-1][2]
        statuses += [answered(line) for line in lines[1:]]
        assert statuses == [400] * BUSY, "each by the application itself: a form without its token"
        assert server.wait(30) == 0
    for line in lines:
        line.close()
    late.close()
