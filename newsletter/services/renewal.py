"""Every three years, the letter asks its readers whether they still want it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import ngettext

from newsletter.models import Delivery, Subscriber

#: The delay of the note on standards; whoever answers for the data may decide another one.
ASKED_EVERY = timedelta(days=3 * 365)
_AT_ONCE = 200


def ask_still_wanted(now: datetime | None = None) -> str:
    """Queue the question for those whose agreement is three years old, a few hundred at a time.

    Out: a sentence for « Tâches du portail », empty when nobody is asked.
    """
    now = now or timezone.now()
    before = now - ASKED_EVERY
    people = (
        Subscriber.objects.active()
        .annotate(agreed_at=Coalesce(F("confirmed_at"), F("consented_at")))
        .filter(Q(asked_again_at=None) | Q(asked_again_at__lt=before), agreed_at__lt=before)
    )
    with transaction.atomic():
        pks = list(people.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
        people = Subscriber.objects.select_for_update().filter(pk__in=pks)
        held = list(people.values_list("pk", flat=True))
        Delivery.objects.bulk_create(
            [Delivery(subscriber_id=pk, kind=Delivery.Kind.STILL_WANTED) for pk in held]
        )
        Subscriber.objects.filter(pk__in=held).update(asked_again_at=now)
    if not held:
        return ""
    words = ngettext(
        "%(count)d personne : la lettre demande si elle la veut encore.",
        "%(count)d personnes : la lettre demande si elles la veulent encore.",
        len(held),
    )
    return words % {"count": len(held)}
