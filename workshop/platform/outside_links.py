"""Whether an address of others still answers: asked politely, with a timeout, and never inside our own network.

The name is looked up once, and the connection goes to that very number: a name that answers otherwise the second time
opens nothing. Redirects are followed one by one, each looked at in the same way. Nothing of what comes back is read.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

TIMEOUT = 8.0  # seconds for each step
PATIENCE = 20.0  # seconds for all of them together
REDIRECTS = 5
WEB_PORTS = frozenset({80, 443, 8080, 8443})
AGENT = "Intersession link check (asks whether a page still exists)"
MOVED = {301, 302, 303, 307, 308}
NOT_BY_HEAD = {400, 403, 404, 405, 500, 501, 503}  # some servers answer a question for the head alone with these

Number = IPv4Address | IPv6Address


class Unanswered(Exception):
    """Nothing came back, or it may not be asked. The text says why, in English, for the log."""


def is_outside(number: Number) -> bool:
    """Whether a number belongs to the open network, and to nobody's own."""
    mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    plain = mapped or number
    return plain.is_global and not plain.is_multicast


def status_of(
    address: str, *, admits: Callable[[Number], bool] = is_outside, ports: Collection[int] = WEB_PORTS
) -> int:
    """What its server answers in the end: 200, 404 … Raises Unanswered."""
    until = time.monotonic() + PATIENCE
    for _step in range(REDIRECTS + 1):
        status, onward = _ask(address, "HEAD", admits, ports)
        if status in NOT_BY_HEAD:
            status, onward = _ask(address, "GET", admits, ports)
        if status not in MOVED or not onward:
            return status
        if time.monotonic() > until:
            raise Unanswered("took too long")
        address = urljoin(address, onward)
    raise Unanswered("redirects without end")


def _ask(address: str, method: str, admits: Callable[[Number], bool], ports: Collection[int]) -> tuple[int, str]:
    """The status, and where it says to go on."""
    parts, port = _parts(address, ports)
    connection = _connection(parts, _number_of(str(parts.hostname), port, admits), port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path.replace(" ", "%20"), headers={"User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as fault:
        raise Unanswered(repr(fault)) from fault
    finally:
        connection.close()


def _parts(address: str, ports: Collection[int]) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as fault:
        raise Unanswered("no address") from fault
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise Unanswered("no address of the web")
    if port not in ports:
        raise Unanswered("not a port of the web")
    return parts, port


def _number_of(host: str, port: int, admits: Callable[[Number], bool]) -> str:
    """The number that the connection goes to; where one of a name's numbers is inside, none of them is asked."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as fault:
        raise Unanswered("no such host") from fault
    if not found or not all(admits(ip_address(each.partition("%")[0])) for each in found):
        raise Unanswered("not in the open network")
    return found[0]


def _connection(parts: SplitResult, number: str, port: int) -> http.client.HTTPConnection:
    """To that number, under the name that stands in the address."""
    host = str(parts.hostname)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)

    def connect() -> None:
        plain = socket.create_connection((number, port), TIMEOUT)
        secure = parts.scheme == "https"
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain

    connection.connect = connect  # type: ignore[method-assign]
    return connection
