"""Run a command with a PostgreSQL of its own: ``python -m tests.servers.postgres -- pytest``.

The server lives in a temporary directory for as long as the command does, and forgets
everything: nothing is shared with a PostgreSQL that the machine may already run.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What makes a database safe after a power cut makes tests slow; so does compiling what runs once.
FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off"]


def find_binaries() -> Path | None:
    """The folder of the newest installed server, or None."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    folders = sorted((path.parent for path in found), key=lambda path: int(path.parts[-2]))
    if folders:
        return folders[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _as_server_user() -> list[str]:
    """The server refuses to run as root: root runs it as ``postgres``."""
    if os.geteuid() != 0:
        return []
    pwd.getpwnam("postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres(binaries: Path) -> Iterator[str]:
    """Start a server on a free port of the loopback address and give its DATABASE_URL."""
    prefix = _as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="portail-postgres-"))
    try:
        if prefix:
            shutil.chown(folder, "postgres")
        port = _free_port()
        data = folder / "data"
        initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "portail", "-A", "trust"]
        _quietly([*prefix, *initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], folder)
        settings = [*FORGETFUL, f"port={port}", "listen_addresses=127.0.0.1"]
        settings.append(f"unix_socket_directories={folder}")
        options = " ".join(f"-c {setting}" for setting in settings)
        pg_ctl = [*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        _quietly([*pg_ctl, "-l", str(folder / "log"), "-o", options, "start"], folder)
        try:
            yield f"postgres://portail@127.0.0.1:{port}/postgres"
        finally:
            _quietly([*pg_ctl, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quietly(command: list[str], folder: Path) -> None:
    # The server keeps what it is given open: no pipe, or reading it would never end.
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def main(arguments: list[str]) -> int:
    """Run the command after ``--`` and return its exit code."""
    command = arguments[arguments.index("--") + 1 :]
    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL manque : essais sautés (sudo apt-get install postgresql).")  # noqa: T201
        return 1 if os.environ.get("CI") else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgres(binaries) as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
