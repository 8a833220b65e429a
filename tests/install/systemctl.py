#!/usr/bin/python3
"""Stands in for systemctl in a root without systemd: obeys the unit files, as far as they are used.

Copied to ``/usr/local/bin/systemctl`` of the root that the tests install the portal in. What a
service writes is in ``/var/log/UNIT.log``.
"""

import contextlib
import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
DEBIAN = {
    "nginx": {
        "program": "nginx",
        "start": "nginx",
        "stop": "nginx -s quit",
        "reload": "nginx -s reload",
    },
    "postgresql": {
        "program": "postgres",
        "start": "service postgresql start",
        "stop": "service postgresql stop",
    },
}


class Unit:
    """A unit of ``/etc/systemd/system``, which may be a template (``portail-ptsm@13``)."""

    def __init__(self, name: str) -> None:
        self.name = name.removesuffix(".service")
        stem, at, instance = self.name.partition("@")
        text = (UNITS / f"{stem}{at}.service").read_text().replace("%i", instance)
        lines = (line.strip() for line in text.splitlines())
        self.values = dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
        self.pid_path = Path("/run", f"{self.name}.pid")

    def environment(self) -> dict[str, str]:
        lines = Path(self.values["EnvironmentFile"]).read_text().splitlines()
        named = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **dict(named)}

    def start(self) -> None:
        if self.pid():
            return
        account = pwd.getpwnam(self.values["User"])
        if folder := self.values.get("RuntimeDirectory"):
            path = Path("/run", folder)
            path.mkdir(exist_ok=True)
            os.chown(path, account.pw_uid, account.pw_gid)
        with Path("/var/log", f"{self.name}.log").open("ab") as log:
            options = {
                "user": account.pw_uid,
                "group": account.pw_gid,
                "extra_groups": [],
                "umask": int(self.values.get("UMask", "0022"), 8),
                "cwd": self.values["WorkingDirectory"],
                "env": self.environment(),
                "stdin": subprocess.DEVNULL,
                "stdout": log,
                "stderr": log,
            }
            if before := self.values.get("ExecStartPre"):
                subprocess.run(shlex.split(before), check=True, **options)
            command = shlex.split(self.values["ExecStart"])
            process = subprocess.Popen(command, start_new_session=True, **options)
        self.pid_path.write_text(str(process.pid))

    def stop(self) -> None:
        """Ask, then kill what is left when ``TimeoutStopSec`` is over, and say so."""
        pid = self.pid()
        if not pid:
            return
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + int(self.values["TimeoutStopSec"])
        while self.pid() and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.pid():
            with Path("/var/log", f"{self.name}.log").open("a") as log:
                log.write("killed after TimeoutStopSec\n")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        self.pid_path.unlink(missing_ok=True)

    def pid(self) -> int:
        """The main process, 0 when it has ended."""
        try:
            pid = int(self.pid_path.read_text())
            state = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, ValueError):
            return 0
        return 0 if state == "Z" else pid


def act(verb: str, name: str) -> None:
    short = name.removesuffix(".service")
    if short in DEBIAN:
        names = {path.read_text().strip() for path in Path("/proc").glob("[0-9]*/comm")}
        if verb == "start" and DEBIAN[short]["program"] in names:
            return
        subprocess.run(shlex.split(DEBIAN[short][verb]), check=True)
        return
    unit = Unit(name)
    if verb in ("stop", "restart"):
        unit.stop()
    if verb in ("start", "restart"):
        unit.start()


def main() -> None:
    verb, *names = [word for word in sys.argv[1:] if word != "--now"]
    now = "--now" in sys.argv
    if verb == "enable":
        verb = "start" if now else ""
    if verb in ("start", "stop", "restart", "reload"):
        for name in names:
            act(verb, name)


main()
