"""Seconds for each gigabyte saved and restored, on both databases: « make bench-archive ».

A portal with a thousand images of one megabyte, which do not shrink, as photographs do not. The
archive is made, read whole, restored beside (the test of each week), then in the portal's place.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from tests.servers.postgres import find_binaries, postgres
from tests.template_database import fill

IMAGES, IMAGE_BYTES = 1024, 1024**2
GIGABYTE = 1024**3
STEPS = (
    ("sauvegardé", ["backup"]),
    ("relu", ["restore", "latest", "--check"]),
    ("remis à côté", ["backup", "--test"]),
    ("restauré", ["restore", "latest", "--yes", "--without-backup"]),
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portail-banc-") as name:
        folder = Path(name)
        _measured("SQLite", f"sqlite:///{folder / 'db.sqlite3'}", folder)
    if (binaries := find_binaries()) is None:
        sys.stdout.write("PostgreSQL : absent\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="portail-banc-") as name, postgres(binaries) as url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("CREATE DATABASE portail")
        _measured("PostgreSQL", url.removesuffix("/postgres") + "/portail", Path(name))
    return 0


def _measured(name: str, url: str, folder: Path) -> None:
    fill(url)
    media = folder / "media" / "images"
    media.mkdir(parents=True)
    for number in range(IMAGES):
        (media / f"{number}.jpg").write_bytes(secrets.token_bytes(IMAGE_BYTES))
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "PORTAL_VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.backups.settings",
    }
    told = []
    for what, arguments in STEPS:
        started, before = time.monotonic(), os.times()
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            env=env,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        after = os.times()
        spent = after.children_user + after.children_system
        spent -= before.children_user + before.children_system
        told.append(f"{what} en {time.monotonic() - started:.0f} s ({spent:.0f} s de calcul)")
        said = re.search(r"en [\d.]+ s|\(\d+ s par Go\)", done.stdout)
        if said:
            told[-1] += f", dit {said[0]}"
    sys.stdout.write(f"{name}, {IMAGES * IMAGE_BYTES / GIGABYTE:.1f} Go : {' ; '.join(told)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
