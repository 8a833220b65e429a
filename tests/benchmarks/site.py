"""What pages cost at each size, on each database: « make bench ».

    make bench              # the demonstration, 2,000 and 30,000 entries, both databases: an hour
    make bench SIZES=0 DATABASES=sqlite MOMENTS=jour ROUNDS=5

A size of 0 is the demonstration alone. For each size: « hello », a static file and five pages, made
anew, kept in Python, and kept by nginx for four different browsers; by day (half of the entries
open) and by night. What is compared is asked turn about, on connections that stay open. Printed:
ratios to « hello » (to the static file for nginx), of the processor's time, which another process
on the machine cannot change, and of the clock, with its noise: the median of « hello » over its
least. What could not be measured is said. What was added stays in FOLDER, for another run. No test:
a machine that is busy would fail it.
"""

import http.client
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tests.benchmarks.served_portal import PAGES, ServedPortal, Server
from tests.deploy.nginx import HOST, TRUSTING, Nginx, program
from tests.servers.postgres import find_binaries, postgres

SIZES = [int(size) for size in os.environ.get("SIZES", "0 2000 30000").split()]
DATABASES = os.environ.get("DATABASES", "sqlite postgresql").split()
MOMENTS = os.environ.get("MOMENTS", "jour nuit").split()
ROUNDS = int(os.environ.get("ROUNDS", "12"))
#: « granian » as in production, or « gunicorn » where it is installed; the threads of each worker.
SERVER = os.environ.get("SERVER", "granian")
THREADS = int(os.environ.get("THREADS", "4"))
#: How often an address is asked in a round: the processor's time is told in hundredths of a second.
_TIMES = 10
_WARM = 2
BROWSERS = (
    {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "fr-FR,fr;q=0.9"},
    {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "fr,en-US;q=0.7,en;q=0.3"},
    {"Accept-Encoding": "gzip, deflate", "Accept-Language": "fr-FR"},
    {"Accept-Encoding": "identity", "Accept-Language": "en-GB,en;q=0.9"},
)

Ask = Callable[[str, dict[str, str]], None]


class Figures:
    """The readings of one way of asking: milliseconds of the clock by address, and of processor."""

    def __init__(self, ask: Ask, server: Server | None) -> None:
        self._ask, self._server = ask, server
        self.clock: dict[str, list[float]] = {}
        self.processor: dict[str, float] = {}
        self.memory = 0.0

    def read(self, name: str, address: str) -> None:
        before = self._server.processor_seconds() if self._server else 0
        for rank in range(_TIMES):
            begun = time.perf_counter()
            self._ask(address, BROWSERS[rank % len(BROWSERS)])
            self.clock.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
        after = self._server.processor_seconds() if self._server else 0
        self.memory = max(self._server.memory()) if self._server else 0
        self.processor[name] = self.processor.get(name, 0) + (after - before) * 1000

    def ratio(self, name: str, unit: str) -> str:
        """By the processor and by the clock (medians), in units of ``unit``."""
        clock = statistics.median(self.clock[name]) / statistics.median(self.clock[unit])
        if not self.processor.get(unit):
            return f"{clock:.2f}"
        return f"{self.processor[name] / self.processor[unit]:.1f} ({clock:.1f})"

    def noise(self, unit: str) -> float:
        return statistics.median(self.clock[unit]) / min(self.clock[unit])


def main() -> int:
    _say("| base | fiches | moment | page | refaite, × hello | gardée en Python, × hello |"
         " nginx, × fichier | bruit |")  # fmt: skip
    _say("|---|---|---|---|---|---|---|---|")
    for database in DATABASES:
        with ExitStack() as stack:
            url = ""
            if database == "postgresql":
                if (binaries := find_binaries()) is None:
                    _say("PostgreSQL : non mesuré, il n’est pas installé.")
                    continue
                url = stack.enter_context(postgres(binaries))
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portail-banc-"))
            portal = ServedPortal(Path(os.environ.get("FOLDER") or folder), url)
            portal.prepare()
            for size in SIZES:
                entries = portal.grow(size)
                for moment in MOMENTS:
                    portal.set_hours(moment)
                    _measure(portal, f"| {database} | {entries} | {moment}")
    if program() is None:
        _say("nginx : non mesuré, il n’est pas installé.")
    return 0


