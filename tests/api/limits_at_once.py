"""Twelve processes that use the same limits, or that find a database that writes nothing.

``python -m tests.api.limits_at_once form`` plays in the database of ``DATABASE_URL`` and prints,
as JSON, what was answered.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import django

from tests.faults.processes import at_once

PROCESSES, TIMES, ALLOWED = 12, 30, 20
READ = "/api/ptsm.json"


def main(scene: str) -> Any:
    django.setup()
    from django.utils import timezone

    from portal.api.models import RateLimitWindow

    RateLimitWindow.objects.all().delete()
    # No window ends, and no midnight comes, while slow machines play.
    noon = timezone.now().replace(hour=12, minute=0)
    with patch.object(timezone, "now", lambda: noon):
        return SCENES[scene]()


def allow(name: str, amount: int = ALLOWED, batch: int = 1) -> None:
    from django.conf import settings

    from portal.api import throttling

    known = settings.RATE_LIMITS
    settings.RATE_LIMITS = known | {name: replace(known[name], amount=amount, batch=batch)}
    # What is tried is how many are counted, and not how long a slow machine makes readers wait.
    throttling._READERS_WAIT = 60


def read() -> dict[int, int]:
    """Ask for public data."""
    from django.test import Client

    allow("data_files")
    client = Client()
    client.get("/healthz")  # loaded once, for all the processes
    return at_once(PROCESSES, lambda: client.get(READ).status_code, TIMES)


def read_by_threads() -> dict[int, int]:
    """Ask for public data, from three threads of each process, each with its connection."""
    from django.db import connection
    from django.test import Client

    allow("data_files")
    client = Client()
    client.get("/healthz")

    def ask(_: int) -> int:
        try:
            return client.get(READ).status_code
        finally:
            connection.close()

    def answer() -> int:
        """All that these threads were answered, as one figure: passed, and refused."""
        with ThreadPoolExecutor(3) as threads:
            statuses = list(threads.map(ask, range(TIMES)))
        assert set(statuses) <= {200, 429}, statuses
        return statuses.count(200) * 100

    passed = at_once(PROCESSES, answer)
    return {2: sum(count * times for count, times in passed.items())}


def batches() -> dict[int, int]:
    """Count by batches of five."""
    from django.test import RequestFactory

    from portal.api.throttling import consume

    allow("map_tiles", amount=200, batch=5)
    request = RequestFactory().get("/")
    return at_once(PROCESSES, lambda: 429 if consume("map_tiles", request) else 200, TIMES)


def form() -> dict[int, int]:
    """Ask for the letter, each time for somebody else."""
    from django.test import Client

    from tests.newsletter.subscription.asking import filled
    from tests.newsletter.subscription.same_instant import letter_page

    address, data = f"/lettre/{letter_page()}/inscription/", filled()
    client = Client()
    client.get("/healthz")
    rank = iter(range(TIMES))

    def post() -> int:
        email = f"p{os.getpid()}-{next(rank)}@x.example"
        return client.post(address, data | {"email": email}).status_code

    return at_once(PROCESSES, post, 4)


def read_only() -> list[int]:
    """Read in a database that refuses every write, and was read before."""
    from django.db import connection
    from django.test import Client

    Client().get(READ)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = 1")
        else:
            cursor.execute("SET default_transaction_read_only = on")
    return [Client().get(READ).status_code for _ in range(3)]


def locked() -> list[int]:
    """Read again while another process writes, for longer than any reader waits."""
    from django.db import connection
    from django.test import Client

    Client().get(READ)
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    return [Client().get(READ).status_code for _ in range(20)]


SCENES: dict[str, Callable[[], Any]] = {
    "read": read,
    "read_by_threads": read_by_threads,
    "batches": batches,
    "form": form,
    "read_only": read_only,
    "locked": locked,
}

if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
