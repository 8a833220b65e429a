"""Write a verification: the date in all languages and drafts, the log, the end of requests."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from wagtail.log_actions import log

from portal.reminders.choices import RequestState
from portal.users.models import User
from resources.editor_choices import VerificationMethod
from resources.models import ResourcePage, Verification, VerificationRequest
from resources.moderation.bypass import update_without_review

LOG_ACTION = "resources.verify"


@transaction.atomic
def confirm_entry(
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
        data = {"role": role, "how": str(VerificationMethod(how).label)}
        log(entry, LOG_ACTION, user=user, data=data, content_changed=True)
    elif said.nothing_changed and not nothing_changed:
        said.nothing_changed = False
        said.save(update_fields=["nothing_changed"])
    entry.refresh_from_db(fields=["verified_on", "verified_by_role"])
    return said


def set_verified(draft: ResourcePage, role: str) -> None:
    """Sign a version that is not published yet: once it is, it says who verified it, and when."""
    draft.verified_on, draft.verified_by_role = timezone.localdate(), role


@transaction.atomic
def record_correction(
    entry: ResourcePage, *, role: str, how: str, user: User | None = None
) -> Verification:
    """The structure read its entry and proposed a change: what is public is not true yet."""
    close_requests(entry)
    said, _is_new = Verification.objects.update_or_create(
        entry=entry,
        on=timezone.localdate(),
        how=how,
        defaults={"role": role, "nothing_changed": False, "user": user},
    )
    return said


def close_requests(entry: ResourcePage) -> None:
    """Nobody is asked any longer; the address is not needed any more."""
    requests = VerificationRequest.objects.filter(entry=entry)
    requests.end(RequestState.ANSWERED, timezone.now())


def _write_date(versions: QuerySet[ResourcePage], day: date, role: str) -> None:
    """A later date that is already there stays."""
    behind = versions.filter(Q(verified_on=None) | Q(verified_on__lte=day))
    update_without_review(behind, verified_on=day, verified_by_role=role)
