"""The demonstration, made from nothing and served as ``make run`` serves it."""

import fcntl
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from portal.bootstrap.department import Portal

# Runs in a process of its own: in this one, Django is set for the test database.
LIST_PAGES = """
import json
from wagtail.models import Locale, Page
pages = Page.objects.live().public().filter(locale=Locale.get_default(), depth__gt=1)
found = {}
for page in pages.order_by("path").specific():
    url = page.get_url()
    if url:
        found.setdefault(type(page).__name__, url)
print(json.dumps(found))
"""


@dataclass
class DemoSite:
    """Where the demonstration answers, and one address of each type of page."""

    url: str
    log: Path
    env: dict[str, str]
    addresses: dict[str, str] = field(default_factory=dict)

    def run(self, code: str) -> str:
        """What a piece of Python says beside the site, on its own data."""
        command = [sys.executable, "-c", f"import django; django.setup(){code}"]
        done = subprocess.run(  # noqa: S603
            command, env=self.env, check=True, capture_output=True, text=True
        )
        return done.stdout

    def errors(self) -> str:
        """The end of what the server wrote, for a test that failed."""
        return self.log.read_text()[-3000:]


def fill_demo(folder: Path) -> None:
    """Fill ``folder`` with the demonstration, unless another process of this run has done it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _portal(folder).prepare()


@contextmanager
def serve_demo(filled: Path, folder: Path) -> Iterator[DemoSite]:
    """Serve the demonstration that is in ``filled`` from a copy of it in ``folder``."""
    if folder != filled:
        shutil.copytree(filled, folder, dirs_exist_ok=True)
    portal = _portal(folder)
    portal.prepare()
    log = folder / "server.log"
    site = DemoSite(portal.address.rstrip("/"), log, portal.env)
    site.addresses = json.loads(site.run(LIST_PAGES))
    with log.open("w") as output:
        processes = [
            start(stdout=output, stderr=subprocess.STDOUT)
            for start in (portal.start, portal.start_tasks)
        ]
        try:
            assert portal.answers(processes[0], patience=None), site.errors()
            yield site
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=20)


def _portal(folder: Path) -> Portal:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    portal = Portal("13", port, var=folder, binaries=Path(sys.executable).parent)
    # Tests reach no other site: without a source of tiles, the map shows its borders.
    portal.env["PORTAL_TILES_URL"] = ""
    return portal
