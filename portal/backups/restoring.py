"""Restoring an archive: everything is written and checked beside, then takes the place at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from wagtail.models import Page

from portal.backups.archive import JOURNAL, ArchiveReader, reading
from portal.backups.databases import Database, connected_to, this_database
from portal.backups.errors import BackupError, NotOurArchive, require_space, told_in_french
from portal.backups.making import MARGIN, make_archive
from portal.backups.manifest import Manifest, newer, prints_of_keys
from portal.backups.media import MediaStore, this_media
from portal.backups.scratch import scratch_folder
from portal.backups.signals import database_restored
from portal.privacy import erasure_journal
from portal.privacy.registry import replay_erasures

#: One line of what is being done, for whoever waits.
Say = Callable[[str], None]


@dataclass
class Restored:
    """What was put back, in how many seconds, and what is left to do by hand."""

    rows: int
    media: int
    bytes: int
    seconds: float
    erased_again: int
    to_do: list[str] = field(default_factory=list)

    @property
    def seconds_per_gigabyte(self) -> float:
        return self.seconds / max(self.bytes, 1) * 1024**3


@contextmanager
def opened(archive: Path) -> Iterator[ArchiveReader]:
    """An archive that was read whole and that this portal can restore.

    Raises ``NotOurArchive`` before anything is written but a decrypted copy, deleted at the end.
    """
    with (
        scratch_folder() as scratch,
        told_in_french(settings.VAR_DIR),
        reading(archive, scratch) as reader,
    ):
        refuse_what_we_cannot_read(reader.manifest)
        reader.verify()
        yield reader


def refuse_what_we_cannot_read(manifest: Manifest) -> None:
    database = this_database()
    if manifest.database != connection.vendor:
        raise NotOurArchive(
            f"Cette sauvegarde vient d’une autre sorte de base ({manifest.database}) que celle de "
            f"ce portail ({database.label}). Restaurez-la dans un portail qui a la même, puis "
            "lancez « manage.py move_database » pour passer à PostgreSQL. Rien n’a été changé."
        )
    if manifest.department != settings.PORTAL_DEPARTEMENT:
        raise NotOurArchive(
            f"Cette sauvegarde est celle du département {manifest.department}, et ce portail est "
            f"celui du département {settings.PORTAL_DEPARTEMENT} (PORTAL_DEPARTEMENT). Rien n’a "
            "été changé."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if not known.issuperset(manifest.migrations):
        raise newer()


def warnings_before(manifest: Manifest) -> list[str]:
    """What will not be as it was, and what to do, told before anything is written."""
    said, ours = [], prints_of_keys()
    if manifest.keys.get("PORTAL_HASH_KEY") != ours["PORTAL_HASH_KEY"]:
        said.append(
            "PORTAL_HASH_KEY n’est pas celle de la sauvegarde : le portail ne saurait plus qui a "
            "demandé à être effacé ou à ne plus recevoir de message. Remettez l’ancienne (celle du "
            "fichier de réglages d’origine ; à défaut, l’ancienne SECRET_KEY)."
        )
    if manifest.keys.get("SECRET_KEY") != ours["SECRET_KEY"]:
        said.append(
            "SECRET_KEY n’est pas celle de la sauvegarde : les liens déjà envoyés (vérifier une "
            "fiche, confirmer un abonnement) ne s’ouvriront plus, il faudra les renvoyer. Les mots "
            "de passe, les codes de secours et les liens de désinscription marchent toujours."
        )
    if manifest.address != settings.WAGTAILADMIN_BASE_URL:
        said.append(
            f"L’adresse du portail était {manifest.address}, elle est "
            f"{settings.WAGTAILADMIN_BASE_URL} : les clés d’accès (passkeys) n’y marchent pas, "
            "chacun entre avec son code par e-mail ou un code de secours et en ajoute une "
            "nouvelle. Lancez « manage.py set_address » après."
        )
    if manifest.media == "elsewhere":
        said.append(
            "Les images et documents n’y sont pas : ils étaient chez un hébergeur de fichiers, "
            "qui garde ses propres copies."
        )
    return said


def hash_key_is_another(manifest: Manifest) -> bool:
    return manifest.keys.get("PORTAL_HASH_KEY") != prints_of_keys()["PORTAL_HASH_KEY"]


def refuse_while_in_use() -> None:
    if holders := this_database().holders():
        raise BackupError(
            f"Le portail tourne encore : {', '.join(holders)}. Arrêtez le site et ses tâches, puis "
            "recommencez. Rien n’a été changé."
        )


def restore(reader: ArchiveReader, say: Say, *, save_first: bool = True) -> Restored:
    """Put the archive in the place of the portal; whatever fails, the portal is as it was.

    ``save_first``: first save what is there, when there is something.
    """
    started = time.monotonic()
    database, manifest = this_database(), reader.manifest
    refuse_while_in_use()
    database.drop_leftovers()
    media = this_media()
    if media:
        media.mend_interrupted_swap()
    with told_in_french(settings.VAR_DIR):
        weight = sum(size for size, _sum in manifest.members.values())
        require_space(settings.VAR_DIR, weight + MARGIN)
        if save_first and is_filled():
            say("Sauvegarde de ce qui est là…")
            say(f"  {make_archive(forget_old=False).path}")
        beside, new_media = _write_beside(reader, database, media, say)
        result = Restored(
            rows=sum(manifest.tables.values()),
            media=len(manifest.media_files),
            bytes=weight,
            seconds=0,
            erased_again=0,
        )
        try:
            with connected_to(beside):
                _make_ready(reader, result, say)
            say("Échange…")
            _swap(database, beside, media, new_media)
        except BaseException:
            database.drop(beside)
            if media:
                media.drop(new_media)
            raise
    cache.clear()
    result.seconds = time.monotonic() - started
    return result


def is_filled() -> bool:
    """Whether the portal's database holds something that is worth an archive."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    try:
        return Page._meta.db_table in connection.introspection.table_names()
    finally:
        connection.close()


