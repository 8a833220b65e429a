"""The PDF files that were written, and those that readers asked for."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class PdfFileQuerySet(models.QuerySet):
    """Sentences about written documents."""

    def failed(self) -> Self:
        return self.filter(failed_at__isnull=False)

    def sizes(self) -> dict[str, int]:
        """How heavy each written document is, in bytes, by its name."""
        return dict(self.exclude(path="").values_list("name", "size"))


class PdfFile(models.Model):
    """What is known of a document (``PdfDocument``) under its name."""

    personal_fields = ()

    name = models.CharField(max_length=200, unique=True)
    #: Where it is in the default storage; empty until it is written.
    path = models.CharField(max_length=300, blank=True)
    #: A hash of all that it shows: the same stamp is the same document.
    stamp = models.CharField(max_length=24, blank=True)
    size = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True)
    #: When what it shows was last read, and the state of the portal at that moment.
    checked_at = models.DateTimeField(null=True)
    checked_state = models.CharField(max_length=60, blank=True)
    failed_at = models.DateTimeField(null=True)
    #: When a reader last asked for it, to the day.
    wanted_at = models.DateTimeField(null=True)

    objects = PdfFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("document à imprimer")
        verbose_name_plural = _("documents à imprimer")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_to_check(self, state: str, changed_before: datetime, any_before: datetime) -> bool:
        """Whether to read again what it shows.

        When the portal has changed since a check before ``changed_before``; in any case when
        the last check is before ``any_before``; at once when it was never written nor tried.
        """
        if self.checked_at is None or self.checked_at < any_before:
            return True
        if not self.path and self.failed_at is None:
            return True
        return self.checked_state != state and self.checked_at < changed_before
