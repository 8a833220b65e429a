"""A portal of cardboard behind a real nginx, and the files that the portal writes for nginx."""

import os
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.deploy.nginx import Nginx, program


class Portal(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Answers every request by its number, and keeps the addresses that were asked for."""

    daemon_threads = True

    def __init__(self, path: Path) -> None:
        self.seen: list[str] = []
        super().__init__(str(path), Handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        self.server.seen.append(self.path)
        body = f"answer {len(self.server.seen)} to {self.headers['X-Forwarded-For']}".encode()
        self.send_response(200)
        if self.path.startswith("/connexion/"):
            self.send_header("Set-Cookie", "__Host-csrftoken=a")
        if self.path == "/aide/":  # what the portal lets be kept; longer here than it says
            self.send_header("X-Accel-Expires", "60")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_POST = do_GET

    def address_string(self) -> str:
        return "unix"

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def has_nginx() -> None:
    if program() is None:
        assert not os.environ.get("CI"), "make tools installs nginx"
        pytest.skip("nginx n’est pas installé : sudo apt-get install nginx-light")


@pytest.fixture
def nginx(has_nginx: None) -> Iterator[Nginx]:
    """nginx before a portal that is stopped."""
    # Not in tmp_path, which pytest closes to other accounts, such as nginx's own.
    with TemporaryDirectory(prefix="nginx-") as folder:
        Path(folder).chmod(0o755)
        with Nginx(Path(folder)) as running:
            yield running


@pytest.fixture
def portal(nginx: Nginx) -> Iterator[Portal]:
    """A portal that answers behind ``nginx``."""
    server = Portal(nginx.socket_path)
    nginx.socket_path.chmod(0o666)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
