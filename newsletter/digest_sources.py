"""Changes that this app proposes to the digest: published news, coming events."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Locale

from newsletter.digest_registry import DigestChange, register_digest_source
from newsletter.models import EventPage, NewsPage


def news(since: datetime) -> Iterator[DigestChange]:
    """The news published since, whatever the day that they tell of."""
    published = NewsPage.objects.live().public().filter(locale=Locale.get_default())
    for page in published.filter(first_published_at__gte=since).latest_first():
        yield DigestChange(
            key=f"news:{page.pk}",
            title=page.title,
            detail=page.summary,
            when=page.date,
            block_type="news",
            block_value={"page": page.pk, "title": "", "text": ""},
            page_id=page.pk,
        )


def events(_since: datetime) -> Iterator[DigestChange]:
    """Every date to come: what was announced long ago is still worth a reminder."""
    to_come = EventPage.objects.upcoming().public().filter(locale=Locale.get_default())
    for page in to_come.with_place():
        yield DigestChange(
            key=f"event:{page.pk}",
            title=page.title,
            detail=", ".join(filter(None, [page.where, page.cost])),
            when=timezone.localdate(page.start),
            block_type="events",
            block_value=page.pk,
            page_id=page.pk,
        )


register_digest_source("news", _("Actualités parues"), news, rank=10)
register_digest_source("events", _("Dates à venir"), events, rank=40)
