from typing import Any

from django.core.management import BaseCommand, CommandError

from search.contracts import EngineUnavailable
from search.services.reconcile import engines, reconcile, send_pending_changes


class Command(BaseCommand):
    """Compares the pages with what each engine holds, both ways, and mends the difference."""

    help = "Compare l’index de recherche et les pages, et répare ce qui diffère."

    def handle(self, *args: Any, **options: Any) -> None:
        away = []
        for name, engine in engines():
            try:
                mended = reconcile(name, engine)
            except EngineUnavailable as reason:
                away.append(f"{name} : ne répond pas ({reason}), à refaire plus tard.")
                continue
            self.stdout.write(
                f"{name} : {mended.written} documents écrits, {mended.removed} retirés."
            )
        if away:
            raise CommandError("\n".join(away))
        send_pending_changes()
