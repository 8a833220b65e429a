from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BlockedPublicationQuerySet(models.QuerySet):
    def waiting(self) -> "BlockedPublicationQuerySet":
        """Refused publications that are still scheduled, the longest due first."""
        still = self.filter(revision__approved_go_live_at__isnull=False)
        return still.order_by("revision__approved_go_live_at").select_related(
            "revision__content_type"
        )


class BlockedPublication(models.Model):
    """A scheduled publication that was refused, and why; it stays scheduled."""

    unseen_by_readers = True
    personal_fields = ()

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(max_length=500)
    since = models.DateTimeField(default=timezone.now)

    objects = BlockedPublicationQuerySet.as_manager()

    class Meta:
        app_label = "base"
        verbose_name = _("publication impossible")
        verbose_name_plural = _("publications impossibles")

    def __str__(self) -> str:
        return self.revision.object_str
