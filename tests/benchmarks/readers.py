"""How long readers wait in a large portal while something heavy goes on: « make bench-readers ».

    make bench-readers SIZE=30000 READERS=20 DATABASES=sqlite

Readers ask all at once, after a pause, for a list, a search by a word, one by a word and a place,
and an entry; alone, then during a publication, a rebuild of the index and an export. Printed for
each: the median, the 95th and 99th hundredth and the slowest answer, « hello » among them as what
the machine itself costs, and the memory of each worker.
No test: a machine that is busy would fail it.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tests.benchmarks.served_portal import ServedPortal, Server
from tests.servers.postgres import find_binaries, postgres

SIZE = int(os.environ.get("SIZE", "30000"))
READERS = int(os.environ.get("READERS", "20"))
SECONDS = float(os.environ.get("SECONDS", "12"))
DATABASES = os.environ.get("DATABASES", "sqlite postgresql").split()
#: A reader reads a while what was found, before asking again.
_PAUSE = 1.0
_WAKE_AFTER = 65  # seconds: the minute of kept pages has then ended


def main() -> int:
    for database in DATABASES:
        with ExitStack() as stack:
            url = ""
            if database == "postgresql":
                if (binaries := find_binaries()) is None:
                    _say("PostgreSQL : non mesuré, il n’est pas installé.")
                    continue
                url = stack.enter_context(postgres(binaries))
            folder = os.environ.get("FOLDER") or stack.enter_context(
                tempfile.TemporaryDirectory(prefix="portail-banc-")
            )
            portal = ServedPortal(Path(folder), url)
            portal.prepare()
            portal.grow(SIZE)
            portal.set_hours("jour")
            with portal.served(keeps=True) as server:
                _measure(portal, server, database)
    return 0


def _measure(portal: ServedPortal, server: Server, database: str) -> None:
    addresses = {
        "hello": "/hello/",
        "liste": "/annuaire/",
        "mot": "/annuaire/?q=dépression".replace("é", "%C3%A9"),
        "mot et lieu": "/annuaire/?q=cmp&ou=aubagne",
        "fiche": portal.entry_address(),
    }
    _say("| base | pendant | page | médiane | p95 | p99 | la plus lente | demandes |")
    _say("|---|---|---|---|---|---|---|---|")
    for name, during in (
        ("rien, après une pause", _nothing),
        ("une publication", _publication),
        ("une reconstruction de l’index", _rebuild),
        ("un export CSV", _export),
    ):
        if during is _nothing:
            time.sleep(_WAKE_AFTER)
        times: dict[str, list[float]] = {page: [] for page in addresses}
        with during(portal, server):
            _ask_together(server.port, addresses, times)
        for page, found in times.items():
            ms = sorted(one * 1000 for one in found) or [0.0, 0.0]
            cuts = statistics.quantiles(ms, n=100) if len(ms) > 1 else ms * 99
            _say(f"| {database} | {name} | {page} | {statistics.median(ms):.0f} ms | {cuts[94]:.0f}"
                 f" | {cuts[98]:.0f} | {ms[-1]:.0f} | {len(ms)} |")  # fmt: skip
        memory = ", ".join(f"{one:.0f} Mo" for one in server.memory())
        _say(f"| {database} | {name} | mémoire de chaque processus : {memory} | | | | | |")


def _ask_together(port: int, addresses: dict[str, str], times: dict[str, list[float]]) -> None:
    """Each reader goes through the addresses, each beginning elsewhere, all in the same instant."""
    start = threading.Barrier(READERS)
    ends_at = time.monotonic() + SECONDS
    names = list(addresses)

    def read(rank: int) -> None:
        start.wait()
        while time.monotonic() < ends_at:
            name = names[rank % len(names)]
            rank += 1
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
                begun = time.perf_counter()
                connection.request("GET", addresses[name], headers={"Accept-Encoding": "gzip"})
                connection.getresponse().read()
                times[name].append(time.perf_counter() - begun)
            time.sleep(_PAUSE)

    threads = [threading.Thread(target=read, args=(rank,)) for rank in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


During = Callable[[ServedPortal, Server], "Iterator[None]"]


@contextmanager
def _nothing(portal: ServedPortal, server: Server) -> Iterator[None]:
    yield


@contextmanager
def _beside(portal: ServedPortal, *command: str) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603 (its own)
        [sys.executable, *command], env=portal.environment(), stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _publication(portal: ServedPortal, server: Server) -> Iterator[None]:
    with _beside(portal, "-m", "tests.benchmarks.portal_filling", "publish"):
        yield


@contextmanager
def _rebuild(portal: ServedPortal, server: Server) -> Iterator[None]:
    with _beside(portal, "manage.py", "rebuild_search"):
        yield


@contextmanager
def _export(portal: ServedPortal, server: Server) -> Iterator[None]:
    script = (
        "import sys, urllib.request as u\n"
        "while True:\n"
        "    with u.urlopen(sys.argv[1]) as answer:\n"
        "        while answer.read(65536): pass\n"
    )
    address = f"http://127.0.0.1:{server.port}/api/annuaire.csv"
    with _beside(portal, "-c", script, address):
        yield


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