def _measure(portal: ServedPortal, heading: str) -> None:
    pages = {**PAGES, "fiche": portal.entry_address()}
    addresses = {"hello": "/hello/", "fichier": f"/static/{_stylesheet(portal.var)}", **pages}
    with ExitStack() as stack:
        ways = _ways(portal, stack)
        _read_turn_about(ways, addresses)
    for name in pages:
        cells = [ways[way].ratio(name, "hello") for way in ("refaite", "gardée")]
        cells.append(ways["nginx"].ratio(name, "fichier") if "nginx" in ways else "–")
        units = ("fichier" if way == "nginx" else "hello" for way in ways)
        noises = [
            f"× {way.noise(unit):.1f}" for way, unit in zip(ways.values(), units, strict=True)
        ]
        _say(f"{heading} | {name} | {' | '.join(cells)} | {', '.join(noises)} |")
    hello, memory = ways["refaite"].clock["hello"], ways["refaite"].memory
    _say(f"{heading} | « hello » {statistics.median(hello):.2f} ms, {memory:.0f} Mo | | | | |")


def _ways(portal: ServedPortal, stack: ExitStack) -> dict[str, Figures]:
    """How a page is asked, each from servers of its own."""
    ways: dict[str, Figures] = {}
    for way, keeps in (("refaite", False), ("gardée", True)):
        server = stack.enter_context(portal.served(keeps=keeps, server=SERVER, threads=THREADS))
        ways[way] = Figures(stack.enter_context(_over_http(server.port)), server)
    if program() is not None:
        nginx = stack.enter_context(_nginx(portal))
        ways["nginx"] = Figures(stack.enter_context(_over_https(nginx)), None)
    return ways


def _read_turn_about(ways: dict[str, Figures], addresses: dict[str, str]) -> None:
    rounds = [*range(-_WARM, 0), *range(ROUNDS)]
    for round_ in rounds:
        if round_ == 0:  # all that is warm, and nothing of how it became so
            for way in ways.values():
                way.clock.clear()
                way.processor.clear()
        for name, address in addresses.items():
            for way in ways.values():
                way.read(name, address)


@contextmanager
def _nginx(portal: ServedPortal) -> Iterator[Nginx]:
    """nginx with the files of a real machine, before a portal that keeps pages."""
    with tempfile.TemporaryDirectory(prefix="nginx-") as folder:
        Path(folder).chmod(0o755)
        nginx = Nginx(Path(folder))
        shutil.copytree(portal.var / "static", nginx.var_dir / "static", symlinks=True)
        os.system(f"chmod -R a+rX {folder}")  # noqa: S605 (its own folder: nginx has its account)
        with portal.served(keeps=True, socket_path=nginx.socket_path), nginx:
            yield nginx


@contextmanager
def _over_http(port: int) -> Iterator[Ask]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        yield _asking(connection, f"127.0.0.1:{port}")


@contextmanager
def _over_https(nginx: Nginx) -> Iterator[Ask]:
    connection = http.client.HTTPSConnection("127.0.0.1", nginx.port, timeout=120, context=TRUSTING)
    with closing(connection):
        yield _asking(connection, HOST)


def _asking(connection: http.client.HTTPConnection, host: str) -> Ask:
    def ask(address: str, browser: dict[str, str]) -> None:
        connection.request("GET", address, headers={"Host": host, **browser})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address} : {answer.status}")

    return ask


def _stylesheet(var: Path) -> str:
    (first, *_) = sorted((var / "static").glob("portal/css/main.*.css"))
    return str(first.relative_to(var / "static"))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
