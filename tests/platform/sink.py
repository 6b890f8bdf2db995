"""A real mail server for tests, which can be away, refuse, or break off in the middle of a letter."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session


class Sink:
    """Takes every letter; what it answers at each stage may be set."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[EmailMessage] = []
        self.at_mail = self.at_rcpt = self.at_data = ""
        self.breaks_off = False
        self.running: Controller | None = None
        self.password = ""

    async def handle_MAIL(  # noqa: N802  # the library's name
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self.at_mail or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if not self.at_rcpt:
            envelope.rcpt_tos.append(address)
        return self.at_rcpt or "250 OK"

    async def handle_DATA(self, server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_data:
            return self.at_data
        content = envelope.content or b""
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.received.append(letter)
        if self.breaks_off:
            server.transport.abort()
        return "250 OK"

    def check(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and data.password.decode() == self.password
        return AuthResult(success=right, handled=False)

    def start(self) -> None:
        guarded: dict[str, Any] = {"authenticator": self.check, "auth_require_tls": False} if self.password else {}
        self.running = Controller(self, hostname="127.0.0.1", port=self.port, **guarded)
        self.running.start()

    def stop(self) -> None:
        if self.running:
            self.running.stop()
        self.running = None

    @property
    def readers(self) -> list[str]:
        return [str(letter["To"]) for letter in self.received]


@contextmanager
def listening() -> Iterator[Sink]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        sink = Sink(free.getsockname()[1])
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()
