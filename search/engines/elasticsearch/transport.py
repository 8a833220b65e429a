"""Talking to the search server without ever waiting long for it."""

import dataclasses
import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import Any

import urllib3
from elastic_transport import HttpHeaders, NodeConfig, TransportError
from elastic_transport import Urllib3HttpNode as HttpNode
from elastic_transport._node import NodeApiResponse
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import BulkIndexError

from search.contracts import EngineUnavailable

CONNECT_SECONDS = 0.3
#: What a reader waits for at most; then the embedded engine answers.
TOTAL_SECONDS = 1.5
#: What happens away from readers may take its time: an index being filled, a page saved.
PATIENT_SECONDS = 30.0
CONNECTIONS = 32

_VENDOR_TYPE = "application/vnd.elasticsearch+"
_NONSENSE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OSError)


class SearchNode(HttpNode):
    """A server that may be an OpenSearch, and that gets a deadline rather than patience.

    Elasticsearch's client refuses OpenSearch for two reasons: it sends media types that only
    Elasticsearch knows, and wants a header that only Elasticsearch sends. Plain JSON is
    understood by both, so both are spoken to in the same way: nothing to ask first, nothing
    to configure.

    A time-out of ``urllib3`` is that of each read: a server that sends a byte a second would
    hold a reader for ever. Each read here has the time that is left, whatever has come.
    """

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        kind = self.pool.ConnectionCls
        self.pool.ConnectionCls = type("Deadline", (_RequestDeadline, kind), {})  # type: ignore[assignment]

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = TOTAL_SECONDS,
    ) -> NodeApiResponse:
        plain = HttpHeaders(headers or {})
        for name in ("accept", "content-type"):
            if (media_type := plain.get(name) or "").startswith(_VENDOR_TYPE):
                plain[name] = "application/" + media_type.removeprefix(_VENDOR_TYPE).split(";")[0]
        limit = urllib3.Timeout(total=request_timeout, connect=CONNECT_SECONDS)
        meta, answer = super().perform_request(method, target, body, plain, limit)  # type: ignore[arg-type]
        marked = HttpHeaders({**meta.headers, "x-elastic-product": "Elasticsearch"})
        return NodeApiResponse(dataclasses.replace(meta, headers=marked), answer)


class _RequestDeadline:
    """A connection whose answer must be whole in time."""

    timeout: float | None

    def response_class(self, connected: socket.socket, *args: Any, **details: Any) -> Any:
        ends = time.monotonic() + (self.timeout or TOTAL_SECONDS)
        return HTTPResponse(_HurriedTransport(connected, ends), *args, **details)  # type: ignore[arg-type]


class _HurriedTransport(io.RawIOBase):
    """What a socket receives, each read having only the time that is left."""

    def __init__(self, connected: socket.socket, ends: float) -> None:
        self._socket = connected
        self._ends = ends

    def makefile(self, _mode: str) -> io.BufferedReader:
        self._raw = self._socket.makefile("rb", buffering=0)
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def client(urls: str) -> Elasticsearch:
    """A client of one server, or of the nodes of a cluster, whose addresses commas separate.

    Each address may hold a user and a password. A node that refuses a connection costs nothing: the
    next one is asked. After one that hangs no other is: the reader has no time left.
    """
    nodes = urls.split(",")
    return Elasticsearch(
        nodes,
        node_class=SearchNode,
        request_timeout=TOTAL_SECONDS,
        connections_per_node=CONNECTIONS,
        max_retries=len(nodes) - 1,
        retry_on_timeout=False,
        retry_on_status=(),
    )


@contextmanager
def sensible() -> Iterator[None]:
    """Turn whatever a server can do wrong into ``EngineUnavailable``.

    Its message never holds the server's, which may repeat what the reader typed.
    """
    try:
        yield
    except ApiError as error:
        raise EngineUnavailable(f"status {error.meta.status}") from error
    except (TransportError, BulkIndexError, *_NONSENSE) as error:
        raise EngineUnavailable(type(error).__name__) from error
