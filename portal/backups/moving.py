"""Moving a portal from SQLite to PostgreSQL: every row, counted on both sides, or nothing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import Error, connection, connections, transaction
from django.db.models import Model
from django.db.models.sql import InsertQuery

import environ

from portal.backups.errors import BackupError
from portal.backups.restoring import refuse_while_in_use
from portal.users.models import User

#: The PostgreSQL database, beside the portal's own (« default »), as long as the move lasts.
_NEW = "new"
_ROWS_AT_ONCE = 500
#: Made anew from the rest, in the way of each kind of database.
_REBUILT = {"wagtailsearch"}


def move_database(url: str, say: Callable[[str], None]) -> dict[str, int]:
    """Copy the portal's SQLite database to an empty PostgreSQL one; rows by table.

    The SQLite file is only read. All rows are one transaction, committed once each table has as
    many on both sides. Raises ``BackupError``: then the PostgreSQL database holds no row of ours.
    """
    if connection.vendor != "sqlite":
        raise BackupError("Ce portail n’utilise pas SQLite : il n’y a rien à déplacer.")
    known = _read_url(url)
    refuse_while_in_use()
    _connect(known)
    try:
        _refuse_filled_target()
        say("Tables…")
        _manage(url, "migrate", "--no-input")
        counts = _copy_all(say)
        say("Recherche…")
        _manage(url, "rebuild_search")
        _manage(url, "wagtail_update_index")
    finally:
        connections[_NEW].close()
        del connections[_NEW]
        del connections.settings[_NEW]
    return counts


def _read_url(url: str) -> dict[str, Any]:
    try:
        known: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise BackupError("PORTAL_NEW_DATABASE_URL n’est pas une adresse de base.") from error
    if not known["ENGINE"].endswith("postgresql"):
        raise BackupError("PORTAL_NEW_DATABASE_URL ne désigne pas une base PostgreSQL.")
    return known


def _connect(known: dict[str, Any]) -> None:
    both = {"default": connection.settings_dict, _NEW: known}
    connections.settings[_NEW] = connections.configure_settings(both)[_NEW]
    try:
        connections[_NEW].ensure_connection()
    except Error as error:
        raise BackupError(f"PostgreSQL ne répond pas : {str(error).strip()}") from error


def _refuse_filled_target() -> None:
    """An empty database, or one that an earlier try left with its tables and without anybody."""
    there = connections[_NEW].introspection.table_names()
    if not there:
        return
    if User._meta.db_table not in there or User.objects.using(_NEW).exists():
        raise BackupError(
            "La base de PORTAL_NEW_DATABASE_URL n’est pas vide : donnez-en une neuve. Rien n’a été "
            "changé."
        )


def _manage(url: str, *arguments: str) -> None:
    """A command of the portal as it will be: in a process of its own, on the new database."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"« {arguments[0]} » a échoué : {done.stderr.strip()[-500:]}")


def _copy_all(say: Callable[[str], None]) -> dict[str, int]:
    models = _models()
    with transaction.atomic(using=_NEW):
        with connections[_NEW].cursor() as cursor:
            # What migrations wrote by themselves is in the copy too.
            tables = ", ".join(f'"{model._meta.db_table}"' for model in models)
            cursor.execute(f"TRUNCATE {tables} CASCADE")
        counts = {model._meta.db_table: _copy(model) for model in models}
        say(f"{sum(counts.values())} lignes de {len(counts)} tables : copiées, on compte…")
        _compare(models)
        with connections[_NEW].cursor() as cursor:
            for statement in connections[_NEW].ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    with connections[_NEW].cursor() as cursor:
        cursor.execute("ANALYZE")
    return counts


def _models() -> list[type[Model]]:
    """The models of all tables, once each; tables between two models included."""
    all_models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in all_models
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in _REBUILT
    ]


def _copy(model: type[Model]) -> int:
    count = 0
    for rows in _batches(model):
        try:
            _insert(model, rows)
        except (Error, ValueError) as error:
            raise BackupError(
                f"PostgreSQL refuse une ligne de « {model._meta.verbose_name} » "
                f"({model._meta.db_table}) : {str(error).strip()[:300]}. La base SQLite est "
                "intacte."
            ) from error
        count += len(rows)
    return count


def _batches(model: type[Model]) -> Iterator[list[Model]]:
    rows: list[Model] = []
    for row in model._base_manager.using("default").order_by("pk").iterator(_ROWS_AT_ONCE):
        rows.append(row)
        if len(rows) == _ROWS_AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def _insert(model: type[Model], rows: list[Model]) -> None:
    """As they are: no default, no « last changed », and of a model with a parent its own table."""
    fields: Any = [field for field in model._meta.local_concrete_fields if not field.generated]
    query = InsertQuery(model)
    query.insert_values(fields, rows, raw=True)
    query.get_compiler(using=_NEW).execute_sql()


def _compare(models: list[type[Model]]) -> None:
    other = [
        f"{model._meta.db_table} ({ours} → {theirs})"
        for model in models
        if (ours := model._base_manager.using("default").count())
        != (theirs := model._base_manager.using(_NEW).count())
    ]
    if other:
        raise BackupError(
            f"Les comptes diffèrent, rien n’est gardé : {', '.join(other[:5])}. La base SQLite est "
            "intacte."
        )
