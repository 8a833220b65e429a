"""A portal on a small disk of its own, that is filled, then made read-only.

``python -m tests.faults.disk_world DISK DATABASE_DISK`` plays in ``PORTAL_VAR_DIR``, a disk that
may be filled and mounted again, with the database on that disk or on another one that is filled as
well, and prints what readers and writers were answered, as JSON.
"""

import json
import logging
import os
import secrets
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import django

from tests.faults.processes import fork

WORDS = "Je cherche un lieu d’écoute pour ma sœur."
PAGES = ("/", "/contact/", "/le-grand-tilleul/", "/api/recherche?q=tilleul", "/healthz")


def main(disk: Path, database_disk: Path) -> dict[str, Any]:
    django.setup()
    logging.disable(logging.CRITICAL)
    make_portal()
    found: dict[str, Any] = {"well": look("well")}
    ballasts = [fill(one) for one in {disk, database_disk}]
    fill_database()
    found["full"] = look("full")
    for ballast in ballasts:
        ballast.unlink()
    found["again"] = look("again")
    leave_files_of_a_process_that_lives()
    mount(disk, "ro")
    try:
        found["read-only"] = look("read-only")
    finally:
        from django.db import connection

        connection.close()
        mount(disk, "rw")
    return found


def make_portal() -> None:
    from tests.factories.home import ContactPageFactory, StandardPageFactory, make_home

    home = make_home()
    StandardPageFactory(parent=home, title="Le grand tilleul")
    ContactPageFactory(parent=home, slug="contact")


def look(moment: str) -> dict[str, Any]:
    """What readers are answered, what a monitor is, and what somebody who writes to the PTSM is."""
    from django.test import Client

    from home.models import ContactMessage, ContactPage

    client = Client(raise_request_exception=False)
    before = ContactMessage.objects.count()
    readers = {page: client.get(page).status_code for page in PAGES}
    page = ContactPage.objects.get()
    sent = client.post(f"/contact/{page.pk}/envoyer/", contact_form(moment))
    return {
        "readers": readers,
        "readyz": client.get("/readyz").json()["disk"],
        "writer": sent.status_code,
        "said": sent.content.decode(),
        "kept": ContactMessage.objects.count() - before,
    }


def contact_form(moment: str) -> dict[str, str]:
    from tests.factories.corrections import old_stamp

    return {
        "subject": "autre",
        "name": "Camille",
        "email": "camille@exemple.fr",
        "message": f"{WORDS} ({moment})",
        "website": "",
        "moment": old_stamp(),
    }


def fill(disk: Path) -> Path:
    """Write until nothing more fits; the file to delete."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = 1024 * 1024
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
    return ballast


def fill_database() -> None:
    """Write rows until the disk refuses one: a database has some room in its own files."""
    from django.db import DatabaseError

    from home.models import ContactMessage

    for size in (1000, 100, 1):
        with suppress(DatabaseError):
            for _time in range(10_000):
                ContactMessage.objects.create(message=secrets.token_hex(size))
            raise AssertionError("the disk of the database was never full")


def leave_files_of_a_process_that_lives() -> None:
    """What SQLite keeps beside a database that is in use; the process goes without tidying."""
    from django.db import connection

    def live() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_session")
        os._exit(0)

    os.waitpid(fork(live), 0)


def mount(disk: Path, how: str) -> None:
    from django.db import connections

    connections.close_all()
    time.sleep(0.1)
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)  # noqa: S603, S607


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(Path, sys.argv[1:3]))) + "\n")
