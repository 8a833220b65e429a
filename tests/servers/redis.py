"""A Redis of its own, on the loopback, that keeps nothing on disk."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE = 30  # seconds


def has_redis() -> bool:
    """Whether Debian's server is there; always true in CI, where a missing one must fail."""
    return bool(shutil.which("redis-server") or os.environ.get("CI"))


class Redis:
    """A server that can be stopped and started again at the same address (``url``)."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url, self._folder = f"redis://127.0.0.1:{self.port}/0", folder

    def start(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        self._process = subprocess.Popen(  # noqa: S603
            command, cwd=self._folder, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with closing(socket.socket()) as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("redis-server does not answer")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def redis(folder: Path) -> Iterator[Redis]:
    """Start a server whose working folder is ``folder``."""
    server = Redis(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
