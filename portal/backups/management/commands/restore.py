from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backups.archive import ArchiveReader
from portal.backups.errors import BackupError
from portal.backups.folder import find_archive
from portal.backups.media import this_media
from portal.backups.media.folder import FolderMedia, unreadable_parent
from portal.backups.restoring import (
    Restored,
    hash_key_is_another,
    opened,
    refuse_while_in_use,
    restore,
    warnings_before,
)
from portal.text.date_format import format_moment


class Command(BaseCommand):
    """Put an archive in the place of the portal, or nothing at all."""

    help = "Remet une sauvegarde à la place du portail, qui doit être arrêté."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", metavar="ARCHIVE", help="un fichier, ou « latest »")
        parser.add_argument("--yes", action="store_true", help="n’attend pas de confirmation")
        parser.add_argument("--check", action="store_true", help="la vérifie, et n’écrit rien")
        parser.add_argument(
            "--without-backup", action="store_true", help="ne sauvegarde pas d’abord ce qui est là"
        )
        parser.add_argument(
            "--other-hash-key",
            action="store_true",
            help="accepte une autre PORTAL_HASH_KEY que celle de la sauvegarde",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(find_archive(options["archive"])) as reader:
                self.describe(reader)
                if not options["check"]:
                    self.restore(reader, options)
        except BackupError as reason:
            raise CommandError(str(reason)) from reason

    def describe(self, reader: ArchiveReader) -> None:
        manifest = reader.manifest
        self.stdout.write(
            f"{reader.name} : entière et lisible. Faite {format_moment(manifest.date)} "
            f"(version {manifest.portal}) : {sum(manifest.tables.values())} lignes dans "
            f"{len(manifest.tables)} tables, {len(manifest.media_files)} médias."
        )
        for warning in warnings_before(manifest):
            self.stdout.write(f"Attention : {warning}")

    def restore(self, reader: ArchiveReader, options: dict[str, Any]) -> None:
        refuse_while_in_use()
        if hash_key_is_another(reader.manifest) and not options["other_hash_key"]:
            raise BackupError(
                "Rien n’a été changé. Remettez l’ancienne PORTAL_HASH_KEY ; si elle est perdue, "
                "ajoutez --other-hash-key."
            )
        question = "Remplacer le portail par cette sauvegarde ? Tapez oui : "
        if not options["yes"] and input(question).strip().lower() != "oui":
            raise CommandError("Rien n’a été changé.")
        save_first = not options["without_backup"]
        self.report(restore(reader, self.stdout.write, save_first=save_first))

    def report(self, done: Restored) -> None:
        self.stdout.write(
            f"Remis : {done.rows} lignes et {done.media} médias en {done.seconds:.0f} s "
            f"({done.seconds_per_gigabyte:.0f} s par Go). Personnes effacées à nouveau : "
            f"{done.erased_again}. Chacun devra se reconnecter."
        )
        folder = unreadable_parent() if isinstance(this_media(), FolderMedia) else None
        if folder is not None:
            done.to_do.append(
                f"Le serveur web ne peut traverser {folder} que s’il est de son groupe : vérifiez "
                "qu’une image s’affiche."
            )
        for sentence in done.to_do:
            self.stdout.write(f"À faire : {sentence}")
        self.stdout.write("Démarrez maintenant le site et ses tâches.")
