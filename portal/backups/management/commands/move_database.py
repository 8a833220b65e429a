import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backups.errors import BackupError
from portal.backups.moving import move_database


class Command(BaseCommand):
    """Copy a portal that is on SQLite to an empty PostgreSQL database."""

    help = "Copie la base SQLite du portail, arrêté, dans celle de PORTAL_NEW_DATABASE_URL."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="n’attend pas de confirmation")

    def handle(self, *args: Any, **options: Any) -> None:
        # Read here and not in the settings: a password is not a setting of a moment.
        url = os.environ.get("PORTAL_NEW_DATABASE_URL", "")
        if not url:
            raise CommandError(
                "Écrivez l’adresse de la nouvelle base dans PORTAL_NEW_DATABASE_URL, par exemple "
                "postgres://portail@/portail."
            )
        question = "Copier le portail vers PostgreSQL ? Tapez oui : "
        if not options["yes"] and input(question).strip().lower() != "oui":
            raise CommandError("Rien n’a été changé.")
        try:
            counts = move_database(url, self.stdout.write)
        except BackupError as reason:
            raise CommandError(str(reason)) from reason
        for table, count in counts.items():
            if options["verbosity"] > 1:
                self.stdout.write(f"  {table} : {count}")
        self.stdout.write(
            f"{sum(counts.values())} lignes de {len(counts)} tables, les mêmes des deux côtés. "
            "Écrivez maintenant cette adresse dans DATABASE_URL, retirez PORTAL_NEW_DATABASE_URL, "
            "puis démarrez. Le fichier SQLite n’a pas changé : gardez-le une semaine."
        )
