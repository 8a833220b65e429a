"""The page that each archive carries about itself: what it holds, of which portal, and its sums."""

import json
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.backups.errors import NotOurArchive

#: Raised when an older portal could not read what is written.
FORMAT = 1


@dataclass
class Manifest:
    """What an archive says of itself.

    ``tables``: rows by table. ``members``: size in bytes and SHA-256 of each file of the archive.
    ``keys``: prints of the portal's secrets, which tell whether another machine has the same.
    """

    format: int
    made_at: str
    department: str
    address: str
    portal: str
    database: str
    migrations: list[str]
    keys: dict[str, str]
    media: str
    tables: dict[str, int] = field(default_factory=dict)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def date(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def media_files(self) -> list[str]:
        return [name for name in self.members if name.startswith("media/")]

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def describe_this_portal(media: str) -> Manifest:
    """The manifest of an archive that is being begun."""
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        format=FORMAT,
        made_at=timezone.now().isoformat(timespec="seconds"),
        department=settings.PORTAL_DEPARTEMENT,
        address=settings.WAGTAILADMIN_BASE_URL,
        portal=portal_version(),
        database=connection.vendor,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        keys=prints_of_keys(),
        media=media,
    )


def read_manifest(text: bytes) -> Manifest:
    """Raises ``NotOurArchive`` for what no portal has written."""
    try:
        content: dict[str, Any] = json.loads(text)
        known = {name: content[name] for name in Manifest.__dataclass_fields__}
    except (ValueError, KeyError, TypeError) as error:
        if _is_newer(text):
            raise newer() from error
        raise NotOurArchive("Ce fichier n’est pas une sauvegarde de ce portail.") from error
    if known["format"] > FORMAT:
        raise newer()
    return Manifest(**known)


def _is_newer(text: bytes) -> bool:
    try:
        return int(json.loads(text)["format"]) > FORMAT
    except (ValueError, KeyError, TypeError):
        return False


def newer() -> NotOurArchive:
    return NotOurArchive(
        "Cette sauvegarde vient d’une version plus récente du portail : mettez d’abord ce portail "
        "à jour, puis recommencez. Rien n’a été changé."
    )


def prints_of_keys() -> dict[str, str]:
    """A short print of each secret: the same for the same secret, and no way back to it."""
    hash_key = settings.PORTAL_HASH_KEY or settings.SECRET_KEY
    return {
        name: salted_hmac("portal.backups", "print", secret=key, algorithm="sha256").hexdigest()[:8]
        for name, key in (("SECRET_KEY", settings.SECRET_KEY), ("PORTAL_HASH_KEY", hash_key))
    }


@cache
def portal_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
