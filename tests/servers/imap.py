"""A mailbox of its own for a test, which speaks as much of RFC 3501 as Python's client needs.

with Mailbox([b"Subject: Bonjour"]) as mailbox:
    settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings
    ...
    assert mailbox.subjects == []
"""

import asyncio
import base64
import re
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Self

HOST = "127.0.0.1"
USER, PASSWORD = "retours@ptsm.example", 'mot de "passe" é'
_WHAT_IS_FETCHED = re.compile(r"BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?")


@dataclass
class Kept:
    raw: bytes
    flags: set[str] = field(default_factory=set)


class Mailbox:
    """Listens on a free port of the loopback address; what it holds may be read at any time.

    ``hang_up_at`` cuts the line at the nth command from then on, before or after it was done;
    ``refuses`` names commands that are answered « NO »; ``on_command`` is told of each.
    """

    def __init__(
        self,
        messages: Iterable[bytes] = (),
        *,
        tls: ssl.SSLContext | None = None,
        user: str = USER,
        password: str = PASSWORD,
        knows_plain: bool = True,
    ) -> None:
        self.kept = {uid: Kept(raw) for uid, raw in enumerate(messages, 1)}
        self.user, self.password, self.tls = user, password, tls
        self.says = "IMAP4rev1 AUTH=PLAIN" if knows_plain else "IMAP4rev1"
        self.refuses: set[str] = set()
        self.hang_up_at = 0
        self.does_it_first = False
        self.on_command: Callable[[str], None] = lambda command: None
        self.commands: list[str] = []
        self._ready: asyncio.Future[Any] | None = None

    @property
    def settings(self) -> dict[str, Any]:
        account = {"HOST": HOST, "PORT": self.port, "USER": self.user, "PASSWORD": self.password}
        return {**account, "FOLDER": "INBOX", "USE_TLS": self.tls is not None}

    @property
    def flags(self) -> list[set[str]]:
        return [message.flags for message in self.kept.values()]

    def add(self, raw: bytes) -> None:
        self.kept[max(self.kept, default=0) + 1] = Kept(raw)

    def __enter__(self) -> Self:
        self.loop = asyncio.new_event_loop()
        serving = asyncio.start_server(self._serve, HOST, 0, ssl=self.tls)
        self.server = self.loop.run_until_complete(serving)
        self.port: int = self.server.sockets[0].getsockname()[1]
        self.thread = Thread(target=self.loop.run_forever)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"* OK Bonjour\r\n")
            while line := await reader.readline():
                tag, _blank, rest = line.decode().rstrip("\r\n").partition(" ")
                name = re.sub(r"^UID ", "UID-", rest.upper()).partition(" ")[0]
                self.commands.append(name)
                self.on_command(name)
                cut = bool(self.hang_up_at) and len(self.commands) >= self.hang_up_at
                if cut and not self.does_it_first:
                    return
                answer = await self._answer(name, rest, reader, writer)
                if cut:
                    return
                writer.write(answer + f"{tag} {self._verdict} {name}\r\n".encode())
                if name == "LOGOUT":
                    return
        except ConnectionError:
            pass
        finally:
            writer.transport.abort() if self.hang_up_at else writer.close()

    async def _answer(
        self, name: str, rest: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes:
        self._verdict = "NO" if name in self.refuses else "OK"
        if name in self.refuses:
            return b""
        if name == "AUTHENTICATE":
            writer.write(b"+ \r\n")
            said = base64.b64decode(await reader.readline()).decode()
            self._verdict = "OK" if said == f"\0{self.user}\0{self.password}" else "NO"
        elif name == "LOGIN":
            expected = f'LOGIN {self.user} "{self.password}"'
            self._verdict = "OK" if rest == expected else "NO"
        do = getattr(self, f"_{name.lower().replace('-', '_')}", None)
        return do(rest.split(" ", 3)) if do else b""

    def _capability(self, words: list[str]) -> bytes:
        return f"* CAPABILITY {self.says}\r\n".encode()

    def _select(self, words: list[str]) -> bytes:
        self._verdict = "OK" if words[1] == '"INBOX"' else "NO"
        return f"* {len(self.kept)} EXISTS\r\n".encode()

    def _uid_search(self, words: list[str]) -> bytes:
        without = {f"\\{word.removeprefix('UN').title()}" for word in " ".join(words[2:]).split()}
        found = [str(uid) for uid, kept in self.kept.items() if not without & kept.flags]
        return f"* SEARCH {' '.join(found)}\r\n".encode()

    def _uid_fetch(self, words: list[str]) -> bytes:
        uid, asked = int(words[2]), _WHAT_IS_FETCHED.search(words[3])
        if uid not in self.kept or not asked:
            return b""
        start, size = int(asked[1] or 0), int(asked[2] or 10**9)
        part = self.kept[uid].raw[start : start + size]
        head = f"* {uid} FETCH (UID {uid} BODY[]<{start}> {{{len(part)}}}\r\n".encode()
        return head + part + b")\r\n"

    def _uid_store(self, words: list[str]) -> bytes:
        if kept := self.kept.get(int(words[2])):
            kept.flags |= set(words[3].partition(" ")[2].strip("()").split())
        return b""

    def _expunge(self, words: list[str]) -> bytes:
        self.kept = {uid: kept for uid, kept in self.kept.items() if "\\Deleted" not in kept.flags}
        return b""

    def _logout(self, words: list[str]) -> bytes:
        return b"* BYE\r\n"
