"""PostgreSQL: ``pg_dump`` and ``pg_restore``, and databases that take one another's name."""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.db import Error, connection
from django.db.backends.postgresql.client import DatabaseClient

from portal.backups.errors import BackupError, NotOurArchive, disk_full


class PostgreSQLDatabase:
    """See ``portal.backups.databases.Database``; names are those of databases of the server."""

    member = "base.dump"
    label = "PostgreSQL"

    def dump(self, write: Callable[[IO[bytes]], None], scratch: Path) -> dict[str, int]:
        """``pg_dump`` and our counts look at the same snapshot."""
        own: Any = connection.copy()
        try:
            with own.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
                self._pipe_dump(write, snapshot)
                counts = _count_tables(cursor)
                cursor.execute("COMMIT")
        finally:
            own.close()
        return counts

    def _pipe_dump(self, write: Callable[[IO[bytes]], None], snapshot: str) -> None:
        command, environment = _command("pg_dump", _current())
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        with subprocess.Popen(  # noqa: S603
            [*command, *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as dump:
            assert dump.stdout is not None  # noqa: S101
            assert dump.stderr is not None  # noqa: S101
            try:
                write(dump.stdout)
            except BaseException:
                dump.kill()
                raise
            said = dump.stderr.read().decode(errors="replace").strip()
        if dump.returncode:
            raise BackupError(f"pg_dump n’a pas pu lire la base : {said}")

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])

    def holders(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(nullif(application_name, ''), usename), pid FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend' ORDER BY pid"
            )
            found = [f"{name} ({pid})" for name, pid in cursor.fetchall()]
        connection.close()
        return found

    def create_beside(self) -> str:
        name = _new_name()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database "
                "WHERE datname = current_database()"
            )
            encoding, collate, ctype = cursor.fetchone()
            try:
                cursor.execute(
                    f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING %s LC_COLLATE %s '
                    "LC_CTYPE %s",
                    [encoding, collate, ctype],
                )
            except Error as error:
                if "permission denied" not in str(error):
                    raise
                raise BackupError(
                    "Le compte du portail ne peut pas créer de base à côté de la sienne. Lancez : "
                    f"sudo -u postgres psql -c 'ALTER ROLE \"{_user()}\" CREATEDB', puis "
                    "recommencez. Rien n’a été changé."
                ) from error
        return name

    def load(self, name: str, source: Path) -> None:
        command, environment = _command("pg_restore", name)
        options = ["--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction"]
        database = ["--dbname", command.pop()]
        done = subprocess.run(  # noqa: S603
            [*command, *database, *options, str(source)],
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            if "No space left" in done.stderr:
                raise disk_full(source.parent)
            raise NotOurArchive(f"pg_restore n’a pas pu remettre la base : {done.stderr.strip()}")

    def count(self, name: str) -> dict[str, int]:
        own: Any = connection.copy()
        own.settings_dict["NAME"] = name
        try:
            with own.cursor() as cursor:
                return _count_tables(cursor)
        finally:
            own.close()

    def swap(self, name: str) -> str:
        """Both renames are one transaction; PostgreSQL refuses them while anybody is inside."""
        current = _current()
        replaced = _new_name()
        connection.close()
        with connection._nodb_cursor() as cursor:
            try:
                cursor.execute("BEGIN")
                cursor.execute(f'ALTER DATABASE "{current}" RENAME TO "{replaced}"')
                cursor.execute(f'ALTER DATABASE "{name}" RENAME TO "{current}"')
                cursor.execute("COMMIT")
            except Error as error:
                cursor.execute("ROLLBACK")
                raise BackupError(
                    f"La base n’a pas pu être échangée ({str(error).strip()}) : rien n’a été "
                    "changé. Arrêtez le portail et ses tâches, puis recommencez."
                ) from error
        return replaced

    def drop(self, name: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')

    def drop_leftovers(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            names = [name for (name,) in cursor.fetchall()]
        for name in names:
            if name.startswith(_beside_prefix()):
                self.drop(name)


def _beside_prefix() -> str:
    """How databases beside the portal's are called: no other has such a name."""
    return f"{_current()[:40]}__a_cote_"


def _new_name() -> str:
    return _beside_prefix() + secrets.token_hex(4)


def _current() -> str:
    return str(connection.settings_dict["NAME"])


def _user() -> str:
    return str(connection.settings_dict["USER"] or "portail")


def _command(program: str, database: str) -> tuple[list[str], dict[str, str]]:
    """The program of the server's version, with where to connect; the password is not on the
    command line, where every account of the machine reads it.
    """
    known = {**connection.settings_dict, "NAME": database}
    # Django's own « options » are for its sessions.
    known["OPTIONS"] = {k: v for k, v in known.get("OPTIONS", {}).items() if k != "options"}
    arguments, more = DatabaseClient.settings_to_cmd_args_env(known, [])
    return [find_program(program), *arguments[1:]], {**os.environ, **(more or {})}


def find_program(program: str) -> str:
    """Path of a program of PostgreSQL that is not older than the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10000
    own = Path(f"/usr/lib/postgresql/{server}/bin/{program}")
    if own.exists():
        return str(own)
    found = shutil.which(program)
    if found and _major_of(found) >= server:
        return found
    what = f"date d’avant PostgreSQL {server}" if found else "manque"
    raise BackupError(
        f"{program} {what} : installez « postgresql-client-{server} », puis recommencez. "
        "Rien n’a été changé."
    )


def _major_of(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    found = re.search(r"(\d+)(\.\d+)*", said.stdout)
    return int(found[1]) if found else 0


def _count_tables(cursor: Any) -> dict[str, int]:
    cursor.execute(
        "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    counts = {}
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM public."{table}"')  # noqa: S608
        counts[table] = cursor.fetchone()[0]
    return counts
