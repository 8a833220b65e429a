"""Stored hours that the portal cannot tell: found each night, listed for editors."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.crisis.models import HelpLine
from resources.models import ResourcePage
from resources.models.inlines import Service
from resources.opening_hours.validators import untold_reason


def get_untold_entries() -> QuerySet[ResourcePage]:
    """The entries in the directory whose own hours, or those of a service, cannot be told."""
    own = _untold_texts(ResourcePage.objects.all())
    of_services = _untold_texts(Service.objects.all())
    is_untold = Q(opening_hours__in=own) | Q(services__opening_hours__in=of_services)
    return ResourcePage.objects.listed().filter(is_untold).distinct().order_by("title", "pk")


def get_untold_help_lines() -> QuerySet[HelpLine]:
    """The published help lines whose hours cannot be told."""
    lines = HelpLine.objects.public()
    return lines.filter(opening_hours__in=_untold_texts(lines))


def has_untold_hours() -> bool:
    """Whether any stored hours cannot be told, in one query."""
    texts = [
        rows.exclude(opening_hours="").order_by().values_list("opening_hours")
        for rows in (ResourcePage.objects.all(), Service.objects.all(), HelpLine.objects.public())
    ]
    return any(untold_reason(text) for (text,) in texts[0].union(*texts[1:]))


def _untold_texts(rows: QuerySet) -> list[str]:
    texts = rows.exclude(opening_hours="").order_by().values_list("opening_hours", flat=True)
    return [text for text in texts.distinct() if untold_reason(text)]


def describe_untold(entry: ResourcePage) -> Iterator[str]:
    """« Accueil : « … ». Le portail ne connaît pas… »: each text, and why."""
    texts = [("", entry.opening_hours)]
    texts += [(service.name, service.opening_hours) for service in entry.services.all()]
    for name, text in texts:
        if text and (reason := untold_reason(text)):
            words = f"{reason % {'hours': text}}"
            yield _("%(name)s : %(reason)s") % {"name": name, "reason": words} if name else words
