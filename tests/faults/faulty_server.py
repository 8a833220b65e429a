"""A search server that fails in a way of its own, and counts those who called."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from search.contracts import FACETS

MISSING = {"error": {"type": "index_not_found_exception", "reason": "no such index"}, "status": 404}


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n"


def _answer(status: str, body: str, media_type: str = "application/json") -> bytes:
    """A whole answer. It says that it is the last one: the line is cut after each."""
    payload = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(payload)}"
    return f"{head}\r\nConnection: close\r\n\r\n".encode() + payload


#: What each fault answers; nothing at all when it hangs.
ANSWERS = {
    "hung": b"",
    "busy": _answer("503 Service Unavailable", '{"error": "too many requests"}'),
    "crashed": _answer("500 Internal Server Error", "<h1>Oops</h1>", "text/html"),
    "index missing": _answer("404 Not Found", json.dumps(MISSING)),
    "forbidden": _answer("401 Unauthorized", '{"error": "who are you?"}'),
    "malformed": _answer("200 OK", '{"hits": {"total": '),
    "another service": _answer("200 OK", "<html>Welcome to nginx!</html>", "text/html"),
    "empty object": _answer("200 OK", "{}"),
    "wrong shape": _answer("200 OK", '{"timed_out": false, "_shards": {"failed": 0}, "hits": 3}'),
    "half of the shards": _answer("200 OK", '{"timed_out": false, "_shards": {"failed": 1}}'),
    "cut short": _HEAD + b"{",
    "not http": b"\x00\xff" * 100,
    "endless": _HEAD,
    "endless headers": b"HTTP/1.1 200 OK\r\nX-",
}
_FOUND_NOTHING = {
    "timed_out": False,
    "_shards": {"failed": 0},
    "hits": {"total": {"value": 0}, "hits": []},
    "aggregations": {
        "held": {"doc_count": 0},
        "aside": {"doc_count": 0},
        "found": {facet: {"buckets": []} for facet in FACETS},
    },
}
#: What a server that is well answers from an empty index.
WELL = "well"
#: These never end what they began: a byte now and then keeps a client waiting.
ENDLESS = {"endless", "endless headers"}
FAULTS = ["refused", *ANSWERS]
ANSWERS[WELL] = _answer("200 OK", json.dumps(_FOUND_NOTHING))


class FaultyServer:
    """Listens on a free port; ``fault`` may be changed while it runs."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.connections = 0
        self._closing = Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        if fault == "refused":
            self._listener.close()
        else:
            Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                self.connections += 1
                Thread(target=self._serve, args=[caller], daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with suppress(OSError), caller:
            if not caller.recv(65_536):
                return
            fault = self.fault
            caller.sendall(ANSWERS[fault])
            if fault == "hung":
                self._closing.wait()
            while fault in ENDLESS and not self._closing.wait(0.05):
                caller.sendall(b" ")


@contextmanager
def faulty_server(fault: str) -> Iterator[FaultyServer]:
    server = FaultyServer(fault)
    try:
        yield server
    finally:
        server.close()
