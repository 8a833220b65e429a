"""Periodic jobs of the search."""

from datetime import timedelta
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.jobs.registry import register_job
from search.services.after_commit import index_left_pages
from search.services.reconcile import send_pending_changes
from search.services.unanswered import forget_old_unanswered, monday


def _reconcile() -> str:
    """Compare the index with the pages and mend it; say how much that was."""
    said = StringIO()
    call_command("reconcile_search", stdout=said)
    return " ".join(said.getvalue().split())


def _index_left_pages() -> str | None:
    """Index what a process that died has left; say how many pages that was."""
    indexed = index_left_pages()
    words = ngettext("%d page indexée après coup.", "%d pages indexées après coup.", indexed)
    return words % indexed if indexed else None


def _tell_the_server() -> None:
    send_pending_changes()


def _forget_counts() -> None:
    forget_old_unanswered(monday())


register_job(
    "search-index",
    _("Comparer la recherche et les pages, et réparer ce qui diffère"),
    timedelta(days=1),
    _reconcile,
    order=200,
)
register_job(
    "search-counts",
    _("Oublier les recherches sans réponse trop rares"),
    timedelta(days=1),
    _forget_counts,
)
register_job(
    "search-left-pages",
    _("Indexer les pages qu’un arrêt a laissées"),
    timedelta(minutes=1),
    _index_left_pages,
    order=30,
)
if settings.SEARCH_URL:
    register_job(
        "search-server",
        _("Dire au serveur de recherche ce qu’il n’a pas encore su"),
        timedelta(minutes=1),
        _tell_the_server,
    )
