"""What stops a backup or a restore, in a French sentence for whoever keeps the portal."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.template.defaultfilters import filesizeformat

from portal.files.media import StoreAway

#: What a system answers when nothing more may be written: no room, a quota, a limit on files.
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


class BackupError(Exception):
    """Nothing was changed; the message says why, and what to do."""


class NotOurArchive(BackupError):
    """The file is cut, changed, locked with another key, or made by something else."""


@contextmanager
def told_in_french(folder: Path) -> Iterator[None]:
    """Turn what the disk answers into a sentence; ``folder`` is where things are written."""
    try:
        yield
    except StoreAway as error:
        raise BackupError(
            "Le stockage d’objets des images (PORTAL_MEDIA_URL) ne répond pas, ou refuse : rien "
            "n’a été changé. Réessayez ; si cela dure, demandez à son hébergeur."
        ) from error
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full(folder) from error
        if error.errno == errno.EROFS:
            raise BackupError(f"Le disque de {folder} est en lecture seule.") from error
        if error.errno in (errno.EACCES, errno.EPERM):
            where = error.filename or folder
            raise BackupError(
                f"Le compte du portail n’a pas le droit d’écrire ou de lire {where}."
            ) from error
        raise
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise disk_full(folder) from error
        raise


def disk_full(folder: Path) -> BackupError:
    return BackupError(
        f"Le disque de {folder} est plein ({said_free(folder)} libres) : rien n’a été changé. "
        "Faites de la place, puis recommencez."
    )


def require_space(folder: Path, needed: int) -> None:
    """Refuse to begin when ``needed`` bytes do not fit in ``folder``."""
    if shutil.disk_usage(folder).free < needed:
        raise BackupError(
            f"Il faut {filesizeformat(needed)} dans {folder}, où {said_free(folder)} sont libres : "
            "rien n’a été changé."
        )


def said_free(folder: Path) -> str:
    return str(filesizeformat(shutil.disk_usage(folder).free))
