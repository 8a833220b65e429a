from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.geo.services import load_communes


class Command(BaseCommand):
    help = "Charge la liste officielle des communes livrée avec le portail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--departement", help="Un seul département, par son code INSEE.")

    def handle(self, *args: Any, **options: Any) -> None:
        count = load_communes(options["departement"])
        self.stdout.write(f"{count} communes et arrondissements chargés.")