def _write_beside(
    reader: ArchiveReader, database: Database, media: MediaStore | None, say: Say
) -> tuple[str, Any]:
    """Database and media under names of their own, complete and counted."""
    say("Base…")
    beside, _counts = load_beside(reader, database)
    if reader.manifest.media != "files" or media is None:
        return beside, None
    try:
        say("Images et documents…")
        return beside, media.extract_beside(reader)
    except BaseException:
        database.drop(beside)
        raise


def load_beside(reader: ArchiveReader, database: Database) -> tuple[str, dict[str, int]]:
    """A new database filled from the archive: its name, and its rows by table.

    Raises ``NotOurArchive`` when they are not those of the archive; nothing is left of it then.
    """
    beside = database.create_beside()
    try:
        with scratch_folder() as scratch:
            file = scratch / database.member
            with file.open("wb") as target:
                reader.copy(database.member, target)
            database.load(beside, file)
        counts = database.count(beside)
        _compare_counts(reader.manifest, counts)
    except BaseException:
        database.drop(beside)
        raise
    return beside, counts


def _compare_counts(manifest: Manifest, found: dict[str, int]) -> None:
    """Raises ``NotOurArchive`` when a table has not the rows that were counted at the backup."""
    other = {
        table
        for table in manifest.tables.keys() | found.keys()
        if manifest.tables.get(table) != found.get(table)
    }
    if other:
        raise NotOurArchive(
            f"Des tables n’ont pas toutes leurs lignes ({', '.join(sorted(other)[:5])}) : rien n’a "
            "été changé."
        )


def _make_ready(reader: ArchiveReader, result: Restored, say: Say) -> None:
    """In the database beside: up to date, without who was erased, found by the search."""
    say("Mise à jour de la base…")
    call_command("migrate", interactive=False, verbosity=0)
    say("Effacements demandés depuis…")
    _join_journals(reader)
    if erasure_journal.path().exists():
        result.erased_again = replay_erasures(erasure_journal.read())
    # Whoever had signed in then does it again: the session may have been closed since.
    Session.objects.all().delete()
    for _receiver, sentence in database_restored.send(sender=Restored):
        if sentence:
            result.to_do.append(sentence)
    say("Recherche…")
    try:
        call_command("rebuild_search", verbosity=0, stdout=_Silent())
    except CommandError as reason:
        result.to_do.append(f"{reason} Relancez « manage.py rebuild_search » quand il répond.")
    if not Page.objects.exists():
        raise NotOurArchive("La base de cette sauvegarde ne contient aucune page.")


class _Silent:
    def write(self, _text: str) -> None:
        """Said in our own words."""


def _join_journals(reader: ArchiveReader) -> None:
    """What the archive knows of erasures is added to what this machine knows, which stays."""
    if JOURNAL not in reader.manifest.members:
        return
    with scratch_folder() as scratch:
        file = scratch / JOURNAL
        with file.open("wb") as target:
            reader.copy(JOURNAL, target)
        erasure_journal.join(file)


def _swap(database: Database, beside: str, media: MediaStore | None, new_media: Any) -> None:
    """Media, then database; what is replaced is deleted once the new one has answered."""
    swaps = media is not None and new_media is not None
    replaced_media = media.swap(new_media) if media and swaps else None
    replaced = ""
    try:
        replaced = database.swap(beside)
        if not is_filled():
            raise BackupError("La base remise ne répond pas.")
    except BaseException:
        if replaced:
            database.drop(database.swap(replaced))
        if media and swaps:
            media.put_back(replaced_media)
        raise
    database.drop(replaced)
    if media:
        media.drop(replaced_media)
