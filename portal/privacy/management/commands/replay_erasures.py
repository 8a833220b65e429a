from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.privacy import erasure_journal
from portal.privacy.registry import replay_erasures


class Command(BaseCommand):
    """Erase again after a backup was restored, before the portal opens."""

    help = "Efface à nouveau les personnes qu’une sauvegarde restaurée a ramenées."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FICHIER", help="un autre journal que le sien"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"] or erasure_journal.path()
        if options["file"] is None and not file.exists():
            self.stdout.write("Personne n’a encore été effacé : rien à refaire.")
            return
        try:
            journal = erasure_journal.read(file)
        except OSError as mistake:
            raise CommandError(f"Le journal {file} ne peut pas être lu.") from mistake
        count = replay_erasures(journal)
        self.stdout.write(f"Effacements au journal : {len(journal)}. Refaits : {count}.")
