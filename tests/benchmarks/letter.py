"""The sender against a plain loop, in the same run: « make bench-letter ».

On SQLite and on PostgreSQL, each with a database of its own, before a real mail server on the
loopback address. Printed: messages a second with the ledger and without (Django alone, one
connection), their ratio, and the memory of the sender before a list of 50,000. It ends with 1
when a figure is not held.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import django
from django.core.management import call_command

from tests.servers.postgres import find_binaries, postgres
from tests.servers.smtp import Sink

MEASURED = 2_000
LONG_LIST = 50_000
LEAST_A_SECOND = 100
MOST_MEMORY = 200  # MB


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portail-banc-") as folder:
        held = _measured("SQLite", f"sqlite:///{Path(folder) / 'db.sqlite3'}", folder)
        if (binaries := find_binaries()) is None:
            sys.stdout.write("PostgreSQL : absent\n")
            return 0 if held else 1
        with postgres(binaries) as url:
            return 0 if _measured("PostgreSQL", url, folder) and held else 1


def _measured(name: str, database: str, folder: str) -> bool:
    """Measure in a process of its own, so that its memory is the sender's; whether it held."""
    with Sink(keeps_messages=False) as sink:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.letter", "measure"],
            env={
                **os.environ,
                "DATABASE_URL": database,
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "PORTAL_TEST_SMTP_PORT": str(sink.port),
                "PORTAL_TEST_VAR_DIR": folder,
            },
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    figures = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(
        "{name} : {ledger:.0f} messages par seconde avec le registre, {plain:.0f} sans "
        "(rapport {ratio:.2f}) ; {memory:.0f} Mo devant {rows} destinataires\n".format(
            name=name, ratio=figures["ledger"] / figures["plain"], rows=LONG_LIST, **figures
        )
    )
    sys.stdout.flush()
    return figures["ledger"] >= LEAST_A_SECOND and figures["memory"] < MOST_MEMORY


def _measure() -> dict[str, float]:
    from newsletter.services.send_queue import deliver_due
    from tests.faults.letter_world import fill

    call_command("migrate", verbosity=0)
    fill(MEASURED)
    plain = MEASURED / _seconds(lambda: _plain_loop(MEASURED))
    ledger = MEASURED / _seconds(lambda: deliver_due(longest=timedelta(hours=1)))
    return {"plain": plain, "ledger": ledger, "memory": _memory_before_a_long_list()}


def _seconds(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun


def _plain_loop(number: int) -> None:
    """What a script would do: one connection, no ledger, the same messages."""
    from django.core.mail import get_connection

    from newsletter.mail.messages import message_for
    from newsletter.models import Delivery

    rows = Delivery.objects.select_related("subscriber", "mailing")[:number]
    with get_connection() as connection:
        for row in rows.iterator():
            connection.send_messages([message_for(row)])


def _memory_before_a_long_list() -> float:
    """The most that starting 50,000 rows and sending from them takes, in MB.

    In a fork, for the lists of this benchmark itself are not the sender's.
    """
    from newsletter.models import Mailing, Subscriber
    from newsletter.services.mailings import _write_rows
    from newsletter.services.send_queue import deliver_due
    from tests.faults.letter_world import fill
    from tests.faults.processes import fork

    for first in range(0, LONG_LIST, 1000):
        fill(1000, with_mailing=False, first=first)
    reading, writing = os.pipe()

    def send() -> None:
        mailing = Mailing.objects.create(title="Longue", subject="x", text="x", html="<p>x</p>")
        _write_rows(mailing, Subscriber.objects.active().order_by("pk"))
        Mailing.objects.filter(pk=mailing.pk).update(state=Mailing.State.SENDING)
        deliver_due(longest=timedelta(seconds=20))
        os.write(writing, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode())

    os.waitpid(fork(send), 0)
    return int(os.read(reading, 64)) / 1024


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        django.setup()
        sys.stdout.write(json.dumps(_measure()) + "\n")
        sys.exit()
    sys.exit(main())
