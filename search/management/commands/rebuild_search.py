from typing import Any

from django.core.management import BaseCommand, CommandError

from search.contracts import EngineUnavailable
from search.services.reconcile import engines, rebuild


class Command(BaseCommand):
    """Builds a new index beside the one that answers, checks it, then swaps them."""

    help = "Refait l’index de recherche à neuf ; l’ancien répond pendant ce temps."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, engine in engines():
            try:
                count = rebuild(engine)
            except EngineUnavailable as reason:
                raise CommandError(
                    f"{name} : ne répond pas ({reason}). L’ancien index reste en place."
                ) from reason
            self.stdout.write(f"{name} : {count} documents.")
