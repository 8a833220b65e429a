"""A Debian machine with nothing but git and Python, in a root of its own, that ends with the test.

Its processes and mounts live in namespaces of their own: the end of the first process ends all.
It has the network of this machine, so that nginx answers on the ports 80 and 443 of the loopback.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PORTS = (80, 443, 5432)
CODE = "/opt/portail-ptsm"
#: The bare system and the packages that it fetched, kept from one run to the next.
CACHE = Path("/var/cache/portail-ptsm-essais")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

_BOOT = """
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755,dev,suid,exec none "$1"
tar -C "$1" -xf "$2"
mount -t proc proc "$1/proc"
mkdir -p "$1/dev/shm"
mount -t tmpfs none "$1/dev/shm"
mkdir -p "$1/var/cache/uv" "$1/var/cache/apt/archives" "$3/apt" "$4"
mount --bind "$4" "$1/var/cache/uv"
mount --bind "$3/apt" "$1/var/cache/apt/archives"
# Said from inside: until then, its root is still that of the machine that holds it.
exec chroot "$1" sh -c 'echo ready; exec sleep infinity'
"""


def what_is_missing(ports: Iterable[int] = PORTS) -> str:
    """Why this machine cannot hold another one, in French; empty when it can.

    ``ports``: those that the other one will listen to.
    """
    if os.geteuid() != 0:
        return "il faut être root"
    for program in ("debootstrap", "unshare", "nsenter", "chroot"):
        if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin"):
            return f"il manque {program} (sudo apt-get install debootstrap util-linux)"
    probe = ["unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "none", "/mnt"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        return "ce système ne laisse pas monter un dossier"
    for port in ports:
        with closing(socket.socket()) as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return f"le port {port} est pris"
    return ""


def bare_system() -> Path:
    """An archive of Debian 12 with git and Python, made once; raises ``CalledProcessError``."""
    archive = CACHE / "bookworm.tar"
    if archive.exists():
        return archive
    CACHE.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        tree = Path(folder, "root")
        command = ["debootstrap", "--variant=minbase", "--include=git,python3,ca-certificates"]
        subprocess.run([*command, "bookworm", tree, mirror()], check=True, capture_output=True)
        draft = Path(folder, "bookworm.tar")
        subprocess.run(["tar", "-C", tree, "-cf", draft, "."], check=True)
        draft.rename(archive)
    return archive


def libraries_cache() -> Path:
    """Where ``uv`` keeps what it has downloaded: « make tools » has just filled it."""
    return Path(os.environ.get("UV_CACHE_DIR") or Path.home() / ".cache" / "uv")


def why_no_system() -> str:
    """Why a bare Debian cannot be made now (no network…), in French; empty when it is there."""
    try:
        bare_system()
    except (subprocess.CalledProcessError, RuntimeError, OSError) as error:
        return f"Debian 12 n’a pas pu être préparé ({error})"
    return ""


def mirror() -> str:
    """Where this machine takes Debian from."""
    listing = subprocess.run(["apt-cache", "policy"], capture_output=True, text=True, check=True)
    found = re.search(r"(https?://\S+) bookworm/main", listing.stdout)
    if found is None:
        raise RuntimeError("apt-get update, first: no source of Debian 12 is known")
    return found[1]


class Machine:
    """``with Machine() as machine: machine.run("./portal/deploy/install …")``"""

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        boot = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", _BOOT, "boot"]
        self.process = subprocess.Popen(
            [*boot, str(self.folder), str(bare_system()), str(CACHE), str(libraries_cache())],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        self.init = int(children.read_text().split()[0])
        try:
            self._furnish()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.folder.rmdir()

    def run(self, command: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a shell command as root, in the folder of the code; never raises."""
        enter = ["nsenter", f"--target={self.init}", "--mount", "--pid", "--root", "--wd"]
        clean = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
        clean["UV_CACHE_DIR"] = "/var/cache/uv"
        trust = dict.fromkeys(("SSL_CERT_FILE", "PIP_CERT"), "/etc/ssl/essai.crt")
        network = {
            name: value
            for name, value in os.environ.items()
            if name.lower().endswith("_proxy") or name.startswith(("PIP_INDEX", "UV_INDEX"))
        }
        return subprocess.run(
            [*enter, "sh", "-c", f"cd {CODE} 2>/dev/null || cd /; {command}"],
            env={**network, **clean, **trust, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def must(self, command: str, **env: str) -> str:
        """Run a command that has to succeed; return what it wrote."""
        done = self.run(command, **env)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        target = Path(f"/proc/{self.init}/root{path}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        target.chmod(mode)

    def read(self, path: str) -> str:
        return self.must(f"cat {path}")

    def _furnish(self) -> None:
        """The network of this machine, a systemctl, and the code where people put it."""
        for path in ("/etc/resolv.conf", "/etc/hosts"):
            self.write(path, Path(path).read_text())
        self.write("/etc/ssl/essai.crt", CERTIFICATES.read_text())
        self.write("/etc/apt/sources.list", f"deb {mirror()} bookworm main\n")
        # A machine that lives five minutes need not wait for its disk.
        self.write("/etc/dpkg/dpkg.cfg.d/essai", "force-unsafe-io\n")
        source = Path(__file__).with_name("systemctl.py").read_text()
        self.write("/usr/local/bin/systemctl", source, mode=0o755)
        with tempfile.TemporaryDirectory() as folder:
            clone = ["git", "clone", "--quiet", "--bare", "--depth=1", f"file://{ROOT}", folder]
            subprocess.run(clone, check=True)
            archive = Path(folder, "portail.tar")
            subprocess.run(
                ["tar", "-C", folder, "--exclude=*.tar", "-cf", archive, "."], check=True
            )
            Path(f"/proc/{self.init}/root/srv/portail.tar").write_bytes(archive.read_bytes())
        self.must(
            "mkdir /srv/portail.git && cd /srv/portail.git && tar -xf ../portail.tar"
            " && git config --global safe.directory '*' && git branch -f main HEAD"
            f" && git clone -q -b main /srv/portail.git {CODE}"
        )
