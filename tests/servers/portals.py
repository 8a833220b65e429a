"""Portals of other departments, as far as ``/api/recherche`` goes, on addresses of the loopback.

``python -m tests.servers.portals 104 290`` serves 104 of them from one process, each with 290
entries, and prints the first line of their addresses when it is ready; ``--hung N`` never answers
for N of them.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

WORDS = ("cmp", "gem", "écoute", "parents", "ados", "logement", "travail", "psychologue")
HUNG = "hung"


def answer(origin: str, department: int, entries: int, question: str) -> dict[str, object]:
    """What a portal of so many entries says, in the form of the public data."""
    asked = question.casefold().split()
    titles = [
        f"{WORDS[n % len(WORDS)]} {n} du {department:02}".capitalize() for n in range(entries)
    ]
    found = [title for title in titles if any(word in title.casefold().split() for word in asked)]
    hits = [
        {
            "type": "CMP",
            "title": title,
            "url": f"{origin}/annuaire/fiche-{rank}/",
            "distance_km": None,
            "serves": {"answer": "inconnu", "sentence": ""},
        }
        for rank, title in enumerate(found[:20])
    ]
    return {
        "query": {"text": question, "crisis": False, "place": None, "types": [], "filters": {}},
        "total": len(found),
        "suggestion": None,
        "hits": hits,
        "danger": None,
    }


class PortalServer:
    """So many portals on one port; ``faults`` gives the raw answer of some, ``HUNG`` for none."""

    def __init__(self, count: int, entries: int = 8) -> None:
        self.count, self.entries = count, entries
        self.faults: dict[str, bytes | str] = {}
        self.asked: list[str] = []
        self.origins: list[str] = []
        self._ready, self._loop = Event(), asyncio.new_event_loop()

    def run(self) -> None:
        """Serve until ``stop``."""
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "0.0.0.0", 0))  # noqa: S104
        port = server.sockets[0].getsockname()[1]
        self.origins = [f"http://127.1.0.{n + 1}:{port}" for n in range(self.count)]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(task)
        self._loop.close()

    def wait(self) -> None:
        self._ready.wait()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(head.decode("latin-1"), writer)
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    async def _answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        first, *headers = head.split("\r\n")
        host = next(line[6:] for line in headers if line.lower().startswith("host: "))
        origin, target = f"http://{host}", urlsplit(first.split(" ")[1])
        question = parse_qs(target.query).get("q", [""])[0]
        self.asked.append(f"{origin}{target.path}")
        fault = self.faults.get(origin)
        if fault == HUNG:
            await asyncio.sleep(3600)
        if isinstance(fault, bytes):
            writer.write(fault)
        else:
            department = self.origins.index(origin) + 1
            said = json.dumps(answer(origin, department, self.entries, question)).encode()
            writer.write(whole_answer(said))
        await writer.drain()


def whole_answer(body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{more}\r\n".encode() + body


@contextmanager
def portal_server(count: int, entries: int = 8) -> Iterator[PortalServer]:
    server = PortalServer(count, entries)
    running = Thread(target=server.run, daemon=True)
    running.start()
    server.wait()
    try:
        yield server
    finally:
        server.stop()
        running.join()


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    with portal_server(*numbers[:2]) as served:
        hung = numbers[2] if "--hung" in sys.argv else 0
        served.faults = dict.fromkeys(served.origins[:hung], HUNG)
        sys.stdout.write(json.dumps(served.origins) + "\n")
        sys.stdout.flush()
        Event().wait()
