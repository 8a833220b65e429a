"""What the two search servers share: fetched once, started on a free port, stopped after.

Both are programs of Java that Maven brings from its public registry. What it brings is kept
between runs in a cache folder (``PORTAL_TEST_CACHE``, else the user's own); what a server
writes lives in a temporary folder for as long as the server does.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

POMS = Path(__file__).parent / "maven"
OLDEST_JAVA = 17
PATIENCE = 600  # seconds; a start takes fifteen on a small machine that does nothing else
# Any free port, which the server writes in a file; what is of no use to tests is left out.
SETTINGS = {
    "cluster.name": "tests",
    "node.name": "tests",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "http.port": "0",
    "transport.port": "0",
    "node.portsfile": "true",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
}
# Quick to start rather than quick in the long run, and small.
JVM_OPTIONS = ("-Xms512m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:-AlwaysPreTouch")


class NoServer(Exception):
    """Why the server cannot be had here, in one line of French."""


def java_home() -> Path:
    """The folder of a Java that is recent enough, or ``NoServer``."""
    named = os.environ.get("JAVA_HOME")
    program = Path(named, "bin/java") if named else Path(shutil.which("java") or "/nowhere")
    home = program.resolve().parent.parent
    try:
        version = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text())
    except OSError:
        version = None
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise NoServer(f"Java {OLDEST_JAVA} manque (sudo apt-get install default-jre-headless)")
    return home


def cache_folder() -> Path:
    """Where the servers are kept. Root's own folder would be closed to the servers' user."""
    if named := os.environ.get("PORTAL_TEST_CACHE"):
        return Path(named)
    if os.geteuid() == 0:
        return Path("/var/cache/portail-ptsm")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "portail-ptsm"


def fetched(name: str, check: Callable[[Path], None]) -> Path:
    """The folder of the server ``name``, brought by its ``maven/<name>.xml`` when missing.

    ``check`` looks at what came and raises ``NoServer``. Interrupted, it leaves nothing that
    could be taken for a server; asked twice at once, it fetches once.
    """
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    pom = POMS / f"{name}.xml"
    target = cache / f"{name}-{_version(pom)}"
    with (cache / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=cache) as draft:
                _run_maven(pom, Path(draft))
                check(Path(draft, "server"))
                subprocess.run(["chmod", "-R", "a+rX", f"{draft}/server"], check=True)  # noqa: S603, S607
                Path(draft, "server").rename(target)
    return target


def _version(pom: Path) -> str:
    found = re.search("<server.version>([^<]+)</", pom.read_text())
    if found is None:
        raise ValueError(f"{pom} names no server.version")
    return found[1]


def _run_maven(pom: Path, draft: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("Maven manque (sudo apt-get install maven)")
    print(f"── {pom.stem} : téléchargement, la première fois…", flush=True)  # noqa: T201
    # A repository of its own: the archive is a gigabyte that nothing needs afterwards.
    command = [maven, "-q", "-B", "-C", "-f", str(pom), f"-Dmaven.repo.local={draft}/repository"]
    done = subprocess.run(  # noqa: S603
        [*command, f"-Dout={draft}/server", "process-resources"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        errors = [line for line in done.stdout.splitlines() if "ERROR" in line] or ["?"]
        raise NoServer(f"Maven n’a pas pu apporter {pom.stem} ({errors[0]})")


def without_privileges() -> list[str]:
    """What starts a server that ends with us, as ``nobody`` when we are root."""
    command = ["setpriv", "--pdeathsig=TERM"]
    if os.geteuid() == 0:
        command += ["--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    return [*command, "--"]


@contextmanager
def server_folder() -> Iterator[Path]:
    """A temporary folder for what a server reads and writes."""
    folder = Path(tempfile.mkdtemp(prefix="portail-recherche-"))
    try:
        for name in ("config", "data", "logs", "tmp"):
            (folder / name).mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_settings(folder: Path, name: str, **more: str | Path) -> None:
    """The settings of every server, and its own."""
    lines = [f"{key}: {value}\n" for key, value in (SETTINGS | more).items()]
    (folder / "config" / name).write_text("".join(lines))


@contextmanager
def running(
    folder: Path, command: Sequence[str | Path], env: Mapping[str, str | Path]
) -> Iterator[str]:
    """Start a server in its folder and give its address."""
    with started(folder, command, env) as process:
        yield address_of(process, folder)


@contextmanager
def started(
    folder: Path, command: Sequence[str | Path], env: Mapping[str, str | Path]
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a server in its folder, without waiting for it to answer."""
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "nobody:nogroup", str(folder)], check=True)  # noqa: S603, S607
    with (folder / "logs" / "output.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603
            [*without_privileges(), *command],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), **env},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        _stop(process)


def address_of(process: "subprocess.Popen[bytes]", folder: Path) -> str:
    """Where the server answers, once it does."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        ports = next(iter(folder.rglob("http.ports")), None)
        # The last line of the file is complete once it ends.
        if ports is not None and ports.read_text().endswith("\n"):
            address = f"http://{ports.read_text().split()[0]}"
            if _is_ready(address):
                return address
        time.sleep(0.1)
    log = (folder / "logs" / "output.log").read_text(errors="replace")
    raise NoServer(f"Le serveur n’a pas démarré :\n{log[-3000:]}")


def _is_ready(address: str) -> bool:
    url = f"{address}/_cluster/health?wait_for_status=yellow&timeout=30s"
    try:
        with urllib.request.urlopen(url, timeout=35) as answer:  # noqa: S310
            return not json.load(answer)["timed_out"]
    except (OSError, urllib.error.URLError):
        return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run_with(server: Callable[[], AbstractContextManager[str]], variable: str) -> int:
    """Run the command after ``--`` with the server's address in ``variable``.

    Out: the command's exit code; 0 when the server cannot be had, 1 in CI. A ``variable``
    that is already set names a server to use as it is.
    """
    command = sys.argv[sys.argv.index("--") + 1 :]
    if os.environ.get(variable):
        return _run(command, {})
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server() as url:
            return _run(command, {variable: url})
    except NoServer as reason:
        print(f"Essais sautés : {reason}.")  # noqa: T201
        return 1 if os.environ.get("CI") else 0


def _run(command: list[str], more: dict[str, str]) -> int:
    """Run a command; asked to stop, leave it the time to clean up after itself."""
    process = subprocess.Popen(command, env={**os.environ, **more})  # noqa: S603
    try:
        return process.wait()
    finally:
        _stop(process)
