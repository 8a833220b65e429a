from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wagtail.models import Page

from portal.history.snapshots import rebuild_snapshots
from portal.text.date_parser import parse_date_and_time


class Command(BaseCommand):
    help = (
        "Reconstituer les relevés des mois passés, avec ce que l’historique du portail en dit. "
        "Les relevés qui existent ne changent pas."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", default="", metavar="MOIS", help="premier mois, par exemple « 01/2026 »"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        since = self._since(options["since"])
        if since is None:
            self.stdout.write("Rien n’a encore été publié : il n’y a rien à reconstituer.")
            return
        snapshots = rebuild_snapshots(since)
        for snapshot in snapshots:
            self.stdout.write(f"{snapshot} : {snapshot.figures.count()} chiffres")
        if not snapshots:
            self.stdout.write("Chaque mois a déjà son relevé, ou l’historique n’en dit rien.")

    def _since(self, typed: str) -> date | None:
        if not typed:
            first = Page.objects.order_by("first_published_at").exclude(first_published_at=None)
            moment = first.values_list("first_published_at", flat=True).first()
            return timezone.localdate(moment) if moment else None
        words = f"01/{typed}" if typed.count("/") == 1 else typed
        since, _hour = parse_date_and_time(words)
        if since is None:
            raise CommandError(f"« {typed} » n’est pas une date : écrivez « 01/2026 ».")
        return since
