"""A portal of any size, filled and served as « make run » does, for what measures it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from portal.bootstrap.department import Portal

#: What the processor's time is counted in (/proc/<pid>/stat).
_TICK = os.sysconf("SC_CLK_TCK")
PAGES = {
    "accueil": "/",
    "liste": "/annuaire/",
    "actualités": "/actualites/",
    "fiche": "",
    "recherche": "/annuaire/?q=cmp&ou=aubagne",
}


class ServedPortal:
    """The demonstration in a folder, brought to a number of entries, then served."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.var = folder / "var"
        self.portal = Portal("13", free_port(), var=self.var)
        self.portal.env |= {"PORTAL_TILES_URL": "", "PORTAL_MAIL_AT_ONCE": "0"}
        self.database = database or f"sqlite:///{self.var / 'db.sqlite3'}"

    def prepare(self) -> None:
        """Fill it with the demonstration; quick when it is there already."""
        if self.database.startswith("postgres"):
            os.environ["DATABASE_URL"] = self.portal.env["DATABASE_URL"] = self.database
        try:
            self.portal.prepare()
        finally:
            os.environ.pop("DATABASE_URL", None)

    def grow(self, entries: int) -> int:
        """Bring it to so many entries, found by the search; how many there are."""
        return int(self.run("grow", str(entries))["entries"])

    def set_hours(self, moment: str) -> None:
        """« jour »: half of the added entries are open now; « nuit »: none is."""
        self.run("hours", moment)

    def entry_address(self) -> str:
        return str(self.run("entry")["address"])

    def run(self, *arguments: str) -> dict[str, Any]:
        """A command of ``tests.benchmarks.portal_filling``, in a process of its own."""
        command = [sys.executable, "-m", "tests.benchmarks.portal_filling", *arguments]
        done = subprocess.run(  # noqa: S603 (its own)
            command, env=self.environment(), stdout=subprocess.PIPE, check=True, text=True
        )
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def environment(self, **more: str) -> dict[str, str]:
        secret = (self.var / "secret_key").read_text().strip()
        own = {"DATABASE_URL": self.database, "SECRET_KEY": secret}
        settings = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.site_settings"}
        return {**self.portal.env, **own, **settings, **more}

    @contextmanager
    def served(
        self, *, keeps: bool, socket_path: Path | None = None, server: str = "", threads: int = 4
    ) -> Iterator["Server"]:
        """Serve it; ``keeps``: whether whole pages are kept for readers.

        ``socket_path``: where nginx asks. ``server``: « gunicorn » rather than granian.
        """
        port = free_port()
        if socket_path:
            socket_path.unlink(missing_ok=True)
        where = [f"--uds={socket_path}", "--uds-permissions=0o666"] if socket_path else []
        command = ["granian", "--interface", "wsgi", "--workers", "2", "--no-ws"]
        command += where or ["--host", "127.0.0.1", "--port", str(port)]
        command += ["--blocking-threads", str(threads), "--backpressure", "128"]
        command += ["--log-level", "error", "--workers-kill-timeout", "10"]
        if server == "gunicorn":
            command = ["gunicorn", "--workers", "2", "--threads", str(threads)]
            command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "--keep-alive", "30"]
        env = self.environment(PORTAL_PAGE_CACHE="1" if keeps else "0")
        process = subprocess.Popen(  # noqa: S603 (its own)
            [sys.executable, "-m", *command, "portal.wsgi:application"], env=env
        )
        try:
            _wait(process, socket_path or port)
            yield Server(process, port)
        finally:
            process.terminate()
            process.wait(30)


class Server:
    """Processes that answer on a port."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process, self.port = process, port

    def workers(self) -> list[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def processor_seconds(self) -> float:
        """What its processes have used of the processor since they started."""
        pids = [self.process.pid, *self.workers()]
        fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in pids]
        return sum(int(one[11]) + int(one[12]) for one in fields) / _TICK

    def memory(self) -> list[float]:
        """The memory of each worker, in MB: now, the highest first."""
        texts = [Path(f"/proc/{pid}/status").read_text() for pid in self.workers()]
        lines = [line for text in texts for line in text.splitlines() if line.startswith("VmRSS:")]
        return sorted((int(line.split()[1]) / 1024 for line in lines), reverse=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", where: Path | int) -> None:
    """Until the server answers."""
    while process.poll() is None:
        is_path = isinstance(where, Path)
        family = socket.AF_UNIX if is_path else socket.AF_INET
        with suppress(OSError), socket.socket(family) as probe:
            probe.settimeout(5)  # who came before the workers is never answered
            probe.connect(str(where) if is_path else ("127.0.0.1", where))
            probe.sendall(b"GET /hello/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if probe.recv(12).startswith(b"HTTP/"):
                return
        time.sleep(0.1)
    raise SystemExit("Le serveur s’est arrêté avant de répondre.")
