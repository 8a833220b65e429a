"""Archives that only the holder of a key reads: the age format, which other programs read too.

The key is an age identity, in ``PORTAL_BACKUP_KEY``. ``age --decrypt -i KEY_FILE`` opens an archive
on a machine that has no portal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

import pyrage

from portal.backups.errors import BackupError, NotOurArchive

SUFFIX = ".age"


def new_key() -> str:
    """A key to write in ``PORTAL_BACKUP_KEY``, and to keep apart from the archives."""
    return str(pyrage.x25519.Identity.generate())


def encrypts() -> bool:
    return bool(settings.PORTAL_BACKUP_KEY)


def encrypt(source: Path, target: Path) -> None:
    """Write ``source`` encrypted; memory does not grow with its size."""
    recipient = _identity().to_public()
    with source.open("rb") as plain, target.open("wb") as locked:
        pyrage.encrypt_io(plain, locked, [recipient])


@contextmanager
def decrypted(archive: Path, folder: Path) -> Iterator[Path]:
    """The archive, readable: itself, or a copy in ``folder`` that is deleted at the end.

    Raises ``NotOurArchive`` for another key, or a file that was cut or changed.
    """
    if archive.suffix != SUFFIX:
        yield archive
        return
    with NamedTemporaryFile(dir=folder, prefix=".ouverte-", suffix=".zip") as plain:
        try:
            with archive.open("rb") as locked:
                pyrage.decrypt_io(locked, plain, [_identity()])
        except (pyrage.DecryptError, OSError) as error:
            # A file that was cut is an OSError without a number; the disk's have one.
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise NotOurArchive(
                f"{archive.name} ne s’ouvre pas : PORTAL_BACKUP_KEY n’est pas la clé avec laquelle "
                "elle a été fermée, ou le fichier est abîmé. Rien n’a été changé."
            ) from error
        plain.flush()
        yield Path(plain.name)


def _identity() -> "pyrage.x25519.Identity":
    key = settings.PORTAL_BACKUP_KEY
    if not key:
        raise BackupError(
            "Cette archive est chiffrée : écrivez sa clé dans PORTAL_BACKUP_KEY, puis recommencez."
        )
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as error:
        raise BackupError(
            "PORTAL_BACKUP_KEY n’est pas une clé : « manage.py backup --new-key » en fait une."
        ) from error
