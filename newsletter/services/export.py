"""Export of subscribers as rows that the import of subscribers reads again."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.import_reader import ALSO_EXPORTED, HEADINGS
from newsletter.models import Subscriber

EXPORTED = (*HEADINGS, *ALSO_EXPORTED)


def line_of(subscriber: Subscriber) -> dict[str, Any]:
    """What each column says; the topics, the territory and the consent are read beforehand."""
    confirmed_at = subscriber.confirmed_at
    values = (
        subscriber.email,
        subscriber.proof or _("formulaire du site"),
        timezone.localdate(subscriber.consented_at),
        ", ".join(topic.code for topic in subscriber.topics.all()),
        str(subscriber.territory or ""),
        subscriber.get_state_display(),
        subscriber.get_origin_display(),
        timezone.localdate(confirmed_at) if confirmed_at else "",
        str(subscriber.consent or ""),
    )
    return dict(zip(EXPORTED, values, strict=True))
