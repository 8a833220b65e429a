"""Monthly review of help lines at their official source, crisis lines first."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log

from portal.base.revisions import update_publishable_revisions
from portal.cache.content_version import change_content_version
from portal.crisis.models import HelpLine, HelpLineQuerySet
from portal.users.models import User

REVIEWED_EVERY = timedelta(days=31)
LOG_ACTION = "base.verify_line"


def public_lines() -> HelpLineQuerySet:
    """Public help lines, one for all its translations, crisis lines first."""
    lines = HelpLine.objects.public().filter(locale__language_code=settings.LANGUAGE_CODE)
    return lines.order_by("-is_crisis", "verified_on", "order", "pk")


def late_lines(today: date) -> HelpLineQuerySet:
    return public_lines().filter(verified_on__lt=today - REVIEWED_EVERY)


@transaction.atomic
def verify_at_source(line: HelpLine, user: User) -> None:
    """Record that a number was read at its source today, in every language.

    Only the date changes: a line that is not public yet stays so, since it needs a second person.
    """
    today = timezone.localdate()
    versions = HelpLine.objects.public().filter(translation_key=line.translation_key)
    ids = list(versions.values_list("pk", flat=True))
    HelpLine.objects.filter(pk__in=ids).update(verified_on=today)
    for version in HelpLine.objects.filter(pk__in=ids):
        update_publishable_revisions(version, {"verified_on": today.isoformat()})
    log(line, LOG_ACTION, user=user)
    change_content_version()
