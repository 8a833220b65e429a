"""SQLite: one file, with what was last written to it beside (``-wal``, ``-shm``)."""

import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.db import connection

from portal.backups.errors import BackupError, NotOurArchive

#: What a database in use has beside it. Left beside another one, they destroy it.
COMPANIONS = ("-wal", "-shm", "-journal")


class SQLiteDatabase:
    """See ``portal.backups.databases.Database``; names are paths."""

    member = "base.sqlite3"
    label = "SQLite"

    @property
    def path(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    def dump(self, write: Callable[[IO[bytes]], None], scratch: Path) -> dict[str, int]:
        """By the backup API of SQLite, which waits for nobody and makes nobody wait."""
        connection.ensure_connection()
        with TemporaryDirectory(dir=scratch, prefix=".base-") as folder:
            copy = Path(folder) / self.member
            with closing(sqlite3.connect(copy)) as target:
                connection.connection.backup(target, progress=_give_up_at(time.monotonic() + 60))
                # One file, with nothing beside it.
                target.execute("PRAGMA journal_mode=DELETE")
            counts = self._count(copy, "La base du portail est abîmée")
            with copy.open("rb") as file:
                write(file)
        return counts

    def size(self) -> int:
        files = (self.path, *companions_of(self.path))
        return sum(file.stat().st_size for file in files if file.exists())

    def holders(self) -> list[str]:
        connection.close()
        if not self.path.exists():
            return []
        found = list(_open_elsewhere(self.path))
        if found or self._has_no_other_connection():
            return found
        return ["un autre programme"]

    def _has_no_other_connection(self) -> bool:
        """Whether SQLite lets us leave the journal, which it does when nobody else is connected.

        Everything is then in the one file.
        """
        with closing(sqlite3.connect(self.path, timeout=1)) as alone:
            try:
                return alone.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete"
            except sqlite3.OperationalError as error:
                return "locked" not in str(error)
            except sqlite3.DatabaseError:
                return True  # So damaged that nobody works in it: it is about to be replaced.

    def create_beside(self) -> str:
        path = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.nouvelle")
        path.touch(mode=0o600)
        return str(path)

    def load(self, name: str, source: Path) -> None:
        source.replace(name)

    def count(self, name: str) -> dict[str, int]:
        return self._count(Path(name), "La base de la sauvegarde est abîmée")

    def _count(self, path: Path, damaged: str) -> dict[str, int]:
        with closing(sqlite3.connect(path)) as database:
            try:
                said = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            except sqlite3.DatabaseError as error:
                raise NotOurArchive(f"{damaged} ({error}).") from error
            if said != "ok":
                raise BackupError(f"{damaged} ({said}).")
            tables = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                "ORDER BY name"
            ).fetchall()
            return {
                table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
                for (table,) in tables
            }

    def swap(self, name: str) -> str:
        """At no moment is there no file: the new one takes the name of the old one at once."""
        if holders := self.holders():
            raise BackupError(f"{', '.join(holders)} vient d’ouvrir la base : rien n’a été changé.")
        replaced = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.remplacee")
        for companion in companions_of(Path(name)):
            companion.unlink(missing_ok=True)
        if self.path.exists():
            os.link(self.path, replaced)
            _give_as(self.path, Path(name))
        os.replace(name, self.path)
        for companion in companions_of(self.path):
            companion.unlink(missing_ok=True)
        return str(replaced)

    def drop(self, name: str) -> None:
        for file in (Path(name), *companions_of(Path(name))):
            file.unlink(missing_ok=True)

    def drop_leftovers(self) -> None:
        for suffix in ("nouvelle", "remplacee"):
            for leftover in self.path.parent.glob(f".{self.path.name}.*.{suffix}"):
                self.drop(str(leftover))


def _give_up_at(end: float) -> Callable[[int, int, int], None]:
    """Python waits without end for a database that another program keeps locked; we do not."""

    def look(_status: int, remaining: int, _total: int) -> None:
        if remaining and time.monotonic() > end:
            raise BackupError("La base est tenue par un autre programme depuis une minute.")

    return look


def companions_of(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in COMPANIONS]


def _give_as(model: Path, file: Path) -> None:
    """The same owner and rights as ``model``, as far as one may."""
    known = model.stat()
    file.chmod(known.st_mode & 0o777)
    with suppress(PermissionError):
        os.chown(file, known.st_uid, known.st_gid)


def _open_elsewhere(path: Path) -> Iterator[str]:
    """Other processes with the file open, as far as one may see: « granian (1234) »."""
    wanted = {(path.stat().st_dev, path.stat().st_ino)}
    for process in Path("/proc").glob("[0-9]*"):
        if int(process.name) == os.getpid():
            continue
        with suppress(OSError):
            for number in (process / "fd").iterdir():
                with suppress(OSError):
                    found = number.stat()
                    if (found.st_dev, found.st_ino) in wanted:
                        name = (process / "comm").read_text().strip()
                        yield f"{name} ({process.name})"
                        break
