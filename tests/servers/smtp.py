"""A mail server of its own for a test: takes everything, unless it was told how to fail.

    with Sink() as sink:
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = sink.BACKEND, sink.port
        ...
        assert sink.recipients == ["ana@x.example"]

A plan is a function that says what to answer: None (all is well), a line such as
``"550 5.1.1 Unknown"``, or one of the ways of hanging up below. ``nth`` counts from 1.
"""

import asyncio
import email
import email.policy
import logging
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Lock
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

#: Hang up without a word. In ``on_data`` the message is lost.
HANG_UP = "hang up"
#: Take the message, then hang up: the sender cannot know that it was taken.
TAKE_AND_HANG_UP = "take and hang up"

Plan = Callable[[str, int], str | None]


@dataclass(frozen=True)
class Received:
    """A message that the server took, with the envelope that it came in."""

    sender: str
    recipients: tuple[str, ...]
    message_id: str
    raw: bytes

    def parsed(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)  # type: ignore


class Sink:
    """Listens on a free port of the loopback address; may be read while it runs.

    ``on_rcpt`` gets a recipient and how often it was named; ``on_data`` the first recipient
    of a message and how often one was sent to it; ``on_connect`` the caller's address and
    how many have called. ``refuse_next`` callers are hung up on. ``delay`` makes each
    message wait for its answer. All may be changed at any time. ``keeps_messages=False``
    forgets what messages hold, for long runs.
    """

    HOST = "127.0.0.1"
    BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    def __init__(
        self,
        on_rcpt: Plan | None = None,
        on_data: Plan | None = None,
        on_connect: Plan | None = None,
        keeps_messages: bool = True,
    ) -> None:
        self.on_rcpt, self.on_data, self.on_connect = on_rcpt, on_data, on_connect
        self.keeps_messages = keeps_messages
        self.refuse_next = 0
        self.delay = 0.0
        self.connections = 0
        self.rcpt_count: Counter[str] = Counter()
        self.data_count: Counter[str] = Counter()
        self._lock = Lock()
        self._received: list[Received] = []
        self._lines: set[_Line] = set()
        self._controller: Controller | None = None
        with socket.socket() as probe:
            probe.bind((self.HOST, 0))
            self.port = int(probe.getsockname()[1])

    @property
    def url(self) -> str:
        """For ``EMAIL_URL`` in the environment of another process."""
        return f"smtp://{self.HOST}:{self.port}"

    @property
    def messages(self) -> list[Received]:
        """What was taken so far, in order."""
        with self._lock:
            return list(self._received)

    @property
    def recipients(self) -> list[str]:
        """Everyone who got something, once for each message."""
        return [address for message in self.messages for address in message.recipients]

    def start(self) -> None:
        """Listen, on the same port as before if it did."""
        # Each command and address would be a line of the test's log.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        self._controller = _Controller(self)
        self._controller.start()

    def stop(self) -> None:
        """Refuse calls and cut those under way, until ``start``."""
        controller, self._controller = self._controller, None
        if controller:
            controller.loop.call_soon_threadsafe(self._cut)
            controller.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _cut(self) -> None:
        for line in list(self._lines):
            line.hang_up()

    # What aiosmtpd calls, on the server's own thread.

    async def handle_RCPT(
        self, line: "_Line", session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.rcpt_count[address] += 1
        refusal = self.on_rcpt and self.on_rcpt(address, self.rcpt_count[address])
        if refusal == HANG_UP:
            await line.hang_up_for_good()
        if not refusal:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, line: "_Line", session: Session, envelope: Envelope) -> str:
        first = envelope.rcpt_tos[0]
        self.data_count[first] += 1
        refusal = self.on_data and self.on_data(first, self.data_count[first])
        if not refusal or refusal == TAKE_AND_HANG_UP:
            self._keep(envelope)
        await asyncio.sleep(self.delay)
        if refusal in (HANG_UP, TAKE_AND_HANG_UP):
            await line.hang_up_for_good()
        return refusal or "250 2.0.0 Taken"

    def _keep(self, envelope: Envelope) -> None:
        raw = bytes(envelope.original_content or b"")
        headers = email.message_from_bytes(raw.partition(b"\r\n\r\n")[0])
        received = Received(
            sender=envelope.mail_from or "",
            recipients=tuple(envelope.rcpt_tos),
            message_id=str(headers.get("Message-ID", "")).strip(),
            raw=raw if self.keeps_messages else b"",
        )
        with self._lock:
            self._received.append(received)


class _Line(SMTP):
    """One call. ``enable_SMTPUTF8`` is off, as on many servers: addresses must be ASCII."""

    def __init__(self, sink: Sink, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(sink, hostname="localhost", loop=loop, enable_SMTPUTF8=False)
        self.sink = sink

    def hang_up(self) -> None:
        if self.transport:
            self.transport.abort()

    async def hang_up_for_good(self) -> None:
        self.hang_up()
        await asyncio.Event().wait()  # Losing the connection ends this call.

    async def _handle_client(self) -> None:
        sink = self.sink
        sink._lines.add(self)
        try:
            sink.connections += 1
            refusal = sink.on_connect and sink.on_connect(self.session.peer[0], sink.connections)
            if sink.refuse_next > 0:
                sink.refuse_next -= 1
                refusal = HANG_UP
            if refusal and refusal != HANG_UP:
                await self.push(refusal)
            if refusal:
                self.transport.close()
                return
            await super()._handle_client()
        finally:
            sink._lines.discard(self)


class _Controller(Controller):
    def __init__(self, sink: Sink) -> None:
        super().__init__(sink, hostname=Sink.HOST, port=sink.port)

    def factory(self) -> SMTP:
        return _Line(self.handler, self.loop)

    def _trigger_server(self) -> Any:
        """No call of its own: it would count as one, and take the place of one refused."""
        self._factory_invoked.set()
        self.smtpd = _Line(self.handler, self.loop)
