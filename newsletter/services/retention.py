"""Retention: daily deletion of personal data that the letter no longer needs."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from newsletter.models import Delivery, Mailing, Subscriber, Suppression
from newsletter.services.mailings import cancel_mailing, store_figures
from portal.mail.addresses import hash_of

#: A request that nobody confirmed; its link was good for three days.
PENDING_FOR = timedelta(days=7)
#: Who left, or whom no letter reaches: then the address becomes a hash.
GONE_FOR = timedelta(days=30)
#: A message that answered a request.
ANSWERS_FOR = timedelta(days=7)
#: Who was sent which letter, thirteen months; the counts stay.
LEDGER_FOR = timedelta(days=396)
_AT_ONCE = 500


def apply_retention(now: datetime | None = None) -> str:
    """Forget all that is due, and say how much; run again, it forgets nothing more."""
    now = now or timezone.now()
    count = (
        forget_unconfirmed(now - PENDING_FOR)
        + forget_gone(now - GONE_FOR)
        + _delete(Delivery.objects.filter(mailing=None, created_at__lt=now - ANSWERS_FOR))
        + close_ledgers(now - LEDGER_FOR)
    )
    if not count:
        return ""
    words = ngettext("%(count)d ligne oubliée.", "%(count)d lignes oubliées.", count)
    return words % {"count": count}


def forget_unconfirmed(before: datetime) -> int:
    """Those who asked and never said yes: nothing at all is kept of them."""
    return _forget_all(Subscriber.objects.never_confirmed(before))


def forget_gone(before: datetime) -> int:
    """Those who left, or whom no letter reaches: a hash says that they are not to be written to."""
    return _forget_all(Subscriber.objects.gone(before), remember=True)


def _forget_all(people: QuerySet[Subscriber], remember: bool = False) -> int:
    """A few hundred at a time, each time all of it or nothing; who came back meanwhile stays."""
    count = 0
    while pks := list(people.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            held = list(people.select_for_update().filter(pk__in=pks))
            if remember:
                _remember(held)
            forget(one.pk for one in held)
        count += len(held)
    return count


def forget(pks: Iterable[int]) -> None:
    """Delete subscribers; their rows of the ledger stay as figures, and say nothing of them."""
    pks = list(pks)
    rows = Delivery.objects.filter(subscriber__in=pks)
    rows.filter(mailing=None).delete()
    waiting = rows.filter(state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.CANCELLED, finished_at=timezone.now())
    # Servers often quote the name of a mailbox, and services name a message to its reader.
    rows.update(subscriber=None, answer="", service_id="")
    Subscriber.objects.filter(pk__in=pks).delete()


def _remember(people: list[Subscriber]) -> None:
    """Keep the hash of each address, and why; what is known of it already is not changed."""
    Suppression.objects.bulk_create(
        [
            Suppression(
                address_hash=hash_of(one.email_key),
                reason=Suppression.Reason(one.state),
                since=one.left_at or timezone.now(),
            )
            for one in people
        ],
        ignore_conflicts=True,
    )


def close_ledgers(before: datetime) -> int:
    """Sendings older than this: their counts stay, the rows that say who was sent them go.

    One that was paused all this time is called off: nobody expects it any more.
    """
    State = Mailing.State
    over = [State.DONE, State.CANCELLED, State.PAUSED]
    rows = Delivery.objects.filter(mailing=OuterRef("pk"))
    old = Mailing.objects.filter(Exists(rows), state__in=over, started_at__lt=before)
    return sum(_close(mailing) for mailing in list(old.defer("html", "text")))


def _close(mailing: Mailing) -> int:
    with transaction.atomic():
        cancel_mailing(mailing)
        store_figures(mailing)
        return _delete(mailing.deliveries.all())


def _delete(rows: QuerySet) -> int:
    count, _details = rows.delete()
    return count
