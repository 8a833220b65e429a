"""Which entries are to be verified, whom to ask, and which ones only a call can settle.

An entry is due when its own frequency says so since the day it was last verified; never
verified, it is due at once. Since that day each person is asked once, reminders included.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from wagtail.models import PageLogEntry

from dateutil.relativedelta import relativedelta

from portal.reminders.choices import RequestState
from resources.choices import EntryStatus
from resources.editor_choices import VerificationFrequency
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.moderation.pending import pending_entries

UNREACHABLE = "resources.unreachable"
#: How long a structure that nobody could reach waits before it is on the list again.
CALLED_AGAIN_AFTER = timedelta(days=14)
_NEVER_VERIFIED = date(2000, 1, 1)


def verifiable_entries() -> QuerySet[ResourcePage]:
    """The entries whose truth matters: published, open, real; one for all their languages."""
    entries = (
        ResourcePage.objects.live()
        .in_source_language()
        .filter(alias_of=None)
        .exclude(status=EntryStatus.CLOSED)
    )
    return entries if _is_demo() else entries.filter(is_example=False)


def is_verifiable(entry: ResourcePage) -> bool:
    is_real = _is_demo() or not entry.is_example
    return bool(entry.live and is_real and entry.status != EntryStatus.CLOSED)


def _is_demo() -> bool:
    """The demonstration, where no message leaves, names referents for its examples only."""
    return bool(getattr(settings, "PORTAL_IS_DEMO", False))


def is_due(entry: ResourcePage, today: date) -> bool:
    return entry.next_verification_on is None or entry.next_verification_on <= today


def due_entries(today: date) -> QuerySet[ResourcePage]:
    """The oldest first, those never verified before all."""
    late = Q(verified_on=None)
    for months in VerificationFrequency.values:
        late |= Q(
            verification_frequency=months, verified_on__lte=today + relativedelta(months=-months)
        )
    return (
        verifiable_entries()
        .filter(late)
        .annotate(
            round_began=Coalesce("verified_on", Value(_NEVER_VERIFIED), output_field=DateField())
        )
        .order_by(F("verified_on").asc(nulls_first=True), "title")
    )


def entries_to_ask(today: date) -> QuerySet[ResourcePage]:
    """Due, with somebody who has not been asked yet, and no change of theirs that waits."""
    settled = due_entries(today).exclude(pk__in=pending_entries().order_by().values("pk"))
    return _annotate_recipients(settled).filter(
        Q(has_askable_referent=True) | Q(has_askable_box=True)
    )


def entries_to_call(now: datetime, today: date) -> QuerySet[ResourcePage]:
    """Due, with nobody left to ask by mail, and not called in vain these days."""
    vain = PageLogEntry.objects.filter(
        page=OuterRef("pk"), action=UNREACHABLE, timestamp__gt=now - CALLED_AGAIN_AFTER
    )
    waiting = VerificationRequest.objects.waiting().filter(entry=OuterRef("pk"))
    settled = due_entries(today).exclude(pk__in=pending_entries().order_by().values("pk"))
    return _annotate_recipients(settled).filter(
        ~Exists(waiting), ~Exists(vain), has_askable_referent=False, has_askable_box=False
    )


def get_recipients(entry: ResourcePage) -> list[Referent | None]:
    """The referents of a due entry who were not asked this round; None: its generic address."""
    since = entry.verified_on or _NEVER_VERIFIED
    asked = set(
        _not_withdrawn(entry.verification_requests)
        .filter(sent_at__date__gt=since)
        .values_list("referent", flat=True)
    )
    referents: list[Referent | None] = list(Referent.objects.of(entry))
    if not referents and entry.email and (entry.is_example or not _is_demo()):
        referents = [None]
    return [one for one in referents if (one.pk if one else None) not in asked]


def _annotate_recipients(entries: QuerySet[ResourcePage]) -> QuerySet[Any]:
    """Annotated with ``has_askable_referent`` and ``has_askable_box``, which no type can say."""
    referents = Referent.objects.active().filter(entries=OuterRef("pk"))
    entry = OuterRef(OuterRef("pk"))
    asked = _not_withdrawn(VerificationRequest.objects).filter(
        entry=entry, referent=OuterRef("pk"), sent_at__date__gt=OuterRef(OuterRef("round_began"))
    )
    box_asked = _not_withdrawn(VerificationRequest.objects).filter(
        entry=OuterRef("pk"), referent=None, sent_at__date__gt=OuterRef("round_began")
    )
    has_box = ~Q(email="") & ~Exists(referents) & ~Exists(box_asked)
    if _is_demo():
        # No message is written to a true structure there, were it only to be read in a folder.
        has_box &= Q(is_example=True)
    return entries.annotate(
        has_askable_referent=Exists(referents.filter(~Exists(asked))),
        has_askable_box=ExpressionWrapper(has_box, output_field=BooleanField()),
    )


def _not_withdrawn(requests: Any) -> QuerySet[VerificationRequest]:
    """All but those that were cancelled before anybody answered: they ask nobody."""
    found: QuerySet[VerificationRequest] = requests.exclude(
        state=RequestState.CANCELLED, answered_at=None
    )
    return found
