import logging
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.jobs.registry import ask_to_stop, drop_broken_connections, stop_asked, tick

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0  # seconds, while the database is away


class Command(BaseCommand):
    """The worker: runs the periodic jobs that are due until it is asked to stop."""

    help = "Fait sans cesse les tâches périodiques (publier, envoyer…), jusqu’à un signal d’arrêt."
    requires_system_checks = ["production"]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=5, help="secondes entre deux tours (5)")

    def handle(self, *args: Any, every: float, **options: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ask_to_stop)
        pause = every
        while not stop_asked():
            pause = every if self.work() else min(max(pause, 1) * 2, LONGEST_PAUSE)
            self.rest(pause)

    def work(self) -> bool:
        """Run one round of jobs; return False when it failed, which does not stop the worker."""
        drop_broken_connections()
        try:
            tick()
        except Exception:
            logger.exception("This round could not be done; the next one is tried later.")
            return False
        return True

    def rest(self, pause: float) -> None:
        """Wait for ``pause`` seconds, checking every quarter of a second whether to stop."""
        end = time.monotonic() + pause
        while not stop_asked() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.25))
