from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backups.encryption import new_key
from portal.backups.errors import BackupError
from portal.backups.folder import backup_folder, find_archive, stored_archives
from portal.backups.making import make_archive, said_in_one_line
from portal.backups.state import describe_archive, describe_test, is_on_the_same_disk
from portal.backups.trial import try_archive


class Command(BaseCommand):
    """Save the database, the media and the journal of erasures in one file."""

    help = "Sauvegarde la base, les images, les documents et le journal des effacements."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, metavar="DOSSIER", help="ailleurs que d’habitude")
        parser.add_argument("--keep-all", action="store_true", help="n’oublie aucune ancienne")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--list", action="store_true", help="montre les sauvegardes")
        what.add_argument(
            "--test", action="store_true", help="remet la dernière à côté, et compte ce qui y est"
        )
        what.add_argument(
            "--new-key", action="store_true", help="fait une clé pour PORTAL_BACKUP_KEY"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new_key"]:
                self.stdout.write(new_key())
            elif options["list"]:
                self.write_list(options["to"])
            elif options["test"]:
                self.stdout.write(describe_test(try_archive(find_archive("latest"))))
            else:
                self.save(options["to"], forget_old=not options["keep_all"])
        except BackupError as reason:
            raise CommandError(str(reason)) from reason

    def save(self, folder: Path | None, *, forget_old: bool) -> None:
        self.stdout.write(said_in_one_line(make_archive(folder, forget_old=forget_old)))
        if is_on_the_same_disk(folder or backup_folder()):
            self.stdout.write(
                "Elle est sur le même disque que le portail : gardez-en une copie ailleurs."
            )

    def write_list(self, folder: Path | None) -> None:
        archives = stored_archives(folder)
        for archive in archives:
            self.stdout.write(describe_archive(archive))
        if not archives:
            self.stdout.write(f"Il n’y a aucune sauvegarde dans {folder or backup_folder()}.")
