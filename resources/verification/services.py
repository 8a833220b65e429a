"""Somebody of the structure said that its entry is true: what follows everywhere."""

import json
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import Revision, TaskState
from wagtail_localize.models import TranslationSource

from portal.users.models import User
from resources.models import ResourcePage, Verification, VerificationRequest
from search.services.indexing import refresh_pages

LOG_ACTION = "resources.verify"


@transaction.atomic
def confirm(
    entry: ResourcePage,
    *,
    role: str,
    how: str,
    user: User | None = None,
    nothing_changed: bool = True,
    on: date | None = None,
) -> Verification:
    """Write that the structure verified its entry: in all languages, and in what waits.

    ``role`` is shown to readers: never a person's name. Said twice on one day in one way, it
    is written once. The published version changes by nothing else.
    """
    day, role = on or timezone.localdate(), " ".join(role.split())[:120]
    # One at a time for each entry: twenty clicks at once make one line.
    ResourcePage.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    versions = ResourcePage.objects.filter(translation_key=entry.translation_key)
    _write_date(versions, day, role)
    close_requests(entry)
    said, is_new = Verification.objects.get_or_create(
        entry=entry,
        on=day,
        how=how,
        defaults={"role": role, "nothing_changed": nothing_changed, "user": user},
    )
    if is_new:
        data = {"role": role, "how": str(Verification.How(how).label)}
        log(entry, LOG_ACTION, user=user, data=data, content_changed=True)
    elif said.nothing_changed and not nothing_changed:
        said.nothing_changed = False
        said.save(update_fields=["nothing_changed"])
    entry.refresh_from_db(fields=["verified_on", "verified_by_role"])
    return said


def close_requests(entry: ResourcePage) -> None:
    """Nobody is asked any longer; the address is not needed any more."""
    State = VerificationRequest.State
    VerificationRequest.objects.filter(entry=entry).waiting().update(
        state=State.ANSWERED, answered_at=timezone.now(), address="", next_step_at=None
    )


def _write_date(versions: QuerySet[ResourcePage], day: date, role: str) -> None:
    """A later date that is already there stays."""
    behind = versions.filter(Q(verified_on=None) | Q(verified_on__lte=day))
    ids = list(behind.values_list("pk", flat=True))
    facts = {"verified_on": day, "verified_by_role": role}
    ResourcePage.objects.filter(pk__in=ids).update(**facts)
    words = {"verified_on": day.isoformat(), "verified_by_role": role}
    for page in ResourcePage.objects.filter(pk__in=ids):
        for revision in _that_may_be_published(page):
            revision.content |= words
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
        _write_in_source(page, words)
    refresh_pages(ids)


def _that_may_be_published(page: ResourcePage) -> list[Revision]:
    """The versions of a page that someone may still make public: they would bring back the day
    that they were written with."""
    waiting = TaskState.objects.for_instance(page).filter(status=TaskState.STATUS_IN_PROGRESS)
    wanted = Q(pk__in=[page.latest_revision_id, page.live_revision_id]) | Q(
        pk__in=waiting.values("revision")
    )
    return list(page.revisions.filter(wanted | Q(approved_go_live_at__isnull=False)))


def _write_in_source(page: ResourcePage, words: dict[str, Any]) -> None:
    """Translators copy the facts of a page from what was kept when it was sent to them."""
    for source in TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    ):
        content = json.loads(source.content_json) | words
        TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))
