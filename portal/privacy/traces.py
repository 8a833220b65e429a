"""Check after an erasure: every table of the database is searched for the address."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Page

from portal.privacy.address_spellings import mentions

_SAFE = str.maketrans({"!": "!!", "%": "!%", "_": "!_"})


class PersonalDataTrace(NamedTuple):
    """A row that holds an address: its table, its key when there is one, its column."""

    table: str
    pk: object
    column: str


def find_traces(key: str) -> list[PersonalDataTrace]:
    """Where the database still holds an address, whatever the table, in any spelling."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return [trace for table in sorted(tables) for trace in _in_table(table, key)]


def _in_table(table: str, key: str) -> Iterator[PersonalDataTrace]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        # The names alone: Django's introspection also parses each table's definition.
        cursor.execute(f"SELECT * FROM {quote(table)} LIMIT 0")  # noqa: S608
        columns = [column[0] for column in cursor.description]
        chosen = ", ".join(f"CAST({quote(name)} AS TEXT)" for name in columns)
        any_of = " OR ".join(
            f"LOWER(CAST({quote(name)} AS TEXT)) LIKE %s ESCAPE '!'" for name in columns
        )
        local = key.rpartition("@")[0].translate(_SAFE)
        cursor.execute(
            f"SELECT {chosen} FROM {quote(table)} WHERE {any_of}",  # noqa: S608
            [f"%{local}%"] * len(columns),
        )
        rows = cursor.fetchall()
        pk = connection.introspection.get_primary_key_column(cursor, table) if rows else None
    for row in rows:
        for name, value in zip(columns, row, strict=True):
            if value and mentions(str(value), key):
                yield PersonalDataTrace(table, row[columns.index(pk)] if pk else None, name)


def describe_traces(trace: PersonalDataTrace) -> str:
    """French sentences on what to do about traces: a page to edit, else the table to look at."""
    model = next((one for one in apps.get_models() if one._meta.db_table == trace.table), None)
    if model and issubclass(model, Page):
        page = Page.objects.filter(pk=trace.pk).first()
        if page:
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
            return _("Page « %(title)s » : %(address)s") % {"title": page.title, "address": address}
    name = str(model._meta.verbose_name) if model else trace.table
    return _("%(name)s %(pk)s, colonne %(column)s") % {
        "name": name, "pk": trace.pk, "column": trace.column
    }  # fmt: skip
