"""An open-data address that behaves as they do: ranges, redirections, cuts, web pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class OpenDataServer:
    """``files``: what each path gives. ``cuts``: how many bytes of the next answer leave."""

    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    etag: str = '"one"'
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def url(self, path: str) -> str:
        return f"{self.address}{path}"


@contextmanager
def open_data() -> Iterator[OpenDataServer]:
    """The server, on a port of its own, until the end of the block."""
    data = OpenDataServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            data.asked.append((self.path, self.headers.get("Range", "")))
            if self.path in data.redirects:
                self.send_response(302)
                self.send_header("Location", data.url(data.redirects[self.path]))
                self.end_headers()
                return
            whole = data.files.get(self.path, b"")
            status = data.statuses.get(self.path, 200 if self.path in data.files else 404)
            start = self._start() if status == 200 else 0
            body = whole[start:]
            self.send_response(206 if start else status)
            self.send_header("Content-Type", data.types.get(self.path, "application/gzip"))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", data.etag)
            self.end_headers()
            self.wfile.write(body[: data.cuts.pop(0)] if data.cuts else body)

        def _start(self) -> int:
            if self.headers.get("If-Range") != data.etag:
                return 0
            return int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))

        def log_message(self, *args: object) -> None:
            """Nothing is written."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    data.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield data
    finally:
        server.shutdown()
        server.server_close()
