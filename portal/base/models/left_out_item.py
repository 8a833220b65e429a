from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LeftOutItem(models.Model):
    """A published page that a feed or a calendar could not tell, and why: the others left."""

    unseen_by_readers = True
    personal_fields = ()

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "base"
        verbose_name = _("contenu laissé de côté")
        verbose_name_plural = _("contenus laissés de côté")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "place"], name="base_leftoutitem_once")
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.place})"
