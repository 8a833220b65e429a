"""Setting up a portal once for all the tests of a module: it takes seconds, not milliseconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction

from wagtail.models import Site

from tests.factories.home import put_welcome_page_back


@contextmanager
def set_up_once(django_db_blocker, command: str, **options: str) -> Iterator[str]:
    """Run the command in a transaction that lasts as long as the module; give what it said.

    Each test runs in a savepoint inside, so what it changes is undone as usual.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        put_welcome_page_back()
        out = StringIO()
        call_command(command, stdout=out, **options)
        if connection.vendor == "postgresql":
            # What it knows of these tables is that they were empty: it would plan for that.
            with connection.cursor() as cursor:
                # Its own tables: those of the whole server would have other processes wait.
                tables = ", ".join(connection.introspection.django_table_names(only_existing=True))
                cursor.execute(f"ANALYZE {tables}")
        with django_db_blocker.block():
            yield out.getvalue()
        transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()
