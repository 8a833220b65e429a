"""The entries that an import of FINESS made, and about which nothing was to be looked at."""

import time

from django.utils import timezone

from wagtail.models import Page

from home.setup.models import FinessImport
from portal.imports.contract import RowVerdict
from portal.imports.models import ImportedObject, ImportRun
from portal.imports.report import report_lines
from portal.jobs.registry import stop_asked
from resources.finess.rows import SOURCE
from resources.models import ResourcePage

TURN_SECONDS = 20.0


def sure_keys(run: ImportRun) -> list[str]:
    """FINESS numbers of the places that this import makes, without a likely double."""
    return [
        line.key
        for line in report_lines(run)
        if line.verdict == RowVerdict.NEW and line.key and not line.warnings
    ]


def drafts_to_publish(run: ImportRun) -> list[int]:
    """Keys of the pages to publish: those that nobody has published, changed or deleted since."""
    made = ImportedObject.objects.filter(source=SOURCE, key__in=sure_keys(run))
    pks = [int(pk) for pk in made.values_list("object_id", flat=True)]
    drafts = Page.objects.filter(pk__in=pks, live=False, first_published_at=None)
    return list(
        drafts.filter(latest_revision__user=run.user).order_by("pk").values_list("pk", flat=True)
    )


def publish_next(fetch: FinessImport) -> int:
    """Publish for some seconds; ``published_at`` tells that none is left. Returns how many."""
    run, user = fetch.run, fetch.user
    if run is None or user is None:
        return 0
    deadline, count = time.monotonic() + TURN_SECONDS, 0
    for pk in drafts_to_publish(run):
        if stop_asked() or time.monotonic() > deadline:
            return count
        page = ResourcePage.objects.get(pk=pk).specific
        if not page.permissions_for_user(user).can_publish():
            break
        page.latest_revision.publish(user=user)
        count += 1
    fetch.published_at = timezone.now()
    fetch.save(update_fields=["published_at"])
    return count
