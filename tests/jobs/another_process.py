"""A second process of the portal, on the same database when there can be one."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.faults.databases import address_of

ROOT = Path(__file__).resolve().parents[2]

# Says whether it holds the lock, then keeps it for as long as it lives.
HOLDER = """
import sys, django
django.setup()
from portal.jobs.locks import exclusive_lock
with exclusive_lock(sys.argv[1]) as is_ours:
    print(is_ours, flush=True)
    sys.stdin.read()
"""


def environment(**more: str) -> dict[str, str]:
    """What makes another process see the locks of this one, and its PostgreSQL database."""
    known = {**os.environ, "PORTAL_VAR_DIR": str(settings.VAR_DIR)}
    if connection.vendor == "postgresql":
        known["DATABASE_URL"] = address_of(connection.settings_dict["NAME"])
    return {**known, "DJANGO_SETTINGS_MODULE": "portal.settings.test", **more}


def run(code: str, database: str) -> str:
    """What other Python code says, once it has ended well."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(DATABASE_URL=database),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(*arguments: str, **more: str) -> subprocess.Popen[str]:
    """Another Python at work; what it says can be read, and it is told to end by its input."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hold(name: str) -> subprocess.Popen[str]:
    """Another process that holds a lock."""
    holder = start("-c", HOLDER, name)
    assert holder.stdout.readline() == "True\n"
    return holder
